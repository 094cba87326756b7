//! What the types of this module say of themselves in a panic or a log: names
//! and numbers, no values, which are the host's.

#[cfg(feature = "zip")]
use crate::import::Zip;
use crate::import::{Finder, Finding, ImportHost, Importer, Imports, Path, Sought};
use alloc::vec::Vec;
use core::fmt;

impl<H: ImportHost> fmt::Debug for Importer<'_, '_, '_, H> {
    // It could only read the host's context by changing it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Importer").finish_non_exhaustive()
    }
}

impl<H: ImportHost> fmt::Debug for Imports<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finders: Vec<&str> = self.finders.iter().map(Finder::label).collect();
        f.debug_struct("Imports")
            .field("entries", &self.modules.len())
            .field("modules", &self.len())
            .field("path", &self.path)
            .field("finders", &finders)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<H: ImportHost> fmt::Debug for Finding<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("spec", self.spec())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Path")
            .field("hooks", &self.hooks())
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "zip")]
impl fmt::Debug for Zip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zip")
            .field("openings", &self.openings())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Sought<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sought")
            .field("name", &self.name)
            .field("suffixes", &self.suffixes)
            .field("init", &self.init)
            .finish_non_exhaustive()
    }
}
