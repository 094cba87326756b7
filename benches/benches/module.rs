//! From text to a module, as `import` asks: the generated table among other
//! ways of registering.

#![allow(missing_docs, reason = "linkme and inventory make items of their own")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll_benches::{identifiers, layouts};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Times one look-up of each query, and checks the answers first: an id stands
/// for the module.
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

both_ways!(enroll(size in SIZES) = {
    let table = layouts::table(&identifiers::first(size));
    move |text: &str| Some(table.name(table.find_text(text)?)?.raw())
});

static PHF_100: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_100.rs"));
static PHF_1_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_1000.rs"));
static PHF_10_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_10000.rs"));

both_ways!(phf(size in SIZES) = {
    let map = match size {
        100 => &PHF_100,
        1_000 => &PHF_1_000,
        _ => &PHF_10_000,
    };
    move |text: &str| map.get(text).copied()
});

fn match_100(text: &str) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_100.rs"))
}
fn match_1_000(text: &str) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_1000.rs"))
}

both_ways!(matching(size in [100, 1_000]) = match size {
    100 => match_100 as fn(&str) -> Option<u32>,
    _ => match_1_000,
});

mod linkme_100 {
    include!(concat!(env!("OUT_DIR"), "/linkme_100.rs"));
}
mod linkme_1_000 {
    include!(concat!(env!("OUT_DIR"), "/linkme_1000.rs"));
}

// Both hand out a list without an order, which has to be searched.
both_ways!(linkme(size in [100, 1_000]) = {
    let names: &[(&str, u32)] = match size {
        100 => &linkme_100::NAMES_100,
        _ => &linkme_1_000::NAMES_1000,
    };
    move |text: &str| Some(names.iter().find(|(name, _)| *name == text)?.1)
});

mod inventory_100 {
    include!(concat!(env!("OUT_DIR"), "/inventory_100.rs"));
}
mod inventory_1_000 {
    include!(concat!(env!("OUT_DIR"), "/inventory_1000.rs"));
}

both_ways!(inventory(size in [100, 1_000]) = {
    move |text: &str| match size {
        100 => {
            let mut names = ::inventory::iter::<inventory_100::Name>.into_iter();
            Some(names.find(|name| name.0 == text)?.1)
        }
        _ => {
            let mut names = ::inventory::iter::<inventory_1_000::Name>.into_iter();
            Some(names.find(|name| name.0 == text)?.1)
        }
    }
});
