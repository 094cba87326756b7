//! From text to id, hit and miss, and back, among real identifiers.

#![allow(missing_docs, reason = "linkme and inventory make items of their own")]

use ::enroll::{Pool, Qstr};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll_benches::{identifiers, layouts};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Times one look-up of each query, and checks the answers first.
fn measure(
    bencher: Bencher<'_, '_>,
    size: usize,
    hit: bool,
    get: impl Fn(&str) -> Option<u32> + Sync,
) {
    let names = if hit {
        identifiers::first(size)
    } else {
        identifiers::others(size)
    };
    for name in &names {
        assert_eq!(
            get(name),
            hit.then(|| enroll_abi::hash::hash(name, 0)),
            "{name}"
        );
    }
    let asked = identifiers::queries(&names);
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        asked
            .iter()
            .fold(0, |sum, name| sum ^ get(black_box(name)).unwrap_or(1))
    });
}

macro_rules! both_ways {
    ($name:ident($size:ident) = $make:expr) => {
        mod $name {
            use super::*;

            #[divan::bench(args = SIZES)]
            fn hit(bencher: Bencher<'_, '_>, $size: usize) {
                let get = $make;
                measure(bencher, $size, true, get);
            }

            #[divan::bench(args = SIZES)]
            fn miss(bencher: Bencher<'_, '_>, $size: usize) {
                let get = $make;
                measure(bencher, $size, false, get);
            }
        }
    };
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
    enroll(size) = {
        let pool = pool(size);
        move |text: &str| pool.get(text).map(Qstr::raw)
    }
);

both_ways!(
    scanned(size) = {
        let pool = layouts::Scanned::new(&identifiers::first(size));
        move |text: &str| pool.get(text)
    }
);

both_ways!(
    scanned_tags(size) = {
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
    hashbrown_foldhash(size) = {
        let map = map(size, foldhash::fast::FixedState::default());
        move |text: &str| map.get(text).copied()
    }
);

both_ways!(
    hashbrown_rapidhash(size) = {
        let map = map(size, rapidhash::fast::SeedableState::fixed());
        move |text: &str| map.get(text).copied()
    }
);

static PHF_100: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_100.rs"));
static PHF_1_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_1000.rs"));
static PHF_10_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_10000.rs"));

both_ways!(
    phf(size) = {
        let map = match size {
            100 => &PHF_100,
            1_000 => &PHF_1_000,
            _ => &PHF_10_000,
        };
        move |text: &str| map.get(text).copied()
    }
);

both_ways!(
    sorted(size) = {
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
