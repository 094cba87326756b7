//! Which files are worth parsing: a search for bytes, not for syntax.

use memchr::memmem::Finder;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The words to look for in source files.
#[derive(Clone, Debug)]
pub struct Words {
    finders: Vec<Finder<'static>>,
    module: Finder<'static>,
    include: Finder<'static>,
}

impl Words {
    /// For these words. Only ASCII letters, digits and `_` count as part of a
    /// word, so that more is found than necessary and never less.
    ///
    /// ```
    /// use enroll_codegen::source::scan::Words;
    ///
    /// let examined = Words::new(["qstr"]).examine(b"mod a; // qstr! and qstrs");
    /// assert_eq!(examined.hits, 1);
    /// assert!(examined.leads);
    /// ```
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Words {
        let finder = |word: &str| Finder::new(word.as_bytes()).into_owned();
        Words {
            finders: words.into_iter().map(finder).collect(),
            module: finder("mod"),
            include: finder("include"),
        }
    }

    /// Searches one file. Comments and strings count too: this decides what is
    /// parsed, not what is found.
    pub fn examine(&self, source: &[u8]) -> Examined {
        let words = self
            .finders
            .iter()
            .map(|finder| hits(finder, source).count());
        Examined {
            bytes: source.len(),
            hits: words.sum(),
            leads: hits(&self.module, source).any(|at| declares_file(&source[at + 3..]))
                || hits(&self.include, source).any(|at| calls(&source[at + 7..])),
        }
    }
}

/// What the search says about a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// Its length.
    pub bytes: usize,
    /// How often one of the words stands in it as a whole word.
    pub hits: usize,
    /// Whether it may name other files, with `mod name;` or `include!`.
    pub leads: bool,
}

/// Where the finder's word stands alone. What is not ASCII is no part of a
/// word here, which finds more and never less.
fn hits<'a>(finder: &'a Finder<'_>, source: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let length = finder.needle().len();
    finder.find_iter(source).filter(move |&at| {
        let before = at.checked_sub(1).map(|before| source[before]);
        let after = source.get(at + length).copied();
        ![before, after].into_iter().flatten().any(in_word)
    })
}

fn in_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn skip_spaces(rest: &[u8]) -> &[u8] {
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b);
    &rest[end.unwrap_or(rest.len())..]
}

/// Whether ` name;` follows, or something that only the lexer understands.
fn declares_file(rest: &[u8]) -> bool {
    let rest = skip_spaces(rest);
    let end = (rest.iter()).position(|&byte| !in_word(byte) && byte != b'#');
    let after = skip_spaces(&rest[end.unwrap_or(rest.len())..]);
    after
        .first()
        .is_some_and(|&byte| byte == b';' || byte == b'/' || byte >= 0x80)
}

/// Whether `!` follows, or something that only the lexer understands.
fn calls(rest: &[u8]) -> bool {
    let first = skip_spaces(rest).first().copied();
    first.is_some_and(|byte| byte == b'!' || byte == b'/' || byte >= 0x80)
}

/// Reads all these files and calls `with` on the content of each, on as many
/// threads as there are processors (at most 8); the answers are in the order
/// of the paths.
///
/// A file is never held longer than its call.
pub fn read_each<T: Send>(
    paths: &[PathBuf],
    with: impl Fn(&Path, io::Result<&[u8]>) -> T + Sync,
) -> Vec<T> {
    // A thread costs more than reading a few files.
    let useful = paths.len() / 16;
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(8).min(useful).max(1);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut answers = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(chunk) = paths.get(start..) else {
                return answers;
            };
            if chunk.is_empty() {
                return answers;
            }
            for (index, path) in chunk.iter().enumerate().take(CHUNK) {
                let read = read(path, &mut buffer).map(|length| &buffer[..length]);
                answers.push((start + index, with(path, read)));
            }
        }
    };
    let mut answers = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut answers = work();
        for other in others {
            match other.join() {
                Ok(more) => answers.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        answers
    });
    answers.sort_unstable_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// How many files a thread takes at once.
const CHUNK: usize = 8;

/// Reads a file into the beginning of a buffer that is reused; four system
/// calls, where `std::fs::read` takes six.
fn read(path: &Path, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut file = std::fs::File::open(path)?;
    let mut length = 0;
    loop {
        match file.read(&mut buffer[length..]) {
            Ok(0) => return Ok(length),
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        if length == buffer.len() {
            buffer.resize(2 * length, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_count() {
        let words = Words::new(["qstr", "register_module"]);
        let cases = [
            ("qstr", 1),
            ("qstr!(\"x\") enroll::qstr!", 2),
            ("// qstr", 1),
            ("qstrs _qstr qstr_ qstr1", 0),
            ("r#qstr éqstré", 2),
            ("register_module!{qstr}", 2),
            ("", 0),
        ];
        for (source, hits) in cases {
            assert_eq!(words.examine(source.as_bytes()).hits, hits, "{source}");
        }
    }

    #[test]
    fn files_that_may_name_others() {
        let words = Words::new([]);
        let cases = [
            ("mod a;", true),
            ("pub mod r#a ;", true),
            ("mod\n\ta\r\n;", true),
            ("mod /* x */ a;", true),
            ("mod a // x\n;", true),
            ("mod größe;", true),
            ("mod\u{2028}a;", true),
            ("mod a { }", false),
            ("modules; model; a_mod b;", false),
            ("x mod", false),
            ("include!(\"x\")", true),
            ("include /**/ !(\"x\")", true),
            ("include_str!(\"x\")", false),
            ("include", false),
        ];
        for (source, leads) in cases {
            assert_eq!(words.examine(source.as_bytes()).leads, leads, "{source}");
        }
    }

    #[test]
    fn files_are_read_whole_and_answered_in_order() {
        let folder = std::env::temp_dir().join(format!("enroll-scan-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut paths = Vec::new();
        for index in 0..100 {
            let path = folder.join(format!("{index}"));
            std::fs::write(&path, vec![b'x'; index * 3000]).unwrap();
            paths.push(path);
        }
        paths.push(folder.join("missing"));
        let lengths = read_each(&paths, |_, read| read.map(<[u8]>::len).ok());
        let mut expected: Vec<_> = (0..100).map(|index| Some(index * 3000)).collect();
        expected.push(None);
        assert_eq!(lengths, expected);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
