//! From text to id, hit and miss, and back, among real identifiers.

#![allow(missing_docs, reason = "linkme and inventory make items of their own")]

use ::enroll::{Pool, Qstr};
use divan::Bencher;
use enroll_benches::{identifiers, layouts};

mod measure;

use measure::{both_ways, measure};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

static POOL_100: Pool = include!(concat!(env!("OUT_DIR"), "/pool_100.rs"));
static POOL_1_000: Pool = include!(concat!(env!("OUT_DIR"), "/pool_1000.rs"));
static POOL_10_000: Pool = include!(concat!(env!("OUT_DIR"), "/pool_10000.rs"));

fn pool(size: usize) -> &'static Pool {
    match size {
        100 => &POOL_100,
        1_000 => &POOL_1_000,
        _ => &POOL_10_000,
    }
}

both_ways!(
    enroll(size in SIZES) = {
        let pool = pool(size);
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

static PHF_100: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_100.rs"));
static PHF_1_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_1000.rs"));
static PHF_10_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_10000.rs"));

both_ways!(
    phf(size in SIZES) = {
        let map = match size {
            100 => &PHF_100,
            1_000 => &PHF_1_000,
            _ => &PHF_10_000,
        };
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
