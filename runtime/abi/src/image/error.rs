//! Why a file is no image that can be used.

use core::fmt;

/// What is wrong with an image, found before anything of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageError {
    /// It does not begin as an image does.
    Foreign,
    /// It is a version of the format that this firmware does not know.
    Format {
        /// That version.
        found: u32,
    },
    /// It was made for another meaning of ids.
    Abi {
        /// That version.
        found: u32,
    },
    /// It is shorter, or longer, than it says.
    Length {
        /// What its header says.
        expected: usize,
        /// What is there.
        found: usize,
    },
    /// Its checksum is not that of its bytes: it was damaged on the way.
    Checksum,
    /// Its code is of another kind than the host runs.
    Host,
    /// It has the right checksum and is wrong all the same: who wrote it made a
    /// mistake, or means harm.
    Invalid {
        /// What is wrong.
        what: &'static str,
        /// The offset of the entry.
        at: usize,
    },
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImageError::Foreign => f.write_str("this is no image of frozen modules"),
            ImageError::Format { found } => write!(
                f,
                "the image has version {found} of the format, and this firmware knows version {}",
                super::FORMAT
            ),
            ImageError::Abi { found } => write!(
                f,
                "the image was made for version {found} of enroll's ABI, and this firmware has \
                 version {}",
                crate::ABI
            ),
            ImageError::Length { expected, found } => write!(
                f,
                "the image should have {expected} bytes and has {found}: it was cut off, or \
                 something follows it"
            ),
            ImageError::Checksum => {
                f.write_str("the image is damaged: its checksum is not that of its bytes")
            }
            ImageError::Host => {
                f.write_str("the image has code for another interpreter, or another version of it")
            }
            ImageError::Invalid { what, at } => {
                write!(f, "the image is invalid at byte {at}: {what}")
            }
        }
    }
}

impl core::error::Error for ImageError {}
