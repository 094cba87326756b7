//! Compiled modules whose ids are in the image, among ones whose table of ids is
//! made when they are imported, as MicroPython's `.mpy` files have it: each with
//! the texts of its names, which are interned one by one.

use enroll::import::{Answer, Frozen, Image, Mapped, OnClash, PathHook, Sought};
use enroll::{Names, Pool, Qstr};
use enroll_benches::{identifiers, layouts};
use enroll_codegen::freeze::{FrozenModule, FrozenSet};
use enroll_codegen::{Class, emit};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Bytes of code for each name that a module refers to: of MicroPython's own
/// library about so many.
const CODE: usize = 12;
const ROUNDS: usize = 201;

fn main() {
    println!(
        "modules  names each  in the pool  image  files  mount     import    table at import  ratio"
    );
    for (modules, each) in [(10, 30), (100, 30), (100, 100)] {
        for share in [2, 1] {
            row(modules, each, share);
        }
    }
}

/// A set whose modules share names, as modules do; one of `share` is in the pool.
fn row(modules: usize, each: usize, share: usize) {
    let known = identifiers::first(modules * each / 4 + each);
    let pooled: Vec<&str> = known.iter().copied().step_by(share).collect();
    let pool: &'static Pool = Box::leak(Box::new(layouts::pool(&pooled, 0)));
    let set = FrozenSet {
        modules: (0..modules)
            .map(|at| FrozenModule {
                name: format!("m{at:03}"),
                suffix: ".vmc".to_owned(),
                is_package: false,
                class: Class::Builtin,
                aliases: Vec::new(),
                code: (0..each * CODE).map(|byte| (byte * at) as u8).collect(),
                names: (0..each)
                    .map(|nth| known[(at * each / 4 + nth) % known.len()].to_owned())
                    .collect(),
                file: "m".into(),
                path: "m".to_owned(),
            })
            .collect(),
        data: Vec::new(),
    };
    let image: &'static [u8] = emit::image(&set, 0, "vm").expect("an image").leak();
    let files: Vec<Vec<u8>> = set.modules.iter().map(file).collect();

    let (mut mounts, mut imports, mut tables) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // Both ways in turns, each with names of its own.
        let mut names = Names::new(pool);
        let start = Instant::now();
        let mounted = Image::check(image, "vm").expect("a right image");
        let mounted = mounted
            .mount(&mut names, OnClash::Refuse)
            .expect("no clash");
        mounts.push(start.elapsed());
        let finder = mounted.finder();
        let start = Instant::now();
        for module in &set.modules {
            black_box(embedded(&finder, &module.name));
        }
        imports.push(start.elapsed());
        let mut names = Names::new(pool);
        let start = Instant::now();
        for file in &files {
            black_box(table(file, &mut names));
        }
        tables.push(start.elapsed());
    }
    let (mount, import, table) = (middle(mounts), middle(imports), middle(tables));
    println!(
        "{modules:>7}  {each:>10}  {:>11}  {:>5}  {:>5}  {:>5.1} us  {:>5.2} us  {:>12.2} us  {:.1}, {:.1} with the mount",
        format!("{} %", 100 / share),
        image.len(),
        files.iter().map(Vec::len).sum::<usize>(),
        micros(mount),
        micros(import) / modules as f64,
        micros(table) / modules as f64,
        micros(table) / micros(import),
        micros(table) / micros(mount + import),
    );
}

/// A module with the texts of its names before its code.
fn file(module: &FrozenModule) -> Vec<u8> {
    let mut file = (module.names.len() as u16).to_le_bytes().to_vec();
    for name in &module.names {
        file.push(name.len() as u8);
        file.extend_from_slice(name.as_bytes());
    }
    file.extend_from_slice(&module.code);
    file
}

/// Finds a module in a mounted image, and uses its last name.
fn embedded(finder: &Frozen<Mapped>, name: &str) -> Option<Qstr> {
    let Answer::Module(spec) = finder.find(".frozen", &Sought::new(name, &[])) else {
        return None;
    };
    let code = finder.code(&spec).ok()?;
    black_box(&code.bytes);
    code.names.get(code.names.len().checked_sub(1)?)
}

/// Makes the table of a file, and uses its last name.
fn table(file: &[u8], names: &mut Names) -> Option<Qstr> {
    let (count, mut rest) = file.split_first_chunk()?;
    let count = u16::from_le_bytes(*count);
    let mut table = Vec::with_capacity(count.into());
    for _ in 0..count {
        let (len, after) = rest.split_first()?;
        let (text, after) = after.split_at_checked((*len).into())?;
        table.push(names.intern(std::str::from_utf8(text).ok()?).ok()?);
        rest = after;
    }
    black_box(rest);
    table.last().copied()
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
