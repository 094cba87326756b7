//! One candidate for every id, at every size.
#![cfg(feature = "alloc")]

use enroll_abi::hash::hash;
use enroll_abi::index::{Fault, Index, Table, bucket, buckets_for, slot, slots_for};

const fn ids<const N: usize>() -> [u32; N] {
    let mut ids = [0; N];
    let mut at = 0;
    while at < N {
        let digits = [
            b'a' + (at % 26) as u8,
            b'a' + (at / 26 % 26) as u8,
            b'a' + (at / 676) as u8,
        ];
        ids[at] = match core::str::from_utf8(&digits) {
            Ok(text) => hash(text, 0),
            Err(_) => panic!(),
        };
        at += 1;
    }
    ids
}

macro_rules! table {
    ($n:literal) => {{
        const IDS: [u32; $n] = ids();
        static TABLE: Table<{ buckets_for($n) }, { slots_for($n) }> = match Table::build(&IDS) {
            Ok(table) => table,
            Err(_) => panic!(),
        };
        (IDS.to_vec(), TABLE.index())
    }};
}

#[test]
fn c05_every_entry_of_a_constant_table_is_its_only_candidate() {
    for (ids, index) in [
        table!(1),
        table!(10),
        table!(200),
        table!(2000),
        table!(4000),
    ] {
        for (at, &id) in ids.iter().enumerate() {
            assert_eq!(index.candidate(id), Some(at));
            assert_eq!(index.get(&ids, id), Some(at));
            assert_eq!(
                index.get(&ids, id ^ 1),
                ids.iter().position(|&other| other == id ^ 1)
            );
        }
    }
    assert_eq!(Index::EMPTY.candidate(17), None);
}

#[test]
fn c01_of_several_equal_pairs_the_earliest_second_is_reported() {
    for shift in 0..20 {
        let mut equal = ids::<300>();
        for (first, second) in [(7, 250), (30, 200), (60, 150), (90, 140), (5, 290)] {
            equal[second] = equal[first + shift];
        }
        let built = Table::<{ buckets_for(300) }, { slots_for(300) }>::build(&equal);
        let first = 90 + shift;
        assert_eq!(built.err(), Some(Fault::Equal { first, second: 140 }));
    }
}

#[test]
fn c05_bucket_and_slot_are_part_of_the_abi() {
    let mixed = 0x1234_5678_u32.wrapping_mul(0x9e37_79b9 + (3 << 8));
    let expected = (u64::from(mixed) * 1_000) >> 32;
    assert_eq!(slot(0x1234_5678, 3, 1_000) as u64, expected);
    assert_eq!(bucket(0x4000_0000, 10), 5);
    assert_eq!(bucket(0x7fff_ffff, 10), 9);
    assert!(bucket(0x8000_0000, 10) >= 10);
}

#[test]
fn c01_equal_ids_are_reported_by_position() {
    let mut equal = ids::<300>();
    equal[200] = equal[7];
    equal[250] = equal[3];
    let built = Table::<{ buckets_for(300) }, { slots_for(300) }>::build(&equal);
    assert_eq!(
        built.err(),
        Some(Fault::Equal {
            first: 7,
            second: 200
        })
    );
}
