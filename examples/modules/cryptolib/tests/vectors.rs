//! Known answers from NIST.

use cryptolib_module::CRYPTOLIB;
use enroll_portable::Value;
use enroll_portable::testing::{Interp, args};

/// The four blocks of SP 800-38A, appendix F.
const PLAIN: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
     30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
const KEY_128: &str = "2b7e151628aed2a6abf7158809cf4f3c";
const KEY_256: &str = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
const IV: &str = "000102030405060708090a0b0c0d0e0f";
const ECB: i64 = 1;
const CBC: i64 = 2;

fn interp() -> Interp {
    Interp::of::<CRYPTOLIB>().unwrap()
}

fn unhex(hex: &str) -> Vec<u8> {
    assert!(hex.len().is_multiple_of(2));
    let digits = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

fn bytes(bytes: &[u8]) -> Value<'static> {
    Value::from(bytes.to_vec().leak() as &[u8])
}

fn aes(interp: &mut Interp, key: &str, mode: i64, iv: Option<&str>) -> Value<'static> {
    let mut args = args![bytes(&unhex(key)), mode].to_vec();
    args.extend(iv.map(|iv| bytes(&unhex(iv))));
    interp.call("cryptolib.aes", &args).unwrap()
}

/// One way and back, in one call, block by block, and in calls of one and three
/// blocks.
fn check(key: &str, mode: i64, iv: Option<&str>, plain: &str, expected: &str) {
    let interp = &mut interp();
    let (plain, cipher) = (unhex(plain), unhex(expected));
    for (method, from, to) in [("encrypt", &plain, &cipher), ("decrypt", &cipher, &plain)] {
        for first in [from.len(), 16, 48] {
            let aes = aes(interp, key, mode, iv);
            let mut found = Vec::new();
            let (start, end) = from.split_at(first.min(from.len()));
            let rest = end.chunks(if first == 16 { 16 } else { 64 });
            for part in std::iter::once(start).chain(rest) {
                let part = interp.method(&aes, method, &[bytes(part)]).unwrap();
                found.extend_from_slice(part.as_bytes().unwrap());
            }
            assert_eq!(&found, to, "{method} with a first part of {first}");
        }
    }
}

/// FIPS 197, appendices B, C.1 and C.3.
#[test]
fn one_block_is_that_of_fips_197() {
    for (key, plain, cipher) in [
        (
            KEY_128,
            "3243f6a8885a308d313198a2e0370734",
            "3925841d02dc09fbdc118597196a0b32",
        ),
        (
            IV,
            "00112233445566778899aabbccddeeff",
            "69c4e0d86a7b0430d8cdb78070b4c55a",
        ),
        (
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "00112233445566778899aabbccddeeff",
            "8ea2b7ca516745bfeafc49904b496089",
        ),
    ] {
        check(key, ECB, None, plain, cipher);
    }
}

/// SP 800-38A, F.1.1, F.1.2, F.1.5 and F.1.6. An IV is taken and not used.
#[test]
fn ecb_is_that_of_sp_800_38a() {
    for (key, cipher) in [
        (
            KEY_128,
            "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf\
             43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
        ),
        (
            KEY_256,
            "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870\
             b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7",
        ),
    ] {
        check(key, ECB, None, PLAIN, cipher);
        check(key, ECB, Some(IV), PLAIN, cipher);
    }
}

/// SP 800-38A, F.2.1, F.2.2, F.2.5 and F.2.6.
#[test]
fn cbc_is_that_of_sp_800_38a() {
    for (key, cipher) in [
        (
            KEY_128,
            "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2\
             73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
        ),
        (
            KEY_256,
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d\
             39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
        ),
    ] {
        check(key, CBC, Some(IV), PLAIN, cipher);
    }
}

/// SP 800-38A, F.5.1, F.5.2, F.5.5 and F.5.6.
#[cfg(feature = "ctr")]
#[test]
fn ctr_is_that_of_sp_800_38a() {
    let counter = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    for (key, cipher) in [
        (
            KEY_128,
            "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff\
             5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee",
        ),
        (
            KEY_256,
            "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5\
             2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6",
        ),
    ] {
        check(key, 6, Some(counter), PLAIN, cipher);
    }
}

/// The first round of the Monte Carlo tests of the Rijndael submission
/// (`ecb_e_m.txt`, `ecb_d_m.txt`; 128 bits, I=0): 10,000 times a block from the
/// one before, key and first block zero.
#[test]
fn ten_thousand_blocks_of_one_another_are_those_of_the_submission() {
    let interp = &mut interp();
    for (method, expected) in [
        ("encrypt", "c34c052cc0da8d73451afe5f03be297f"),
        ("decrypt", "44416ac2d1f53c583303917e6be9ebe0"),
    ] {
        let aes = aes(interp, "00000000000000000000000000000000", ECB, None);
        let mut block = bytes(&[0; 16]);
        for _ in 0..10_000 {
            block = interp.method(&aes, method, &[block]).unwrap();
        }
        assert_eq!(block.as_bytes().unwrap(), unhex(expected), "{method}");
    }
}
