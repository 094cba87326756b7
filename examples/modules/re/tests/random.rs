//! Random patterns against a naive matcher, positions against counting, and
//! noise.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use re_module::RE;

/// Numbers that are the same in each run (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// A pattern that backtracks over characters, as Python's matcher does.
enum Pattern {
    Char(char),
    Any,
    Start,
    Both(Box<Pattern>, Box<Pattern>),
    Either(Box<Pattern>, Box<Pattern>),
    /// At least this often, greedy or not, of what is not empty.
    Repeat(Box<Pattern>, usize, bool),
    Group(Box<Pattern>),
}

impl Pattern {
    fn random(numbers: &mut Numbers, depth: usize) -> Pattern {
        let letters = ['a', 'b', 'é', '漢'];
        let part = |numbers: &mut Numbers| Box::new(Pattern::random(numbers, depth - 1));
        match numbers.below(if depth == 0 { 4 } else { 9 }) {
            0 | 1 => Pattern::Char(numbers.one(&letters)),
            2 => Pattern::Any,
            3 => Pattern::Start,
            4 | 5 => Pattern::Both(part(numbers), part(numbers)),
            6 => Pattern::Either(part(numbers), part(numbers)),
            7 => {
                let first = Box::new(Pattern::Char(numbers.one(&letters)));
                let body = Box::new(Pattern::Both(first, part(numbers)));
                Pattern::Repeat(body, numbers.below(2), numbers.below(3) > 0)
            }
            _ => Pattern::Group(part(numbers)),
        }
    }

    fn text(&self) -> String {
        match self {
            Pattern::Char(char) => char.to_string(),
            Pattern::Any => ".".to_owned(),
            Pattern::Start => "^".to_owned(),
            Pattern::Both(one, two) => format!("{}{}", one.text(), two.text()),
            Pattern::Either(one, two) => format!("(?:{}|{})", one.text(), two.text()),
            Pattern::Repeat(body, least, greedy) => {
                let sign = if *least == 0 { "*" } else { "+" };
                let lazy = if *greedy { "" } else { "?" };
                format!("(?:{}){sign}{lazy}", body.text())
            }
            Pattern::Group(body) => format!("({})", body.text()),
        }
    }

    /// Whether it matches at a place and what comes then does too.
    fn matches(&self, text: &[char], at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
        match self {
            Pattern::Char(char) => text.get(at) == Some(char) && then(at + 1),
            Pattern::Any => text.get(at).is_some_and(|char| *char != '\n') && then(at + 1),
            Pattern::Start => at == 0 && then(at),
            Pattern::Both(one, two) => one.matches(text, at, &mut |at| two.matches(text, at, then)),
            Pattern::Either(one, two) => one.matches(text, at, then) || two.matches(text, at, then),
            Pattern::Group(body) => body.matches(text, at, then),
            Pattern::Repeat(body, least, greedy) => {
                let more = |then: &mut dyn FnMut(usize) -> bool| {
                    body.matches(text, at, &mut |next| {
                        let rest = Pattern::Repeat(Box::new(body.copy()), 0, *greedy);
                        next > at && rest.matches(text, next, then)
                    })
                };
                match (*least, *greedy) {
                    (1, _) => more(then),
                    (_, true) => more(then) || then(at),
                    (_, false) => then(at) || more(then),
                }
            }
        }
    }

    fn copy(&self) -> Pattern {
        let copy = |of: &Pattern| Box::new(of.copy());
        match self {
            Pattern::Char(char) => Pattern::Char(*char),
            Pattern::Any => Pattern::Any,
            Pattern::Start => Pattern::Start,
            Pattern::Both(one, two) => Pattern::Both(copy(one), copy(two)),
            Pattern::Either(one, two) => Pattern::Either(copy(one), copy(two)),
            Pattern::Group(body) => Pattern::Group(copy(body)),
            Pattern::Repeat(body, least, greedy) => Pattern::Repeat(copy(body), *least, *greedy),
        }
    }

    /// All matches as CPython finds them since 3.7.
    fn spans(&self, text: &[char]) -> Vec<(usize, usize)> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let (mut at, mut was_empty) = (0, false);
        while at <= text.len() {
            let start = (at..=text.len()).find_map(|start| {
                let mut end = None;
                self.matches(text, start, &mut |to| {
                    let refused = was_empty && start == at && to == at;
                    end = (!refused).then_some(to);
                    !refused
                });
                Some((start, end?))
            });
            let Some((start, end)) = start else {
                break;
            };
            spans.push((start, end));
            (at, was_empty) = (end, start == end);
        }
        spans
    }
}

