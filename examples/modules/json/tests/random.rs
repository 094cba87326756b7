//! Random values and texts against `serde_json`, and noise.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use json_module::JSON;
use serde_json::Value as Other;

/// Numbers that are the same in each run (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn text(&mut self) -> String {
        let chars = [
            'a', '"', '\\', '\n', '\u{1f}', '\u{7f}', 'é', '漢', '𝒳', '/',
        ];
        (0..self.below(6))
            .map(|_| chars[self.below(chars.len())])
            .collect()
    }

    fn value(&mut self, depth: usize) -> Other {
        match self.below(if depth == 0 { 6 } else { 10 }) {
            0 => Other::Null,
            1 => Other::Bool(self.below(2) == 0),
            2 => Other::from(self.next() as i64),
            3 => Other::from(self.below(100)),
            4 => match f64::from_bits(self.next()) {
                float if float.is_finite() => Other::from(float),
                _ => Other::from(0.5),
            },
            5 => Other::from(self.text()),
            6 | 7 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let pairs = 0..self.below(5);
                let pairs = pairs.map(|_| (self.text(), self.value(depth - 1)));
                Other::Object(pairs.collect())
            }
        }
    }
}

/// Whether both say the same. Names are sorted in the one.
fn same(one: &Value<'static>, other: &Other) -> bool {
    match (one, other) {
        (Value::None, Other::Null) => true,
        (Value::Bool(one), Other::Bool(other)) => one == other,
        (Value::Int(one), Other::Number(other)) => other.as_i64() == Some(*one),
        (Value::Float(one), Other::Number(other)) => {
            other.is_f64() && other.as_f64().map(f64::to_bits) == Some(one.to_bits())
        }
        (Value::Str(one), Other::String(other)) => **one == **other,
        (Value::List(one), Other::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(&one, other))
        }
        (Value::Dict(one), Other::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| {
                    let other = name.as_str().and_then(|name| other.get(name));
                    other.is_some_and(|other| same(&value, other))
                })
        }
        _ => false,
    }
}

#[test]
fn texts_of_serde_json_have_their_values_and_come_back() {
    let mut interp = Interp::of::<JSON>().unwrap();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for _ in 0..3_000 {
        let other = numbers.value(4);
        let text = match numbers.below(2) {
            0 => serde_json::to_string(&other).unwrap(),
            _ => serde_json::to_string_pretty(&other).unwrap(),
        };
        let value = interp.call("json.loads", args![text.clone()]).unwrap();
        assert!(same(&value, &other), "{text}");
        for options in [
            named![],
            named![ensure_ascii = false, indent = 2],
            named![separators = vec![",", ":"], sort_keys = true],
        ] {
            let written = interp.call_named("json.dumps", std::slice::from_ref(&value), options);
            let written = written.unwrap();
            let again = interp
                .call("json.loads", std::slice::from_ref(&written))
                .unwrap();
            assert!(same(&again, &other), "{text}: {written:?}");
        }
    }
}

/// What `serde_json` refuses and CPython does not is left out of the noise.
#[test]
fn noise_is_refused_as_by_serde_json_and_never_panics() {
    let mut interp = Interp::of::<JSON>().unwrap();
    let mut numbers = Numbers(77);
    let pieces = [
        "[", "]", "{", "}", ",", ":", "\"", "\\", "/", " ", "\n", "0", "1", "-", ".", "e", "+",
        "null", "true", "false", "\"a\"", "\\u12", "\\u0041", "\\n", "é", "\x01", "[]", "{}", "1",
    ];
    let mut accepted = 0;
    for _ in 0..50_000 {
        let text: String = (0..numbers.below(8))
            .map(|_| pieces[numbers.below(pieces.len())])
            .collect();
        let other: Result<Other, _> = serde_json::from_str(&text);
        match (interp.call("json.loads", args![text.clone()]), other) {
            (Ok(value), Ok(other)) => {
                accepted += 1;
                // `-0` is a float in the one and 0 in CPython.
                assert!(same(&value, &other) || text.contains("-0"), "{text:?}");
            }
            (Err(error), Err(_)) => assert_eq!(error.kind(), Kind::ValueError, "{text:?}"),
            // A number that is too large for a float is infinite here.
            (Ok(Value::Float(float)), Err(_)) if float.is_infinite() => {}
            (one, other) => panic!("{text:?}: {one:?}, {other:?}"),
        }
    }
    assert!(accepted > 2_000, "only {accepted}");
}

#[test]
fn an_object_of_many_names_takes_no_square() {
    let mut interp = Interp::of::<JSON>().unwrap();
    let names = (0..200_000).map(|number| format!("\"{}\":{number}", number % 150_000));
    let text = format!("{{{}}}", names.collect::<Vec<_>>().join(","));
    let Value::Dict(dict) = interp.call("json.loads", args![text]).unwrap() else {
        panic!("an object is a dictionary");
    };
    assert_eq!(dict.len(), 150_000);
    assert_eq!(dict.pair(0), Some(("0".into(), 150_000.into())));
    assert_eq!(dict.pair(60_000), Some(("60000".into(), 60_000.into())));
}
