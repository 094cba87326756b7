//! Loading a file by its path (`imp.load_source` and its siblings).

use crate::import::{Code, ImportError, ImportHost, Importer, Kind, Spec};
use alloc::format;
use alloc::string::ToString;
use std::fs;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Loads a file of source code as the module `name`; what is loaded under
    /// that name is loaded again, in the same module object.
    ///
    /// # Errors
    ///
    /// [`ImportError::Unreadable`]; what the code fails with.
    pub fn load_source(&mut self, name: &str, path: &str) -> Result<H::Value<'vm>, H::Error> {
        let code = self.read(path)?;
        self.load_code(name, file(name, path, Kind::Source), code)
    }

    /// The same for a compiled file, whose first bytes have to be
    /// [`Options::magic`](crate::import::Options::magic).
    ///
    /// # Errors
    ///
    /// [`ImportError::BadMagic`] for a file of another interpreter or version;
    /// as [`load_source`](Importer::load_source).
    pub fn load_compiled(&mut self, name: &str, path: &str) -> Result<H::Value<'vm>, H::Error> {
        let code = self.read(path)?;
        let magic = self.get_magic();
        if !code.bytes.starts_with(&magic) {
            // The file may be shorter.
            let found = code.bytes.iter().take(magic.len()).copied();
            return Err(self.error(ImportError::BadMagic {
                name: name.into(),
                found: found.collect(),
            }));
        }
        self.load_code(name, file(name, path, Kind::Compiled), code)
    }

    /// The same for a native module in a file of its own, which the host links
    /// at run time: its [`exec`](ImportHost::exec) gets no code and the path as
    /// the origin.
    ///
    /// # Errors
    ///
    /// What the host fails with: that it runs no such file, unless it does.
    pub fn load_dynamic(&mut self, name: &str, path: &str) -> Result<H::Value<'vm>, H::Error> {
        let code = Code::new(&[][..]);
        self.load_code(name, file(name, path, Kind::Extension), code)
    }

    fn read(&mut self, path: &str) -> Result<Code, H::Error> {
        match fs::read(path) {
            Ok(bytes) => Ok(Code::new(bytes)),
            Err(error) => Err(self.error(ImportError::Unreadable {
                place: path.into(),
                why: error.to_string(),
            })),
        }
    }
}

fn file(name: &str, path: &str, kind: Kind) -> Spec {
    let mut spec = Spec::new(name, kind);
    spec.origin = Some(path.into());
    spec.has_file = true;
    let suffix = std::path::Path::new(path).extension();
    if let Some(suffix) = suffix.and_then(|suffix| suffix.to_str()) {
        spec.suffix = format!(".{suffix}");
    }
    spec
}
