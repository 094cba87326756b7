//! `from module import name` and `from module import *`.

use crate::import::importer::{Fault, Step};
use crate::import::{AttributeAccess, Entry, Handle, ImportError, ImportHost, Importer};
use crate::{Qstr, qstr};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// The value of one name in `from module import name`: an attribute, else
    /// the submodule of that name.
    ///
    /// `module` is what [`import_name`](Importer::import_name) gave.
    ///
    /// # Errors
    ///
    /// [`ImportError::NoName`]; what a hook fails with.
    pub fn import_from(
        &mut self,
        module: &H::Value<'vm>,
        name: &str,
    ) -> Result<H::Value<'vm>, H::Error> {
        let value = self.name_from(module, name);
        self.settle(value)
    }

    fn name_from(&mut self, value: &H::Value<'vm>, name: &str) -> Step<H::Value<'vm>, H> {
        if let Some((_, found)) = self.attribute_named(value, name)? {
            return Ok(found);
        }
        let module = H::handle(self.cx, value);
        if let Some(instead) = module.and_then(|module| self.instead(module)) {
            return self.name_from(&instead, name);
        }
        let package = self.name_of_value(value)?;
        // A submodule whose package has not got it yet: a circular import.
        if let Some(package) = &package
            && let Some(entry) = self.entry(&format!("{package}.{name}"))
        {
            return self.value(entry);
        }
        let file = match module {
            Some(module) => self.probe(module, qstr!("__file__"))?,
            None => None,
        };
        Err(ImportError::NoName {
            name: name.into(),
            module: package.unwrap_or_else(|| "<unknown module name>".into()),
            file: file.and_then(|file| H::to_text(self.cx, &file)),
            half_made: module.is_some_and(|module| self.is_half_made(module)),
        }
        .into())
    }

    /// Imports the submodules of a package that a `from` import names and that
    /// are no attributes yet (`_handle_fromlist`).
    pub(crate) fn import_submodules(
        &mut self,
        value: &H::Value<'vm>,
        names: &[&str],
        may_be_star: bool,
    ) -> Step<(), H> {
        let module = H::handle(self.cx, value);
        if let Some(module) = module {
            self.load_late(module).map_err(Fault::Host)?;
            if let Some(instead) = self.instead(module) {
                return self.import_submodules(&instead, names, may_be_star);
            }
        }
        let is_package = match module {
            Some(module) => self.is_package(module)?,
            None => self.path_of_value(value)?.is_some(),
        };
        if !is_package {
            return Ok(());
        }
        for &name in names {
            if name == "*" {
                if may_be_star && let Some(all) = self.all(value)? {
                    let all: Vec<&str> = all.iter().map(String::as_str).collect();
                    self.import_submodules(value, &all, false)?;
                }
                continue;
            }
            if self.attribute_named(value, name)?.is_some() {
                continue;
            }
            let Some(package) = self.name_of_value(value)? else {
                continue;
            };
            let full = format!("{package}.{name}");
            match self.import_full(&full) {
                Ok(_) => {}
                // That there is no such submodule is told by name_from.
                Err(Fault::Import(ImportError::NotFound { name: missing, .. }))
                    if missing == full && !matches!(self.entry(&full), Some(Entry::Blocked)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// What `from module import *` binds, in order: the names of `__all__`, else
    /// all that do not begin with an underscore. Of a native module these are
    /// its constants, overrides and what is bound, not what hooks answer; of an
    /// object in a module's place those that [`ImportHost::attribute_names`]
    /// gives.
    ///
    /// # Errors
    ///
    /// [`ImportError::NoAttribute`] where `__all__` has a name that the module
    /// has not; a type error of the host's where it is no list of texts;
    /// [`ImportError::NoNames`] for a value without names.
    pub fn star(&mut self, module: &H::Value<'vm>) -> Result<Vec<(Qstr, H::Value<'vm>)>, H::Error> {
        let names = self.star_names(module);
        self.settle(names)
    }

    fn star_names(&mut self, value: &H::Value<'vm>) -> Step<Vec<(Qstr, H::Value<'vm>)>, H> {
        let module = H::handle(self.cx, value);
        if let Some(module) = module {
            self.load_late(module).map_err(Fault::Host)?;
            if let Some(instead) = self.instead(module) {
                return self.star_names(&instead);
            }
        }
        let mut bound = Vec::new();
        if let Some(all) = self.all(value)? {
            for name in all {
                let found = match self.name_for(value, &name)? {
                    Some(id) => self
                        .asked(value, id)
                        .map_err(Fault::Host)?
                        .map(|found| (id, found)),
                    None => None,
                };
                match found {
                    Some(found) => bound.push(found),
                    None => return Err(self.not_there(value, name)?.into()),
                }
            }
            return Ok(bound);
        }
        if let Some(module) = module {
            for id in self.bindings(module)? {
                if !self.text(id).starts_with('_')
                    && let Some(value) = self.load(module, id).map_err(Fault::Host)?
                {
                    bound.push((id, value));
                }
            }
            return Ok(bound);
        }
        let names = H::attribute_names(self.cx, value).map_err(Fault::Host)?;
        for name in names.ok_or(ImportError::NoNames)? {
            if !name.starts_with('_') {
                bound.extend(self.attribute_named(value, &name)?);
            }
        }
        Ok(bound)
    }

    /// The error of a name in `__all__` that is not there.
    fn not_there(&mut self, value: &H::Value<'vm>, name: String) -> Step<ImportError, H> {
        if let Some(module) = H::handle(self.cx, value) {
            return Ok(self.missing(module, name, AttributeAccess::Load));
        }
        Ok(ImportError::NoAttribute {
            module: self.name_of_value(value)?.unwrap_or_default(),
            name,
            half_made: false,
            access: AttributeAccess::Load,
        })
    }

    fn all(&mut self, value: &H::Value<'vm>) -> Step<Option<Vec<String>>, H> {
        let all = match H::handle(self.cx, value) {
            Some(module) => self.probe(module, qstr!("__all__"))?,
            None => H::attribute(self.cx, value, qstr!("__all__")).map_err(Fault::Host)?,
        };
        match all {
            Some(all) => H::to_strings(self.cx, &all).map(Some).map_err(Fault::Host),
            None => Ok(None),
        }
    }

    fn is_package(&mut self, module: Handle) -> Step<bool, H> {
        if self.probe(module, qstr!("__path__"))?.is_some() {
            return Ok(true);
        }
        Ok(self.is_builtin_package(module))
    }

    /// The `__name__` of a module as it is now.
    pub(crate) fn own_name(&mut self, module: Handle) -> Step<String, H> {
        let name = match self.probe(module, qstr!("__name__"))? {
            Some(name) => H::to_text(self.cx, &name),
            None => None,
        };
        Ok(name.unwrap_or_else(|| self.name_of(module)))
    }

    /// The same of a value that may be no module of the importer.
    fn name_of_value(&mut self, value: &H::Value<'vm>) -> Step<Option<String>, H> {
        if let Some(module) = H::handle(self.cx, value) {
            return self.own_name(module).map(Some);
        }
        let name = self.attribute_of(value, qstr!("__name__"))?;
        Ok(name.and_then(|name| H::to_text(self.cx, &name)))
    }

    /// An attribute by its text, and the name it has then.
    fn attribute_named(
        &mut self,
        value: &H::Value<'vm>,
        name: &str,
    ) -> Step<Option<(Qstr, H::Value<'vm>)>, H> {
        let Some(id) = self.name_for(value, name)? else {
            return Ok(None);
        };
        let found = self.attribute_of(value, id)?;
        Ok(found.map(|found| (id, found)))
    }

    /// The name under which a value may have an attribute. What nobody has heard
    /// of is interned only where a hook, a `__getattr__` or an object of the host
    /// is to be asked: else every name that a script asks for in vain would stay
    /// in the table of names.
    fn name_for(&mut self, value: &H::Value<'vm>, name: &str) -> Step<Option<Qstr>, H> {
        if let Some(id) = self.known(name) {
            return Ok(Some(id));
        }
        if let Some(module) = H::handle(self.cx, value) {
            self.load_late(module).map_err(Fault::Host)?;
            if let Some(instead) = self.instead(module) {
                return self.name_for(&instead, name);
            }
            // Loading it may have made the name.
            if let Some(id) = self.known(name) {
                return Ok(Some(id));
            }
            if !self.answers_any_name(module)? {
                return Ok(None);
            }
        }
        Ok(Some(self.intern(name)?))
    }

    /// Whether a module may have attributes that nothing lists.
    fn answers_any_name(&mut self, module: Handle) -> Step<bool, H> {
        if self.scripted(module, qstr!("__getattr__")).is_some() {
            return Ok(true);
        }
        match self.native_of(module).map_err(Fault::Host)? {
            Some(native) => {
                let builtins = self.imports(|imports| imports.builtins);
                let hooked = builtins.has_hooks(native.id, native.header);
                hooked.map_err(|broken| Fault::Host(broken.into()))
            }
            None => Ok(false),
        }
    }

    fn attribute_of(
        &mut self,
        value: &H::Value<'vm>,
        name: Qstr,
    ) -> Step<Option<H::Value<'vm>>, H> {
        match self.asked(value, name) {
            Err(error) if H::is_attribute_error(&error) => Ok(None),
            attribute => attribute.map_err(Fault::Host),
        }
    }

    /// The same, and what says that there is none is an error too.
    fn asked(
        &mut self,
        value: &H::Value<'vm>,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        match H::handle(self.cx, value) {
            Some(module) => self.load(module, name),
            None => H::attribute(self.cx, value, name),
        }
    }
}
