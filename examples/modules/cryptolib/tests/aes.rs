//! The type `aes` as scripts use it.

use cryptolib_module::CRYPTOLIB;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};

/// A buffer that can be written.
static BUFFER: Type = Type::new("buffer", "").slots(&[Slot::Buffer(lend)]);

fn lend<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Error> {
    run(&mut this.borrow_mut::<Vec<u8>>()?);
    Ok(())
}

fn buffer(bytes: &[u8]) -> Value<'static> {
    Object::new(&BUFFER, bytes.to_vec()).into()
}

fn content(buffer: &Value<'static>) -> Vec<u8> {
    let object = buffer.as_object().unwrap();
    object.borrow::<Vec<u8>>().unwrap().clone()
}

fn interp() -> Interp {
    Interp::of::<CRYPTOLIB>().unwrap()
}

fn bytes(bytes: &[u8]) -> Value<'static> {
    Value::from(bytes.to_vec().leak() as &[u8])
}

/// A cipher in each mode, of a key of that size.
fn ciphers(interp: &mut Interp, key: usize) -> Vec<(&'static str, Value<'static>)> {
    let key = bytes(&b"0123456789abcdefFEDCBA9876543210"[..key]);
    let mut modes = vec!["MODE_ECB", "MODE_CBC"];
    if cfg!(feature = "ctr") {
        modes.push("MODE_CTR");
    }
    let mut cipher = |mode| {
        let number = interp.get(&format!("cryptolib.{mode}")).unwrap();
        let args = &[key.clone(), number, bytes(b"sixteen bytes iv")];
        (mode, interp.call("cryptolib.aes", args).unwrap())
    };
    modes.into_iter().map(&mut cipher).collect()
}

fn run(interp: &mut Interp, aes: &Value<'static>, method: &str, data: &[u8]) -> Vec<u8> {
    let result = interp.method(aes, method, &[bytes(data)]).unwrap();
    result.as_bytes().unwrap().to_vec()
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

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.below(256) as u8).collect()
    }
}

#[test]
fn the_modes_have_the_numbers_of_pep_272() {
    let mut interp = interp();
    assert_eq!(interp.get("cryptolib.MODE_ECB").unwrap(), 1.into());
    assert_eq!(interp.get("cryptolib.MODE_CBC").unwrap(), 2.into());
    let ctr = interp.get("cryptolib.MODE_CTR");
    assert_eq!(ctr.ok(), cfg!(feature = "ctr").then_some(6.into()));
}

#[test]
fn what_is_encrypted_is_decrypted_in_parts_of_any_size() {
    let interp = &mut interp();
    let numbers = &mut Numbers(3);
    for key in [16, 32] {
        for _ in 0..20 {
            let one_way = ciphers(interp, key);
            let in_parts = ciphers(interp, key);
            let back = ciphers(interp, key);
            let len = numbers.below(30) * 16;
            let data = numbers.bytes(len);
            for (((mode, one_way), (_, in_parts)), (_, back)) in
                one_way.iter().zip(&in_parts).zip(&back)
            {
                let secret = run(interp, one_way, "encrypt", &data);
                assert!(data.is_empty() || secret != data, "{mode}");
                let step = if *mode == "MODE_CTR" { 1 } else { 16 };
                for (aes, method, from, to) in [
                    (in_parts, "encrypt", &data, &secret),
                    (back, "decrypt", &secret, &data),
                ] {
                    let mut found = Vec::new();
                    let mut left = &from[..];
                    while !left.is_empty() {
                        let most = left.len() / step;
                        let part = (numbers.below(most + 1).min(150 / step)) * step;
                        let (part, rest) = left.split_at(part);
                        found.extend(run(interp, aes, method, part));
                        left = rest;
                    }
                    assert_eq!(&found, to, "{mode}: {method}");
                }
            }
        }
    }
}

#[test]
fn the_same_block_is_the_same_secret_in_ecb_alone() {
    let interp = &mut interp();
    for (mode, aes) in ciphers(interp, 16) {
        let secret = run(interp, &aes, "encrypt", &[b'a'; 32]);
        let same = secret[..16] == secret[16..];
        assert_eq!(same, mode == "MODE_ECB", "{mode}");
    }
}

/// As in MicroPython, whose counter has 128 bits.
#[cfg(feature = "ctr")]
#[test]
fn a_counter_goes_on_with_zero() {
    let interp = &mut interp();
    let key = "0123456789abcdef";
    let ctr = args![key, 6, bytes(&[0xff; 16])];
    let ctr = interp.call("cryptolib.aes", ctr).unwrap();
    let stream = run(interp, &ctr, "encrypt", &[0; 32]);
    let ecb = interp.call("cryptolib.aes", args![key, 1]).unwrap();
    let mut counters = [0; 32];
    counters[..16].fill(0xff);
    assert_eq!(stream, run(interp, &ecb, "encrypt", &counters));
}

