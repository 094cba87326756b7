//! What hashes do, whatever their algorithm.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use hashlib_module::HASHLIB;

fn interp() -> Interp {
    Interp::of::<HASHLIB>().unwrap()
}

/// The names this crate was compiled with, and what CPython says of their sizes:
/// name, `digest_size`, `block_size`.
fn algorithms() -> Vec<(&'static str, i64, i64)> {
    let mut algorithms = vec![("sha224", 28, 64), ("sha256", 32, 64)];
    if cfg!(feature = "md5") {
        algorithms.push(("md5", 16, 64));
    }
    if cfg!(feature = "sha1") {
        algorithms.push(("sha1", 20, 64));
    }
    if cfg!(feature = "sha512") {
        algorithms.extend([("sha384", 48, 128), ("sha512", 64, 128)]);
    }
    if cfg!(feature = "sha3") {
        algorithms.extend([
            ("sha3_224", 28, 144),
            ("sha3_256", 32, 136),
            ("sha3_384", 48, 104),
            ("sha3_512", 64, 72),
            ("shake_128", 0, 168),
            ("shake_256", 0, 136),
        ]);
    }
    if cfg!(feature = "blake2") {
        algorithms.extend([("blake2b", 64, 128), ("blake2s", 32, 64)]);
    }
    algorithms
}

fn start(interp: &mut Interp, name: &str, args: &[Value<'static>]) -> Value<'static> {
    interp.call(&format!("hashlib.{name}"), args).unwrap()
}

/// `hexdigest()`, or `hexdigest(40)` where it needs a length.
fn hexdigest(interp: &mut Interp, hash: &Value<'static>) -> String {
    let any_length = interp.run(|cx| cx.attr(hash, "digest_size")).unwrap() == 0.into();
    let length = if any_length { args![40] } else { args![] };
    let hex = interp.method(hash, "hexdigest", length).unwrap();
    hex.as_str().unwrap().to_owned()
}

fn bytes(bytes: &[u8]) -> Value<'static> {
    Value::from(bytes.to_vec().leak() as &[u8])
}

/// Numbers that are the same each time (xorshift64*, Vigna 2016).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }
}

#[test]
fn every_algorithm_is_named_and_knows_its_sizes() {
    let interp = &mut interp();
    for (name, digest_size, block_size) in algorithms() {
        let hash = start(interp, name, args![]);
        let get = |interp: &mut Interp, attr| interp.run(|cx| cx.attr(&hash, attr)).unwrap();
        assert_eq!(get(interp, "name"), name.into());
        assert_eq!(get(interp, "digest_size"), digest_size.into(), "{name}");
        assert_eq!(get(interp, "block_size"), block_size.into(), "{name}");
        assert_eq!(hash.type_name(), name);
    }
    let mut expected: Vec<&str> = algorithms().iter().map(|algorithm| algorithm.0).collect();
    for list in ["algorithms_available", "algorithms_guaranteed"] {
        let Value::Tuple(names) = interp.get(&format!("hashlib.{list}")).unwrap() else {
            panic!("{list} is a tuple");
        };
        let names: Vec<Value<'_>> = names.iter().collect();
        let mut names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected);
    }
}

#[test]
fn any_chunks_of_some_data_give_the_digest_of_all_at_once() {
    let interp = &mut interp();
    let numbers = &mut Numbers(7);
    for (name, ..) in algorithms() {
        for _ in 0..20 {
            let data: Vec<u8> = (0..numbers.below(700))
                .map(|_| numbers.below(256) as u8)
                .collect();
            let whole = start(interp, name, &[bytes(&data)]);
            let parts = start(interp, name, args![]);
            let mut left = &data[..];
            while !left.is_empty() {
                // Zero at times, and often more than a block.
                let (chunk, rest) = left.split_at(numbers.below(left.len().min(300) + 1));
                interp.method(&parts, "update", &[bytes(chunk)]).unwrap();
                left = rest;
            }
            let expected = hexdigest(interp, &whole);
            assert_eq!(hexdigest(interp, &parts), expected, "{name}: {data:?}");
        }
    }
}

