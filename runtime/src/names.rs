//! Names that are not known when the firmware is built.

use crate::{Pool, Qstr};
use core::fmt;

use interner::Interner;

mod interner;
mod keyed;
mod probe;

/// The names of the build, and all that were interned since.
///
/// A script's own names become [`Qstr`]s here. A name of the build has its id
/// from the pool; another one has the hash that the pool would give it too,
/// unless a different text holds that id already: then it has an id with the
/// top bit set, which no hash has. So ids of names that were not known at build
/// time are good for one `Names` only, and are not to be stored outside of it.
///
/// A name that was interned stays. Since names come from strangers, there are
/// [`Limits`], and the tables hash with a key: without the key, nobody can
/// choose names that slow them down.
///
/// ```
/// use enroll::{Names, Pool};
///
/// let mut names = Names::new(&Pool::EMPTY);
/// assert_eq!(names.get("speed"), None);
/// let speed = names.intern("speed")?;
/// assert_eq!(names.get("speed"), Some(speed));
/// assert_eq!(names.text(speed), Some("speed"));
/// # Ok::<(), enroll::NamesError>(())
/// ```
#[derive(Debug)]
pub struct Names {
    interner: Interner<&'static Pool>,
}

/// How many names may be interned beyond the pool's.
///
/// A name takes its text, and 8 bytes and 10 to 22 for its places in two
/// tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many names; below 2³¹.
    pub names: usize,
    /// How many bytes of text altogether; below 2³².
    pub bytes: usize,
}

impl Default for Limits {
    /// 16,384 names with 256 KiB of text.
    fn default() -> Limits {
        Limits {
            names: 16_384,
            bytes: 256 * 1024,
        }
    }
}

/// Why a text was not interned; nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamesError {
    /// Occurs when a text is longer than 1,024 bytes.
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// Occurs when [`Limits::names`] is reached.
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Occurs when [`Limits::bytes`] would be passed.
    TooMuchText {
        /// The limit.
        limit: usize,
    },
    /// Occurs when the allocator has no memory left.
    OutOfMemory,
}

impl fmt::Display for NamesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NamesError::TooLong { length } => write!(
                f,
                "a name of {length} bytes is longer than the {} that a name may have",
                enroll_abi::MAX_NAME
            ),
            NamesError::TooMany { limit } => write!(
                f,
                "there are {limit} names already; the interpreter may set a higher limit"
            ),
            NamesError::TooMuchText { limit } => write!(
                f,
                "the names hold {limit} bytes of text already; the interpreter may set a higher limit"
            ),
            NamesError::OutOfMemory => f.write_str("no memory is left for another name"),
        }
    }
}

impl core::error::Error for NamesError {}

impl Names {
    /// The pool's names, and room for more within the default [`Limits`].
    ///
    /// The key is a constant: fine where scripts are trusted. Where they are
    /// not, see [`with_key`](Names::with_key).
    #[must_use]
    pub fn new(pool: &'static Pool) -> Names {
        Names::with_key(pool, Limits::default(), 0x6e61_6d65_735f_6b65)
    }

    /// With limits, and with a key for the tables.
    ///
    /// A random key that scripts cannot learn, drawn at each start, makes
    /// interning constant time on average whatever the names are.
    #[must_use]
    pub fn with_key(pool: &'static Pool, limits: Limits, key: u64) -> Names {
        let limits = Limits {
            names: limits.names.min((1 << 31) - 1),
            bytes: limits.bytes.min(u32::MAX as usize),
        };
        Names {
            interner: Interner::new(pool, limits, key),
        }
    }

    /// The names of the build.
    #[inline]
    #[must_use]
    pub fn pool(&self) -> &'static Pool {
        self.interner.fixed
    }

    /// The name with this text, if it is one of the build's or was interned;
    /// never interns. Constant time apart from the text's length.
    #[inline]
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Qstr> {
        self.interner.get(text)
    }

    /// The name with this text, from now on. The empty text is a name as well.
    ///
    /// # Errors
    ///
    /// See [`NamesError`]; a text that [`get`](Names::get) finds never fails.
    pub fn intern(&mut self, text: &str) -> Result<Qstr, NamesError> {
        self.interner.intern(text)
    }

    /// The text of a name; `None` for an id that neither the pool nor this
    /// `Names` gave out.
    #[inline]
    #[must_use]
    pub fn text(&self, name: Qstr) -> Option<&str> {
        self.interner.text(name)
    }

    /// All names that were interned beyond the pool's, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (Qstr, &str)> {
        self.interner.iter()
    }

    /// How many names were interned beyond the pool's.
    #[must_use]
    pub fn len(&self) -> usize {
        self.interner.len()
    }

    /// Whether nothing was interned beyond the pool's names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes of text the interned names hold.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.interner.bytes()
    }

    /// The limits, for a report.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.interner.limits
    }
}
