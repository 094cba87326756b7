//! Hashing real identifiers.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll_benches::{hashes, identifiers};

fn main() {
    divan::main();
}

fn measure(bencher: Bencher<'_, '_>, hash: impl Fn(&str, u32) -> u32 + Sync) {
    let names = identifiers::queries(&identifiers::first(1_000));
    bencher.counter(ItemsCount::new(names.len())).bench(|| {
        names
            .iter()
            .fold(0, |sum, name| sum ^ hash(black_box(name), 0))
    });
}

#[divan::bench]
fn enroll(bencher: Bencher<'_, '_>) {
    measure(bencher, enroll_abi::hash::hash);
}

#[divan::bench]
fn fnv1a(bencher: Bencher<'_, '_>) {
    measure(bencher, hashes::fnv1a);
}

#[divan::bench]
fn murmur3(bencher: Bencher<'_, '_>) {
    measure(bencher, hashes::murmur3);
}

#[divan::bench]
fn fx(bencher: Bencher<'_, '_>) {
    measure(bencher, hashes::fx);
}

#[divan::bench]
fn sip13(bencher: Bencher<'_, '_>) {
    measure(bencher, hashes::sip13);
}

#[divan::bench]
fn foldhash(bencher: Bencher<'_, '_>) {
    use std::hash::BuildHasher;
    let state = foldhash::fast::FixedState::default();
    measure(bencher, |text, _| state.hash_one(text) as u32);
}

#[divan::bench]
fn rapidhash(bencher: Bencher<'_, '_>) {
    use std::hash::BuildHasher;
    let state = ::rapidhash::fast::SeedableState::fixed();
    measure(bencher, |text, _| state.hash_one(text) as u32);
}
