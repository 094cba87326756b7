//! A frozen set as a file: what is written by the code generator, and used in
//! place by the runtime.
//!
//! All numbers are little-endian `u32`, at any address; offsets count from the
//! beginning of the file. A *range* is an offset and a length.
//!
//! | at | header |
//! |---|---|
//! | 0 | [`MAGIC`], eight bytes |
//! | 8 | [`FORMAT`] |
//! | 12 | [`ABI`](crate::ABI): what ids mean |
//! | 16 | the salt of the ids |
//! | 20 | length of the file |
//! | 24 | CRC-32 (ISO-HDLC) of the file without these four bytes |
//! | 28 | range of the host's tag: which code this is |
//! | 36 | offset and number of the names |
//! | 44 | offset and number of the modules |
//! | 52 | offset and number of the aliases |
//! | 60 | offset and number of the data files |
//! | 68 | zero, for later versions; the header has [`HEADER`] bytes |
//!
//! | entry | fields | sorted by |
//! |---|---|---|
//! | name, 12 bytes | id, range of its text | id, each once |
//! | module, 44 bytes | ranges of name, suffix and code; offset and length of its id table; flags ([`PACKAGE`], [`EXTENSIBLE`], [`ALIASED`]); zero twice | name, each once |
//! | alias, 12 bytes | range of its text, index of its module | text, each once |
//! | data file, 16 bytes | ranges of path and content | path, each once |
//!
//! A module's id table is a list of ids, and its code refers to names by index
//! there. Every id of a table is among the names, and every id is the hash of
//! its name's text. Ranges may overlap, so that equal contents are there once,
//! but the tables of ids together are no longer than the file. A text has at most
//! [`MAX_NAME`](crate::MAX_NAME) bytes.

mod error;
mod view;

pub use error::ImageError;
pub use view::{Module, View};

use crc::{CRC_32_ISO_HDLC, Crc, Table};

/// The first bytes. They are no text, and show where line ends were changed on
/// the way, as PNG's do.
pub const MAGIC: [u8; 8] = [0x89, b'E', b'N', b'R', b'L', b'\r', b'\n', 0x1a];

/// The version of the format.
pub const FORMAT: u32 = 1;

/// The length of the header.
pub const HEADER: usize = 72;

/// Where the header has the checksum.
pub const CHECKSUM: usize = 24;

/// A module's flag: it may have submodules.
pub const PACKAGE: u32 = 1;

/// A module's flag: files take its place.
pub const EXTENSIBLE: u32 = 1 << 1;

/// A module's flag: it has other names.
pub const ALIASED: u32 = 1 << 2;

/// The lengths of entries.
pub const NAME: usize = 12;
/// Of a module.
pub const MODULE: usize = 44;
/// Of an alias.
pub const ALIAS: usize = 12;
/// Of a data file.
pub const FILE: usize = 16;

/// One table of 1 KiB: an image is checked once, on machines with little room.
static CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// The checksum of a file, whatever its field says.
///
/// For a file shorter than the field, that of what is there.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut digest = CRC.digest();
    let field = CHECKSUM.min(bytes.len());
    digest.update(bytes.get(..field).unwrap_or_default());
    digest.update(bytes.get(CHECKSUM + 4..).unwrap_or_default());
    digest.finalize()
}

/// How many bytes a region's image says that it has, if there is one.
#[must_use]
pub fn length(region: &[u8]) -> Option<usize> {
    let header = region.first_chunk::<HEADER>()?;
    let length = header.get(20..)?.first_chunk()?;
    let length = u32::from_le_bytes(*length) as usize;
    (header.starts_with(&MAGIC) && (HEADER..=region.len()).contains(&length)).then_some(length)
}
