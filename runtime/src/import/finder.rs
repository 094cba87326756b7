//! Where modules are searched that are not builtin.

use crate::Cx;
use crate::import::{Code, Handle, ImportHost, Spec};
use alloc::rc::Rc;
use alloc::string::String;

/// A place where modules are found (`importlib.abc.MetaPathFinder`).
///
/// A finder says that it has a module, and hands out its code later: a lazy
/// import asks for the code only when the module is used. What runs the code is
/// the host ([`ImportHost::exec`]).
pub trait Finder<H: ImportHost> {
    /// What scripts and errors call it.
    fn label(&self) -> &str;

    /// Searches for a module. `None` where it is not here.
    ///
    /// # Errors
    ///
    /// What ends the import. A place that cannot be read is no error: the
    /// module is not there.
    fn find<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, H::Error>;

    /// The code of a module that this finder found. Not asked of a namespace
    /// package.
    ///
    /// # Errors
    ///
    /// Where it cannot be read any more.
    fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, H>, spec: &Spec) -> Result<Code, H::Error>;

    /// Forgets what it may have remembered of the places it searched
    /// (`importlib.invalidate_caches`).
    fn invalidate_caches(&self) {}
}

/// What is searched for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The full name, `a.b.c`.
    pub name: &'a str,
    /// Its last component.
    pub tail: &'a str,
    /// Where to search: `sys.path`, or the package's `__path__` as it is now.
    pub path: &'a [String],
    /// The package it is searched below.
    pub package: Option<Handle>,
    /// Whether `path` alone is to be searched: below a package, and where
    /// `find_module` is given a path. Else a finder that needs none, for frozen
    /// modules say, goes by the name.
    pub path_only: bool,
}

impl<'a> Request<'a> {
    /// A search for `name` in `path`.
    #[must_use]
    pub fn new(name: &'a str, path: &'a [String], package: Option<Handle>) -> Request<'a> {
        Request {
            name,
            tail: name.rsplit_once('.').map_or(name, |(_, tail)| tail),
            path,
            package,
            path_only: package.is_some(),
        }
    }
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<H: ImportHost, F: Finder<H> + ?Sized> Finder<H> for $pointer {
            fn label(&self) -> &str {
                (**self).label()
            }

            fn find<'vm>(
                &self,
                cx: &mut Cx<'_, 'vm, H>,
                request: &Request<'_>,
            ) -> Result<Option<Spec>, H::Error> {
                (**self).find(cx, request)
            }

            fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, H>, spec: &Spec) -> Result<Code, H::Error> {
                (**self).code(cx, spec)
            }

            fn invalidate_caches(&self) {
                (**self).invalidate_caches();
            }
        }
    )*};
}

forward!(&'static F, Rc<F>);
#[cfg(target_has_atomic = "ptr")]
forward!(alloc::sync::Arc<F>);