fn spans(interp: &mut Interp, pattern: &str, text: &str) -> Vec<(usize, usize)> {
    let matches = interp.call("re.finditer", args![pattern.to_owned(), text.to_owned()]);
    let matches = matches.unwrap();
    let mut spans = Vec::new();
    while let Some(found) = interp.run(|cx| cx.next(&matches)).unwrap() {
        let mut place = |name| {
            interp
                .method(&found, name, args![])
                .unwrap()
                .as_int()
                .unwrap()
        };
        spans.push((place("start") as usize, place("end") as usize));
    }
    spans
}

#[test]
fn random_patterns_match_where_a_naive_matcher_does() {
    let mut interp = Interp::of::<RE>().unwrap();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut found = 0;
    for _ in 0..1_000 {
        let pattern = Pattern::random(&mut numbers, 3);
        let letters = ['a', 'b', 'é', '漢', '\n'];
        let text: Vec<char> = (0..numbers.below(8))
            .map(|_| numbers.one(&letters))
            .collect();
        let (written, subject) = (pattern.text(), text.iter().collect::<String>());
        let expected = pattern.spans(&text);
        found += usize::from(!expected.is_empty());
        let spans = spans(&mut interp, &written, &subject);
        assert_eq!(spans, expected, "{written:?} in {subject:?}");
    }
    assert!(found > 500, "only {found}");
}

#[test]
fn positions_in_a_long_text_count_characters() {
    let mut interp = Interp::of::<RE>().unwrap();
    let mut numbers = Numbers(7);
    let letters = ['a', 'b', 'é', '漢', '𝒳'];
    let text: Vec<char> = (0..100_000).map(|_| numbers.one(&letters)).collect();
    let places = text.iter().enumerate().filter(|(_, char)| **char == 'b');
    let expected: Vec<(usize, usize)> = places.map(|(at, _)| (at, at + 1)).collect();
    let subject: String = text.iter().collect();
    assert_eq!(spans(&mut interp, "b", &subject), expected);
}

#[test]
fn noise_gives_an_error_or_a_pattern_and_never_a_panic() {
    let mut interp = Interp::of::<RE>().unwrap();
    let mut numbers = Numbers(99);
    let pieces = [
        "a",
        "b",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "?",
        "*",
        "+",
        "|",
        "^",
        "$",
        "\\",
        ".",
        "-",
        ",",
        ":",
        "<",
        ">",
        "!",
        "#",
        "P",
        " ",
        "\n",
        "0",
        "1",
        "9",
        "é",
        "(?",
        "(?:",
        "(?P<",
        "\\x",
        "\\u",
        "\\0",
        "\\g<",
        "\\d",
        "[^",
        "(?i",
        "{1,",
        "\\Z",
        "(?#",
        "\\b",
        "\\777",
        "{99999999999999999999}",
        "{4294967294}",
    ];
    let mut compiled = 0;
    for _ in 0..2_000 {
        let mut text = || -> String {
            (0..numbers.below(9))
                .map(|_| numbers.one(&pieces))
                .collect()
        };
        let (pattern, repl, subject) = (text(), text(), text());
        let flags = numbers.one(&[0, 2, 8, 16, 64, 256]);
        let args = args![pattern.clone(), repl.clone(), subject.clone(), 0, flags];
        let as_text = interp.call("re.sub", args);
        let bytes = |text: &str| Value::Bytes(enroll_portable::Bytes::copied(text.as_bytes()));
        let args = [
            bytes(&pattern),
            bytes(&repl),
            bytes(&subject),
            0.into(),
            flags.into(),
        ];
        let as_bytes = interp.call("re.sub", &args);
        for result in [as_text, as_bytes] {
            match result {
                Ok(_) => compiled += 1,
                Err(error) => assert!(
                    matches!(
                        error.kind(),
                        Kind::ValueError | Kind::IndexError | Kind::OverflowError
                    ),
                    "{pattern:?}: {error}"
                ),
            }
        }
    }
    assert!(compiled > 500, "only {compiled}");
}