#[test]
fn a_result_is_written_into_a_buffer() {
    let interp = &mut interp();
    let data = Numbers(5).bytes(64);
    for key in [16, 32] {
        for method in ["encrypt", "decrypt"] {
            let expected = ciphers(interp, key);
            let into_other = ciphers(interp, key);
            let in_place = ciphers(interp, key);
            for (((mode, expected), (_, into_other)), (_, in_place)) in
                expected.iter().zip(&into_other).zip(&in_place)
            {
                let expected = run(interp, expected, method, &data);
                // Room beyond the data is left alone.
                let out = buffer(&[7; 70]);
                let result = interp
                    .method(into_other, method, &[bytes(&data), out.clone()])
                    .unwrap();
                assert_eq!(result, out, "{mode}: {method} returns the buffer");
                let written = content(&out);
                assert_eq!(written[..64], expected, "{mode}: {method}");
                assert_eq!(written[64..], [7; 6]);
                let both = buffer(&data);
                let result = interp
                    .method(in_place, method, &[both.clone(), both.clone()])
                    .unwrap();
                assert_eq!(result, both);
                assert_eq!(content(&both), expected, "{mode}: {method} in place");
                // The next call goes on from there.
                let from_buffer = run(interp, into_other, method, &data);
                let read = interp.method(in_place, method, &[buffer(&data)]).unwrap();
                assert_eq!(read.as_bytes().unwrap(), from_buffer, "{mode}: {method}");
            }
        }
    }
}

#[test]
fn a_cipher_goes_one_way() {
    let interp = &mut interp();
    for (first, then) in [("encrypt", "decrypt"), ("decrypt", "encrypt")] {
        for (mode, aes) in ciphers(interp, 16) {
            run(interp, &aes, first, b"");
            let error = interp.method(&aes, then, args!["x".repeat(16)]);
            assert_eq!(
                error.unwrap_err().to_string(),
                "ValueError: a cipher either encrypts or decrypts",
                "{mode}"
            );
            run(interp, &aes, first, &[0; 16]);
        }
    }
}

#[test]
fn a_cipher_is_made_of_the_right_things() {
    let interp = &mut interp();
    let key = "0123456789abcdef";
    for (args, expected) in [
        (
            args!["short", 1].to_vec(),
            "ValueError: a key has 16 bytes or 32 bytes",
        ),
        (
            args!["0123456789abcdef01234567", 1].to_vec(),
            "ValueError: a key has 16 bytes or 32 bytes",
        ),
        (args![5, 1].to_vec(), "TypeError: 'int' is not bytes-like"),
        (args![key, 3].to_vec(), "ValueError: no such mode"),
        (args![key, i64::MAX].to_vec(), "ValueError: no such mode"),
        (args![key, 2].to_vec(), "ValueError: an IV has 16 bytes"),
        (
            args![key, 2, Value::None].to_vec(),
            "ValueError: an IV has 16 bytes",
        ),
        (
            args![key, 2, "short"].to_vec(),
            "ValueError: an IV has 16 bytes",
        ),
        (
            args![key, 1, "short"].to_vec(),
            "ValueError: an IV has 16 bytes",
        ),
        (
            args![key].to_vec(),
            "TypeError: aes() is missing argument 2 ('mode')",
        ),
    ] {
        let error = interp.call("cryptolib.aes", &args).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let named = named![key = key, mode = 2, IV = key];
    interp.call_named("cryptolib.aes", args![], named).unwrap();
    let ctr = interp.call("cryptolib.aes", args![key, 6, key]);
    assert_eq!(ctr.is_ok(), cfg!(feature = "ctr"));
}

/// Whatever a wrong call was, the next one is the first.
#[test]
fn a_wrong_call_leaves_the_cipher_as_it_was() {
    let interp = &mut interp();
    let block = "0123456789abcdef";
    for (mode, aes) in ciphers(interp, 32) {
        for (args, expected) in [
            (
                args![block, buffer(&[0; 15])].to_vec(),
                "ValueError: the output is too small",
            ),
            (
                args![block, block].to_vec(),
                "TypeError: 'str' is no buffer to write to",
            ),
            (
                args![block, 5].to_vec(),
                "TypeError: 'int' is no buffer to write to",
            ),
            (args![5].to_vec(), "TypeError: 'int' is not bytes-like"),
            (
                args!["fifteen bytes.."].to_vec(),
                "ValueError: the data are no multiple of 16 bytes",
            ),
        ] {
            if mode == "MODE_CTR" && expected.contains("multiple") {
                continue;
            }
            let error = interp.method(&aes, "decrypt", &args).unwrap_err();
            assert_eq!(error.to_string(), expected, "{mode}");
        }
        let fresh = ciphers(interp, 32);
        let (_, fresh) = fresh.into_iter().find(|(name, _)| *name == mode).unwrap();
        let expected = run(interp, &fresh, "encrypt", block.as_bytes());
        assert_eq!(run(interp, &aes, "encrypt", block.as_bytes()), expected);
    }
}
