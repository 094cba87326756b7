//! A module that the build put into the image.

use crate::{Class, Qstr};

/// A module in read-only memory: a script, or what a compiler made of one.
///
/// ```
/// use enroll::Class;
/// use enroll::import::FrozenModule;
///
/// static FROZEN: &[FrozenModule] = &[
///     FrozenModule::new("boot", b"import net"),
///     FrozenModule::new("net", b"").package().class(Class::Extensible),
///     FrozenModule::new("net.wifi", b"power = 20").class(Class::Extensible),
/// ];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrozenModule {
    /// The full name, `a.b.c`. The packages it is in have to be in the set too,
    /// unless the set is searched as an entry of a path.
    pub name: &'static str,
    /// What the host runs.
    pub code: &'static [u8],
    /// The id table of the code: compiled code refers to names by their index
    /// here. Empty for a script.
    pub names: &'static [Qstr],
    /// The suffix that a file with this code would bear, `.py`, say: it tells
    /// the host what the code is. What [`Imports::suffixes`] has under it must be
    /// of a kind that the host runs, else the module is not found.
    ///
    /// [`Imports::suffixes`]: crate::import::Imports::suffixes
    pub suffix: &'static str,
    /// Whether it may have submodules.
    pub is_package: bool,
    /// Whether a file of its name takes its place.
    pub class: Class,
    /// Other full names of it.
    pub aliases: &'static [&'static str],
}

impl FrozenModule {
    /// A module that is no package, that no file replaces, without other names
    /// and without a suffix.
    #[must_use]
    pub const fn new(name: &'static str, code: &'static [u8]) -> FrozenModule {
        FrozenModule {
            name,
            code,
            names: &[],
            suffix: "",
            is_package: false,
            class: Class::Builtin,
            aliases: &[],
        }
    }

    /// The same as a package.
    #[must_use]
    pub const fn package(mut self) -> FrozenModule {
        self.is_package = true;
        self
    }

    /// The same with the id table of its code.
    #[must_use]
    pub const fn names(mut self, names: &'static [Qstr]) -> FrozenModule {
        self.names = names;
        self
    }

    /// The same with the suffix that a file would bear.
    #[must_use]
    pub const fn suffix(mut self, suffix: &'static str) -> FrozenModule {
        self.suffix = suffix;
        self
    }

    /// The same in another class.
    #[must_use]
    pub const fn class(mut self, class: Class) -> FrozenModule {
        self.class = class;
        self
    }

    /// The same with other names.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> FrozenModule {
        self.aliases = aliases;
        self
    }
}
