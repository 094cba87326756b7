//! What the host does with scripts while the firmware is built.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A script on its way into the image.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The full name of its module.
    pub name: &'a str,
    /// The file, for messages.
    pub file: &'a Path,
    /// Its suffix, `.py`.
    pub suffix: &'a str,
    /// Whether it is the code of a package.
    pub is_package: bool,
    /// What is in the file.
    pub bytes: &'a [u8],
}

/// What the host made of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compiled {
    /// What the host runs.
    pub code: Vec<u8>,
    /// The suffix that tells the host what the code is, if it is not the
    /// script's any more: `.vmc`.
    pub suffix: Option<String>,
    /// The names that the code refers to, by their index here. The image has
    /// their ids as a constant table, and the host gets it with the code.
    pub names: Vec<String>,
}

/// Why a script could not be compiled, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// What is wrong.
    pub message: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
}

impl CompileError {
    /// At a line, from 1.
    pub fn at(line: usize, message: impl Into<String>) -> CompileError {
        CompileError {
            message: message.into(),
            line: Some(line),
        }
    }
}

impl From<String> for CompileError {
    fn from(message: String) -> CompileError {
        CompileError {
            message,
            line: None,
        }
    }
}

impl From<&str> for CompileError {
    fn from(message: &str) -> CompileError {
        message.to_owned().into()
    }
}

/// A name in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The name.
    pub text: String,
    /// Where it begins, in bytes from the beginning of the script.
    pub offset: usize,
}

impl Word {
    /// The words of a script: runs of characters that `is_part` accepts, of
    /// which `begins` accepts the first. With letters, and letters or digits,
    /// these are the identifiers and keywords of most languages; strings and
    /// comments are not known here.
    ///
    /// ```
    /// use enroll_codegen::Word;
    /// let words = Word::all("x1 = os.sep + 2b", char::is_alphabetic, char::is_alphanumeric);
    /// let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    /// assert_eq!(texts, ["x1", "os", "sep"]);
    /// ```
    pub fn all(
        script: &str,
        begins: impl Fn(char) -> bool,
        is_part: impl Fn(char) -> bool,
    ) -> Vec<Word> {
        let mut words = Vec::new();
        let mut rest = 0;
        while let Some(found) = script[rest..].find(&is_part) {
            let start = rest + found;
            let len = script[start..].find(|c| !is_part(c));
            rest = len.map_or(script.len(), |len| start + len);
            if script[start..].starts_with(&begins) {
                words.push(Word {
                    text: script[start..rest].to_owned(),
                    offset: start,
                });
            }
        }
        words
    }
}

/// A function of the build script's.
pub(super) type Compile = dyn Fn(&Source<'_>) -> Result<Compiled, CompileError> + Send + Sync;

/// Finds names in a script.
pub(super) type Tokenize = dyn Fn(&str) -> Vec<Word> + Send + Sync;

/// A function in settings that are otherwise data.
pub(super) struct Hook<F: ?Sized>(pub(super) Arc<F>);

impl<F: ?Sized> Clone for Hook<F> {
    fn clone(&self) -> Self {
        Hook(Arc::clone(&self.0))
    }
}

impl<F: ?Sized> fmt::Debug for Hook<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn words_are_found_with_their_offsets() {
        let is_letter = |c: char| c == '_' || c.is_ascii_alphabetic();
        let is_part = |c: char| is_letter(c) || c.is_ascii_digit();
        let words = Word::all("_a1 2b é.x", is_letter, is_part);
        let found: Vec<(&str, usize)> = words
            .iter()
            .map(|word| (word.text.as_str(), word.offset))
            .collect();
        assert_eq!(found, [("_a1", 0), ("x", 10)]);
        assert!(Word::all("", is_letter, is_part).is_empty());
    }
}
