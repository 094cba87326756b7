//! Arrays and deques of numbers.

use super::random::Random;

/// Typecodes with what fits.
const CODES: [(&str, i64, i64); 8] = [
    ("b", -128, 127),
    ("B", 0, 255),
    ("h", -32768, 32767),
    ("H", 0, 65535),
    ("i", -2_147_483_648, 2_147_483_647),
    ("I", 0, 4_294_967_295),
    ("q", i64::MIN + 1, i64::MAX),
    ("d", -1000, 1000),
];

pub(super) fn arrays(random: &mut Random, out: &mut String) {
    let (code, least, most) = random.pick(&CODES);
    let item = |random: &mut Random| match code {
        "d" => format!("{:?}", random.between(least, most) as f64 / 8.0),
        _ => random.between(least, most).to_string(),
    };
    let items = random.several(5, item);
    *out += &format!("a = array.array({code:?}, [{items}])\n");
    for _ in 0..4 + random.below(8) {
        let line = match random.below(12) {
            0 | 1 => format!("a.append({})", item(random)),
            2 => format!("a.extend([{}])", random.several(4, item)),
            // May not fit.
            3 if code != "d" => {
                let value = random.between(-70000, 70000);
                format!("raises(lambda: a.append({value}))")
            }
            4 | 5 => format!("raises(lambda: a[{}])", random.between(-8, 8)),
            6 => format!("show({} in a)", item(random)),
            7 => format!(
                "b = array.array({code:?}, [{}])\nshow(a == b)\nshow(a < b)\nshow(a + b)",
                random.several(3, item)
            ),
            8 => "show(a.tobytes())".into(),
            9 => "show(len(a))".into(),
            10 => {
                let byte = random.bytes(9);
                format!("raises(lambda: a.frombytes({byte}))")
            }
            _ => format!(
                "a.append({})\na[-1] = {}\na[0] = {}\nshow(list(a))\ndel a[0]",
                item(random),
                item(random),
                item(random)
            ),
        };
        *out += &line;
        out.push('\n');
    }
    *out += "show(a)\n";
}

pub(super) fn deques(random: &mut Random, out: &mut String) {
    let number = |random: &mut Random| random.between(-3, 6).to_string();
    let items = random.several(5, number);
    let most = random.between(1, 6);
    *out += &match random.chance(50) {
        true => format!("d = collections.deque([{items}], {most})\n"),
        false => format!("d = collections.deque([{items}])\n"),
    };
    for _ in 0..5 + random.below(9) {
        let value = number(random);
        let line = match random.below(11) {
            0 => format!("d.append({value})"),
            1 => format!("d.appendleft({value})"),
            2 => "raises(lambda: d.pop())".into(),
            3 => "raises(lambda: d.popleft())".into(),
            4 => format!("d.extend([{}])", random.several(4, number)),
            5 => format!("raises(lambda: d[{value}])"),
            6 => format!("show({value} in d)"),
            7 => format!(
                "d.append({value})\nd[0] = {value}\nd[-1] = {}",
                number(random)
            ),
            8 => format!("d.append({value})\ndel d[0]\nshow(len(d))"),
            9 => format!(
                "show(d == collections.deque([{}]))",
                random.several(3, number)
            ),
            _ => "for item in d:\n    show(item)".into(),
        };
        *out += &line;
        out.push('\n');
    }
    *out += "show(d)\n";
}
