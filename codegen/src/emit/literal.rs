//! Long literals in lines a person can scroll through.

use std::fmt::{Display, Write};

const WIDTH: usize = 100;

/// `[…]` with the items wrapped and indented.
pub(super) fn array<T: Display>(items: impl IntoIterator<Item = T>, indent: usize) -> String {
    let mut out = String::from("[");
    let mut column = WIDTH;
    let mut any = false;
    for item in items {
        let item = item.to_string();
        if column + item.len() + 2 > WIDTH {
            line(&mut out, indent + 4);
            column = indent + 4;
        } else {
            out.push(' ');
            column += 1;
        }
        column += item.len() + 1;
        out.push_str(&item);
        out.push(',');
        any = true;
    }
    if any {
        line(&mut out, indent);
    }
    out.push(']');
    out
}

/// A string literal over several lines, each joined to the next with `\`.
///
/// The compiler drops the white space that follows such a `\`, so a line never
/// begins with any of the text's own.
pub(super) fn text(text: &str, indent: usize) -> String {
    let mut out = String::from("\"");
    let mut column = WIDTH;
    for c in text.chars() {
        let mut escaped: String = c.escape_debug().collect();
        if c == '\'' {
            // Needs no escape in a string.
            escaped = "'".to_owned();
        }
        if column + escaped.len() > WIDTH && !c.is_whitespace() {
            out.push('\\');
            line(&mut out, indent);
            column = indent;
        }
        column += escaped.len();
        out.push_str(&escaped);
    }
    out.push('"');
    out
}

fn line(out: &mut String, indent: usize) {
    let _ = write!(out, "\n{:indent$}", "");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_text_reads_back_as_itself() {
        let pieces = [
            "abc", " ", "\t", "\"", "\\", "é", "日本", "'", "{}", "\u{301}", "\u{7f}",
        ];
        let mut state = 7u32;
        for _ in 0..200 {
            let mut whole = String::new();
            for _ in 0..60 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                whole.push_str(pieces[(state >> 16) as usize % pieces.len()]);
            }
            let literal: syn::LitStr = syn::parse_str(&text(&whole, 8)).unwrap();
            assert_eq!(literal.value(), whole);
        }
    }

    #[test]
    fn an_array_is_wrapped() {
        assert_eq!(array([0u8; 0], 4), "[]");
        assert_eq!(array([1, 2], 0), "[\n    1, 2,\n]");
        let long = array(0..1000, 8);
        assert!(long.lines().all(|line| line.len() <= WIDTH), "{long}");
        let parsed: syn::ExprArray = syn::parse_str(&long).unwrap();
        assert_eq!(parsed.elems.len(), 1000);
    }
}
