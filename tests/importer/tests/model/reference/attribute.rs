//! Attributes of modules.

use super::natives::{ALL, Access};
use super::{Id, Model, Res, Val, fail};
use importer::Function;
use std::collections::BTreeSet;

impl Model {
    /// The newest patch of a name.
    fn newest(&self, id: Id, name: &str) -> Option<Option<Val>> {
        let mut patches = self.objects[id].patches.iter().rev();
        let newest = patches.find(|patch| patch.name == name)?;
        Some(newest.what.clone())
    }

    /// What `__dict__` has under a name, builtin submodules and `__doc__` apart:
    /// what the importer itself looks at.
    pub(crate) fn visible(&self, id: Id, name: &str) -> Option<Val> {
        if let Some(patched) = self.newest(id, name) {
            return patched;
        }
        let object = &self.objects[id];
        if object.gone {
            return None;
        }
        let constant = object.native.and_then(|of| ALL[of].constant(name));
        constant.or_else(|| object.dict.get(name).cloned())
    }

    /// What `__dict__` has under a name.
    pub(crate) fn binding(&mut self, id: Id, name: &str) -> Res<Option<Val>> {
        let visible = self.visible(id, name);
        let object = &self.objects[id];
        if visible.is_some() || object.gone || self.newest(id, name).is_some() {
            return Ok(visible);
        }
        let Some(native) = object.native else {
            return Ok(None);
        };
        if let Some(below) = ALL[native].submodule(name) {
            return self.initialised(below).map(|id| Some(Val::Module(id)));
        }
        let doc = ALL[native].doc;
        Ok((name == "__doc__" && !doc.is_empty()).then(|| Val::Text(doc.into())))
    }

    /// An attribute of any value.
    pub(crate) fn attribute(&mut self, value: &Val, name: &str) -> Res<Option<Val>> {
        match value {
            Val::Module(id) => self.load(*id, name),
            _ if name == "real" => Ok(Some(value.clone())),
            _ => Ok(None),
        }
    }

    pub(crate) fn load(&mut self, id: Id, name: &str) -> Res<Option<Val>> {
        self.check(id)?;
        self.load_late(id)?;
        self.check(id)?;
        if let Some(instead) = self.objects[id].instead.clone() {
            return self.attribute(&instead, name);
        }
        if self.objects[id].reserved
            && let Some(native) = self.native_named(name)
        {
            return self.initialised(native).map(|id| Some(Val::Module(id)));
        }
        let hidden = match self.newest(id, name) {
            Some(Some(value)) => return Ok(Some(value)),
            Some(None) => true,
            None => false,
        };
        match self.objects[id].native {
            Some(native) => match self.load_native(id, native, name, hidden)? {
                Some(value) => Ok(Some(value)),
                None => self.ask_getattr(id, name),
            },
            None => self.load_found(id, name, hidden),
        }
    }

    fn load_native(&mut self, id: Id, native: usize, name: &str, hidden: bool) -> Res<Option<Val>> {
        let known = &ALL[native];
        if !hidden {
            if let Some(value) = self.visible(id, name) {
                return Ok(Some(value));
            }
            if name == "__package__" {
                let is_package = known.submodules().next().is_some();
                let above = known.name.rsplit_once('.');
                let package = match above {
                    _ if is_package => known.name,
                    Some((package, _)) => package,
                    None => "",
                };
                return Ok(Some(Val::Text(package.into())));
            }
            if name == "__loader__" {
                return Ok(Some(Val::Text("builtin".into())));
            }
            if let Some(below) = known.submodule(name) {
                return self.initialised(below).map(|id| Some(Val::Module(id)));
            }
        }
        if hidden && name == "__doc__" {
            return Ok(None);
        }
        if let Some(Some(value)) = self.delegate(native, name, Access::Load)? {
            return Ok(Some(value));
        }
        if name == "__doc__" && !known.doc.is_empty() {
            return Ok(Some(Val::Text(known.doc.into())));
        }
        if let Some(value) = self.native_getattr(native, name)? {
            return Ok(Some(value));
        }
        Ok((name == "__doc__").then_some(Val::None))
    }

    fn load_found(&mut self, id: Id, name: &str, hidden: bool) -> Res<Option<Val>> {
        let object = &self.objects[id];
        if !hidden && let Some(value) = object.dict.get(name) {
            return Ok(Some(value.clone()));
        }
        match name {
            "__package__" => {
                let package = object.found.as_ref().map(|found| found.package());
                return Ok(Some(package.map_or(Val::None, Val::Text)));
            }
            "__loader__" => {
                let label = object.found.as_ref().map(|f| super::search::label(f.by));
                return Ok(Some(
                    label.map_or(Val::None, |label| Val::Text(label.into())),
                ));
            }
            "__doc__" => return Ok(Some(Val::None)),
            _ => {}
        }
        self.ask_getattr(id, name)
    }

    /// What scripts bound or patched in.
    fn scripted(&self, id: Id, name: &str) -> Option<Val> {
        let bound = self.objects[id].dict.get(name).cloned();
        self.newest(id, name).unwrap_or(bound)
    }

