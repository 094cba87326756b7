//! Where cases run.

use std::fmt;

/// An interpreter that runs cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// Lua 5.4, in translation.
    Lua,
    /// Rhai, in translation.
    Rhai,
    /// CPython with the modules of this repository.
    CPython,
    /// CPython with its own modules of the same names.
    Stdlib,
}

/// All of them.
pub const HOSTS: [Host; 4] = [Host::Lua, Host::Rhai, Host::CPython, Host::Stdlib];

impl Host {
    /// As marks in a case write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Host::Lua => "lua",
            Host::Rhai => "rhai",
            Host::CPython => "cpython",
            Host::Stdlib => "stdlib",
        }
    }

    /// The host of a mark.
    #[must_use]
    pub fn named(name: &str) -> Option<Host> {
        HOSTS.into_iter().find(|host| host.name() == name)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
