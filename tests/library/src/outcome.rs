//! What a case printed, and when two outcomes are the same.
//!
//! The canonical form of a value is what [`Line::text`] holds: `None`, `True`,
//! integers, floats in the shortest form that reads back (`0.5`, `1e22`), texts in
//! double quotes with their UTF-8 and bytes with a `b` before (other bytes than
//! printable ASCII, quotes and backslashes as `\xHH`), `[a, b]`, `(a, b)`, and
//! `{k: v}` sorted by the texts of the keys. Native objects are what `str` says of
//! them, functions, types and modules their sort in angle brackets. An error is
//! `! Kind: message`, or `! Kind`.
//!
//! No host but CPython tells all of that apart, so [`seen_by`] blurs what one cannot.

use crate::host::Host;
use std::fmt::Write;
use std::slice;

/// One printed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line of the case that printed it.
    pub line: usize,
    /// What it printed.
    pub text: String,
}

impl Line {
    /// What a prelude prints. Between two bytes 1 there is a float with as many
    /// digits as the host likes, which is brought into one form here.
    #[must_use]
    pub fn new(line: usize, printed: &str) -> Line {
        let parts = printed.split('\u{1}').enumerate().map(|(place, part)| {
            match part.parse::<f64>() {
                // Even places are between floats.
                Ok(float) if place % 2 == 1 => match float.is_nan() {
                    true => "nan".to_owned(),
                    false => format!("{float:?}"),
                },
                _ => part.to_owned(),
            }
        });
        Line {
            line,
            text: parts.collect(),
        }
    }
}

/// The lines of an `.out` file: `12: [1, 2]`.
#[must_use]
pub fn read(text: &str) -> Vec<Line> {
    let lines = text.lines().filter_map(|line| {
        let (line, text) = line.split_once(": ")?;
        Some(Line {
            line: line.parse().ok()?,
            text: text.to_owned(),
        })
    });
    lines.collect()
}

/// The text of an `.out` file.
#[must_use]
pub fn write(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        let _ = writeln!(text, "{}: {}", line.line, line.text);
    }
    text
}

/// What the prelude of Rhai says of a function that is not found.
const NO_FUNCTION: &str = "these arguments";

/// Parts of messages about how many arguments there are.
const ARGUMENTS: [&str; 3] = ["() is missing argument", "() takes ", NO_FUNCTION];

/// A line as a host can tell it from others.
#[must_use]
pub fn seen_by(host: Host, text: &str) -> String {
    if let Some(error) = text.strip_prefix("! ") {
        // Whose module it is, its is the text.
        let kind = error.split(':').next().unwrap_or_default();
        return match host {
            Host::Stdlib => format!("! {kind}"),
            // Rhai finds a function by the number of its arguments, and says so
            // itself where none has it.
            Host::Rhai if ARGUMENTS.iter().any(|part| text.contains(part)) => {
                format!("! {kind}: {NO_FUNCTION}")
            }
            _ => text.to_owned(),
        };
    }
    let (bytes, tuples, empty) = match host {
        Host::Lua => (true, true, true),
        Host::Rhai => (false, true, false),
        Host::CPython | Host::Stdlib => return text.to_owned(),
    };
    let mut seen = String::new();
    let mut rest = text.chars().peekable();
    let mut is_text = false;
    while let Some(char) = rest.next() {
        let next = rest.peek().copied();
        match char {
            '"' => is_text = !is_text,
            '\\' if is_text => {
                seen.push(char);
                seen.extend(rest.next());
                continue;
            }
            _ if is_text => {}
            'b' if bytes && next == Some('"') => continue,
            '(' if tuples => {
                seen.push('[');
                continue;
            }
            ')' if tuples => {
                seen.push(']');
                continue;
            }
            '{' if empty && next == Some('}') => {
                rest.next();
                seen.push_str("[]");
                continue;
            }
            _ => {}
        }
        seen.push(char);
    }
    seen
}

/// Whether two outcomes are the same to a host.
#[must_use]
pub fn agree(host: Host, one: &[Line], two: &[Line]) -> bool {
    one.len() == two.len()
        && one.iter().zip(two).all(|(one, two)| {
            one.line == two.line && seen_by(host, &one.text) == seen_by(host, &two.text)
        })
}

/// The places at which two outcomes differ, for a message.
#[must_use]
pub fn differences(host: Host, expected: &[Line], printed: &[Line]) -> String {
    let mut text = String::new();
    let most = expected.len().max(printed.len());
    let mut shown = 0;
    for place in 0..most {
        let (one, two) = (expected.get(place), printed.get(place));
        let is_same = match (one, two) {
            (Some(one), Some(two)) => agree(host, slice::from_ref(one), slice::from_ref(two)),
            _ => false,
        };
        if is_same {
            continue;
        }
        shown += 1;
        if shown > 12 {
            text.push_str("  …\n");
            break;
        }
        let line = |line: Option<&Line>| match line {
            Some(line) => format!("{}: {}", line.line, line.text),
            None => "nothing".into(),
        };
        let _ = writeln!(text, "  expected {}\n  {host:>8} {}", line(one), line(two));
    }
    text
}

/// What an `.out` file should hold after a host printed something: the known line
/// where the host cannot tell the two apart, else the new one; lines of the case that
/// the host does not run stay.
#[must_use]
pub fn merged(
    host: Host,
    known: &[Line],
    printed: &[Line],
    runs: impl Fn(usize) -> bool,
) -> Vec<Line> {
    let theirs: Vec<&Line> = known.iter().filter(|line| runs(line.line)).collect();
    let is_same_order = theirs.len() == printed.len()
        && theirs
            .iter()
            .zip(printed)
            .all(|(one, two)| one.line == two.line);
    let mut chosen = printed.iter().enumerate().map(|(place, line)| {
        let before = theirs.get(place).filter(|before| {
            let is_same = seen_by(host, &before.text) == seen_by(host, &line.text);
            before.line == line.line && is_same
        });
        before.map_or(line, |before| *before).clone()
    });
    if is_same_order {
        // Each takes the place of the one before it, so that what loops print stays
        // in its order.
        let lines = known.iter().map(|line| match runs(line.line) {
            true => chosen.next().unwrap_or(line.clone()),
            false => line.clone(),
        });
        return lines.collect();
    }
    let mut lines: Vec<Line> = chosen.collect();
    let others = known.iter().filter(|line| !runs(line.line)).cloned();
    let new = lines.len();
    lines.extend(others);
    if lines.len() > new {
        lines.sort_by_key(|line| line.line);
    }
    lines
}