    /// Calls the `__getattr__` of a script, if there is one.
    fn ask_getattr(&mut self, id: Id, name: &str) -> Res<Option<Val>> {
        let Some(function) = self.scripted(id, "__getattr__") else {
            return Ok(None);
        };
        let Val::Function(Function::Getattr(known)) = function else {
            return fail("TypeError: not callable");
        };
        self.log(format!("call __getattr__ {name}"));
        match known.iter().find(|(of, _)| of == name) {
            Some((_, number)) => Ok(Some(Val::Int(*number))),
            None => fail(format!("AttributeError: getattr {name}")),
        }
    }

    /// The error where there is no such attribute.
    pub(crate) fn no_attribute<T>(&self, id: Id, name: &str, what: &str) -> Res<T> {
        let module = self.own_name(id);
        if self.objects[id].half_made {
            return fail(format!(
                "AttributeError: partially initialized module '{module}' {what} '{name}' \
                 (most likely due to a circular import)"
            ));
        }
        fail(format!("AttributeError: module '{module}' {what} '{name}'"))
    }

    pub(crate) fn store(&mut self, id: Id, name: &str, value: Val) -> Res<()> {
        self.load_late(id)?;
        match self.objects[id].instead.clone() {
            Some(Val::Module(other)) => return self.store(other, name, value),
            Some(_) => return self.no_attribute(id, name, "cannot bind attribute"),
            None => {}
        }
        self.check(id)?;
        match self.objects[id].native {
            Some(native) => {
                let access = Access::Store(value.clone());
                if self.delegate(native, name, access)?.is_some() {
                    return Ok(());
                }
            }
            None if self.newest(id, name).is_none() || self.is_own_doing(id) => {
                self.objects[id].dict.insert(name.into(), value);
                return Ok(());
            }
            None => {}
        }
        self.patch(id, name, &self.owner(), Some(value))
    }

    /// Whether a module that comes out of a file changes itself.
    fn is_own_doing(&self, id: Id) -> bool {
        let object = &self.objects[id];
        object.half_made || object.runs_again || self.owner() == self.registered_name(id)
    }

    pub(crate) fn delete(&mut self, id: Id, name: &str) -> Res<()> {
        self.load_late(id)?;
        match self.objects[id].instead.clone() {
            Some(Val::Module(other)) => return self.delete(other, name),
            Some(_) => return self.no_attribute(id, name, "cannot delete attribute"),
            None => {}
        }
        self.check(id)?;
        let mut constant = false;
        if let Some(native) = self.objects[id].native {
            if self.delegate(native, name, Access::Delete)?.is_some() {
                return Ok(());
            }
            constant = ALL[native].is_constant(name);
        }
        let is_own_doing = self.objects[id].native.is_none() && self.is_own_doing(id);
        match self.newest(id, name) {
            Some(_) if is_own_doing => {
                return match self.objects[id].dict.remove(name) {
                    Some(_) => Ok(()),
                    None => self.no_attribute(id, name, "has no attribute"),
                };
            }
            Some(None) => return self.no_attribute(id, name, "has no attribute"),
            Some(Some(_)) => {}
            None if constant => {}
            None if self.objects[id].dict.remove(name).is_some() => return Ok(()),
            None => return self.no_attribute(id, name, "has no attribute"),
        }
        let owner = self.owner();
        self.undo(id, name, &owner);
        let bound = self.objects[id].dict.contains_key(name);
        if constant || bound || self.newest(id, name).is_some() {
            self.patch(id, name, &owner, None)?;
        }
        Ok(())
    }

    /// The names of `__dict__`.
    pub(crate) fn names(&self, id: Id) -> Res<BTreeSet<String>> {
        self.check(id)?;
        let object = &self.objects[id];
        let mut names: BTreeSet<String> = object.dict.keys().cloned().collect();
        if let Some(native) = object.native {
            let known = &ALL[native];
            names.insert("__name__".into());
            if !known.doc.is_empty() {
                names.insert("__doc__".into());
            }
            names.extend(known.constants.iter().map(|(name, _)| (*name).into()));
            names.extend(known.submodules().map(Into::into));
        }
        for patch in &object.patches {
            match self.newest(id, &patch.name) {
                Some(Some(_)) => names.insert(patch.name.clone()),
                _ => names.remove(&patch.name),
            };
        }
        Ok(names)
    }

    pub(crate) fn dir(&mut self, id: Id) -> Res<BTreeSet<String>> {
        self.load_late(id)?;
        match self.objects[id].instead {
            Some(Val::Module(other)) => return self.dir(other),
            // No other value has names that it tells.
            Some(_) => return Ok(BTreeSet::new()),
            None => {}
        }
        if let Some(function) = self.scripted(id, "__dir__") {
            let Val::Function(Function::Dir(names)) = function else {
                return fail("TypeError: not callable");
            };
            let names = names.into_iter().collect();
            self.log("call __dir__".into());
            return Ok(names);
        }
        if self.objects[id].reserved {
            return Ok(self.builtins());
        }
        let mut names = self.names(id)?;
        if let Some(native) = self.objects[id].native {
            names.extend(ALL[native].listed.iter().map(|name| (*name).into()));
        }
        Ok(names)
    }

    /// The names of all native modules.
    pub(crate) fn builtins(&self) -> BTreeSet<String> {
        let known = ALL.iter().enumerate();
        let known = known.filter(|(place, _)| *place != super::natives::PLUGIN || self.has_plugin);
        known.map(|(_, native)| native.name.into()).collect()
    }
}
