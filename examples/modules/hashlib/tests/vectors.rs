//! Known answers from the standards.

use enroll_portable::Value;
use enroll_portable::testing::{Interp, args};
use hashlib_module::HASHLIB;

/// The messages of NIST's examples for FIPS 180-4, of 448 and 896 bits.
const MESSAGE_448: &[u8] = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
const MESSAGE_896: &[u8] = b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno\
    ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

fn interp() -> Interp {
    Interp::of::<HASHLIB>().unwrap()
}

/// The digest of a message by name, in hexadecimal digits, which has to be what
/// `new` gives for the name, and what `digest` gives.
fn digest(interp: &mut Interp, name: &str, message: &[u8]) -> String {
    let data = Value::from(message.to_vec().leak() as &[u8]);
    let args = &[name.to_owned().into(), data];
    let hash = interp.call(&format!("hashlib.{name}"), &args[1..]).unwrap();
    let hex = interp.method(&hash, "hexdigest", args![]).unwrap();
    let named = interp.call("hashlib.new", args).unwrap();
    assert_eq!(interp.method(&named, "hexdigest", args![]).unwrap(), hex);
    let bytes = interp.method(&hash, "digest", args![]).unwrap();
    let hex = hex.as_str().unwrap().to_owned();
    assert_eq!(hexadecimal(bytes.as_bytes().unwrap()), hex);
    hex
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// NIST's example values for FIPS 180-4, and of no message and a million `a`
/// those of its validation suite.
#[test]
fn sha_1_and_sha_2_give_what_fips_180_4_says() {
    let million = vec![b'a'; 1_000_000];
    let messages = [b"", &b"abc"[..], MESSAGE_448, MESSAGE_896, &million];
    let interp = &mut interp();
    let mut table = vec![
        (
            "sha224",
            [
                "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f",
                "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
                "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525",
                "c97ca9a559850ce97a04a96def6d99a9e0e0e2ab14e6b8df265fc0b3",
                "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67",
            ],
        ),
        (
            "sha256",
            [
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            ],
        ),
    ];
    if cfg!(feature = "sha1") {
        table.push((
            "sha1",
            [
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "a9993e364706816aba3e25717850c26c9cd0d89d",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
                "a49b2446a02c645bf419f995b67091253a04a259",
                "34aa973cd4c4daa4f61eeb2bdbad27316534016f",
            ],
        ));
    }
    if cfg!(feature = "sha512") {
        table.push((
            "sha384",
            [
                "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
                "3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6b0455a8520bc4e6f5fe95b1fe3c8452b",
                "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039",
                "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985",
            ],
        ));
        table.push((
            "sha512",
            [
                "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c33596fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445",
                "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909",
                "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
            ],
        ));
    }
    for (name, digests) in table {
        for (message, expected) in messages.into_iter().zip(digests) {
            assert_eq!(digest(interp, name, message), expected, "{name}");
        }
    }
}

/// RFC 1321, A.5.
#[cfg(feature = "md5")]
#[test]
fn md5_gives_what_rfc_1321_says() {
    let interp = &mut interp();
    for (message, expected) in [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            "abcdefghijklmnopqrstuvwxyz",
            "c3fcd3d76192e4007dfb496cca67e13b",
        ),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "d174ab98d277d9f5a5611c2c9f419d9f",
        ),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        ),
    ] {
        assert_eq!(digest(interp, "md5", message.as_bytes()), expected);
    }
}

/// NIST's example values for FIPS 202: no bits, and 1600 bits that are 200 bytes
/// of 0xa3.
#[cfg(feature = "sha3")]
#[test]
fn sha_3_gives_what_fips_202_says() {
    let interp = &mut interp();
    for (name, none, bits_1600) in [
        (
            "sha3_224",
            "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7",
            "9376816aba503f72f96ce7eb65ac095deee3be4bf9bbc2a1cb7e11e0",
        ),
        (
            "sha3_256",
            "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
            "79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787",
        ),
        (
            "sha3_384",
            "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2ac3713831264adb47fb6bd1e058d5f004",
            "1881de2ca7e41ef95dc4732b8f5f002b189cc1e42b74168ed1732649ce1dbcdd76197a31fd55ee989f2d7050dd473e8f",
        ),
        (
            "sha3_512",
            "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26",
            "e76dfad22084a8b1467fcf2ffa58361bec7628edf5f3fdc0e4805dc48caeeca81b7c13c30adf52a3659584739a2df46be589c51ca1a4a8416df6545a1ce8ba00",
        ),
    ] {
        assert_eq!(digest(interp, name, b""), none, "{name}");
        assert_eq!(digest(interp, name, &[0xa3; 200]), bits_1600, "{name}");
    }
}

/// The first and the last 32 of the 512 bytes of NIST's example values for FIPS
/// 202, of the same two messages.
#[cfg(feature = "sha3")]
#[test]
fn shake_gives_what_fips_202_says() {
    let interp = &mut interp();
    let bits_1600 = Value::from(&[0xa3; 200][..]);
    for (name, message, first, last) in [
        (
            "shake_128",
            "".into(),
            "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
            "43e41b45a653f2a5c4492c1add544512dda2529833462b71a41a45be97290b6f",
        ),
        (
            "shake_128",
            bits_1600.clone(),
            "131ab8d2b594946b9c81333f9bb6e0ce75c3b93104fa3469d3917457385da037",
            "44c9fb359fd56ac0a9a75a743cff6862f17d7259ab075216c0699511643b6439",
        ),
        (
            "shake_256",
            "".into(),
            "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f",
            "ab0bae316339894304e35877b0c28a9b1fd166c796b9cc258a064a8f57e27f2a",
        ),
        (
            "shake_256",
            bits_1600,
            "cd8a920ed141aa0407a22d59288652e9d9f1a7ee0c1e7c1ca699424da84a904d",
            "6a1a9d7846436e4dca5728b6f760eef0ca92bf0be5615e96959d767197a0beeb",
        ),
    ] {
        let hash = interp.call(&format!("hashlib.{name}"), &[message]).unwrap();
        let hex = interp.method(&hash, "hexdigest", args![512]).unwrap();
        let hex = hex.as_str().unwrap();
        assert_eq!(hex.len(), 1024);
        assert!(
            hex.starts_with(first) && hex.ends_with(last),
            "{name}: {hex}"
        );
        let bytes = interp.method(&hash, "digest", args![33]).unwrap();
        assert_eq!(hexadecimal(bytes.as_bytes().unwrap()), hex[..66]);
    }
}
