//! The functions of `re`, on tables of cases. What is expected is what CPython
//! 3.11 shows; its `re.error` is a ValueError here.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use re_module::RE;

fn interp() -> Interp {
    Interp::of::<RE>().unwrap()
}

/// What is ASCII's alone without the feature `unicode`.
fn needs_tables(pattern: &str, text: &str) -> bool {
    !text.is_ascii() && (pattern == "\\w" || pattern.starts_with("(?i)"))
}

/// Pattern, text, result.
const FINDALL: &[(&str, &str, &str)] = &[
    ("a", "abcabc", "['a', 'a']"),
    ("(a)(b)?", "abac", "[('a', 'b'), ('a', '')]"),
    ("x*", "axxb", "['', 'xx', '', '']"),
    ("\\w+", "the quick_fox 12", "['the', 'quick_fox', '12']"),
    ("\\b", "a b", "['', '', '', '']"),
    ("[^a]", "abc", "['b', 'c']"),
    ("[]a]+", "]a[", "[']a']"),
    ("[^]]", "a]", "['a']"),
    ("[a-]", "a-b", "['a', '-']"),
    ("[-a]", "a-b", "['a', '-']"),
    ("[\\]\\\\]", "a]\\", "[']', '\\\\']"),
    ("[\\w-]+", "a-b c", "['a-b', 'c']"),
    ("a{2}", "aaaa", "['aa', 'aa']"),
    ("a{,2}", "aaa", "['aa', 'a', '']"),
    ("a{2,}", "aaaaa b aa", "['aaaaa', 'aa']"),
    ("a{1", "a{1", "['a{1']"),
    ("a{}", "a{}", "['a{}']"),
    ("{", "{", "['{']"),
    ("a|b|", "cab", "['', 'a', 'b', '']"),
    ("(?:a|b)+", "abba c", "['abba']"),
    ("a+?", "aaa", "['a', 'a', 'a']"),
    ("a??", "aa", "['', 'a', '', 'a', '']"),
    ("(a|ab)(c|bcd)", "abcd", "[('a', 'bcd')]"),
    ("\\101\\x42\\n", "AB\n", "['AB\\n']"),
    ("\\0", "\x00", "['\\x00']"),
    ("[\\0-\\37]", "\x01a", "['\\x01']"),
    ("^a", "a\na", "['a']"),
    ("(?m)^a", "a\na", "['a', 'a']"),
    ("a$", "a\na\n", "['a']"),
    ("(?m)a$", "a\na\n", "['a', 'a']"),
    ("a\\Z", "a\na", "['a']"),
    (".", "a\nb", "['a', 'b']"),
    ("(?s).", "a\nb", "['a', '\\n', 'b']"),
    ("(?i)AbC", "abc ABC", "['abc', 'ABC']"),
    ("(?i)[a-c]+", "ABCD", "['ABC']"),
    ("(?i:a)b", "Ab AB", "['Ab']"),
    ("(?-i:a)b", "ab", "['ab']"),
    ("(?x) a b # c\n c", "abc", "['abc']"),
    ("(?#comment)a", "a", "['a']"),
    ("(?P<x>a)(?P<y>b)", "abab", "[('a', 'b'), ('a', 'b')]"),
    ("", "ab", "['', '', '']"),
    ("()", "a", "['', '']"),
    ("$", "a\n", "['', '']"),
    ("|a", "aab", "['', 'a', '', 'a', '', '']"),
    ("a*?", "aab", "['', 'a', '', 'a', '', '']"),
    ("\\s+", "a \t\nb", "[' \\t\\n']"),
    ("\\d+", "a12b3", "['12', '3']"),
    ("\\D", "a1", "['a']"),
    ("\\S", "a ", "['a']"),
    ("\\W", "a-", "['-']"),
    ("\\.", "a.b", "['.']"),
    ("(?a)\\w+", "aéb", "['a', 'b']"),
    ("é+", "éé é", "['éé', 'é']"),
    ("漢|字", "漢字", "['漢', '字']"),
    ("[é-漢]", "eé字漢", "['é', '字', '漢']"),
    ("\\u00e9", "é", "['é']"),
    ("\\U0001d4b3", "𝒳", "['𝒳']"),
    (".", "é漢𝒳", "['é', '漢', '𝒳']"),
    ("\\w", "é漢𝒳", "['é', '漢', '𝒳']"),
    ("(?i)É", "é", "['é']"),
    ("[^x]", "é漢", "['é', '漢']"),
];

