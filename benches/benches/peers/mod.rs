//! Other ways from text to an id, for names and for modules: what other crates
//! and plain `match` make of the same names.

use divan::Bencher;

use crate::measure::{SIZES, both_ways, measure, of_size};

static PHF_100: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_100.rs"));
static PHF_1_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_1000.rs"));
static PHF_10_000: ::phf::Map<&str, u32> = include!(concat!(env!("OUT_DIR"), "/phf_10000.rs"));

both_ways!(phf(size in SIZES) = {
    let map = of_size(size, [&PHF_100, &PHF_1_000, &PHF_10_000]);
    move |text: &str| map.get(text).copied()
});

fn match_100(text: &str) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_100.rs"))
}
fn match_1_000(text: &str) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_1000.rs"))
}
fn match_10_000(text: &str) -> Option<u32> {
    include!(concat!(env!("OUT_DIR"), "/match_10000.rs"))
}

both_ways!(matching(size in SIZES) = {
    of_size(size, [match_100 as fn(&str) -> Option<u32>, match_1_000, match_10_000])
});

// The others hand out a list without an order, which has to be searched.

#[::linkme::distributed_slice]
static NAMES_100: [(&'static str, u32)];
#[::linkme::distributed_slice]
static NAMES_1000: [(&'static str, u32)];
#[::linkme::distributed_slice]
static NAMES_10000: [(&'static str, u32)];

include!(concat!(env!("OUT_DIR"), "/linkme_100.rs"));
include!(concat!(env!("OUT_DIR"), "/linkme_1000.rs"));
include!(concat!(env!("OUT_DIR"), "/linkme_10000.rs"));

both_ways!(linkme(size in SIZES) = {
    let names = of_size(size, [NAMES_100, NAMES_1000, NAMES_10000]).static_slice();
    move |text: &str| Some(names.iter().find(|(name, _)| *name == text)?.1)
});

/// One of `SIZE` names: the number keeps the lists apart.
struct Name<const SIZE: usize>(&'static str, u32);

::inventory::collect!(Name<100>);
::inventory::collect!(Name<1_000>);
::inventory::collect!(Name<10_000>);

include!(concat!(env!("OUT_DIR"), "/inventory_100.rs"));
include!(concat!(env!("OUT_DIR"), "/inventory_1000.rs"));
include!(concat!(env!("OUT_DIR"), "/inventory_10000.rs"));

fn submitted<const SIZE: usize>(text: &str) -> Option<u32>
where
    Name<SIZE>: ::inventory::Collect,
{
    let mut names = ::inventory::iter::<Name<SIZE>>.into_iter();
    Some(names.find(|name| name.0 == text)?.1)
}

both_ways!(inventory(size in SIZES) = {
    of_size(
        size,
        [submitted::<100> as fn(&str) -> Option<u32>, submitted::<1_000>, submitted::<10_000>],
    )
});
