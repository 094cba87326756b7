//! What the tests of images share: random frozen sets, and interpreters' names.

use enroll::testing::Kit;
use enroll::{Adapter, Builtins, Names};
use enroll_codegen::Class;
use enroll_codegen::freeze::{DataFile, FrozenModule, FrozenSet};
use enroll_portable::Portable;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Numbers from a seed: xorshift64* (Vigna, "An experimental exploration of
/// Marsaglia's xorshift generators, scrambled", 2016).
pub struct Random(u64);

impl Random {
    /// Another seed, other numbers.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound as u64) as usize
    }

    /// One of a list, which is not empty.
    pub fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// The tag of the code in these images.
pub const TAG: &str = "words 1";

/// A set of up to `modules` modules, in packages and with other names, and of
/// some data files. Names and contents repeat.
pub fn set(random: &mut Random, modules: usize) -> FrozenSet {
    const PARTS: &[&str] = &[
        "a",
        "net",
        "wifi",
        "ü",
        "boot",
        "x1",
        "a_long_name_of_a_module",
    ];
    let mut found: BTreeMap<String, FrozenModule> = BTreeMap::new();
    for _ in 0..random.below(modules + 1) {
        let depth = 1 + random.below(3);
        let parts: Vec<&str> = (0..depth).map(|_| *random.of(PARTS)).collect();
        let name = parts.join(".");
        let code = vec![*random.of(b"abc"); random.below(40)];
        let names = (0..random.below(12)).map(|_| format!("name{}", random.below(30)));
        let names: Vec<String> = names.collect();
        let aliases = match random.below(4) {
            0 => vec![format!("alias.{name}"), format!("zlias.{name}")],
            _ => Vec::new(),
        };
        let module = FrozenModule {
            name: name.clone(),
            suffix: [".vmc", ""][random.below(2)].to_owned(),
            is_package: random.below(2) == 0,
            class: [Class::Builtin, Class::Extensible][random.below(2)],
            aliases,
            code,
            names,
            file: PathBuf::new(),
            path: String::new(),
        };
        found.insert(name, module);
    }
    let data: BTreeMap<String, Vec<u8>> = (0..random.below(5))
        .map(|_| {
            let path = format!("{}/{}", random.of(PARTS), random.below(9));
            (path, vec![*random.of(b"abc"); random.below(40)])
        })
        .collect();
    FrozenSet {
        modules: found.into_values().collect(),
        data: data
            .into_iter()
            .map(|(path, bytes)| DataFile {
                path,
                bytes,
                file: PathBuf::new(),
            })
            .collect(),
    }
}

/// The names of an interpreter whose pool has `pool`.
///
/// # Panics
///
/// Where these names make no pool.
#[must_use]
pub fn names(pool: &[&'static str]) -> Names {
    static ADAPTERS: &[Adapter<Portable>] = &[Adapter::of::<Portable>()];
    let builtins: &'static Builtins<Portable> =
        Kit::new().names(pool).build(ADAPTERS).expect("a pool");
    Names::new(builtins.pool())
}

/// Bytes for as long as the program runs, as a firmware's are.
#[must_use]
pub fn rom(bytes: &[u8]) -> &'static [u8] {
    Box::leak(bytes.to_vec().into_boxed_slice())
}
