//! From text to a module, as `import` asks: the generated table among other
//! ways of registering.

#![allow(missing_docs, reason = "linkme and inventory make items of their own")]

mod measure;

use divan::Bencher;
use enroll_benches::{identifiers, layouts};
use measure::{both_ways, measure};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
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
