//! Between Rust and a script's values: every integer width, texts, floats, with
//! values drawn from a fixed seed and the edges of each type.

use enroll_portable::prelude::*;
use enroll_portable::{Bytes, FromArgument, IntoValue, List, Mismatch, Str, Tuple};
use std::fmt::Debug;

/// SplitMix64 from a fixed seed: the same values in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ word >> 31
    }

    /// An integer of a random width, so that small ones are as frequent.
    fn int(&mut self) -> i64 {
        (self.next() as i64) >> (self.next() % 64)
    }

    fn text(&mut self) -> String {
        let len = self.next() % 12;
        (0..len)
            .filter_map(|_| char::from_u32((self.next() % 0x500) as u32))
            .collect()
    }
}

/// Integers at the edges of every width, and random ones.
fn integers() -> Vec<i64> {
    let mut random = Random(1);
    let mut integers: Vec<i64> = (0..2_000).map(|_| random.int()).collect();
    for bits in [7, 8, 15, 16, 31, 32, 63] {
        let edge = 1i128 << bits;
        let near = [-edge - 1, -edge, -edge + 1, edge - 1, edge, edge + 1];
        integers.extend(near.iter().filter_map(|&int| i64::try_from(int).ok()));
    }
    integers
}

/// An integer goes into `T` exactly where it fits, and comes back the same.
fn check<T>(min: i128, max: i128)
where
    T: for<'x> FromArgument<'x, 'static> + IntoValue<'static> + Copy,
    T: TryInto<i64, Error: Debug>,
{
    for int in integers() {
        let value = Value::Int(int);
        match T::from_argument(&value) {
            Ok(converted) => {
                assert!((min..=max).contains(&i128::from(int)), "{int} got in");
                assert_eq!(converted.try_into().unwrap(), int);
                assert_eq!(converted.into_value().unwrap(), value);
            }
            Err(Mismatch::Range {
                value,
                min: low,
                max: high,
            }) => {
                assert!(!(min..=max).contains(&i128::from(int)), "{int} was refused");
                assert_eq!(value, int);
                assert!(!(low..=high).contains(&int), "{int}: {low}..={high}");
                assert_eq!(i128::from(low), min.max(i64::MIN.into()));
                assert_eq!(i128::from(high), max.min(i64::MAX.into()));
            }
            Err(other) => panic!("{int}: {other:?}"),
        }
    }
    for wrong in [Value::None, Value::Float(1.0), "1".into()] {
        assert!(matches!(T::from_argument(&wrong), Err(Mismatch::Type)));
    }
    assert_eq!(T::EXPECTED, "int");
}

#[test]
fn an_integer_fits_exactly_where_its_range_says() {
    macro_rules! each {
        ($($int:ty)*) => {
            $(check::<$int>(<$int>::MIN as i128, <$int>::MAX as i128);)*
        };
    }
    each!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);
}

#[test]
fn a_result_too_wide_is_an_overflow() {
    for (result, expected) in [
        (u64::MAX.into_value(), false),
        (i128::MIN.into_value(), false),
        (u128::MAX.into_value(), false),
        ((i64::MAX as u64).into_value(), true),
        (i128::from(i64::MIN).into_value(), true),
    ] {
        match result {
            Ok(value) => assert!(expected, "{value:?}"),
            Err(error) => {
                assert!(!expected, "{error}");
                assert_eq!(error.kind(), Kind::OverflowError);
            }
        }
    }
}

#[test]
fn texts_and_bytes_come_back_as_they_were() {
    let mut random = Random(2);
    for _ in 0..500 {
        let text = random.text();
        let value = Value::from(text.clone());
        assert_eq!(<&str>::from_argument(&value).unwrap(), text);
        assert_eq!(String::from_argument(&value).unwrap(), text);
        assert_eq!(
            Str::from_argument(&value).unwrap().into_value().unwrap(),
            value
        );
        assert_eq!(text.as_str().into_value().unwrap(), value);
        let bytes = Value::Bytes(text.clone().into_bytes().into());
        assert_eq!(<&[u8]>::from_argument(&bytes).unwrap(), text.as_bytes());
        assert_eq!(Vec::<u8>::from_argument(&bytes).unwrap(), text.as_bytes());
        assert_eq!(
            Bytes::from_argument(&bytes).unwrap().into_value().unwrap(),
            bytes
        );
        assert!(<&str>::from_argument(&bytes).is_err());
        assert!(<&[u8]>::from_argument(&value).is_err());
        let one = text.chars().count() == 1;
        assert_eq!(char::from_argument(&value).is_ok(), one, "{text:?}");
    }
}

#[test]
fn floats_come_back_bit_by_bit_and_take_integers() {
    let mut random = Random(3);
    for _ in 0..2_000 {
        let float = f64::from_bits(random.next());
        let back = f64::from_argument(&Value::Float(float)).unwrap();
        assert_eq!(back.to_bits(), float.to_bits());
        let int = random.int();
        assert_eq!(f64::from_argument(&Value::Int(int)).unwrap(), int as f64);
    }
    assert_eq!(f32::from_argument(&Value::Bool(true)).unwrap(), 1.0);
    assert!(f64::from_argument(&"1".into()).is_err());
    assert!(!bool::from_argument(&Value::Bool(false)).unwrap());
    assert!(bool::from_argument(&Value::Int(1)).is_err());
}

#[test]
fn sequences_come_back_item_by_item() {
    let items: Vec<Value<'static>> = vec![1.into(), "x".into(), Value::None];
    let list: List<'_> = items.iter().cloned().collect();
    let tuple: Tuple<'_> = items.iter().cloned().collect();
    for value in [Value::List(list), Value::Tuple(tuple)] {
        assert_eq!(Vec::<Value<'_>>::from_argument(&value).unwrap(), items);
    }
    assert_eq!(vec![1u8, 2].into_value().unwrap(), Value::from(vec![1, 2]));
    let pair = (1, "x").into_value().unwrap();
    assert_eq!(
        pair,
        Value::Tuple([1.into(), "x".into()].into_iter().collect())
    );
    let error = (1, u64::MAX).into_value().unwrap_err();
    assert_eq!(error.kind(), Kind::OverflowError);
}

#[test]
fn an_index_counts_from_either_end() {
    for len in 0..6usize {
        let items: Vec<usize> = (0..len).collect();
        for index in integers().into_iter().chain(-8..8) {
            let expected = match index < 0 {
                true => items.iter().rev().nth(index.unsigned_abs() as usize - 1),
                false => items.get(usize::try_from(index).unwrap()),
            };
            let position = Value::Int(index).as_index(len);
            match position {
                Ok(position) => assert_eq!(Some(&position), expected, "{index} of {len}"),
                Err(error) => {
                    assert_eq!(expected, None, "{index} of {len}");
                    assert_eq!(error.kind(), Kind::IndexError);
                }
            }
        }
    }
    let error = Value::from("0").as_index(1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: 'str' cannot be an index: an int is needed"
    );
}
