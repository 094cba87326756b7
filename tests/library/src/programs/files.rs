//! Streams in memory, and paths.

use super::random::Random;

pub(super) fn streams(random: &mut Random, out: &mut String) {
    let is_text = random.chance(50);
    let data = |random: &mut Random, most: u64| match is_text {
        true => random.text(most),
        false => random.bytes(most),
    };
    let class = if is_text { "StringIO" } else { "BytesIO" };
    *out += &format!("s = io.{class}({})\n", data(random, 20));
    for _ in 0..6 + random.below(10) {
        let line = match random.below(12) {
            0 | 1 => format!("show(s.read({}))", random.between(-1, 6)),
            2 => format!("show(s.readline({}))", random.between(-1, 5)),
            3 | 4 => format!("show(s.write({}))", data(random, 5)),
            5 | 6 => format!("raises(lambda: s.seek({}))", random.between(-1, 24)),
            7 => "show(s.seek(0, 2))".into(),
            8 => format!("raises(lambda: s.truncate({}))", random.between(-1, 20)),
            9 => "show(s.tell())".into(),
            10 => "show(s.getvalue())".into(),
            _ => match random.chance(30) {
                true => "for line in s:\n    show(line)".into(),
                false => format!("show(s.readlines({}))", random.between(-1, 9)),
            },
        };
        *out += &line;
        out.push('\n');
    }
    *out += "show(s.tell())\nshow(s.getvalue())\n";
}

pub(super) fn paths(random: &mut Random, out: &mut String) {
    for _ in 0..4 + random.below(6) {
        let (one, two) = (path(random), path(random));
        let function = random.pick(&[
            "basename", "dirname", "isabs", "normpath", "split", "splitext",
        ]);
        *out += &match random.chance(50) {
            true => format!("show(os.path.{function}({one:?}))\n"),
            false => format!("show(os.path.{function}(os.path.join({one:?}, {two:?})))\n"),
        };
    }
}

fn path(random: &mut Random) -> String {
    (0..random.below(7))
        .map(|_| random.pick(&["/", "/", ".", "..", "a", "b.c", ".d"]))
        .collect()
}
