//! Where a value stands in a JSON text.

use std::ops::Range;

/// A step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The bytes of the value that these steps lead to, in a text that parses; with
/// `of_key` those of the last key.
///
/// Linear in the length of the text: it is read once, for an error.
pub(super) fn spot(text: &str, path: &[Step], of_key: bool) -> Option<Range<usize>> {
    let mut cursor = Cursor { text, at: 0 };
    let mut key = None;
    for step in path {
        cursor.space();
        match step {
            Step::Key(wanted) => {
                cursor.open(b'{')?;
                loop {
                    cursor.space();
                    let range = cursor.value()?;
                    let found: String = serde_json::from_str(&text[range.clone()]).ok()?;
                    cursor.space();
                    cursor.open(b':')?;
                    cursor.space();
                    if found == *wanted {
                        key = Some(range);
                        break;
                    }
                    cursor.value()?;
                    cursor.space();
                    cursor.open(b',')?;
                }
            }
            Step::Index(index) => {
                cursor.open(b'[')?;
                for _ in 0..*index {
                    cursor.space();
                    cursor.value()?;
                    cursor.space();
                    cursor.open(b',')?;
                }
                cursor.space();
            }
        }
    }
    if of_key {
        return key;
    }
    cursor.space();
    cursor.value()
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn open(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    /// Skips a value.
    fn value(&mut self) -> Option<Range<usize>> {
        let begin = self.at;
        let mut depth = 0usize;
        loop {
            match self.peek() {
                Some(b'"') => self.string()?,
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(b'}' | b']' | b',' | b':') | None if depth == 0 => break,
                Some(byte) if depth == 0 && byte.is_ascii_whitespace() => break,
                Some(_) => self.at += 1,
                None => return None,
            }
        }
        (self.at > begin).then_some(begin..self.at)
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_keys_are_found() {
        let text = r#" { "a" : [ 1, {"x\"}":[true] , "b": "t,]e" }, null ], "c":{} } "#;
        serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        let path = |path: &str| -> Vec<Step> {
            let steps = path.split('/').filter(|step| !step.is_empty());
            steps
                .map(|step| match step.parse() {
                    Ok(index) => Step::Index(index),
                    Err(_) => Step::Key(step.to_owned()),
                })
                .collect()
        };
        for (steps, value, key) in [
            ("", text.trim(), None),
            ("a/0", "1", Some("\"a\"")),
            ("a/1/x\"}/0", "true", Some("\"x\\\"}\"")),
            ("a/1/b", "\"t,]e\"", Some("\"b\"")),
            ("a/2", "null", Some("\"a\"")),
            ("c", "{}", Some("\"c\"")),
        ] {
            let found = |of_key| spot(text, &path(steps), of_key).map(|range| &text[range]);
            assert_eq!(found(false), Some(value), "{steps}");
            assert_eq!(found(true), key, "{steps}");
        }
        for steps in ["d", "a/3", "c/x", "a/x", "c/0"] {
            assert_eq!(spot(text, &path(steps), false), None, "{steps}");
        }
    }
}
