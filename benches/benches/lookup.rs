//! From text to id, hit and miss, and back, among real identifiers.

use ::enroll::{Pool, Qstr};
use divan::Bencher;
use enroll_benches::{identifiers, layouts};

mod measure;
mod peers;

use measure::{SIZES, both_ways, measure, of_size};

fn main() {
    divan::main();
}

static POOL_100: Pool = include!(concat!(env!("OUT_DIR"), "/pool_100.rs"));
static POOL_1_000: Pool = include!(concat!(env!("OUT_DIR"), "/pool_1000.rs"));
static POOL_10_000: Pool = include!(concat!(env!("OUT_DIR"), "/pool_10000.rs"));

both_ways!(
    enroll(size in SIZES) = {
        let pool = of_size(size, [&POOL_100, &POOL_1_000, &POOL_10_000]);
        move |text: &str| pool.get(text).map(Qstr::raw)
    }
);

both_ways!(
    scanned(size in SIZES) = {
        let pool = layouts::Scanned::new(&identifiers::first(size));
        move |text: &str| pool.get(text)
    }
);

both_ways!(
    scanned_tags(size in SIZES) = {
        let pool = layouts::Scanned::new(&identifiers::first(size));
        move |text: &str| pool.get_tagged(text)
    }
);

fn map<S: std::hash::BuildHasher>(
    size: usize,
    state: S,
) -> hashbrown::HashMap<&'static str, u32, S> {
    let mut map = hashbrown::HashMap::with_hasher(state);
    for name in identifiers::first(size) {
        map.insert(name, enroll_abi::hash::hash(name, 0));
    }
    map
}

both_ways!(
    hashbrown_foldhash(size in SIZES) = {
        let map = map(size, foldhash::fast::FixedState::default());
        move |text: &str| map.get(text).copied()
    }
);

both_ways!(
    hashbrown_rapidhash(size in SIZES) = {
        let map = map(size, rapidhash::fast::SeedableState::fixed());
        move |text: &str| map.get(text).copied()
    }
);

both_ways!(
    sorted(size in SIZES) = {
        let mut names: Vec<_> = identifiers::first(size)
            .into_iter()
            .map(|name| (name, enroll_abi::hash::hash(name, 0)))
            .collect();
        names.sort_unstable();
        move |text: &str| {
            let at = names.binary_search_by_key(&text, |&(name, _)| name).ok()?;
            Some(names[at].1)
        }
    }
);
