//! Who searches an entry of a path (CPython `sys.path_hooks`).

use crate::import::{Code, ImportError, Kind, Shareable, Spec, Suffix};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;

/// Searches the entries of a path that are of one sort: directories, zip
/// archives, what is in memory (`importlib.abc.PathEntryFinder`, and the
/// callable in `sys.path_hooks` that makes one).
///
/// [`Path`](crate::import::Path) asks its hooks in their order which of them
/// takes an entry, and remembers the answer. A hook knows no interpreter, so one
/// can serve several.
///
/// A hook for a file system of the host's own, in flash memory say, is short:
/// [`Sought::search`] has the rules.
///
/// ```
/// use enroll::import::{
///     Answer, Candidate, Code, ImportError, Kind, PathHook, Sought, Spec, Suffix,
/// };
///
/// /// Files that came with the image.
/// struct Flash(&'static [(&'static str, &'static [u8])]);
///
/// impl Flash {
///     fn has(&self, candidate: Candidate<'_>) -> bool {
///         match candidate {
///             Candidate::Package { folder, file } => self.read(&format!("/flash/{folder}/{file}")).is_some(),
///             Candidate::Module { file } => self.read(&format!("/flash/{file}")).is_some(),
///             Candidate::Folder { .. } => false,
///         }
///     }
///     fn read(&self, path: &str) -> Option<&'static [u8]> {
///         Some(self.0.iter().find(|(name, _)| *name == path)?.1)
///     }
/// }
///
/// impl PathHook for Flash {
///     fn label(&self) -> &str {
///         "flash"
///     }
///     fn takes(&self, entry: &str) -> bool {
///         entry == "/flash"
///     }
///     fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
///         sought.search(entry, '/', &mut |candidate| self.has(candidate))
///     }
///     fn code(&self, spec: &Spec) -> Result<Code, ImportError> {
///         let place = spec.origin.clone().unwrap_or_default();
///         match self.read(&place) {
///             Some(bytes) => Ok(Code::new(bytes)),
///             None => Err(ImportError::Unreadable { place, why: "it is gone".into() }),
///         }
///     }
/// }
///
/// let flash = Flash(&[("/flash/blink.py", b"led = 13")]);
/// let suffixes = [Suffix::new(".py", Kind::Source)];
/// let Answer::Module(spec) = flash.find("/flash", &Sought::new("blink", &suffixes)) else {
///     panic!("not found");
/// };
/// assert_eq!(spec.origin.as_deref(), Some("/flash/blink.py"));
/// assert_eq!(&*flash.code(&spec)?.bytes, b"led = 13");
/// # Ok::<(), ImportError>(())
/// ```
pub trait PathHook: Shareable {
    /// What scripts call it.
    fn label(&self) -> &str;

    /// Whether this hook searches an entry of a path: something of its sort is
    /// there. A yes is remembered, a no is not.
    fn takes(&self, entry: &str) -> bool;

    /// Searches an entry that this hook takes. A place that cannot be read has
    /// nothing.
    fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer;

    /// The code of a module that this hook found, its spec as this hook made it:
    /// of [`tag`](Spec::tag), a hook has the lower 32 bits.
    ///
    /// # Errors
    ///
    /// [`ImportError::Unreadable`] where it cannot be read any more.
    fn code(&self, spec: &Spec) -> Result<Code, ImportError>;

    /// Forgets what it may have remembered.
    fn invalidate_caches(&self) {}
}

/// What a hook found in an entry of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The module.
    Module(Spec),
    /// A part of a namespace package: the folder, as an entry of its
    /// `__path__` (PEP 420).
    Portion(String),
    /// Nothing.
    Nothing,
    /// The entry is gone, or has become something else, a directory a zip
    /// archive, say: the hooks are asked again which of them takes it.
    Moved,
}

/// A module that is searched in an entry of a path.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Sought<'a> {
    /// The full name, `a.b.c`.
    pub name: &'a str,
    /// Its last component: not empty, without separators of folders.
    pub tail: &'a str,
    /// All suffixes of files in the order they are searched, also those that
    /// the host refuses.
    pub suffixes: &'a [Suffix],
    /// The name of the file that makes a folder a package, without suffix.
    pub init: &'a str,
    /// Why the host cannot run code of a kind
    /// ([`ImportHost::refuses`](crate::import::ImportHost::refuses)).
    pub refuses: fn(Kind) -> Option<&'static str>,
}

