//! Names of scripts that join the pool.

use super::hook::Word;
use super::options::Freeze;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Use;
use crate::place::Place;
use enroll_syntax::check_name;
use std::path::Path;

/// The names that the tokenizers of `freeze` find in a script, each where it
/// stands first.
pub(super) fn find(freeze: &Freeze, file: &Path, bytes: &[u8], told: &mut Diagnostics) -> Vec<Use> {
    if freeze.tokenizers.is_empty() {
        return Vec::new();
    }
    let script = match std::str::from_utf8(bytes) {
        Ok(script) => script,
        Err(cause) => {
            let message = "names cannot be looked for in this script: it is not UTF-8";
            let line = line(bytes, cause.valid_up_to());
            let place = Place {
                line,
                ..Place::file(file)
            };
            told.push(Diagnostic::new(Kind::Frozen, message).at(place, ""));
            return Vec::new();
        }
    };
    let mut words: Vec<Word> = Vec::new();
    for tokenizer in &freeze.tokenizers {
        words.extend((tokenizer.0)(script));
    }
    words.sort_by(|a, b| (&a.text, a.offset).cmp(&(&b.text, b.offset)));
    words.dedup_by(|a, b| a.text == b.text);
    let mut names = Vec::new();
    for word in words {
        let place = place(file, script, &word);
        match check_name(&word.text) {
            Ok(()) => names.push(Use {
                text: word.text,
                place: Some(place),
            }),
            Err(message) => told.push(Diagnostic::new(Kind::Frozen, message).at(place, "")),
        }
    }
    names
}

/// Where a word stands. A tokenizer that says nonsense is pointed at its file.
fn place(file: &Path, script: &str, word: &Word) -> Place {
    let Some(before) = script.get(..word.offset) else {
        return Place::file(file);
    };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Place {
        file: file.to_path_buf(),
        line: line(before.as_bytes(), before.len()),
        column: before[start..].chars().count() + 1,
        width: word.text.chars().count(),
    }
}

/// The line of an offset.
fn line(bytes: &[u8], offset: usize) -> usize {
    let before = bytes.iter().take(offset);
    before.filter(|&&byte| byte == b'\n').count() + 1
}