#[test]
fn all_matches_are_found() {
    let mut interp = interp();
    for (pattern, text, expected) in FINDALL {
        if cfg!(feature = "unicode") || !needs_tables(pattern, text) {
            let found = interp.show("re.findall", Some(args![*pattern, *text]));
            assert_eq!(found, *expected, "{pattern:?} in {text:?}");
        }
    }
}

/// What bytes have no Unicode for is the same there.
#[test]
fn bytes_are_matched_as_texts_are() {
    let mut interp = interp();
    for (pattern, text, _) in FINDALL
        .iter()
        .filter(|row| row.0.is_ascii() && row.1.is_ascii())
    {
        if pattern.contains("\\u") || pattern.contains("\\U") {
            continue;
        }
        let texts = interp.call("re.findall", args![*pattern, *text]).unwrap();
        let bytes = args![pattern.as_bytes(), text.as_bytes()];
        let bytes = interp.call("re.findall", bytes).unwrap();
        let texts = interp.repr(&texts);
        let bytes = interp.repr(&bytes);
        // The prefix goes, and so does a last letter `b`, of both.
        assert_eq!(
            bytes.replace("b'", "'"),
            texts.replace("b'", "'"),
            "{pattern:?}"
        );
    }
}

/// Pattern, error.
const BAD: &[(&str, &str)] = &[
    (
        "(",
        "ValueError: missing ), unterminated subpattern at position 0",
    ),
    ("a)", "ValueError: unbalanced parenthesis at position 1"),
    (
        "(a",
        "ValueError: missing ), unterminated subpattern at position 0",
    ),
    ("[", "ValueError: unterminated character set at position 0"),
    ("[a", "ValueError: unterminated character set at position 0"),
    ("[]", "ValueError: unterminated character set at position 0"),
    (
        "[^]",
        "ValueError: unterminated character set at position 0",
    ),
    ("*a", "ValueError: nothing to repeat at position 0"),
    ("a**", "ValueError: multiple repeat at position 2"),
    ("a*{2}", "ValueError: multiple repeat at position 2"),
    ("(?", "ValueError: unexpected end of pattern at position 2"),
    ("(?P", "ValueError: unexpected end of pattern at position 3"),
    ("(?P<", "ValueError: missing group name at position 4"),
    (
        "(?P<a",
        "ValueError: missing >, unterminated name at position 4",
    ),
    ("(?P<>a)", "ValueError: missing group name at position 4"),
    (
        "(?P<1>a)",
        "ValueError: bad character in group name '1' at position 4",
    ),
    (
        "(?P<a>a)(?P<a>b)",
        "ValueError: redefinition of group name 'a' as group 2; was group 1 at position 12",
    ),
    ("(?P=x)", "ValueError: unknown group name 'x' at position 4"),
    ("(?P=", "ValueError: missing group name at position 4"),
    ("(?Px)", "ValueError: unknown extension ?Px at position 1"),
    ("(?z)", "ValueError: unknown extension ?z at position 1"),
    ("(?<a)", "ValueError: unknown extension ?<a at position 1"),
    (
        "a(?i)",
        "ValueError: global flags not at the start of the expression at position 1",
    ),
    ("(?i", "ValueError: missing -, : or ) at position 3"),
    ("(?i-", "ValueError: missing flag at position 4"),
    ("(?i-:a)", "ValueError: missing flag at position 4"),
    ("(?-i)", "ValueError: missing : at position 4"),
    (
        "(?i-i:a)",
        "ValueError: bad inline flags: flag turned on and off at position 5",
    ),
    (
        "(?L)a",
        "ValueError: bad inline flags: cannot use 'L' flag with a str pattern at position 3",
    ),
    (
        "(?au)a",
        "ValueError: bad inline flags: flags 'a', 'u' and 'L' are incompatible at position 4",
    ),
    (
        "(?-a:a)",
        "ValueError: bad inline flags: cannot turn off flags 'a', 'u' and 'L' at position 4",
    ),
    (
        "\\",
        "ValueError: bad escape (end of pattern) at position 0",
    ),
    (
        "a\\",
        "ValueError: bad escape (end of pattern) at position 1",
    ),
    ("\\q", "ValueError: bad escape \\q at position 0"),
    ("\\x1", "ValueError: incomplete escape \\x1 at position 0"),
    ("\\u12", "ValueError: incomplete escape \\u12 at position 0"),
    ("\\U12", "ValueError: incomplete escape \\U12 at position 0"),
    ("\\8", "ValueError: invalid group reference 8 at position 1"),
    ("\\1", "ValueError: invalid group reference 1 at position 1"),
    (
        "\\400",
        "ValueError: octal escape value \\400 outside of range 0-0o377 at position 0",
    ),
    ("[\\8]", "ValueError: bad escape \\8 at position 1"),
    ("[\\q]", "ValueError: bad escape \\q at position 1"),
    ("[b-a]", "ValueError: bad character range b-a at position 1"),
    (
        "[\\w-a]",
        "ValueError: bad character range \\w-a at position 1",
    ),
    (
        "[a-\\d]",
        "ValueError: bad character range a-\\d at position 1",
    ),
    (
        "a{2,1}",
        "ValueError: min repeat greater than max repeat at position 2",
    ),
    (
        "a{4294967295}",
        "OverflowError: the repetition number is too large",
    ),
    (
        "(?#",
        "ValueError: missing ), unterminated comment at position 0",
    ),
    ("^*", "ValueError: nothing to repeat at position 1"),
    ("\\b+", "ValueError: nothing to repeat at position 2"),
    (
        "(?P<a b>x)",
        "ValueError: bad character in group name 'a b' at position 4",
    ),
    ("[\\x1]", "ValueError: incomplete escape \\x1 at position 1"),
    (
        "(?:a",
        "ValueError: missing ), unterminated subpattern at position 0",
    ),
    ("|*", "ValueError: nothing to repeat at position 1"),
];

