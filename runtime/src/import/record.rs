//! What an interpreter keeps of one module object.

use crate::import::dict::Dict;
use crate::import::{ImportHost, Spec};
use crate::{Header, Host, ModuleId, Qstr};
use alloc::boxed::Box;

/// A module object.
pub(crate) struct Record<'vm, H: ImportHost> {
    /// The name it was registered or found by.
    pub(crate) name: Qstr,
    /// Anything but zero takes the long way to an attribute.
    pub(crate) flags: Flags,
    pub(crate) native: Option<Native>,
    /// The namespace of a run-time module; of a native one, what is bound
    /// beside its table: submodules out of files.
    pub(crate) dict: Dict<<H as Host>::Value<'vm>>,
    /// How it was found; `None` for a native module and for one that a script
    /// made.
    pub(crate) found: Option<Box<Found<H>>>,
    /// What was bound before a reload that failed.
    pub(crate) before: Option<Box<Dict<<H as Host>::Value<'vm>>>>,
    /// What the module put in its own place while it ran.
    pub(crate) instead: Option<<H as Host>::Value<'vm>>,
}

/// A native module.
#[derive(Clone, Copy)]
pub(crate) struct Native {
    /// Its number: a position in the table, or past its end for one that was
    /// registered at run time.
    pub(crate) id: ModuleId,
    /// Its declaration, which was checked.
    pub(crate) header: &'static Header,
}

/// A spec with the finder that hands out its code.
pub(crate) struct Found<H: ImportHost> {
    pub(crate) spec: Spec,
    pub(crate) finder: Option<H::Finder>,
}

// Not derived: a finder can be cloned whatever the host can.
impl<H: ImportHost> Clone for Found<H> {
    fn clone(&self) -> Found<H> {
        Found {
            spec: self.spec.clone(),
            finder: self.finder.clone(),
        }
    }
}

impl<H: ImportHost> Record<'_, H> {
    pub(crate) fn new(name: Qstr) -> Self {
        Record {
            name,
            flags: Flags::default(),
            native: None,
            dict: Dict::default(),
            found: None,
            before: None,
            instead: None,
        }
    }

    /// Whether a finder said that it has several names.
    pub(crate) fn is_shared(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.spec.shared)
    }
}

/// What is out of the ordinary about a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(u16);

impl Flags {
    /// Its code or `init` is running.
    pub(crate) const HALF_MADE: Flags = Flags(1);
    /// It was found and not loaded.
    pub(crate) const LAZY: Flags = Flags(2);
    /// The override layer has something for it.
    pub(crate) const PATCHED: Flags = Flags(4);
    /// It put something else in its place.
    pub(crate) const REPLACED: Flags = Flags(8);
    /// A lazy module whose code or `init` is running.
    pub(crate) const LATE: Flags = Flags(32);
    /// Its code runs again. Other threads' imports give it out: it has been made
    /// (CPython's `_RELOADING`).
    pub(crate) const AGAIN: Flags = Flags(64);
    /// It is the reserved package that leads to all builtins.
    pub(crate) const RESERVED: Flags = Flags(16);
    /// Its code or `init` failed: an import of another thread that has just read
    /// its entry does not give it out.
    pub(crate) const FAILED: Flags = Flags(256);

    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.0 == 0
    }

    /// Whether it has any of these.
    #[inline]
    pub(crate) fn has(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn set(&mut self, other: Flags) {
        self.0 |= other.0;
    }

    pub(crate) fn clear(&mut self, other: Flags) {
        self.0 &= !other.0;
    }
}

impl core::ops::BitOr for Flags {
    type Output = Flags;

    fn bitor(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}
