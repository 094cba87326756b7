//! One look-up after the other, hit and miss, for every way of finding a name.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll_benches::identifiers;

/// How many names there are to find.
pub(crate) const SIZES: [usize; 3] = [100, 1_000, 10_000];

/// What belongs to `size`, of one thing for each of [`SIZES`].
pub(crate) fn of_size<T>(size: usize, each: [T; 3]) -> T {
    let mut each = SIZES.into_iter().zip(each);
    each.find(|&(other, _)| other == size)
        .expect("one of SIZES")
        .1
}

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
///
/// 100 samples, but no more than ten seconds: a search through 10,000 names one
/// by one would take minutes.
macro_rules! both_ways {
    ($name:ident($size:ident in $sizes:expr) = $make:expr) => {
        mod $name {
            use super::*;

            #[divan::bench(args = $sizes, max_time = 10)]
            fn hit(bencher: Bencher<'_, '_>, $size: usize) {
                let get = $make;
                measure(bencher, $size, true, get);
            }

            #[divan::bench(args = $sizes, max_time = 10)]
            fn miss(bencher: Bencher<'_, '_>, $size: usize) {
                let get = $make;
                measure(bencher, $size, false, get);
            }
        }
    };
}

pub(crate) use both_ways;