#[test]
fn a_bad_pattern_is_refused_at_its_place() {
    let mut interp = interp();
    for (pattern, expected) in BAD {
        let error = interp.show("re.compile", Some(args![*pattern]));
        assert_eq!(error, *expected, "{pattern:?}");
    }
}

/// What CPython has and an engine of linear time has not.
#[test]
fn what_needs_memory_or_another_look_is_refused() {
    let mut interp = interp();
    let none = |what: &str, at: usize| {
        format!(
            "ValueError: {what}: this engine works in linear time and has none at position {at}"
        )
    };
    for (pattern, what, at) in [
        (r"(a)\1", r"backreference \1", 3),
        ("(?P<n>a)(?P=n)", "backreference (?P=n)", 8),
        ("a(?=b)", "look-ahead (?=", 1),
        ("a(?!b)", "negative look-ahead (?!", 1),
        ("(?<=a)b", "look-behind (?<=", 0),
        ("(?<!a)b", "negative look-behind (?<!", 0),
        ("(a)(?(1)b|c)", "conditional (?(", 3),
        ("(?>a)", "atomic group (?>", 0),
        ("a*+", "possessive repeat", 1),
        ("a{2}+", "possessive repeat", 1),
    ] {
        let error = interp.show("re.compile", Some(args![pattern]));
        assert_eq!(error, none(what, at), "{pattern:?}");
    }
    for pattern in [r"a$\n", "(a$)*", r"$\b", "(?:a$)b|c"] {
        let error = interp.show("re.compile", Some(args![pattern]));
        assert!(error.contains("needs a look-ahead"), "{pattern:?}: {error}");
    }
    for (pattern, what) in [
        (
            r"\N{DIGIT ONE}",
            r"\N: the names of characters are not here at position 0",
        ),
        (r"\ud800", r"bad escape \ud800 at position 0"),
    ] {
        let error = interp.show("re.compile", Some(args![pattern]));
        assert_eq!(error, format!("ValueError: {what}"));
    }
}

