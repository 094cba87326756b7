//! Import semantics for any host: `sys.modules`, finders, packages, overrides,
//! unload, reload and lazy modules.
//!
//! What is constant lies in [`Builtins`](crate::Builtins); what one interpreter
//! has imported lies in [`Imports`], which the interpreter owns; and an
//! [`Importer`] is both behind one context, with everything that an `import`
//! statement, `importlib` and `imp` do. An interpreter implements
//! [`ImportHost`], a dozen short functions.
//!
//! # Search order
//!
//! For each component of a dotted name, from left to right:
//!
//! 1. what is loaded ([`Importer::entry`], `sys.modules`); an entry of `None`
//!    blocks the import;
//! 2. a builtin module that no file can replace ([`Class::Builtin`](crate::Class));
//! 3. the [`Finder`]s, in their order, below a package with its `__path__` as it
//!    is now;
//! 4. a builtin module that a file may replace ([`Class::Extensible`](crate::Class)).
//!
//! With [`Options::weak_links`], as MicroPython has it: a registered `ufoo`
//! answers `foo` last, and an extensible `foo` answers `ufoo` before the
//! finders.
//!
//! # Finders
//!
//! | finder | finds | needs |
//! |---|---|---|
//! | [`Frozen`] | what the build put into the image | |
//! | [`Memory`] | what is put into it at run time | |
//! | [`Path`] | what its hooks find in the entries of `sys.path`, or of a package's `__path__`, in their order | |
//! | hook `Files` | folders, packages and modules in directories | `std` |
//! | hook `Zip` | the same in zip archives | `zip` |
//! | hooks [`Frozen`], [`Memory`] | the entries `.frozen` and the memory's label | |
//!
//! [`finders`] has them at work, and says which to use when.
//!
//! # Threads
//!
//! One interpreter may import from several threads where its [`Imports`] lies
//! behind a mutex and its [`ImportLock`] is a [`ThreadLock`]: a re-entrant lock
//! that is held while something is being imported, so no other thread's import
//! gives out a half-made module, and two threads that import in a circle cannot
//! wait for each other. What is loaded takes no lock. With the lock `()` there
//! are no threads.

mod attribute;
mod builtin;
mod cache;
mod debug;
mod dict;
mod dir;
mod entry;
mod error;
#[cfg(feature = "std")]
mod files;
mod find;
mod finder;
mod from;
mod frozen;
mod guarded;
mod handle;
mod hook;
mod host;
mod ids;
#[cfg(feature = "image")]
mod image;
mod importer;
mod imports;
mod inspect;
mod lazy;
mod load;
mod lock;
mod memory;
mod overrides;
mod path;
mod record;
mod relative;
mod reload;
mod show;
#[cfg(feature = "std")]
mod source;
mod spec;
#[cfg(feature = "std")]
mod stamp;
mod stand_in;
mod standard;
mod statement;
mod table;
mod trace;
mod undo;
mod unload;
#[cfg(feature = "zip")]
mod zip;

#[cfg(feature = "image")]
pub use enroll_abi::image::ImageError;
pub use error::{AttributeAccess, ImportError};
#[cfg(feature = "std")]
pub use files::Files;
pub use finder::{Finder, Request};
pub use frozen::{Frozen, FrozenFile, FrozenModule, FrozenModules, FrozenSet, Rom};
pub use guarded::Shareable;
pub use handle::Handle;
pub use hook::{Answer, Candidate, PathHook, Sought};
pub use host::{Entry, ImportHost};
pub use ids::Ids;
#[cfg(feature = "image")]
pub use image::{Image, Mapped, MountError, Mounted, OnClash};
pub use importer::Importer;
pub use imports::{Imports, Options};
pub use inspect::{Finding, NullFinder};
pub use lazy::{Bypass, Count, Report};
pub use lock::ImportLock;
#[cfg(feature = "std")]
pub use lock::ThreadLock;
pub use memory::{Memory, MemoryModule};
pub use overrides::{Layer, Patch, Patched, Patches};
pub use path::Path;
pub use spec::{Code, Kind, Spec, Suffix};
pub use unload::Unloaded;
#[cfg(feature = "zip")]
pub use zip::Zip;

#[doc = include_str!("guide.md")]
pub mod guide {
    #[cfg(doc)]
    use crate::import::{ImportHost, ImportLock, Importer, Imports};
}

// The example needs a file system.
#[cfg_attr(feature = "std", doc = include_str!("finders.md"))]
#[cfg_attr(
    not(feature = "std"),
    doc = "Where modules are found: documented with `std`."
)]
pub mod finders {
    #[cfg(doc)]
    use crate::import::{Finder, Frozen, ImportHost, Imports, Memory, Path, PathHook, Sought};
}

#[doc = include_str!("imp.md")]
pub mod imp {
    #[cfg(doc)]
    use crate::import::{
        Code, Finder, Frozen, ImportHost, ImportLock, Importer, Imports, Kind, NullFinder, Options,
        Path, PathHook, Spec, Suffix,
    };
}

#[doc = include_str!("moving.md")]
pub mod moving {
    #[cfg(doc)]
    use crate::import::{ImportHost, Importer, guide};
    #[cfg(doc)]
    use crate::{Builtins, include_modules, register_module};
}