/// What is looked for in an entry, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate<'a> {
    /// The file that makes a folder a package, `__init__.py` in `a`, say.
    Package {
        /// The folder.
        folder: &'a str,
        /// The file in it.
        file: &'a str,
    },
    /// A file, `a.py`, say.
    Module {
        /// The file.
        file: &'a str,
    },
    /// A folder with whatever is in it.
    Folder {
        /// The folder.
        folder: &'a str,
    },
}

impl<'a> Sought<'a> {
    /// A module with this full name, searched by a host that runs everything,
    /// with `__init__` as the file of a package.
    #[must_use]
    pub fn new(name: &'a str, suffixes: &'a [Suffix]) -> Sought<'a> {
        Sought {
            name,
            tail: name.rsplit_once('.').map_or(name, |(_, tail)| tail),
            suffixes,
            init: "__init__",
            refuses: |_| None,
        }
    }

    /// Whether the host runs code of this kind.
    #[must_use]
    pub fn runs(&self, kind: Kind) -> bool {
        (self.refuses)(kind).is_none()
    }

    /// The suffixes of what the host runs.
    pub fn suffixes(&self) -> impl Iterator<Item = &'a Suffix> {
        let runs = self.refuses;
        self.suffixes
            .iter()
            .filter(move |suffix| runs(suffix.kind).is_none())
    }

    /// Searches a folder as CPython's `FileFinder` does: for every suffix the
    /// package, for every suffix the module, then the folder without a file that
    /// makes it a package.
    ///
    /// `entry` is how the place stands in the path, `has` says whether there is
    /// such a file or folder in it. The origin of what is found, and the
    /// `__path__` of a package, begin with the entry.
    pub fn search(
        &self,
        entry: &str,
        separator: char,
        has: &mut dyn FnMut(Candidate<'_>) -> bool,
    ) -> Answer {
        if !is_component(self.tail) {
            return Answer::Nothing;
        }
        let place = join(entry, separator, self.tail);
        for suffix in self.suffixes() {
            let file = format!("{}{}", self.init, suffix.suffix);
            let candidate = Candidate::Package {
                folder: self.tail,
                file: &file,
            };
            if has(candidate) {
                let mut spec = self.spec(suffix, join(&place, separator, &file));
                spec.search = Some(vec![place]);
                return Answer::Module(spec);
            }
        }
        for suffix in self.suffixes() {
            let file = format!("{}{}", self.tail, suffix.suffix);
            if has(Candidate::Module { file: &file }) {
                return Answer::Module(self.spec(suffix, join(entry, separator, &file)));
            }
        }
        if has(Candidate::Folder { folder: self.tail }) {
            return Answer::Portion(place);
        }
        Answer::Nothing
    }

    fn spec(&self, suffix: &Suffix, origin: String) -> Spec {
        let mut spec = Spec::new(self.name, suffix.kind);
        spec.origin = Some(origin);
        spec.has_file = true;
        spec.suffix = suffix.suffix.clone().into_owned();
        spec
    }
}

fn join(folder: &str, separator: char, name: &str) -> String {
    if folder.is_empty() || folder.ends_with(separator) {
        format!("{folder}{name}")
    } else {
        format!("{folder}{separator}{name}")
    }
}

/// Whether a component of a name can be the name of a file or folder in a place
/// and never leads out of it.
pub(crate) fn is_component(tail: &str) -> bool {
    !matches!(tail, "" | "." | "..") && !tail.contains(['/', '\\', '\0'])
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: PathHook + ?Sized> PathHook for $pointer
        where
            $pointer: Shareable,
        {
            fn label(&self) -> &str {
                (**self).label()
            }

            fn takes(&self, entry: &str) -> bool {
                (**self).takes(entry)
            }

            fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
                (**self).find(entry, sought)
            }

            fn code(&self, spec: &Spec) -> Result<Code, ImportError> {
                (**self).code(spec)
            }

            fn invalidate_caches(&self) {
                (**self).invalidate_caches();
            }
        }
    )*};
}

forward!(&'static T, Rc<T>);
#[cfg(target_has_atomic = "ptr")]
forward!(alloc::sync::Arc<T>);
