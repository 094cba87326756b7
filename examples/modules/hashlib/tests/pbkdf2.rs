//! Keys from passwords.
#![cfg(feature = "pbkdf2")]

use enroll_portable::Value;
use enroll_portable::testing::{Interp, args, named};
use hashlib_module::HASHLIB;

fn interp() -> Interp {
    Interp::of::<HASHLIB>().unwrap()
}

fn hexadecimal(key: &Value<'_>) -> String {
    let bytes = key.as_bytes().unwrap();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 6070, but for the one of 16,777,216 iterations.
#[cfg(feature = "sha1")]
#[test]
fn sha_1_gives_what_rfc_6070_says() {
    let interp = &mut interp();
    for (password, salt, iterations, length, expected) in [
        (
            "password",
            "salt",
            1,
            20,
            "0c60c80f961f0e71f3a9b524af6012062fe037a6",
        ),
        (
            "password",
            "salt",
            2,
            20,
            "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957",
        ),
        (
            "password",
            "salt",
            4096,
            20,
            "4b007901b765489abead49d926f721d065a429c1",
        ),
        (
            "passwordPASSWORDpassword",
            "saltSALTsaltSALTsaltSALTsaltSALTsalt",
            4096,
            25,
            "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
        ),
        (
            "pass\0word",
            "sa\0lt",
            4096,
            16,
            "56fa6aa75548099dcc37d7f03425e0c3",
        ),
    ] {
        let key = interp
            .call(
                "hashlib.pbkdf2_hmac",
                args!["sha1", password, salt, iterations, length],
            )
            .unwrap();
        assert_eq!(hexadecimal(&key), expected);
    }
}

/// RFC 7914, section 11.
#[test]
fn sha_256_gives_what_rfc_7914_says() {
    let interp = &mut interp();
    for (password, salt, iterations, expected) in [
        (
            "passwd",
            "salt",
            1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
             49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        ),
        (
            "Password",
            "NaCl",
            80_000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56\
             a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
        ),
    ] {
        let key = interp
            .call_named(
                "hashlib.pbkdf2_hmac",
                args!["sha256", password],
                named![iterations = iterations, salt = salt, dklen = 64],
            )
            .unwrap();
        assert_eq!(hexadecimal(&key), expected);
    }
}

/// HMAC reaches the blocks of some hashes and not those of others, so all have
/// to agree with its definition (RFC 2104), here for one iteration.
#[test]
fn every_hash_is_a_keyed_one_as_rfc_2104_says() {
    let (interp, hasher) = (&mut interp(), &mut interp());
    let Value::Tuple(names) = interp.get("hashlib.algorithms_available").unwrap() else {
        panic!("the algorithms are a tuple");
    };
    for name in names.iter() {
        let path = format!("hashlib.{}", name.as_str().unwrap());
        let empty = interp.call(&path, args![]).unwrap();
        let block = interp.run(|cx| {
            use enroll_portable::Operate;
            cx.attr(&empty, "block_size").unwrap().as_int().unwrap() as usize
        });
        if path.contains("shake") {
            continue;
        }
        let mut digest = |data: &[u8]| {
            let data = Value::from(data.to_vec().leak() as &[u8]);
            let hash = hasher.call(&path, &[data]).unwrap();
            let digest = hasher.method(&hash, "digest", args![]).unwrap();
            digest.as_bytes().unwrap().to_vec()
        };
        for password in [
            vec![],
            vec![0x61; 5],
            vec![0x61; block],
            vec![0x61; block + 1],
        ] {
            let mut key = match password.len() > block {
                true => digest(&password),
                false => password.clone(),
            };
            key.resize(block, 0);
            let pad = |with: u8, rest: &[u8]| -> Vec<u8> {
                let padded = key.iter().map(|byte| byte ^ with);
                padded.chain(rest.iter().copied()).collect()
            };
            // The salt and the number of the first block (RFC 8018, 5.2).
            let inner = digest(&pad(0x36, b"salt\0\0\0\x01"));
            let expected = digest(&pad(0x5c, &inner));
            let password = Value::from(password.leak() as &[u8]);
            let key = interp
                .call(
                    "hashlib.pbkdf2_hmac",
                    &[name.clone(), password, "salt".into(), 1.into()],
                )
                .unwrap();
            assert_eq!(key.as_bytes().unwrap(), expected, "{path}");
        }
    }
}

#[test]
fn mistakes_are_told() {
    let interp = &mut interp();
    let mut args = vec![
        (
            args!["sha255", "p", "s", 1].to_vec(),
            "ValueError: this firmware has no hash of the name 'sha255'",
        ),
        (
            args!["sha256", 5, "s", 1].to_vec(),
            "TypeError: 'int' is not bytes-like",
        ),
        (
            args!["sha256", "p", 5, 1].to_vec(),
            "TypeError: 'int' is not bytes-like",
        ),
        (
            args!["sha256", "p", "s", 0].to_vec(),
            "ValueError: iterations must be 1 or more",
        ),
        (
            args!["sha256", "p", "s", i64::MIN].to_vec(),
            "ValueError: iterations must be 1 or more",
        ),
        (
            args!["sha256", "p", "s", 1i64 << 31].to_vec(),
            "OverflowError: iterations and dklen are below 2**31",
        ),
        (
            args!["sha256", "p", "s", 1, 0].to_vec(),
            "ValueError: dklen must be 1 or more",
        ),
        (
            args!["sha256", "p", "s", 1, 1i64 << 32].to_vec(),
            "OverflowError: iterations and dklen are below 2**31",
        ),
    ];
    if cfg!(feature = "sha3") {
        args.push((
            args!["shake_128", "p", "s", 1].to_vec(),
            "ValueError: HMAC is not defined with shake_128",
        ));
    }
    for (args, expected) in args {
        let error = interp.call("hashlib.pbkdf2_hmac", &args).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.function(), Some("pbkdf2_hmac"));
    }
}
