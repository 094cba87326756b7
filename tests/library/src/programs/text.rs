//! JSON and regular expressions.

use super::random::Random;

pub(super) fn json(random: &mut Random, out: &mut String) {
    for _ in 0..3 + random.below(4) {
        let line = match random.below(7) {
            0 | 1 => {
                let value = value(random, 3);
                format!(
                    "show(json.dumps({value}, sort_keys=True))\nshow(json.loads(json.dumps({value})))"
                )
            }
            2 => {
                let options = random.pick(&[
                    "indent=1, sort_keys=True",
                    "indent=\"\\t\", sort_keys=True",
                    "separators=(\",\", \":\"), sort_keys=True",
                    "ensure_ascii=False, sort_keys=True",
                    "indent=0, separators=(\";\", \"=\"), sort_keys=True",
                ]);
                format!("show(json.dumps({}, {options}))", value(random, 3))
            }
            3 | 4 => {
                let text = document(random, 3);
                format!("raises(lambda: json.loads({}))", literal(&text))
            }
            _ => {
                let text = broken(random);
                format!("raises(lambda: json.loads({}))", literal(&text))
            }
        };
        *out += &line;
        out.push('\n');
    }
}

/// A value that is neither empty nor has None within it, which Lua has no tables for.
fn value(random: &mut Random, depth: u64) -> String {
    match random.below(if depth == 0 { 5 } else { 8 }) {
        0 => random.between(-1000, 1000).to_string(),
        1 => format!("{:?}", random.between(-100_000, 100_000) as f64 / 64.0),
        2 => random.pick(&["True", "False"]).into(),
        3 | 4 => random.text(6),
        5 | 6 => {
            let first = value(random, depth - 1);
            let others = random.several(3, |random| value(random, depth - 1));
            format!("[{first}, {others}]")
        }
        _ => {
            let first = value(random, depth - 1);
            let second = value(random, depth - 1);
            format!("{{\"a{}\": {first}, \"b\": {second}}}", random.below(3))
        }
    }
}

/// A document without null and without an empty object in an array.
fn document(random: &mut Random, depth: u64) -> String {
    let blank = random.pick(&["", "", " ", "\n", "\t "]);
    let text = match random.below(if depth == 0 { 5 } else { 8 }) {
        0 => random
            .pick(&[
                "0",
                "-0",
                "7",
                "-12",
                "123456789012",
                "1.5",
                "-0.25",
                "1e3",
                "2.5E-3",
                "1E+2",
            ])
            .into(),
        1 => random.pick(&["true", "false", "NaN", "-Infinity"]).into(),
        2..=4 => string(random),
        5 | 6 => format!(
            "[{}]",
            random.several(4, |random| document(random, depth - 1))
        ),
        _ => {
            let pair =
                |random: &mut Random| format!("{}:{}", string(random), document(random, depth - 1));
            format!("{{{}}}", random.several(3, pair))
        }
    };
    format!("{blank}{text}{blank}")
}

fn string(random: &mut Random) -> String {
    let mut text = String::from("\"");
    for _ in 0..random.below(5) {
        text.push_str(random.pick(&[
            "a",
            "b",
            "1",
            " ",
            "é",
            "日",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\ud834\\udd1e",
        ]));
    }
    text + "\""
}

/// A document with something taken out, put in or changed. Half of a pair of
/// surrogates is no text here, and one in Python.
fn broken(random: &mut Random) -> String {
    let document = document(random, 2).replace("\\ud834\\udd1e", "\\u00e9");
    let mut chars: Vec<char> = document.chars().collect();
    for _ in 0..=random.below(2) {
        let at = random.below(chars.len() as u64 + 1) as usize;
        let new = random.pick(&[
            '[', ']', '{', '}', ',', ':', '"', '\\', '1', '-', '.', 'e', 'x', ' ',
        ]);
        match random.below(3) {
            0 if at < chars.len() => {
                chars.remove(at);
            }
            1 if at < chars.len() => chars[at] = new,
            _ => chars.insert(at, new),
        }
    }
    chars.into_iter().collect()
}

/// A literal of the subset.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => literal.extend(['\\', char]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            char => literal.push(char),
        }
    }
    literal + "\""
}

