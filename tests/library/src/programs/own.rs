//! What CPython has nothing of, or other numbers: pictures, ciphers, seeded numbers.

use super::random::Random;

const FORMATS: [&str; 7] = [
    "MONO_VLSB",
    "MONO_HLSB",
    "MONO_HMSB",
    "GS2_HMSB",
    "GS4_HMSB",
    "GS8",
    "RGB565",
];

pub(super) fn pictures(random: &mut Random, out: &mut String) {
    let format = random.pick(&FORMATS);
    let (width, height) = (random.between(1, 12), random.between(1, 12));
    *out += &format!(
        "b = array.bytearray(512)\n\
         f = framebuf.FrameBuffer(b, {width}, {height}, framebuf.{format})\n"
    );
    for _ in 0..4 + random.below(8) {
        let mut place = || random.between(-6, 15);
        let (x, y, w, h) = (place(), place(), place(), place());
        let colour = random.between(-1, 70_000);
        let fill = random.pick(&["True", "False"]);
        let line = match random.below(11) {
            0 => format!("f.fill({colour})"),
            1 => format!("f.pixel({x}, {y}, {colour})"),
            2 => format!("f.hline({x}, {y}, {w}, {colour})"),
            3 => format!("f.vline({x}, {y}, {h}, {colour})"),
            4 => format!("f.line({x}, {y}, {w}, {h}, {colour})"),
            5 => format!("f.rect({x}, {y}, {w}, {h}, {colour}, {fill})"),
            6 => {
                let (rx, ry, part) = (w.abs(), h.abs(), random.below(16));
                format!("f.ellipse({x}, {y}, {rx}, {ry}, {colour}, {fill}, {part})")
            }
            7 => {
                let corner = |random: &mut Random| random.between(-9, 15).to_string();
                let corners = random.several(4, |random| {
                    format!("{}, {}", corner(random), corner(random))
                });
                format!("f.poly({x}, {y}, array.array(\"h\", [{corners}]), {colour}, {fill})")
            }
            8 => format!("f.text(\"a{w}\", {x}, {y}, {colour})"),
            9 => format!("f.scroll({x}, {y})"),
            _ => format!("f.blit(f, {x}, {y}, {colour})"),
        };
        *out += &format!("{line}\nshow(f.pixel({}, {}))\n", x.abs(), y.abs());
    }
    *out += "show(b.tobytes())\n";
}

pub(super) fn ciphers(random: &mut Random, out: &mut String) {
    let mode = random.pick(&["MODE_ECB", "MODE_CBC", "MODE_CTR"]);
    let (key, iv) = (random.below(1000), random.below(1000));
    let size = random.pick(&[16, 32]);
    let rest = if mode == "MODE_ECB" { "" } else { ", iv" };
    *out += &format!(
        "key = hashlib.sha256(b\"{key}\").digest()[0:{size}]\n\
         iv = hashlib.md5(b\"{iv}\").digest()\n\
         c = cryptolib.aes(key, cryptolib.{mode}{rest})\n\
         d = cryptolib.aes(key, cryptolib.{mode}{rest})\n\
         show(c.encrypt(iv))\n\
         show(d.decrypt(iv))\n"
    );
    for _ in 0..2 + random.below(5) {
        let line = match random.below(4) {
            // May be no whole blocks.
            0 => format!("raises(lambda: c.encrypt({}))", random.bytes(40)),
            1 => "raises(lambda: c.decrypt(b\"a\" * 16))".into(),
            _ => {
                let data = random.bytes(9);
                let blocks = 16 * random.below(4);
                format!("e = c.encrypt({data} * {blocks})\nshow(e)\nshow(d.decrypt(e))")
            }
        };
        *out += &line;
        out.push('\n');
    }
}

pub(super) fn numbers(random: &mut Random, out: &mut String) {
    *out += &format!("random.seed({})\n", random.below(1 << 33));
    for _ in 0..4 + random.below(8) {
        let (a, b) = (random.between(-20, 20), random.between(-20, 60));
        *out += &match random.below(7) {
            0 => format!("raises(lambda: random.getrandbits({b}))\n"),
            1 => format!("raises(lambda: random.randrange({b}))\n"),
            2 => format!("raises(lambda: random.randrange({a}, {b}))\n"),
            3 => format!(
                "raises(lambda: random.randrange({a}, {b}, {}))\n",
                random.between(-3, 3)
            ),
            4 => format!("raises(lambda: random.randint({a}, {b}))\n"),
            5 => "show(random.random())\n".into(),
            _ => "show(random.choice([1, \"a\", 2.5]))\n".into(),
        };
    }
}
