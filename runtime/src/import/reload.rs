//! Running a module again (`importlib.reload`).

use crate::import::find::Located;
use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::Flags;
use crate::import::{Entry, Handle, ImportError, ImportHost, Importer};
use alloc::boxed::Box;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Runs the code of a loaded module again in the same module object, found
    /// anew. Names that the new code does not bind keep their old value; where it
    /// fails, names bound before keep their new one, and
    /// [`restore`](Importer::restore) gives the old ones back. Whoever took a
    /// value out of the module keeps it.
    ///
    /// The `init` of a native module is not run again. A lazy module is loaded.
    ///
    /// # Errors
    ///
    /// [`ImportError::Type`] where it is no module object,
    /// [`ImportError::NotLoaded`] where the table of modules does not have it
    /// under its name, or not its package; [`ImportError::NoSpec`] where it is
    /// not found again; what its code fails with.
    pub fn reload(&mut self, module: &H::Value<'vm>) -> Result<H::Value<'vm>, H::Error> {
        let reloaded = self.run_again(module);
        self.settle(reloaded)
    }

    fn run_again(&mut self, value: &H::Value<'vm>) -> Step<H::Value<'vm>, H> {
        let Some(module) = H::handle(self.cx, value) else {
            return Err(ImportError::Type("reload() argument must be a module".into()).into());
        };
        let _held = Held::new(H::lock(self.cx));
        let seen = self.imports(|imports| {
            let record = imports.records.get(module)?;
            let is_native = record.native.is_some();
            let has_aliases = is_native || record.is_shared();
            Some((record.name, record.flags, is_native, has_aliases))
        });
        let Some((id, flags, is_native, has_aliases)) = seen else {
            return Err(ImportError::Gone.into());
        };
        let names = self.names_of(module);
        let entered = match names.first() {
            _ if names.contains(&id) => Some(id),
            // It may be entered under an alias alone.
            Some(alias) if has_aliases => Some(*alias),
            _ => None,
        };
        let Some(id) = entered else {
            return Err(ImportError::NotLoaded {
                name: self.text(id),
                is_parent: false,
            }
            .into());
        };
        let name = self.text(id);
        if flags.has(Flags::LAZY) {
            self.load_late(module).map_err(Fault::Host)?;
        } else if !is_native && !flags.has(Flags::AGAIN) {
            let package = self.package_entry(&name)?;
            self.run_found_again(module, &name, package.as_ref())?;
        }
        match H::entry(self.cx, id) {
            Some(entry) => self.value(entry),
            None => H::object(self.cx, module).map_err(Fault::Host),
        }
    }

    /// The entry of the package that a module is in.
    fn package_entry(&mut self, name: &str) -> Step<Option<Entry<H::Value<'vm>>>, H> {
        let Some((package, _)) = name.rsplit_once('.') else {
            return Ok(None);
        };
        match self.entry(package) {
            Some(entry) => Ok(Some(entry)),
            None => Err(ImportError::NotLoaded {
                name: package.into(),
                is_parent: true,
            }
            .into()),
        }
    }

    fn run_found_again(
        &mut self,
        module: Handle,
        name: &str,
        package: Option<&Entry<H::Value<'vm>>>,
    ) -> Step<(), H> {
        let found = match self.locate(name, package) {
            Ok(Located::Found(found)) => found,
            Ok(_) | Err(Fault::Import(ImportError::NotFound { .. })) => {
                return Err(ImportError::NoSpec { name: name.into() }.into());
            }
            Err(fault) => return Err(fault),
        };
        let id = self.intern(name)?;
        let before = self.imports(|imports| Some(imports.records.get(module)?.dict.clone()));
        self.find_again(module, id, found)?;
        self.mark(module, Flags::AGAIN, true);
        let done = self.run_found(module);
        self.mark(module, Flags::AGAIN, false);
        self.imports(|imports| {
            let Some(record) = imports.records.get_mut(module) else {
                return;
            };
            match done {
                Ok(()) => record.before = None,
                // After several that failed, what was bound before the first.
                Err(_) if record.before.is_none() => record.before = before.map(Box::new),
                Err(_) => {}
            }
        });
        done
    }

    /// Gives a module whose last reload failed the names back that it had
    /// before: after several that failed, before the first of them. What is
    /// patched stays patched. `false` where none failed since the last reload that
    /// did not, or the last call of this.
    pub fn restore(&mut self, module: Handle) -> bool {
        self.imports(|imports| {
            let Some(record) = imports.records.get_mut(module) else {
                return false;
            };
            match record.before.take() {
                Some(before) => {
                    record.dict = *before;
                    true
                }
                None => false,
            }
        })
    }
}
