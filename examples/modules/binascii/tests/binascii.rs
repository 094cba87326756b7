//! The module `binascii`, called by name.

use binascii_module::BINASCII;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};

fn interp() -> Interp {
    Interp::of::<BINASCII>().unwrap()
}

fn bytes(bytes: &[u8]) -> Value<'static> {
    Value::from(bytes.to_vec().leak() as &[u8])
}

/// What a function gives, as bytes; its error as text.
fn run(interp: &mut Interp, name: &str, args: &[Value<'static>]) -> String {
    match interp.call(&format!("binascii.{name}"), args) {
        Ok(value) => String::from_utf8(value.as_bytes().unwrap().to_vec()).unwrap(),
        Err(error) => error.to_string(),
    }
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

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let len = self.below(most + 1);
        (0..len).map(|_| self.below(256) as u8).collect()
    }
}

#[test]
fn digits_are_separated_in_groups() {
    let interp = &mut interp();
    for (args, expected) in [
        (args![""].to_vec(), ""),
        (args!["\0\u{1}~"].to_vec(), "00017e"),
        (vec![bytes(&[0xff, 0x80])], "ff80"),
        (args!["abc", "-"].to_vec(), "61-62-63"),
        (args!["abc", bytes(b":")].to_vec(), "61:62:63"),
        (args!["abc", Value::None].to_vec(), "616263"),
        // CPython's documentation of `hexlify`.
        (
            vec![bytes(b"\xb9\x01\xef"), "_".into(), 2.into()],
            "b9_01ef",
        ),
        (
            vec![bytes(b"\xb9\x01\xef"), " ".into(), (-2).into()],
            "b901 ef",
        ),
        (args!["abcd", "-", 2].to_vec(), "6162-6364"),
        (args!["abcde", "-", 2].to_vec(), "61-6263-6465"),
        (args!["abcde", "-", -2].to_vec(), "6162-6364-65"),
        (args!["abcde", "-", 0].to_vec(), "6162636465"),
        (args!["abcde", "-", 5].to_vec(), "6162636465"),
        (args!["abcde", "-", i64::MIN].to_vec(), "6162636465"),
        (args!["abcde", "-", i64::MAX].to_vec(), "6162636465"),
        (args!["", "-", 1].to_vec(), ""),
    ] {
        assert_eq!(run(interp, "hexlify", &args), expected);
        assert_eq!(run(interp, "b2a_hex", &args), expected);
    }
    let data = named![data = "ab", bytes_per_sep = 1, sep = "."];
    let digits = interp.call_named("binascii.hexlify", args![], data);
    assert_eq!(digits.unwrap(), bytes(b"61.62"));
}

#[test]
fn digits_of_either_case_are_bytes() {
    let interp = &mut interp();
    for name in ["unhexlify", "a2b_hex"] {
        let path = format!("binascii.{name}");
        for (digits, expected) in [
            ("", &b""[..]),
            ("00fF", b"\0\xff"),
            ("deadBEEF", b"\xde\xad\xbe\xef"),
        ] {
            assert_eq!(interp.call(&path, args![digits]).unwrap(), bytes(expected));
            let digits = bytes(digits.as_bytes());
            assert_eq!(interp.call(&path, &[digits]).unwrap(), bytes(expected));
        }
    }
}

/// RFC 4648, section 10.
#[test]
fn base64_is_that_of_rfc_4648() {
    let interp = &mut interp();
    for (data, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(run(interp, "b2a_base64", args![data]), format!("{text}\n"));
        let plain = interp.call_named("binascii.b2a_base64", args![data], named![newline = false]);
        assert_eq!(plain.unwrap(), bytes(text.as_bytes()));
        assert_eq!(run(interp, "a2b_base64", args![text]), data);
    }
}

/// RFC 2045, section 6.8, as CPython and MicroPython read it.
#[test]
fn what_is_no_base64_is_skipped_and_padding_is_the_end() {
    let interp = &mut interp();
    for (text, expected) in [
        ("Zm\n9v\r\n", "foo"),
        ("*Z.m 9-v_", "foo"),
        ("=Zm9v", "foo"),
        ("Zm9v=", "foo"),
        ("Zm9v====", "foo"),
        ("Zg=\n=", "f"),
        ("Zg==Zg==", "f"),
        ("Zg=Zg", "f\u{6}`"),
        ("Zg=Zg=", "f\u{6}`"),
        ("Zg=9vZg=", "ValueError: the padding is missing"),
        ("Zh==", "f"),
        ("Zg=", "ValueError: the padding is missing"),
        ("Zg", "ValueError: the padding is missing"),
        ("Zm8", "ValueError: the padding is missing"),
        ("Zm9vZ", ONE_MORE),
        ("Z===", ONE_MORE),
        ("====", ""),
        ("Zoë", "ValueError: the padding is missing"),
    ] {
        assert_eq!(run(interp, "a2b_base64", args![text]), expected, "{text:?}");
    }
}