pub(super) fn patterns(random: &mut Random, out: &mut String) {
    for _ in 0..3 + random.below(4) {
        let choice = random.below(7);
        let mut shape = match choice {
            0 | 1 => Shape::ANY,
            _ if random.chance(50) => Shape::WITHOUT_CHOICES,
            _ => Shape::WITHOUT_EMPTY_PARTS,
        };
        let mut pattern = alternatives(random, 2, &mut shape);
        let groups = shape.groups;
        // Anywhere else it needs a look-ahead, which the module refuses.
        if random.chance(10) {
            pattern.push('$');
        }
        let pattern = literal(&pattern);
        let text = literal(&subject(random));
        let flags = random.pick(&["", "", "", ", flags=re.I", ", flags=re.S", ", flags=re.M"]);
        let line = match choice {
            0 | 1 => {
                let function = random.pick(&["search", "match", "fullmatch"]);
                format!(
                    "m = re.{function}({pattern}, {text}{flags})\nif m is not None:\n    \
                     show(m)\n    show(m.group())\n    show(m.span())\n    \
                     show(m.groups(\"-\"))\nelse:\n    show(False)"
                )
            }
            2 => format!("show(re.findall({pattern}, {text}{flags}))"),
            3 => format!("for m in re.finditer({pattern}, {text}{flags}):\n    show(m.span())"),
            4 => format!(
                "show(re.sub({pattern}, {}, {text}{flags}))",
                replacement(random, groups)
            ),
            5 if groups == 0 => {
                let most = random.below(3);
                format!("show(re.split({pattern}, {text}, maxsplit={most}{flags}))")
            }
            _ => format!("show(re.subn({pattern}, lambda m: str(m.end()), {text}{flags}))"),
        };
        *out += &line;
        out.push('\n');
    }
}

/// What a pattern may have. Where a match is looked for after an empty one, CPython
/// finds others in a choice between empty ways, as the README of the module says.
struct Shape {
    /// How many there are so far.
    groups: u64,
    has_choices: bool,
    has_empty_parts: bool,
}

impl Shape {
    const ANY: Shape = Shape {
        groups: 0,
        has_choices: true,
        has_empty_parts: true,
    };
    const WITHOUT_CHOICES: Shape = Shape {
        has_choices: false,
        ..Shape::ANY
    };
    const WITHOUT_EMPTY_PARTS: Shape = Shape {
        has_empty_parts: false,
        ..Shape::ANY
    };
}

fn alternatives(random: &mut Random, depth: u64, shape: &mut Shape) -> String {
    let mut text = sequence(random, depth, shape);
    while shape.has_choices && random.chance(20) {
        text = format!("{text}|{}", sequence(random, depth, shape));
    }
    text
}

fn sequence(random: &mut Random, depth: u64, shape: &mut Shape) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(3) {
        // A repeated group is one that cannot be empty: what the others have captured
        // after an empty round differs from engine to engine.
        let (atom, repeats) = match random.below(if depth == 0 { 5 } else { 7 }) {
            0 | 1 => (random.pick(&["a", "b", "c", "é", " "]).to_owned(), true),
            2 => (
                random
                    .pick(&["[ab]", "[^a]", "[a-c]", "[\\d]", "[é ]"])
                    .to_owned(),
                true,
            ),
            3 => (
                random
                    .pick(&["\\w", "\\d", "\\s", ".", "\\W", "\\S"])
                    .to_owned(),
                true,
            ),
            4 if !shape.has_empty_parts => (random.pick(&["a", "\\w"]).to_owned(), false),
            4 => (random.pick(&["^", "\\b", "\\B"]).to_owned(), false),
            5 => {
                shape.groups += 1;
                (
                    format!("({})", alternatives(random, depth - 1, shape)),
                    false,
                )
            }
            _ => (
                format!("(?:{})", alternatives(random, depth - 1, shape)),
                false,
            ),
        };
        text.push_str(&atom);
        if repeats && random.chance(40) {
            let repeat = match shape.has_empty_parts {
                true => random.pick(&["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}"]),
                false => random.pick(&["+", "+?", "{2}", "{1,2}"]),
            };
            text.push_str(repeat);
        }
    }
    text
}

/// Of one character at least: in an empty text CPython before 3.14 finds no `\B`.
fn subject(random: &mut Random) -> String {
    (0..1 + random.below(11))
        .map(|_| random.pick(&["a", "a", "b", "c", "A", "1", " ", "é", "\n", "_"]))
        .collect()
}

fn replacement(random: &mut Random, groups: u64) -> String {
    let mut text = String::from("r\"");
    for _ in 0..random.below(4) {
        match random.below(4) {
            0 if groups > 0 => text.push_str(&format!("\\{}", 1 + random.below(groups))),
            1 => text.push_str("\\g<0>"),
            _ => text.push_str(random.pick(&["x", "-", "é", "\\n"])),
        }
    }
    text + "\""
}
