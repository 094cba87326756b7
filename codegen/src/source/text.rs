//! A source's text as rustc reads it.

use memchr::memchr;
use std::path::Path;

/// The text of a file.
pub(crate) fn read(file: &Path) -> std::io::Result<String> {
    let content = std::fs::read(file)?;
    let error = || std::io::Error::new(std::io::ErrorKind::InvalidData, "this is not UTF-8");
    decode(content).ok_or_else(error)
}

/// UTF-8 without a byte order mark, every line ending with a line feed alone:
/// a raw string of two lines is the same name or path in every checkout.
pub(crate) fn decode(content: Vec<u8>) -> Option<String> {
    let mut text = String::from_utf8(content).ok()?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends() {
        let text = |content: &str| decode(content.into()).unwrap();
        assert_eq!(
            text("\u{feff}a\u{feff}\r\nb\rc\r\r\n"),
            "a\u{feff}\nb\rc\r\n"
        );
        assert_eq!(text("\r\u{feff}\n"), "\r\u{feff}\n");
        assert_eq!(decode(vec![b'a', 0xe4]), None);
    }
}
