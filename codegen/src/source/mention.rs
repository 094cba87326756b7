//! Which crates a file names.

use super::lexer::{Lexer, Token};
use std::collections::BTreeSet;

/// Those of `crates` that the file names: at the beginning of a path, in a
/// `use`, or in an `extern crate`, outside strings and comments.
pub fn mentions(source: &str, crates: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut before = [Token::Other(0); 2];
    let mut pending = None;
    for token in Lexer::new(source) {
        match (pending.take(), token) {
            // `word::`, as a path's first segment.
            (Some(Stage::Word(word)), Token::Other(b':')) => pending = Some(Stage::Colon(word)),
            (Some(Stage::Colon(word)), Token::Other(b':')) => {
                found.insert(word.to_owned());
            }
            (_, Token::Word(word)) if crates.contains(word) => match before {
                [_, Token::Word("use" | "crate")] => {
                    found.insert(word.to_owned());
                }
                [_, Token::Other(b'.')] => {}
                _ => pending = Some(Stage::Word(word)),
            },
            _ => {}
        }
        before = [before[1], token];
    }
    found
}

enum Stage<'a> {
    Word(&'a str),
    Colon(&'a str),
}

#[cfg(test)]
mod tests {
    use super::mentions;
    use std::collections::BTreeSet;

    #[test]
    fn a_crate_is_named_by_a_path_a_use_or_an_extern_crate() {
        for (source, named) in [
            ("extern crate errno as _;", true),
            ("use errno;", true),
            ("pub use errno::ERRNO;", true),
            ("use ::errno::ERRNO;", true),
            ("fn f() { errno::init(); }", true),
            ("fn f() { let errno = 1; errno + 1; }", false),
            ("// errno::init()", false),
            ("const S: &str = \"errno::init\";", false),
            ("fn f(x: X) { x.errno }", false),
            ("struct S { errno: i32 }", false),
        ] {
            let found = mentions(source, &BTreeSet::from(["errno"]));
            assert_eq!(!found.is_empty(), named, "{source}");
        }
    }
}
