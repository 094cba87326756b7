//! From a name to a module's constant: the table of `register_module!` among
//! others of the same entries.

#![allow(missing_docs, reason = "register_module! makes items of its own")]

use ::enroll::{Broken, Cx, Host, ModuleId, Qstr};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll_benches::identifiers;

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// A host whose constants are numbers.
pub enum Numbers {}

impl Host for Numbers {
    type Rom = u32;
    type Value<'vm> = u32;
    type Context<'vm> = ();
    type Error = Broken;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Numbers>, rom: &'static u32) -> Result<u32, Broken> {
        Ok(*rom)
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Numbers>, _: &'static str) -> Result<u32, Broken> {
        Ok(0)
    }

    fn module<'vm>(_: &mut Cx<'_, 'vm, Numbers>, _: ModuleId) -> Result<u32, Broken> {
        Ok(0)
    }
}

/// Times one look-up of each id, and checks the answers first: an entry's value
/// is its position.
fn measure(
    bencher: Bencher<'_, '_>,
    size: usize,
    hit: bool,
    get: impl Fn(u32) -> Option<u32> + Sync,
) {
    let names = if hit {
        identifiers::first(size)
    } else {
        identifiers::others(size)
    };
    let id = |name: &str| enroll_abi::hash::hash(name, 0);
    for (at, name) in names.iter().enumerate() {
        assert_eq!(get(id(name)), hit.then_some(at as u32), "{name}");
    }
    let asked: Vec<u32> = identifiers::queries(&names)
        .iter()
        .map(|name| id(name))
        .collect();
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        asked
            .iter()
            .fold(0, |sum, &id| sum ^ get(black_box(id)).unwrap_or(1))
    });
}

macro_rules! both_ways {
    ($name:ident($size:ident in $sizes:expr) = $make:expr) => {
        mod $name {
            use super::*;

            #[divan::bench(args = $sizes)]
            fn hit(bencher: Bencher<'_, '_>, $size: usize) {
                let get = $make;
                measure(bencher, $size, true, get);
            }

            #[divan::bench(args = $sizes)]
            fn miss(bencher: Bencher<'_, '_>, $size: usize) {
                let get = $make;
                measure(bencher, $size, false, get);
            }
        }
    };
}

fn ids(size: usize) -> Vec<u32> {
    let names = identifiers::first(size);
    names
        .iter()
        .map(|name| enroll_abi::hash::hash(name, 0))
        .collect()
}

mod module_100 {
    use super::Numbers;
    include!(concat!(env!("OUT_DIR"), "/module_100.rs"));
}
mod module_1_000 {
    use super::Numbers;
    include!(concat!(env!("OUT_DIR"), "/module_1000.rs"));
}
mod module_10_000 {
    use super::Numbers;
    include!(concat!(env!("OUT_DIR"), "/module_10000.rs"));
}

both_ways!(enroll(size in SIZES) = {
    let module = match size {
        100 => &module_100::NAMES,
        1_000 => &module_1_000::NAMES,
        _ => &module_10_000::NAMES,
    };
    move |id: u32| module.get(Qstr::from_raw(id)?).copied()
});

both_ways!(hashbrown_foldhash(size in SIZES) = {
    let mut map = hashbrown::HashMap::with_hasher(foldhash::fast::FixedState::default());
    map.extend(ids(size).into_iter().zip(0u32..));
    move |id: u32| map.get(&id).copied()
});

static PHF_100: ::phf::Map<u32, u32> = include!(concat!(env!("OUT_DIR"), "/phf_ids_100.rs"));
static PHF_1_000: ::phf::Map<u32, u32> = include!(concat!(env!("OUT_DIR"), "/phf_ids_1000.rs"));
static PHF_10_000: ::phf::Map<u32, u32> = include!(concat!(env!("OUT_DIR"), "/phf_ids_10000.rs"));

both_ways!(phf(size in SIZES) = {
    let map = match size {
        100 => &PHF_100,
        1_000 => &PHF_1_000,
        _ => &PHF_10_000,
    };
    move |id: u32| map.get(&id).copied()
});

fn match_100(id: u32) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_ids_100.rs"))
}
fn match_1_000(id: u32) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_ids_1000.rs"))
}
fn match_10_000(id: u32) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_ids_10000.rs"))
}

both_ways!(matching(size in SIZES) = match size {
    100 => match_100 as fn(u32) -> Option<u32>,
    1_000 => match_1_000,
    _ => match_10_000,
});

both_ways!(sorted(size in SIZES) = {
    let mut entries: Vec<(u32, u32)> = ids(size).into_iter().zip(0..).collect();
    entries.sort_unstable();
    move |id: u32| {
        let at = entries.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        Some(entries[at].1)
    }
});

// What MicroPython does with a table in read-only memory.
both_ways!(linear(size in [100, 1_000]) = {
    let ids = ids(size);
    move |id: u32| Some(ids.iter().position(|&other| other == id)? as u32)
});
