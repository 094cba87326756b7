//! One look-up after the other, hit and miss, for every way of finding a name.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll_benches::identifiers;

/// Times one look-up of each query, and checks the answers first.
pub(crate) fn measure(
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

/// Times `$make` for hits and misses, once for each of `$sizes`.
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

pub(crate) use both_ways;
