//! Attributes of modules: load, store, delete.

use crate::import::importer::{Fault, Step};
use crate::import::record::{Flags, Native};
use crate::import::{
    AttributeAccess, Handle, ImportError, ImportHost, ImportLock, Importer, Patched, Patches,
};
use crate::{Access, Builtins, Qstr, qstr};
use alloc::string::String;

/// Where an attribute is, as far as the records tell.
enum Seen<'vm, H: ImportHost> {
    Bound(H::Value<'vm>),
    /// A native module, nothing out of the ordinary.
    Native(&'static Builtins<H>, Native),
    /// Not bound in a run-time module.
    Unbound,
    /// Something out of the ordinary.
    Other(Flags),
    Gone,
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Loads an attribute of a module: override, globals, `__dict__`,
    /// delegation, `__getattr__` (PEP 562). `None` where there is none: the host
    /// raises [`no_attribute`](Importer::no_attribute).
    ///
    /// A lazy module is loaded first.
    ///
    /// # Errors
    ///
    /// What a hook, a `__getattr__` or a lazy module's code fails with;
    /// [`ImportError::Gone`].
    #[inline]
    pub fn load(&mut self, module: Handle, name: Qstr) -> Result<Option<H::Value<'vm>>, H::Error> {
        match self.see(module, name) {
            Seen::Bound(value) => Ok(Some(value)),
            Seen::Native(builtins, native) => {
                match builtins.global_of(self.cx, native.id, native.header, name)? {
                    Some(value) => Ok(Some(value)),
                    None => self.load_variable(module, builtins, native, name),
                }
            }
            Seen::Unbound => self.load_unbound(module, name),
            Seen::Other(flags) => self.load_other(module, flags, name),
            Seen::Gone => Err(self.error(ImportError::Gone)),
        }
    }

    // One look at the records, whatever an override layer may hold: a patched
    // module has a flag.
    #[inline]
    fn see(&mut self, module: Handle, name: Qstr) -> Seen<'vm, H> {
        self.imports(|imports| {
            let Some(record) = imports.records.get(module) else {
                return Seen::Gone;
            };
            if !record.flags.is_plain() {
                return Seen::Other(record.flags);
            }
            if let Some(native) = record.native {
                return Seen::Native(imports.builtins, native);
            }
            match record.dict.get(&name) {
                Some(value) => Seen::Bound(value.clone()),
                None => Seen::Unbound,
            }
        })
    }

    /// What a native module has beside its constants.
    #[inline(never)]
    fn load_variable(
        &mut self,
        module: Handle,
        builtins: &'static Builtins<H>,
        native: Native,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let Native { id, header } = native;
        if let Some(value) = self.bound(module, name) {
            return Ok(Some(value));
        }
        // No hook is asked for what every module has.
        if let Some(value) = self.load_special(module, name)? {
            return Ok(Some(value));
        }
        if let Some(value) = builtins.dynamic_of(self.cx, id, header, name)? {
            return Ok(Some(value));
        }
        Ok((name == qstr!("__doc__")).then(|| H::none(self.cx)))
    }

    #[cold]
    #[inline(never)]
    fn load_other(
        &mut self,
        module: Handle,
        flags: Flags,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        if flags.has(Flags::LAZY) || (flags.has(Flags::LATE) && !H::lock(self.cx).is_mine()) {
            self.load_late(module)?;
            return self.load(module, name);
        }
        if flags.has(Flags::REPLACED) {
            let Some(instead) = self.instead(module) else {
                return Ok(None);
            };
            return match H::handle(self.cx, &instead) {
                Some(module) => self.load(module, name),
                None => H::attribute(self.cx, &instead, name),
            };
        }
        if flags.has(Flags::RESERVED) {
            let name = self.text(name);
            if let Some(module) = self.builtin(&name)? {
                return H::object(self.cx, module).map(Some);
            }
        }
        let is_hidden = match self.patched(module, name) {
            Some(Patched::Value(value)) => return Ok(Some(value)),
            Some(Patched::Hidden) => true,
            None => false,
        };
        let native = self.imports(|imports| imports.records.get(module)?.native);
        match native {
            Some(native) => {
                let builtins = self.imports(|imports| imports.builtins);
                let found = if is_hidden && name == qstr!("__doc__") {
                    // The hooks would give it.
                    None
                } else if is_hidden {
                    builtins.hooks_of(self.cx, native.id, native.header, name)?
                } else {
                    match builtins.global_of(self.cx, native.id, native.header, name)? {
                        Some(value) => Some(value),
                        None => self.load_variable(module, builtins, native, name)?,
                    }
                };
                match found {
                    Some(value) => Ok(Some(value)),
                    None => self.ask_getattr(module, name),
                }
            }
            None if is_hidden => self.load_unbound(module, name),
            None => match self.bound(module, name) {
                Some(value) => Ok(Some(value)),
                None => self.load_unbound(module, name),
            },
        }
    }

    /// What a run-time module has beside its names: `__dict__`, `__spec__`, and
    /// what its `__getattr__` gives.
    fn load_unbound(
        &mut self,
        module: Handle,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        if let Some(value) = self.load_special(module, name)? {
            return Ok(Some(value));
        }
        if name == qstr!("__doc__") {
            return Ok(Some(H::none(self.cx)));
        }
        self.ask_getattr(module, name)
    }

    /// What scripts bound or patched in under a name, in a native module too.
    pub(crate) fn scripted(&mut self, module: Handle, name: Qstr) -> Option<H::Value<'vm>> {
        match self.patched(module, name) {
            Some(Patched::Value(value)) => Some(value),
            Some(Patched::Hidden) => None,
            None => self.bound(module, name),
        }
    }

    /// Calls the `__getattr__` of a script, if there is one.
    fn ask_getattr(
        &mut self,
        module: Handle,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let Some(getattr) = self.scripted(module, qstr!("__getattr__")) else {
            return Ok(None);
        };
        let text = self.text(name);
        let text = H::string(self.cx, &text)?;
        H::call(self.cx, &getattr, &[text]).map(Some)
    }

    fn load_special(
        &mut self,
        module: Handle,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        match name {
            qstr!("__dict__") => H::namespace(self.cx, module),
            qstr!("__package__") => {
                let spec = self.module_spec(module);
                match self.settle(spec)? {
                    Some(spec) => H::string(self.cx, spec.package()).map(Some),
                    None => Ok(Some(H::none(self.cx))),
                }
            }
            qstr!("__loader__") => match self.loader_label(module) {
                Some(label) => H::string(self.cx, &label).map(Some),
                None => Ok(Some(H::none(self.cx))),
            },
            qstr!("__spec__") => {
                let spec = self.module_spec(module);
                match self.settle(spec)? {
                    Some(spec) => H::spec(self.cx, module, &spec),
                    None => Ok(Some(H::none(self.cx))),
                }
            }
            _ => Ok(None),
        }
    }

    /// The error of a load that found nothing.
    pub fn no_attribute(&mut self, module: Handle, name: Qstr) -> H::Error {
        let error = self.no_attribute_for(module, name, AttributeAccess::Load);
        self.error(error)
    }

    fn no_attribute_for(
        &mut self,
        module: Handle,
        name: Qstr,
        access: AttributeAccess,
    ) -> ImportError {
        let name = self.text(name);
        self.missing(module, name, access)
    }

    /// The error of an attribute that is not there, or cannot be changed.
    pub(crate) fn missing(
        &mut self,
        module: Handle,
        name: String,
        access: AttributeAccess,
    ) -> ImportError {
        let named = self.own_name(module);
        ImportError::NoAttribute {
            module: named.unwrap_or_else(|_| self.name_of(module)),
            name,
            half_made: self.is_half_made(module),
            access,
        }
    }

    /// Binds an attribute. A native module's delegation hook is asked first;
    /// what it declines is patched by [`ImportHost::owner`] where the host has an
    /// override layer.
    ///
    /// A run-time module is bound in its `__dict__`. Where the name is patched, a
    /// store by the module's own code is so too, and the patch goes on shadowing
    /// it; anybody else's becomes a patch. Own code is what runs while the module
    /// is loaded or reloaded, or where [`ImportHost::owner`] is the module.
    ///
    /// # Errors
    ///
    /// [`ImportError::NoAttribute`] for a constant without an override layer, or
    /// where the host lets no script patch it; what a hook fails with.
    pub fn store(
        &mut self,
        module: Handle,
        name: Qstr,
        value: H::Value<'vm>,
    ) -> Result<(), H::Error> {
        self.load_late(module)?;
        if let Some(instead) = self.instead(module) {
            return match H::handle(self.cx, &instead) {
                Some(module) => self.store(module, name, value),
                None => self.change_instead(module, &instead, name, Some(&value)),
            };
        }
        let Some(native) = self.native_of(module)? else {
            if self.is_patched(module, name) && !self.is_own_doing(module) {
                let owner = H::owner(self.cx);
                return self.patch(module, name, owner, value);
            }
            self.imports(|imports| {
                if let Some(record) = imports.records.get_mut(module) {
                    record.dict.insert(name, value);
                }
            });
            return Ok(());
        };
        let builtins = self.imports(|imports| imports.builtins);
        let header = native.header;
        let access = Access::Store(&value);
        let claim = builtins.delegate_of(self.cx, native.id, header, name, access)?;
        if claim.is_claimed() {
            return Ok(());
        }
        if !self.may_patch(module, name) {
            let error = self.no_attribute_for(module, name, AttributeAccess::Store);
            return Err(self.error(error));
        }
        let owner = H::owner(self.cx);
        self.patch(module, name, owner, value)
    }

    /// Deletes an attribute, as [`store`](Importer::store) binds one. Deleting a
    /// constant hides it until it is undone. A run-time module's own code
    /// deletes what is in its `__dict__`, whatever is patched.
    ///
    /// # Errors
    ///
    /// [`ImportError::NoAttribute`] where there is nothing to delete, or it is a
    /// constant and there is no override layer, or the host lets no script patch
    /// it; what a hook fails with.
    pub fn delete(&mut self, module: Handle, name: Qstr) -> Result<(), H::Error> {
        self.load_late(module)?;
        if let Some(instead) = self.instead(module) {
            return match H::handle(self.cx, &instead) {
                Some(module) => self.delete(module, name),
                None => self.change_instead(module, &instead, name, None),
            };
        }
        let native = self.native_of(module)?;
        let mut constant = false;
        if let Some(native) = native {
            let builtins = self.imports(|imports| imports.builtins);
            let header = native.header;
            let claim = builtins.delegate_of(self.cx, native.id, header, name, Access::Delete)?;
            if claim.is_claimed() {
                return Ok(());
            }
            constant = builtins.has_constant(native.id, header, name);
        }
        if native.is_none() && self.is_patched(module, name) && self.is_own_doing(module) {
            if self.unbind_name(module, name) {
                return Ok(());
            }
            return Err(self.no_attribute(module, name));
        }
        let is_patched = match self.patched(module, name) {
            Some(Patched::Hidden) => return Err(self.no_attribute(module, name)),
            Some(Patched::Value(_)) => true,
            None => false,
        };
        if !is_patched && !constant {
            if self.unbind_name(module, name) {
                return Ok(());
            }
            return Err(self.no_attribute(module, name));
        }
        if !self.may_patch(module, name) {
            let error = self.no_attribute_for(module, name, AttributeAccess::Delete);
            return Err(self.error(error));
        }
        let owner = H::owner(self.cx);
        self.undo(module, name, owner);
        let shines_through =
            constant || self.is_patched(module, name) || self.bound(module, name).is_some();
        if shines_through {
            self.hide(module, name, owner)?;
        }
        Ok(())
    }

    /// Whether it is a run-time module's own code that changes it.
    fn is_own_doing(&mut self, module: Handle) -> bool {
        if self.flags(module).has(Flags::HALF_MADE | Flags::AGAIN) {
            return true;
        }
        let owner = H::owner(self.cx);
        self.imports(|imports| imports.name(module)) == Some(owner)
    }

    fn may_patch(&mut self, module: Handle, name: Qstr) -> bool {
        H::Patches::ON && H::may_patch(self.cx, module, name)
    }

    /// Takes a binding away that is in the namespace beside the table.
    pub(crate) fn unbind_name(&mut self, module: Handle, name: Qstr) -> bool {
        let was = self.imports(|imports| {
            let record = imports.records.get_mut(module)?;
            record.dict.shift_remove(&name)
        });
        if was.is_some() {
            H::changed(self.cx, module, name);
        }
        was.is_some()
    }

    fn change_instead(
        &mut self,
        module: Handle,
        instead: &H::Value<'vm>,
        name: Qstr,
        value: Option<&H::Value<'vm>>,
    ) -> Result<(), H::Error> {
        if H::set_attribute(self.cx, instead, name, value)? {
            return Ok(());
        }
        let access = match value {
            Some(_) => AttributeAccess::Store,
            None => AttributeAccess::Delete,
        };
        let error = self.no_attribute_for(module, name, access);
        Err(self.error(error))
    }

    /// What `__dict__` has under a name that [`names`](Importer::names) lists:
    /// overrides, constants and what is bound; no hook of the module is called,
    /// and a lazy one is not loaded. A builtin submodule is initialised.
    ///
    /// # Errors
    ///
    /// What the conversion of a constant, or the `init` of a submodule, fails
    /// with.
    pub fn binding(
        &mut self,
        module: Handle,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let bound = self.probe(module, name);
        if let Some(value) = self.settle(bound)? {
            return Ok(Some(value));
        }
        let seen = self.imports(|imports| {
            let native = imports.records.get(module)?.native?;
            let is_hidden = imports.patches.get(module, name).is_some();
            (!is_hidden).then_some((imports.builtins, native))
        });
        match seen {
            Some((builtins, native)) => builtins.listed_of(self.cx, native.id, native.header, name),
            None => Ok(None),
        }
    }

    /// The same without submodules and `__doc__`: what the importer itself asks
    /// for special names.
    pub(crate) fn probe(&mut self, module: Handle, name: Qstr) -> Step<Option<H::Value<'vm>>, H> {
        match self.patched(module, name) {
            Some(Patched::Value(value)) => return Ok(Some(value)),
            Some(Patched::Hidden) => return Ok(None),
            None => {}
        }
        let native = self.imports(|imports| imports.records.get(module)?.native);
        if let Some(native) = native {
            let builtins = self.imports(|imports| imports.builtins);
            let value = builtins.global_of(self.cx, native.id, native.header, name);
            if let Some(value) = value.map_err(Fault::Host)? {
                return Ok(Some(value));
            }
        }
        Ok(self.bound(module, name))
    }

    /// What is bound in the namespace beside the table.
    pub(crate) fn bound(&mut self, module: Handle, name: Qstr) -> Option<H::Value<'vm>> {
        self.imports(|imports| imports.records.get(module)?.dict.get(&name).cloned())
    }

    #[inline]
    fn is_patched(&mut self, module: Handle, name: Qstr) -> bool {
        self.imports(|imports| imports.patches.get(module, name).is_some())
    }

    #[inline]
    fn patched(&mut self, module: Handle, name: Qstr) -> Option<Patched<H::Value<'vm>>> {
        self.imports(|imports| imports.patches.get(module, name).cloned())
    }

    /// What a lazy module put in its own place when it was loaded.
    pub(crate) fn instead(&mut self, module: Handle) -> Option<H::Value<'vm>> {
        self.imports(|imports| imports.records.get(module)?.instead.clone())
    }

    pub(crate) fn native_of(&mut self, module: Handle) -> Result<Option<Native>, H::Error> {
        let native = self.imports(|imports| Some(imports.records.get(module)?.native));
        native.ok_or_else(|| self.error(ImportError::Gone))
    }

    /// The module's `__name__`, for errors: the registered one where there is no
    /// other.
    pub(crate) fn name_of(&mut self, module: Handle) -> String {
        let name = self.imports(|imports| imports.name(module));
        name.map(|name| self.text(name)).unwrap_or_default()
    }

    pub(crate) fn is_half_made(&mut self, module: Handle) -> bool {
        self.imports(|imports| {
            let record = imports.records.get(module);
            record.is_some_and(|record| record.flags.has(Flags::HALF_MADE))
        })
    }
}
