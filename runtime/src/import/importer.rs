//! Everything that imports, behind one context.

use crate::import::{Entry, Handle, ImportError, ImportHost, Imports};
use crate::{Cx, NamesError, Qstr};
use alloc::string::String;

/// What one interpreter imports and has imported.
///
/// It lives as long as a call: a hook, a native function or the interpreter's
/// own `import` makes one of its context.
pub struct Importer<'c, 'b, 'vm, H: ImportHost> {
    pub(crate) cx: &'c mut Cx<'b, 'vm, H>,
}

/// Why a step of an import failed: the host's own errors pass as they are, and
/// the importer can tell what is its own.
#[derive(Debug)]
pub(crate) enum Fault<E> {
    Import(ImportError),
    Host(E),
}

impl<E> From<ImportError> for Fault<E> {
    fn from(error: ImportError) -> Fault<E> {
        Fault::Import(error)
    }
}

impl<E> From<NamesError> for Fault<E> {
    fn from(error: NamesError) -> Fault<E> {
        Fault::Import(error.into())
    }
}

pub(crate) type Step<T, H> = Result<T, Fault<<H as crate::Host>::Error>>;

impl<'c, 'b, 'vm, H: ImportHost> Importer<'c, 'b, 'vm, H> {
    /// The importer of a context.
    #[inline]
    pub fn new(cx: &'c mut Cx<'b, 'vm, H>) -> Importer<'c, 'b, 'vm, H> {
        Importer { cx }
    }

    /// The context.
    pub fn cx(&mut self) -> &mut Cx<'b, 'vm, H> {
        self.cx
    }

    #[inline]
    pub(crate) fn imports<R>(&mut self, read: impl FnOnce(&mut Imports<'vm, H>) -> R) -> R {
        H::imports(self.cx, read)
    }

    #[cold]
    pub(crate) fn error(&mut self, error: ImportError) -> H::Error {
        H::error(self.cx, error)
    }

    pub(crate) fn settle<T>(&mut self, step: Step<T, H>) -> Result<T, H::Error> {
        match step {
            Ok(value) => Ok(value),
            Err(Fault::Host(error)) => Err(error),
            Err(Fault::Import(error)) => Err(self.error(error)),
        }
    }

    pub(crate) fn text(&mut self, name: Qstr) -> String {
        H::text_of(self.cx, name)
    }

    pub(crate) fn intern(&mut self, text: &str) -> Result<Qstr, NamesError> {
        self.imports(|imports| imports.names.intern(text))
    }

    /// The name with this text, if there is one; never interns.
    pub(crate) fn known(&mut self, text: &str) -> Option<Qstr> {
        self.imports(|imports| imports.names.get(text))
    }

    /// What the table of modules has under a full name: a module, another
    /// value, a block.
    pub fn entry(&mut self, name: &str) -> Option<Entry<H::Value<'vm>>> {
        let name = self.known(name)?;
        H::entry(self.cx, name)
    }

    /// The value of an entry.
    pub(crate) fn value(&mut self, entry: Entry<H::Value<'vm>>) -> Step<H::Value<'vm>, H> {
        match entry {
            Entry::Module(module) => H::object(self.cx, module).map_err(Fault::Host),
            Entry::Value(value) => Ok(value),
            Entry::Blocked => Ok(H::none(self.cx)),
        }
    }

    /// The module of an entry.
    pub(crate) fn module(&mut self, entry: &Entry<H::Value<'vm>>) -> Option<Handle> {
        match entry {
            Entry::Module(module) => Some(*module),
            Entry::Value(value) => H::handle(self.cx, value),
            Entry::Blocked => None,
        }
    }
}