#[test]
fn a_hash_goes_on_after_its_digest_and_a_copy_goes_its_own_way() {
    let interp = &mut interp();
    for (name, ..) in algorithms() {
        let hash = start(interp, name, args!["ab"]);
        let early = hexdigest(interp, &hash);
        assert_eq!(hexdigest(interp, &hash), early, "{name}: twice the same");
        let copy = interp.method(&hash, "copy", args![]).unwrap();
        interp.method(&hash, "update", args!["c"]).unwrap();
        let whole = start(interp, name, args!["abc"]);
        assert_eq!(
            hexdigest(interp, &hash),
            hexdigest(interp, &whole),
            "{name}"
        );
        assert_eq!(hexdigest(interp, &copy), early, "{name}");
        assert_eq!(copy.type_name(), name);
        interp.method(&copy, "update", args!["d"]).unwrap();
        let other = start(interp, name, args!["abd"]);
        assert_eq!(
            hexdigest(interp, &copy),
            hexdigest(interp, &other),
            "{name}"
        );
    }
}

#[test]
fn data_are_bytes_text_or_a_buffer() {
    static BUFFER: Type = Type::new("buffer", "").slots(&[Slot::Buffer(lend)]);
    fn lend<'vm>(
        _: &mut Cx<'_, 'vm, Portable>,
        this: &Object<'vm>,
        run: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), Error> {
        run(&mut this.borrow_mut::<Vec<u8>>()?);
        Ok(())
    }
    let interp = &mut interp();
    let buffer = Value::from(Object::new(&BUFFER, "Zoë".as_bytes().to_vec()));
    let expected = {
        let hash = start(interp, "sha256", &[bytes("Zoë".as_bytes())]);
        hexdigest(interp, &hash)
    };
    for data in ["Zoë".into(), buffer] {
        let hash = start(interp, "sha256", std::slice::from_ref(&data));
        assert_eq!(hexdigest(interp, &hash), expected);
        let hash = start(interp, "sha256", args![]);
        interp.method(&hash, "update", &[data]).unwrap();
        assert_eq!(hexdigest(interp, &hash), expected);
    }
}

#[test]
fn arguments_have_names() {
    let interp = &mut interp();
    for (path, args, named) in [
        ("hashlib.sha256", args![], named![data = "abc"]),
        (
            "hashlib.sha256",
            args!["abc"],
            named![usedforsecurity = false],
        ),
        (
            "hashlib.new",
            args![],
            named![name = "SHA256", data = "abc"],
        ),
        (
            "hashlib.new",
            args!["sha256", "abc"],
            named![usedforsecurity = true],
        ),
    ] {
        let hash = interp.call_named(path, args, named).unwrap();
        assert!(hexdigest(interp, &hash).starts_with("ba7816bf"), "{path}");
    }
}

#[test]
fn mistakes_are_told() {
    let interp = &mut interp();
    for (path, args, expected) in [
        (
            "hashlib.sha256",
            args![5],
            "TypeError: 'int' is not bytes-like",
        ),
        (
            "hashlib.sha256",
            &[Value::None],
            "TypeError: 'NoneType' is not bytes-like",
        ),
        (
            "hashlib.sha256",
            args!["a", "b"],
            "TypeError: sha256() takes from 0 to 1 arguments, 2 given",
        ),
        (
            "hashlib.new",
            args!["sha255"],
            "ValueError: this firmware has no hash of the name 'sha255'",
        ),
        (
            "hashlib.new",
            args![],
            "TypeError: new() is missing argument 1 ('name')",
        ),
    ] {
        let error = interp.call(path, args).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let hash = start(interp, "sha256", args![]);
    for (method, args, expected) in [
        ("update", args![1.5], "TypeError: 'float' is not bytes-like"),
        (
            "digest",
            args![5],
            "TypeError: digest() takes no arguments, 1 given",
        ),
    ] {
        let error = interp.method(&hash, method, args).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    interp.run(|cx| {
        let error = cx.set_attr(&hash, "name", Some(&"x".into())).unwrap_err();
        assert_eq!(error.kind(), Kind::AttributeError);
        assert_eq!(cx.attr(&hash, "name").unwrap(), "sha256".into());
    });
}

#[cfg(feature = "sha3")]
#[test]
fn a_digest_of_any_length_has_a_limit() {
    let interp = &mut interp();
    for name in ["shake_128", "shake_256"] {
        let hash = start(interp, name, args![]);
        let none = interp.method(&hash, "digest", args![0]).unwrap();
        assert_eq!(none, bytes(b""));
        for (length, expected) in [
            (-1, "ValueError: the length is negative"),
            (1 << 29, "ValueError: the length is too large"),
            (i64::MAX, "ValueError: the length is too large"),
        ] {
            for method in ["digest", "hexdigest"] {
                let error = interp.method(&hash, method, args![length]).unwrap_err();
                assert_eq!(error.to_string(), expected, "{name}.{method}");
            }
        }
        let error = interp.method(&hash, "digest", args![]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "TypeError: digest() is missing argument 1 ('length')"
        );
    }
}
