//! Relative names.

use super::natives::ALL;
use super::{Id, Model, Res, Val, fail};

impl Model {
    /// The full name of one with `level` dots, seen from a module.
    pub(crate) fn absolute(&self, name: &str, from: Option<Id>, level: usize) -> Res<String> {
        if level == 0 {
            if name.is_empty() {
                return fail("ValueError: Empty module name");
            }
            return Ok(name.into());
        }
        let package = match from {
            Some(id) => self.package_of(id)?,
            None => String::new(),
        };
        if package.is_empty() {
            return fail("ImportError: attempted relative import with no known parent package");
        }
        let mut parts: Vec<&str> = package.split('.').collect();
        if level > parts.len() {
            return fail("ImportError: attempted relative import beyond top-level package");
        }
        parts.truncate(parts.len() + 1 - level);
        if !name.is_empty() {
            parts.push(name);
        }
        Ok(parts.join("."))
    }

    fn package_of(&self, id: Id) -> Res<String> {
        match self.visible(id, "__package__") {
            Some(Val::Text(package)) => return Ok(package),
            Some(Val::None) | None => {}
            Some(_) => return fail("TypeError: package must be a string"),
        }
        self.check(id)?;
        let object = &self.objects[id];
        if let Some(found) = &object.found {
            return Ok(found.package());
        }
        let (name, is_package) = match object.native {
            Some(native) => {
                let native = &ALL[native];
                let is_package = native.submodules().next().is_some();
                (native.name.to_owned(), is_package)
            }
            None => match self.visible(id, "__name__") {
                Some(Val::Text(name)) => (name, self.visible(id, "__path__").is_some()),
                _ => (String::new(), false),
            },
        };
        if is_package {
            return Ok(name);
        }
        let above = name.rsplit_once('.');
        Ok(above.map_or(String::new(), |(package, _)| package.into()))
    }
}