#[test]
fn a_pattern_that_is_too_large_or_deep_is_refused() {
    let mut interp = interp();
    let large = "(?:(?:[^a]{1000}){1000}){1000}";
    let error = interp.show("re.compile", Some(args![large]));
    assert!(
        error.starts_with("ValueError: the pattern is too large"),
        "{error}"
    );
    let most = if cfg!(feature = "unicode") { 31 } else { 11 };
    let too_deep = format!("groups within groups go deeper than {most}");
    for depth in [1, most, most + 1, 100_000] {
        let pattern = format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        let shown = interp.show("re.compile", Some(args![pattern]));
        assert_eq!(shown.contains(&too_deep), depth > most, "{depth}");
    }
}

/// Pattern, text, maxsplit, result.
const SPLIT: &[(&str, &str, i64, &str)] = &[
    (
        "\\W+",
        "Words, words, words.",
        0,
        "['Words', 'words', 'words', '']",
    ),
    (
        "(\\W+)",
        "Words, words, words.",
        0,
        "['Words', ', ', 'words', ', ', 'words', '.', '']",
    ),
    (
        "\\W+",
        "Words, words, words.",
        1,
        "['Words', 'words, words.']",
    ),
    ("[a-f]+", "0a3B9", 0, "['0', '3B9']"),
    ("\\b", "Words, words", 0, "['', 'Words', ', ', 'words', '']"),
    (
        "\\W*",
        "...words...",
        0,
        "['', '', 'w', 'o', 'r', 'd', 's', '', '']",
    ),
    (
        "(\\W*)",
        "...words...",
        0,
        "['', '...', '', '', 'w', '', 'o', '', 'r', '', 'd', '', 's', '...', '', '', '']",
    ),
    ("x", "", 0, "['']"),
    ("", "ab", 0, "['', 'a', 'b', '']"),
    ("(a)|b", "xaybz", 0, "['x', 'a', 'y', None, 'z']"),
    ("-", "a-b-c", -1, "['a-b-c']"),
    ("é", "aébéc", 1, "['a', 'béc']"),
];

#[test]
fn texts_are_split_at_matches() {
    let mut interp = interp();
    for (pattern, text, most, expected) in SPLIT {
        let parts = interp.show("re.split", Some(args![*pattern, *text, *most]));
        assert_eq!(parts, *expected, "{pattern:?} in {text:?}");
    }
}

/// Pattern, replacement, text, count, result of `subn`.
const SUBN: &[(&str, &str, &str, i64, &str)] = &[
    ("a", "b", "banana", 0, "('bbnbnb', 3)"),
    ("a", "b", "banana", 2, "('bbnbna', 2)"),
    ("x*", "-", "abxd", 0, "('-a-b--d-', 5)"),
    ("(\\w)(\\w)", "\\2\\1", "abcd", 0, "('badc', 2)"),
    ("(?P<f>\\w)", "<\\g<f>>", "ab", 0, "('<a><b>', 2)"),
    ("a", "\\g<0>\\g<0>", "ba", 0, "('baa', 1)"),
    ("(a)|b", "[\\1]", "ab", 0, "('[a][]', 2)"),
    ("a", "\\\\", "a", 0, "('\\\\', 1)"),
    (
        "a",
        "\\n\\t\\x",
        "a",
        0,
        "ValueError: bad escape \\x at position 4",
    ),
    ("a", "\\n\\.", "a", 0, "('\\n\\\\.', 1)"),
    ("a", "\\101\\0", "a", 0, "('A\\x00', 1)"),
    (
        "a",
        "\\1",
        "a",
        0,
        "ValueError: invalid group reference 1 at position 1",
    ),
    (
        "a",
        "\\g<1>",
        "a",
        0,
        "ValueError: invalid group reference 1 at position 3",
    ),
    ("a", "\\g<x>", "a", 0, "IndexError: unknown group name 'x'"),
    (
        "a",
        "\\g<",
        "a",
        0,
        "ValueError: missing group name at position 3",
    ),
    (
        "a",
        "\\g<x",
        "a",
        0,
        "ValueError: missing >, unterminated name at position 3",
    ),
    (
        "a",
        "\\g<>",
        "a",
        0,
        "ValueError: missing group name at position 3",
    ),
    ("a", "\\g", "a", 0, "ValueError: missing < at position 2"),
    (
        "a",
        "\\g<a b>",
        "a",
        0,
        "ValueError: bad character in group name 'a b' at position 3",
    ),
    (
        "a",
        "\\",
        "a",
        0,
        "ValueError: bad escape (end of pattern) at position 0",
    ),
    (
        "a",
        "\\400",
        "a",
        0,
        "ValueError: octal escape value \\400 outside of range 0-0o377 at position 0",
    ),
    ("$", "!", "a\n", 0, "('a!\\n!', 2)"),
    ("", "-", "é漢", 0, "('-é-漢-', 3)"),
    ("a", "b", "banana", -1, "('banana', 0)"),
    ("z", "b", "banana", 0, "('banana', 0)"),
];

