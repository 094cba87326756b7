//! Where something stands in a file.

use std::fmt;
use std::path::{Path, PathBuf};

/// A place in a source file or manifest: what an error points at.
///
/// Lines and columns are counted from 1, columns in characters, as rustc
/// counts them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as it was opened.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters of that line are meant; 0 where only the position
    /// is known.
    pub width: usize,
}

impl Place {
    /// The beginning of a file, for what concerns the file as a whole.
    pub fn file(path: impl AsRef<Path>) -> Place {
        Place {
            file: path.as_ref().to_path_buf(),
            line: 1,
            column: 1,
            width: 0,
        }
    }

    /// The place of a token of `file`.
    ///
    /// A span over several lines is cut at the end of its first line, since
    /// that is the line an error draws.
    pub fn of(path: impl AsRef<Path>, span: proc_macro2::Span) -> Place {
        let (start, end) = (span.start(), span.end());
        let width = if end.line == start.line {
            end.column.saturating_sub(start.column)
        } else {
            0
        };
        Place {
            file: path.as_ref().to_path_buf(),
            line: start.line,
            column: start.column + 1,
            width,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}
