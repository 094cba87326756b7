//! Hashes and keys of random bytes.

use super::random::Random;

const NAMES: [&str; 12] = [
    "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384",
    "sha3_512", "blake2b", "blake2s",
];

pub(super) fn hashes(random: &mut Random, out: &mut String) {
    let name = random.pick(&NAMES);
    *out += &format!("h = hashlib.{name}({})\n", random.bytes(80));
    for _ in 0..4 + random.below(6) {
        let line = match random.below(9) {
            0..=2 => format!("h.update({} * {})", random.bytes(20), random.below(30)),
            3 => "show(h.hexdigest())".into(),
            4 => "show(h.digest())".into(),
            5 => {
                let data = random.bytes(9);
                format!("h = h.copy()\nh.update({data})\nshow(h.hexdigest())")
            }
            6 => {
                let name = random.pick(&NAMES);
                format!(
                    "show(hashlib.new({name:?}, {}).digest())",
                    random.bytes(200)
                )
            }
            7 => {
                let name = random.pick(&NAMES);
                format!(
                    "raises(lambda: hashlib.pbkdf2_hmac({name:?}, {}, {}, {}, {}))",
                    random.bytes(30),
                    random.bytes(12),
                    random.below(4),
                    random.below(90)
                )
            }
            _ => keyed(random),
        };
        *out += &line;
        out.push('\n');
    }
    *out += "show(h.hexdigest())\n";
}

/// BLAKE2 and SHAKE, with lengths that may be wrong.
fn keyed(random: &mut Random) -> String {
    if random.chance(40) {
        let name = random.pick(&["shake_128", "shake_256"]);
        let length = random.below(300);
        return format!(
            "show(hashlib.{name}({}).hexdigest({length}))",
            random.bytes(200)
        );
    }
    let name = random.pick(&["blake2b", "blake2s"]);
    let mut options = String::new();
    if random.chance(60) {
        options += &format!(", digest_size={}", random.between(0, 40));
    }
    if random.chance(60) {
        options += &format!(", key={}", random.bytes(36));
    }
    if random.chance(40) {
        options += &format!(", salt={}", random.bytes(9));
    }
    if random.chance(40) {
        options += &format!(", person={}", random.bytes(9));
    }
    let data = random.bytes(150);
    format!("raises(lambda: hashlib.{name}({data}{options}).hexdigest())")
}

/// Hexadecimal digits, Base64 and checksums, of what may be none.
pub(super) fn digits(random: &mut Random, out: &mut String) {
    for _ in 0..4 + random.below(6) {
        let data = random.bytes(20);
        let line = match random.below(8) {
            0 => format!("show(binascii.hexlify({data}))"),
            1 => format!(
                "show(binascii.hexlify({data}, \"-\", {}))",
                random.between(1, 5)
            ),
            2 => format!(
                "raises(lambda: binascii.unhexlify({}))",
                written(random, 16)
            ),
            3 => format!("show(binascii.b2a_base64({data}))"),
            4 | 5 => format!(
                "raises(lambda: binascii.a2b_base64({}))",
                written(random, 64)
            ),
            6 => format!("show(binascii.a2b_base64(binascii.b2a_base64({data})) == {data})"),
            _ => format!("show(binascii.crc32({data}, {}))", random.below(1 << 32)),
        };
        *out += &line;
        out.push('\n');
    }
}

/// A text of the first digits of Base64 or of hexadecimal ones, mostly.
fn written(random: &mut Random, base: u64) -> String {
    let digits = match base {
        16 => "0123456789abcdefABCDEF",
        _ => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    };
    let digits: Vec<char> = digits.chars().collect();
    let mut text = String::from("b\"");
    for _ in 0..random.below(10) {
        match random.chance(95) {
            true => text.push(random.pick(&digits)),
            false => text.push(random.pick(&[' ', '=', '-', '!'])),
        }
    }
    if base == 64 {
        text.push_str(random.pick(&["", "=", "=="]));
    }
    text + "\""
}