#[test]
fn matches_are_replaced() {
    let mut interp = interp();
    for (pattern, repl, text, count, expected) in SUBN {
        let shown = interp.show("re.subn", Some(args![*pattern, *repl, *text, *count]));
        assert_eq!(shown, *expected, "{pattern:?} by {repl:?} in {text:?}");
    }
}

/// Pattern, text, pos, endpos; span, pos and endpos of search, match, fullmatch.
const PLACES: &[(&str, &str, i64, i64, [&str; 3])] = &[
    (
        "b",
        "ab",
        1,
        2,
        ["((1, 2), 1, 2)", "((1, 2), 1, 2)", "((1, 2), 1, 2)"],
    ),
    ("^b", "ab", 1, 2, ["None", "None", "None"]),
    (
        "(?m)^b",
        "a\nb",
        2,
        3,
        ["((2, 3), 2, 3)", "((2, 3), 2, 3)", "((2, 3), 2, 3)"],
    ),
    ("\\bb", "ab", 1, 2, ["None", "None", "None"]),
    ("a$", "aab", 0, 2, ["((1, 2), 0, 2)", "None", "None"]),
    ("a", "a", 5, 9, ["None", "None", "None"]),
    ("a", "ba", -3, 9, ["((1, 2), 0, 2)", "None", "None"]),
    (
        "",
        "ab",
        2,
        2,
        ["((2, 2), 2, 2)", "((2, 2), 2, 2)", "((2, 2), 2, 2)"],
    ),
    (
        "é",
        "aéé",
        2,
        3,
        ["((2, 3), 2, 3)", "((2, 3), 2, 3)", "((2, 3), 2, 3)"],
    ),
    (
        "漢",
        "é漢字",
        1,
        2,
        ["((1, 2), 1, 2)", "((1, 2), 1, 2)", "((1, 2), 1, 2)"],
    ),
];

#[test]
fn a_search_begins_and_ends_where_it_is_told() {
    let mut interp = interp();
    for (pattern, text, pos, endpos, expected) in PLACES {
        let compiled = interp.call("re.compile", args![*pattern]).unwrap();
        for (name, expected) in ["search", "match", "fullmatch"].iter().zip(expected) {
            let args = args![*text, *pos, *endpos];
            let found = interp.method(&compiled, name, args).unwrap();
            let shown = match found.is_none() {
                true => "None".to_owned(),
                false => {
                    let span = interp.method(&found, "span", args![]).unwrap();
                    let span = interp.repr(&span);
                    let mut get = |name| interp.run(|cx| cx.attr(&found, name)).unwrap();
                    let (pos, endpos) = (get("pos"), get("endpos"));
                    format!("({span}, {}, {})", interp.repr(&pos), interp.repr(&endpos))
                }
            };
            assert_eq!(
                shown, *expected,
                "{name} {pattern:?} in {text:?} from {pos} to {endpos}"
            );
        }
    }
}
