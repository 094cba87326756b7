//! An image in place: checked once as a whole, then read without copies.

use super::{
    ALIAS, ALIASED, CHECKSUM, EXTENSIBLE, FILE, FORMAT, HEADER, ImageError, MAGIC, MODULE, NAME,
    PACKAGE, checksum,
};
use crate::hash::hash;
use crate::{ABI, MAX_NAME};

/// The bytes of an image that was checked.
///
/// Look-ups are binary searches and need no memory. Whatever the bytes are, no
/// method panics or leaves them.
#[derive(Clone, Copy, Debug)]
pub struct View<'i> {
    bytes: &'i [u8],
    salt: u32,
    host: &'i str,
    names: &'i [[u8; NAME]],
    modules: &'i [[u8; MODULE]],
    aliases: &'i [[u8; ALIAS]],
    files: &'i [[u8; FILE]],
}

/// A module of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module<'i> {
    /// Its full name.
    pub name: &'i str,
    /// The suffix that a file with its code would bear.
    pub suffix: &'i str,
    /// What the host runs.
    pub code: &'i [u8],
    /// The ids of the names that the code refers to, each little-endian.
    pub ids: &'i [[u8; 4]],
    /// Whether it may have submodules.
    pub is_package: bool,
    /// Whether files take its place.
    pub is_extensible: bool,
    /// Whether it has other names.
    pub is_aliased: bool,
}

