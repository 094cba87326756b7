//! Strings.

use super::Parser;
use crate::place::wrong;
use alloc::string::String;
use enroll_portable::prelude::*;

impl<'vm> Parser<'_, 'vm> {
    /// A string, at its quote.
    pub(super) fn string(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start + 1..).unwrap_or_default();
        let mut plain = true;
        let mut is_escaped = false;
        let end = rest.iter().position(|&byte| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            plain &= byte >= b' ' && byte != b'\\';
            ends
        });
        let Some(end) = end else {
            return Err(explain(self.text, start));
        };
        let end = start + 1 + end;
        if plain {
            let text = self.text.get(start + 1..end).unwrap_or_default();
            self.at = end + 1;
            return Ok(cx.host().make_str(text)?.into());
        }
        let quoted = self.text.get(start..=end).unwrap_or_default();
        match serde_json::from_str::<String>(quoted) {
            Ok(text) => {
                self.at = end + 1;
                Ok(text.into())
            }
            Err(_) => Err(explain(self.text, start)),
        }
    }
}

/// What is wrong with a string, and where: as CPython's scanner finds it, byte by
/// byte.
#[cold]
fn explain(text: &str, start: usize) -> Error {
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let unit = |at: usize| {
        let digits = text.get(at..at + 4)?;
        let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| all)
    };
    let mut at = start + 1;
    // CPython's texts may hold one, so whatever else is wrong comes first.
    let mut lone = None;
    loop {
        match (byte(at), byte(at + 1)) {
            (None, _) | (Some(b'\\'), None) => {
                return wrong(text, "Unterminated string starting at", start);
            }
            (Some(b'"'), _) => break,
            (Some(..b' '), _) => return wrong(text, "Invalid control character at", at),
            (Some(b'\\'), Some(b'u')) => {
                let first = unit(at + 2).filter(|_| byte(at + 6).is_some());
                let second = match (byte(at + 6), byte(at + 7)) {
                    (Some(b'\\'), Some(b'u')) => unit(at + 8),
                    _ => None,
                };
                match (first, second) {
                    (None, _) => return wrong(text, "Invalid \\uXXXX escape", at + 1),
                    (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => at += 12,
                    (Some(0xd800..0xe000), _) => {
                        lone = lone.or(Some(at));
                        at += 6;
                    }
                    _ => at += 6,
                }
            }
            (Some(b'\\'), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => at += 2,
            (Some(b'\\'), _) => return wrong(text, "Invalid \\escape", at),
            _ => at += 1,
        }
    }
    match lone {
        Some(at) => wrong(text, "Lone surrogate, which is no character", at),
        None => wrong(text, "Invalid string starting at", start),
    }
}
