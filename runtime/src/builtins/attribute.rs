//! Attributes of builtin modules: constants, then hooks.

use crate::header::{Broken, Header};
use crate::table::ModuleId;
use crate::{Access, Builtins, Claim, Cx, Host, Qstr, qstr};

impl<H: Host> Builtins<H> {
    /// Loads an attribute: globals (an extension's replacement first, then the
    /// module's own, then what extensions add), `__name__` and `__doc__`,
    /// builtin submodules, delegation (the module's hook first, then
    /// extensions), `__getattr__` (PEP 562). `None` is an AttributeError.
    ///
    /// One probe for a name in the module's own table.
    ///
    /// # Errors
    ///
    /// What a hook or a conversion fails with; [`Broken`] for an entry that
    /// cannot be used.
    pub fn load<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let base = self.table.header(id)?;
        match self.global_of(cx, id, base, name)? {
            Some(value) => Ok(Some(value)),
            None => self.dynamic_of(cx, id, base, name),
        }
    }

    /// The part of a load after what is constant: submodules and hooks.
    pub(crate) fn dynamic_of<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        base: &'static Header,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        if let Some(submodule) = self.table.submodule(id, name) {
            return H::module(cx, submodule).map(Some);
        }
        self.hooks_of(cx, id, base, name)
    }

    /// The part of a load that hooks answer, and `__doc__`.
    pub(crate) fn hooks_of<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        base: &'static Header,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        if let Claim::Value(value) = self.delegate_of(cx, id, base, name, Access::Load)? {
            return Ok(Some(value));
        }
        if name == qstr!("__doc__") && !base.info.doc.is_empty() {
            return H::text(cx, base.info.doc).map(Some);
        }
        let adapter = self.adapter(id, base)?;
        (adapter.getattr)(&mut cx.within(Some(id)), base, name)
    }

    /// Loads what is constant: the entries of the module and its extensions,
    /// and `__name__`. No hook is called.
    ///
    /// # Errors
    ///
    /// As [`Builtins::load`].
    #[inline]
    pub fn load_global<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let base = self.table.header(id)?;
        self.global_of(cx, id, base, name)
    }

    #[inline]
    pub(crate) fn global_of<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        base: &'static Header,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        if self.table.is_extended(id) {
            return self.load_extended(cx, id, base, name);
        }
        match base.info.globals.position(name) {
            Some(position) => self.constant(cx, id, base, position),
            None if name == qstr!("__name__") => self.own_name(cx, id),
            None => Ok(None),
        }
    }

    /// The registered name, where the table has it.
    #[inline(never)]
    fn own_name<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        match self.table.name_text(id) {
            "" => Ok(None),
            name => H::text(cx, name).map(Some),
        }
    }

    /// What `dir` lists and is no entry: builtin submodules, `__doc__`.
    #[cfg(feature = "alloc")]
    pub(crate) fn listed_of<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        base: &'static Header,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        if let Some(submodule) = self.table.submodule(id, name) {
            return H::module(cx, submodule).map(Some);
        }
        if name == qstr!("__doc__") && !base.info.doc.is_empty() {
            return H::text(cx, base.info.doc).map(Some);
        }
        Ok(None)
    }

    /// Whether a name is constant: an entry of the module or of an extension, a
    /// builtin submodule, `__name__`, `__doc__`.
    #[cfg(feature = "alloc")]
    pub(crate) fn has_constant(&self, id: ModuleId, base: &'static Header, name: Qstr) -> bool {
        base.info.globals.position(name).is_some()
            || self.table.submodule(id, name).is_some()
            || name == qstr!("__name__")
            || (name == qstr!("__doc__") && !base.info.doc.is_empty())
            || self
                .table
                .extensions(id)
                .flatten()
                .any(|extension| extension.info.globals.position(name).is_some())
    }

    #[inline(never)]
    fn load_extended<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        base: &'static Header,
        name: Qstr,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let mut found = base
            .info
            .globals
            .position(name)
            .map(|position| (base, position));
        for extension in self.table.extensions(id) {
            let extension = extension?;
            let globals = &extension.info.globals;
            if let Some(position) = globals.position(name)
                && (found.is_none() || globals.is_replacing(position))
            {
                found = Some((extension, position));
            }
        }
        match found {
            Some((header, position)) => self.constant(cx, id, header, position),
            None if name == qstr!("__name__") => self.own_name(cx, id),
            None => Ok(None),
        }
    }

    #[inline]
    fn constant<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        header: &'static Header,
        position: usize,
    ) -> Result<Option<H::Value<'vm>>, H::Error> {
        let adapter = self.adapter(id, header)?;
        (adapter.constant)(&mut cx.within(Some(id)), header, position)
    }

    /// Asks the delegation hooks: the module's own first, then those of its
    /// extensions. The first that claims the name has it.
    ///
    /// # Errors
    ///
    /// What a hook fails with: no later hook is asked then.
    pub fn delegate<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        name: Qstr,
        access: Access<'_, H::Value<'vm>>,
    ) -> Result<Claim<H::Value<'vm>>, H::Error> {
        let base = self.table.header(id)?;
        self.delegate_of(cx, id, base, name, access)
    }

    pub(crate) fn delegate_of<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        base: &'static Header,
        name: Qstr,
        access: Access<'_, H::Value<'vm>>,
    ) -> Result<Claim<H::Value<'vm>>, H::Error> {
        let claim = (self.adapter(id, base)?.attr)(&mut cx.within(Some(id)), base, name, access)?;
        if claim.is_claimed() {
            return Ok(claim);
        }
        for extension in self.table.extensions(id) {
            let extension = extension?;
            let adapter = self.adapter(id, extension)?;
            let claim = (adapter.attr)(&mut cx.within(Some(id)), extension, name, access)?;
            if claim.is_claimed() {
                return Ok(claim);
            }
        }
        Ok(Claim::Declined)
    }

    /// Stores an attribute through the delegation hooks. `false` where none
    /// claims the name: a constant never changes.
    ///
    /// # Errors
    ///
    /// What a hook fails with.
    pub fn store<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        id: ModuleId,
        name: Qstr,
        value: &H::Value<'vm>,
    ) -> Result<bool, H::Error> {
        Ok(self
            .delegate(cx, id, name, Access::Store(value))?
            .is_claimed())
    }

    /// Deletes an attribute through the delegation hooks. `false` where none
    /// claims the name.
    ///
    /// # Errors
    ///
    /// What a hook fails with.
    pub fn delete(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        name: Qstr,
    ) -> Result<bool, H::Error> {
        Ok(self.delegate(cx, id, name, Access::Delete)?.is_claimed())
    }

    /// Hands every attribute name of a module to `each`: its table, extensions,
    /// submodules, and what the hooks say they answer. A name that several of
    /// them give is handed on several times.
    ///
    /// # Errors
    ///
    /// What a hook fails with.
    pub fn dir(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        each: &mut dyn FnMut(Qstr),
    ) -> Result<(), H::Error> {
        let base = self.table.header(id)?;
        self.dir_of(cx, id, base, each)
    }

    pub(crate) fn dir_of(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        base: &'static Header,
        each: &mut dyn FnMut(Qstr),
    ) -> Result<(), H::Error> {
        self.constants_of(id, base, each)?;
        self.hook_names_of(cx, id, base, each)
    }

    /// The part of `dir` that hooks give.
    pub(crate) fn hook_names_of(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        base: &'static Header,
        each: &mut dyn FnMut(Qstr),
    ) -> Result<(), H::Error> {
        (self.adapter(id, base)?.dir)(&mut cx.within(Some(id)), base, each)?;
        for extension in self.table.extensions(id) {
            let extension = extension?;
            (self.adapter(id, extension)?.dir)(&mut cx.within(Some(id)), extension, each)?;
        }
        Ok(())
    }

    /// The part of `dir` that calls no hook.
    pub(crate) fn constants_of(
        &self,
        id: ModuleId,
        base: &'static Header,
        each: &mut dyn FnMut(Qstr),
    ) -> Result<(), Broken> {
        each(qstr!("__name__"));
        if !base.info.doc.is_empty() {
            each(qstr!("__doc__"));
        }
        base.info.globals.names().for_each(&mut *each);
        for (name, _) in self.table.submodules(id) {
            each(name);
        }
        for extension in self.table.extensions(id) {
            extension?.info.globals.names().for_each(&mut *each);
        }
        Ok(())
    }
}