impl<'i> View<'i> {
    /// Checks a whole image; `host` is the tag of the code that the host runs.
    ///
    /// Reads every byte, for the checksum, and every entry: linear but for the
    /// searches of ids, each logarithmic in the number of names.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn check(bytes: &'i [u8], host: &str) -> Result<View<'i>, ImageError> {
        let view = View::of_any_host(bytes)?;
        if view.host != host {
            return Err(ImageError::Host);
        }
        Ok(view)
    }

    /// The same for a tool that runs no code.
    ///
    /// # Errors
    ///
    /// As [`check`](View::check).
    pub fn of_any_host(bytes: &'i [u8]) -> Result<View<'i>, ImageError> {
        let header = bytes.first_chunk::<HEADER>().ok_or_else(|| short(bytes))?;
        if !header.starts_with(&MAGIC) {
            return Err(ImageError::Foreign);
        }
        let [format, abi, salt, length, sum] = [8, 12, 16, 20, CHECKSUM].map(|at| word(header, at));
        if format != FORMAT {
            return Err(ImageError::Format { found: format });
        }
        if abi != ABI {
            return Err(ImageError::Abi { found: abi });
        }
        if length as usize != bytes.len() {
            return Err(ImageError::Length {
                expected: length as usize,
                found: bytes.len(),
            });
        }
        if sum != checksum(bytes) {
            return Err(ImageError::Checksum);
        }
        if word(header, 68) != 0 {
            return Err(invalid("a field that this version does not know", 68));
        }
        let view = View {
            bytes,
            salt,
            host: text(bytes, header, 28).ok_or_else(|| invalid("the host's tag", 28))?,
            names: entries(bytes, header, 36).ok_or_else(|| invalid("the names", 36))?,
            modules: entries(bytes, header, 44).ok_or_else(|| invalid("the modules", 44))?,
            aliases: entries(bytes, header, 52).ok_or_else(|| invalid("the aliases", 52))?,
            files: entries(bytes, header, 60).ok_or_else(|| invalid("the data files", 60))?,
        };
        view.check_names()?;
        view.check_modules()?;
        view.check_aliases()?;
        view.check_files()?;
        Ok(view)
    }

    fn check_names(&self) -> Result<(), ImageError> {
        let mut last = 0;
        for entry in self.names {
            let wrong = |what| Err(invalid(what, self.offset(entry)));
            let (id, Some(text)) = (word(entry, 0), text(self.bytes, entry, 4)) else {
                return wrong("the text of a name");
            };
            if text.is_empty() {
                return wrong("the length of a name");
            }
            if id != hash(text, self.salt) {
                return wrong("an id is not that of its name");
            }
            // No hash is 0.
            if id <= last {
                return wrong("the names are not sorted by their ids");
            }
            last = id;
        }
        Ok(())
    }

    fn check_modules(&self) -> Result<(), ImageError> {
        let mut last = "";
        // Tables do not overlap, or a short image could take long.
        let mut left = self.bytes.len() / 4;
        for (at, entry) in self.modules.iter().enumerate() {
            let wrong = |what| Err(invalid(what, self.offset(entry)));
            let Some(module) = self.module(at) else {
                return wrong("a range of a module");
            };
            if !is_name(module.name) {
                return wrong("the name of a module");
            }
            if module.name <= last {
                return wrong("the modules are not sorted by their names");
            }
            last = module.name;
            if word(entry, 32) & !(PACKAGE | EXTENSIBLE | ALIASED) != 0
                || word(entry, 36) != 0
                || word(entry, 40) != 0
            {
                return wrong("a field that this version does not know");
            }
            let Some(rest) = left.checked_sub(module.ids.len()) else {
                return wrong("the tables of ids are longer than the image");
            };
            left = rest;
            let mut ids = module.ids.iter().map(|id| u32::from_le_bytes(*id));
            if !ids.all(|id| self.name(id).is_some()) {
                return wrong("an id in a module's table has no name");
            }
        }
        Ok(())
    }

    fn check_aliases(&self) -> Result<(), ImageError> {
        let mut last = "";
        for entry in self.aliases {
            let wrong = |what| Err(invalid(what, self.offset(entry)));
            let Some(alias) = text(self.bytes, entry, 0) else {
                return wrong("the text of an alias");
            };
            if !is_name(alias) || self.own(alias).is_some() {
                return wrong("an alias that no module can have");
            }
            if alias <= last {
                return wrong("the aliases are not sorted");
            }
            last = alias;
            let module = self.module(word(entry, 8) as usize);
            if !module.is_some_and(|module| module.is_aliased) {
                return wrong("an alias of no module, or of one without aliases");
            }
        }
        Ok(())
    }

    fn check_files(&self) -> Result<(), ImageError> {
        let mut last = "";
        for entry in self.files {
            let wrong = |what| Err(invalid(what, self.offset(entry)));
            let Some(path) = text(self.bytes, entry, 0).filter(|path| !path.is_empty()) else {
                return wrong("the path of a data file");
            };
            if path <= last {
                return wrong("the data files are not sorted by their paths");
            }
            last = path;
            if range(self.bytes, entry, 8).is_none() {
                return wrong("the content of a data file");
            }
        }
        Ok(())
    }

    /// Where an entry lies.
    fn offset(&self, entry: &[u8]) -> usize {
        (entry.as_ptr() as usize).wrapping_sub(self.bytes.as_ptr() as usize)
    }

    /// All of it.
    #[must_use]
    pub fn bytes(&self) -> &'i [u8] {
        self.bytes
    }

    /// The salt of its ids.
    #[must_use]
    pub fn salt(&self) -> u32 {
        self.salt
    }

    /// Which code it has.
    #[must_use]
    pub fn host(&self) -> &'i str {
        self.host
    }

    /// How many modules it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.modules.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty()
    }

    /// The names that its code refers to, with their ids, sorted by id.
    pub fn names(&self) -> impl ExactSizeIterator<Item = (u32, &'i str)> + use<'i> {
        let bytes = self.bytes;
        self.names.iter().map(move |entry| {
            let text = text(bytes, entry, 4);
            (word(entry, 0), text.unwrap_or_default())
        })
    }

    /// The text of an id.
    #[must_use]
    pub fn name(&self, id: u32) -> Option<&'i str> {
        let found = self.names.binary_search_by_key(&id, |entry| word(entry, 0));
        text(self.bytes, self.names.get(found.ok()?)?, 4)
    }

    /// The modules in the order of their names, by position.
    #[must_use]
    pub fn module(&self, position: usize) -> Option<Module<'i>> {
        let entry = self.modules.get(position)?;
        let (offset, count) = (word(entry, 24) as usize, word(entry, 28) as usize);
        let ids = self.bytes.get(offset..)?.get(..count.checked_mul(4)?)?;
        let flags = word(entry, 32);
        Some(Module {
            name: text(self.bytes, entry, 0)?,
            suffix: text(self.bytes, entry, 8)?,
            code: range(self.bytes, entry, 16)?,
            ids: ids.as_chunks().0,
            is_package: flags & PACKAGE != 0,
            is_extensible: flags & EXTENSIBLE != 0,
            is_aliased: flags & ALIASED != 0,
        })
    }

    /// The position of a module by a name of it, its own or another.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.own(name).or_else(|| {
            let of = |entry: &[u8; ALIAS]| text(self.bytes, entry, 0).unwrap_or_default();
            let found = self.aliases.binary_search_by(|entry| of(entry).cmp(name));
            Some(word(self.aliases.get(found.ok()?)?, 8) as usize)
        })
    }

    fn own(&self, name: &str) -> Option<usize> {
        let place = self.place(|known| known < name);
        (self.module(place)?.name == name).then_some(place)
    }

    /// The position of the first module whose name is not `before`, which has to
    /// hold for the first names alone.
    #[must_use]
    pub fn place(&self, before: impl Fn(&str) -> bool) -> usize {
        let of = |entry: &[u8; MODULE]| text(self.bytes, entry, 0).unwrap_or_default();
        self.modules.partition_point(|entry| before(of(entry)))
    }

    /// Further names, each with the position of its module.
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = (&'i str, usize)> + use<'i> {
        let bytes = self.bytes;
        self.aliases.iter().map(move |entry| {
            let text = text(bytes, entry, 0);
            (text.unwrap_or_default(), word(entry, 8) as usize)
        })
    }

    /// The data files, sorted by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&'i str, &'i [u8])> + use<'i> {
        let bytes = self.bytes;
        self.files.iter().map(move |entry| {
            let path = text(bytes, entry, 0);
            let content = range(bytes, entry, 8);
            (path.unwrap_or_default(), content.unwrap_or_default())
        })
    }

    /// The content of a data file.
    #[must_use]
    pub fn data(&self, path: &str) -> Option<&'i [u8]> {
        let of = |entry: &[u8; FILE]| text(self.bytes, entry, 0).unwrap_or_default();
        let found = self.files.binary_search_by(|entry| of(entry).cmp(path));
        range(self.bytes, self.files.get(found.ok()?)?, 8)
    }
}

