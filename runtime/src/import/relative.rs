//! Relative names (PEP 328, CPython `importlib._bootstrap`).

use crate::import::importer::{Fault, Step};
use crate::import::{Handle, ImportError, ImportHost, Importer};
use crate::qstr;
use alloc::format;
use alloc::string::String;

/// The full name of a relative one: `level` dots, then `name`, seen from
/// `package`.
pub(crate) fn resolve(name: &str, package: &str, level: usize) -> Result<String, ImportError> {
    if package.is_empty() {
        return Err(ImportError::NoParent);
    }
    let mut base = package;
    for _ in 1..level {
        base = match base.rsplit_once('.') {
            Some((above, _)) => above,
            None => return Err(ImportError::BeyondTop),
        };
    }
    Ok(if name.is_empty() {
        base.into()
    } else {
        format!("{base}.{name}")
    })
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// The full name of a relative one, as `importlib.util.resolve_name` gives
    /// it: `name` with its leading dots, seen from a package.
    ///
    /// # Errors
    ///
    /// [`ImportError::NoPackage`] without a package, [`ImportError::BeyondTop`]
    /// with too many dots.
    pub fn resolve_name(&mut self, name: &str, package: &str) -> Result<String, H::Error> {
        let rest = name.trim_start_matches('.');
        let level = name.len() - rest.len();
        if level == 0 {
            return Ok(name.into());
        }
        if package.is_empty() {
            return Err(self.error(ImportError::NoPackage { name: name.into() }));
        }
        resolve(rest, package, level).map_err(|error| self.error(error))
    }

    /// The package from which a module's relative imports start: `__package__`,
    /// else what it was found as, else `__name__`.
    pub(crate) fn package_of(&mut self, module: Handle) -> Step<String, H> {
        if let Some(package) = self.probe(module, qstr!("__package__"))?
            && !H::is_none(&package)
        {
            return match H::to_text(self.cx, &package) {
                Some(package) => Ok(package),
                None => Err(ImportError::Type("package must be a string".into()).into()),
            };
        }
        if let Some(spec) = self.module_spec(module)? {
            return Ok(spec.package().into());
        }
        let Some(name) = self.probe(module, qstr!("__name__"))? else {
            return Ok(String::new());
        };
        let name = H::to_text(self.cx, &name).unwrap_or_default();
        if self.probe(module, qstr!("__path__"))?.is_some() {
            return Ok(name);
        }
        Ok(name
            .rsplit_once('.')
            .map_or("", |(package, _)| package)
            .into())
    }

    pub(crate) fn absolute(
        &mut self,
        name: &str,
        from: Option<Handle>,
        level: usize,
    ) -> Step<String, H> {
        if level == 0 {
            if name.is_empty() {
                return Err(ImportError::Value("Empty module name".into()).into());
            }
            return Ok(name.into());
        }
        let package = match from {
            Some(module) => self.package_of(module)?,
            None => String::new(),
        };
        resolve(name, &package, level).map_err(Fault::Import)
    }
}