const ONE_MORE: &str = "ValueError: the number of characters is 1 more than a multiple of 4";

#[test]
fn random_bytes_come_back() {
    let interp = &mut interp();
    let numbers = &mut Numbers(11);
    for _ in 0..300 {
        let data = numbers.bytes(100);
        for (to, back) in [("hexlify", "unhexlify"), ("b2a_base64", "a2b_base64")] {
            let text = run(interp, to, &[bytes(&data)]);
            let text = Value::from(text);
            let found = interp.call(&format!("binascii.{back}"), &[text]).unwrap();
            assert_eq!(found.as_bytes().unwrap(), data, "{to}");
        }
        let expected: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(run(interp, "hexlify", &[bytes(&data)]), expected);
        // Separators are all that groups add.
        let group = numbers.below(21) as i64 - 10;
        let grouped = run(interp, "hexlify", &[bytes(&data), "/".into(), group.into()]);
        assert_eq!(grouped.replace('/', ""), expected);
        let size = group.unsigned_abs() as usize * 2;
        if size > 0 && !data.is_empty() {
            let mut parts: Vec<&str> = grouped.split('/').collect();
            let short = if group > 0 {
                parts.remove(0)
            } else {
                parts.pop().unwrap()
            };
            assert!((1..=size).contains(&short.len()), "{group}: {grouped}");
            assert!(
                parts.iter().all(|part| part.len() == size),
                "{group}: {grouped}"
            );
        }
    }
}

#[cfg(feature = "crc32")]
#[test]
fn a_checksum_is_that_of_zip_and_goes_on() {
    fn bitwise(data: &[u8]) -> u32 {
        let mut crc = u32::MAX;
        for &byte in data {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
            }
        }
        !crc
    }
    let interp = &mut interp();
    // The check value of CRC-32/ISO-HDLC.
    let check = interp.call("binascii.crc32", args!["123456789"]).unwrap();
    assert_eq!(check, 0xcbf4_3926u32.into());
    assert_eq!(interp.call("binascii.crc32", args![""]).unwrap(), 0.into());
    let numbers = &mut Numbers(13);
    for _ in 0..200 {
        let data = numbers.bytes(200);
        let expected = Value::from(bitwise(&data));
        let all = interp.call("binascii.crc32", &[bytes(&data)]).unwrap();
        assert_eq!(all, expected);
        let (first, rest) = data.split_at(numbers.below(data.len() + 1));
        let begun = interp.call("binascii.crc32", &[bytes(first)]).unwrap();
        // The low 32 bits are what counts.
        let signed = Value::Int(i64::from(begun.as_int().unwrap() as u32 as i32));
        for value in [begun, signed] {
            let both = interp
                .call("binascii.crc32", &[bytes(rest), value])
                .unwrap();
            assert_eq!(both, expected);
        }
    }
}

#[test]
fn mistakes_are_told() {
    let interp = &mut interp();
    for (name, args, expected) in [
        (
            "hexlify",
            args![5].to_vec(),
            "TypeError: 'int' is not bytes-like",
        ),
        (
            "hexlify",
            args!["a", "ab"].to_vec(),
            "ValueError: sep must be one byte",
        ),
        (
            "hexlify",
            args!["a", ""].to_vec(),
            "ValueError: sep must be one byte",
        ),
        (
            "hexlify",
            args!["a", "ë"].to_vec(),
            "ValueError: sep must be one byte",
        ),
        (
            "unhexlify",
            args!["abc"].to_vec(),
            "ValueError: the number of digits is odd",
        ),
        (
            "unhexlify",
            args!["0g"].to_vec(),
            "ValueError: not all of it are hexadecimal digits",
        ),
        (
            "unhexlify",
            args!["0 1 "].to_vec(),
            "ValueError: not all of it are hexadecimal digits",
        ),
        (
            "a2b_base64",
            args![1.5].to_vec(),
            "TypeError: 'float' is not bytes-like",
        ),
        (
            "b2a_base64",
            args!["a", false].to_vec(),
            "TypeError: b2a_base64() takes 1 argument, 2 given",
        ),
    ] {
        assert_eq!(run(interp, name, &args), expected, "{name}");
    }
    let error = interp.call("binascii.b2a_hex", args![]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: b2a_hex() is missing argument 1 ('data')"
    );
}
