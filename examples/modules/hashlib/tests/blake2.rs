//! BLAKE2 and its parameters.
#![cfg(feature = "blake2")]

use enroll_portable::testing::{Interp, args, named};
use enroll_portable::{Args, Operate, Value};
use hashlib_module::HASHLIB;

fn interp() -> Interp {
    Interp::of::<HASHLIB>().unwrap()
}

fn bytes(bytes: &[u8]) -> Value<'static> {
    Value::from(bytes.to_vec().leak() as &[u8])
}

fn hash(
    interp: &mut Interp,
    name: &str,
    data: &[u8],
    named: &[(&str, Value<'static>)],
) -> Value<'static> {
    interp
        .call_named(&format!("hashlib.{name}"), &[bytes(data)], named)
        .unwrap()
}

fn hexdigest(interp: &mut Interp, hash: &Value<'static>) -> String {
    let hex = interp.method(hash, "hexdigest", args![]).unwrap();
    hex.as_str().unwrap().to_owned()
}

/// RFC 7693, appendices A and B.
#[test]
fn abc_gives_what_rfc_7693_says() {
    let interp = &mut interp();
    for (name, expected) in [
        (
            "blake2b",
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        ),
        (
            "blake2s",
            "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
        ),
    ] {
        let hash = hash(interp, name, b"abc", &[]);
        assert_eq!(hexdigest(interp, &hash), expected);
    }
}

/// RFC 7693, appendix E: a hash of hashes of many lengths, with and without keys.
#[test]
fn the_self_test_of_rfc_7693_passes() {
    // A number in the sequence of Fibonacci, whose start depends on the length.
    fn sequence(length: usize) -> Vec<u8> {
        let (mut a, mut b) = (0xdead_4badu32.wrapping_mul(length as u32), 1u32);
        (0..length)
            .map(|_| {
                (a, b) = (b, a.wrapping_add(b));
                (b >> 24) as u8
            })
            .collect()
    }
    let interp = &mut interp();
    for (name, digest_sizes, lengths, expected) in [
        (
            "blake2b",
            [20, 32, 48, 64],
            [0, 3, 128, 129, 255, 1024],
            "c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475",
        ),
        (
            "blake2s",
            [16, 20, 28, 32],
            [0, 3, 64, 65, 255, 1024],
            "6a411f08ce25adcdfb02aba641451cec53c598b24f4fc787fbdc88797f4c1dfe",
        ),
    ] {
        let all = hash(interp, name, b"", named![digest_size = 32]);
        for digest_size in digest_sizes {
            let key = bytes(&sequence(digest_size));
            for length in lengths {
                for named in [
                    named![digest_size = digest_size as i64].to_vec(),
                    named![digest_size = digest_size as i64, key = key.clone()].to_vec(),
                ] {
                    let one = hash(interp, name, &sequence(length), &named);
                    let digest = interp.method(&one, "digest", args![]).unwrap();
                    interp.method(&all, "update", &[digest]).unwrap();
                }
            }
        }
        assert_eq!(hexdigest(interp, &all), expected);
    }
}

/// What CPython 3.11 gives: its documentation has no digests.
#[test]
fn salt_and_personalisation_make_another_hash() {
    let interp = &mut interp();
    for (name, named, expected) in [
        (
            "blake2b",
            named![digest_size = 16, salt = "salt", person = "me"].to_vec(),
            "8b7e766c2c5846d6152b8f4f95b610b3",
        ),
        (
            "blake2b",
            named![
                digest_size = 16,
                salt = "0123456789abcdef",
                person = "fedcba9876543210"
            ]
            .to_vec(),
            "e6a1e0bd5ff2f9070cba40a053a3be4f",
        ),
        (
            "blake2s",
            named![digest_size = 16, salt = "salt", person = "me", key = "key"].to_vec(),
            "6ce549b6209a8994c7272010531992c5",
        ),
        (
            "blake2s",
            named![digest_size = 16, salt = "01234567", person = "76543210"].to_vec(),
            "d7edd9a40e1b0d6359b71faa251a2029",
        ),
    ] {
        let hash = hash(interp, name, b"abc", &named);
        assert_eq!(hexdigest(interp, &hash), expected, "{name}");
        let size = interp.run(|cx| cx.attr(&hash, "digest_size")).unwrap();
        assert_eq!(size, 16.into());
    }
}

#[test]
fn a_key_is_kept_by_copies() {
    let interp = &mut interp();
    for name in ["blake2b", "blake2s"] {
        let one = hash(interp, name, b"a", named![key = "secret"]);
        let two = interp.method(&one, "copy", args![]).unwrap();
        for part in [&one, &two] {
            interp.method(part, "update", args!["b"]).unwrap();
        }
        let whole = hash(interp, name, b"ab", named![key = "secret"]);
        let expected = hexdigest(interp, &whole);
        assert_eq!(hexdigest(interp, &one), expected);
        assert_eq!(hexdigest(interp, &two), expected);
        let keyless = hash(interp, name, b"ab", &[]);
        assert_ne!(hexdigest(interp, &keyless), expected);
    }
}

#[test]
fn parameters_have_limits() {
    let interp = &mut interp();
    let long = "x".repeat(65);
    let long = long.as_str();
    for (name, parameter, value, expected) in [
        (
            "blake2b",
            "digest_size",
            Value::Int(0),
            "ValueError: digest_size must be between 1 and 64",
        ),
        (
            "blake2b",
            "digest_size",
            65.into(),
            "ValueError: digest_size must be between 1 and 64",
        ),
        (
            "blake2s",
            "digest_size",
            i64::MIN.into(),
            "ValueError: digest_size must be between 1 and 32",
        ),
        (
            "blake2b",
            "key",
            long.to_owned().into(),
            "ValueError: key must be at most 64 bytes long",
        ),
        (
            "blake2s",
            "key",
            long[..33].to_owned().into(),
            "ValueError: key must be at most 32 bytes long",
        ),
        (
            "blake2b",
            "salt",
            long[..17].to_owned().into(),
            "ValueError: salt must be at most 16 bytes long",
        ),
        (
            "blake2s",
            "person",
            long[..9].to_owned().into(),
            "ValueError: person must be at most 8 bytes long",
        ),
        (
            "blake2s",
            "fanout",
            1.into(),
            "TypeError: blake2s() got an unexpected keyword argument 'fanout'",
        ),
    ] {
        let ty = interp.get(&format!("hashlib.{name}")).unwrap();
        let keywords = [(parameter, value)];
        let error = interp
            .run(|cx| cx.call(&ty, Args::NONE.with(&keywords)))
            .unwrap_err();
        assert_eq!(error.to_string(), expected, "{name} {parameter}");
    }
    for (name, most) in [("blake2b", 64), ("blake2s", 32)] {
        let longest = bytes(&long.as_bytes()[..most]);
        let quarter = bytes(&long.as_bytes()[..most / 4]);
        let named = named![key = longest, salt = quarter.clone(), person = quarter];
        hash(interp, name, b"", named);
    }
}
