//! Hashes of streams.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use hashlib_module::HASHLIB;

/// A stream that gives so many bytes at a time at most, and knows how many were
/// asked for.
struct Source {
    left: Vec<u8>,
    most: usize,
    ends_with_none: bool,
}

static SOURCE: Type = Type::new("source", "").methods(&[("read", function!(read(this, size)))]);

fn read<'vm>(this: &Object<'vm>, size: usize) -> Result<Value<'vm>, Error> {
    assert!((1..=4096).contains(&size), "a microcontroller has no more");
    let mut source = this.borrow_mut::<Source>()?;
    let size = size.min(source.most).min(source.left.len());
    if size == 0 && source.ends_with_none {
        return Ok(Value::None);
    }
    let rest = source.left.split_off(size);
    let chunk = std::mem::replace(&mut source.left, rest);
    Ok(Value::Bytes(chunk.into()))
}

fn source(data: &[u8], most: usize, ends_with_none: bool) -> Value<'static> {
    let left = data.to_vec();
    let source = Source {
        left,
        most,
        ends_with_none,
    };
    Object::new(&SOURCE, source).into()
}

fn interp() -> Interp {
    Interp::of::<HASHLIB>().unwrap()
}

fn hexdigest(interp: &mut Interp, hash: &Value<'static>) -> String {
    let hex = interp.method(hash, "hexdigest", args![]).unwrap();
    hex.as_str().unwrap().to_owned()
}

#[test]
fn all_of_a_stream_is_hashed() {
    let interp = &mut interp();
    let sha224 = interp.get("hashlib.sha224").unwrap();
    for length in [0, 1, 1023, 1024, 1025, 5000] {
        let data: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
        let whole = args![data.clone().leak() as &[u8]];
        for most in [1, 100, usize::MAX] {
            for (digest, name) in [
                (Value::from("sha256"), "sha256"),
                (sha224.clone(), "sha224"),
            ] {
                let stream = source(&data, most, most == 100);
                let named = named![fileobj = stream, digest = digest];
                let hash = interp
                    .call_named("hashlib.file_digest", args![], named)
                    .unwrap();
                assert_eq!(hash.type_name(), name);
                let expected = interp.call(&format!("hashlib.{name}"), whole).unwrap();
                let expected = hexdigest(interp, &expected);
                assert_eq!(hexdigest(interp, &hash), expected, "{length}, {most}");
            }
        }
    }
}

#[test]
fn mistakes_are_told() {
    let interp = &mut interp();
    for (stream, digest, expected) in [
        (
            "text".into(),
            "sha256".into(),
            "ValueError: what has no `read` is no stream",
        ),
        (
            source(b"", 1, false),
            "sha255".into(),
            "ValueError: this firmware has no hash of the name 'sha255'",
        ),
        (
            source(b"", 1, false),
            Value::Int(5),
            "TypeError: 'int' object is not callable",
        ),
    ] {
        let error = interp.call("hashlib.file_digest", &[stream, digest]);
        assert_eq!(error.unwrap_err().to_string(), expected);
    }
}