/// What is wrong with a file that has no whole header.
fn short(bytes: &[u8]) -> ImageError {
    let begins = bytes.len().min(MAGIC.len());
    if bytes.get(..begins) != MAGIC.get(..begins) || begins == 0 {
        return ImageError::Foreign;
    }
    ImageError::Length {
        expected: HEADER,
        found: bytes.len(),
    }
}

const fn invalid(what: &'static str, at: usize) -> ImageError {
    ImageError::Invalid { what, at }
}

/// Whether a frozen module can have it. A `/` stands between the packages of an
/// entry of a path.
fn is_name(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty();
    name.split('.').all(is_part) && !name.contains(|c: char| c == '/' || c.is_control())
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..).and_then(|rest| rest.first_chunk());
    u32::from_le_bytes(word.copied().unwrap_or_default())
}

/// The bytes of the range that stands in an entry.
fn range<'i>(bytes: &'i [u8], entry: &[u8], at: usize) -> Option<&'i [u8]> {
    let (offset, len) = (word(entry, at) as usize, word(entry, at + 4) as usize);
    bytes.get(offset..)?.get(..len)
}

/// The same as a text. A longer one than a name is none, so that entries which
/// share a long range cost no more than others.
fn text<'i>(bytes: &'i [u8], entry: &[u8], at: usize) -> Option<&'i str> {
    let range = range(bytes, entry, at).filter(|range| range.len() <= MAX_NAME)?;
    core::str::from_utf8(range).ok()
}

/// The entries of the section that stands in the header: offset and number.
fn entries<'i, const N: usize>(bytes: &'i [u8], header: &[u8], at: usize) -> Option<&'i [[u8; N]]> {
    let (offset, count) = (word(header, at) as usize, word(header, at + 4) as usize);
    let section = bytes.get(offset..)?.get(..count.checked_mul(N)?)?;
    Some(section.as_chunks().0)
}
