//! The `import` and `from` statements.

use super::{Fail, Id, Model, Res, Val, fail};
use std::collections::BTreeMap;

impl Model {
    /// What the statement evaluates to: the first component, or with names the
    /// last.
    pub(crate) fn import_name(
        &mut self,
        name: &str,
        from: Option<Id>,
        names: &[String],
        level: usize,
    ) -> Res<Val> {
        let full = self.absolute(name, from, level)?;
        let module = self.import(&full)?;
        if !names.is_empty() {
            self.import_submodules(&module, names, true)?;
            return Ok(module);
        }
        let Some((first, rest)) = name.split_once('.') else {
            return Ok(module);
        };
        if level == 0 {
            return self.import(first);
        }
        let bound = &full[..full.len() - rest.len() - 1];
        match self.entry(bound) {
            Some(value) => Ok(value),
            None => fail(format!(
                "ImportError: loaded module '{bound}' not found in sys.modules"
            )),
        }
    }

    fn import_submodules(&mut self, module: &Val, names: &[String], star: bool) -> Res<()> {
        let Val::Module(id) = *module else {
            return Ok(());
        };
        self.load_late(id)?;
        if let Some(instead) = self.objects[id].instead.clone() {
            return self.import_submodules(&instead, names, star);
        }
        if !self.is_package(id) {
            return Ok(());
        }
        for name in names {
            if name == "*" {
                if star && let Some(all) = self.all(id)? {
                    self.import_submodules(module, &all, false)?;
                }
                continue;
            }
            if self.has(module, name)?.is_some() {
                continue;
            }
            let full = format!("{}.{name}", self.own_name(id));
            match self.import(&full) {
                Ok(_) => {}
                // That there is none is told when the name is bound.
                Err(Fail { missing, .. }) if missing.as_deref() == Some(&full) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// An attribute, where AttributeError means that there is none.
    fn has(&mut self, value: &Val, name: &str) -> Res<Option<Val>> {
        match self.attribute(value, name) {
            Err(error) if error.text.starts_with("AttributeError:") => Ok(None),
            found => found,
        }
    }

    pub(crate) fn own_name(&self, id: Id) -> String {
        match self.visible(id, "__name__") {
            Some(Val::Text(name)) => name,
            _ => self.registered_name(id),
        }
    }

    fn all(&self, id: Id) -> Res<Option<Vec<String>>> {
        match self.visible(id, "__all__") {
            Some(Val::List(all)) => Ok(Some(all)),
            Some(_) => fail("TypeError: not a list of texts"),
            None => Ok(None),
        }
    }

    /// The value of one name of a `from` statement.
    pub(crate) fn import_from(&mut self, module: &Val, name: &str) -> Res<Val> {
        if let Some(found) = self.has(module, name)? {
            return Ok(found);
        }
        let Val::Module(id) = *module else {
            return fail(format!(
                "ImportError: cannot import name '{name}' from '<unknown module name>' \
                 (unknown location)"
            ));
        };
        if let Some(instead) = self.objects[id].instead.clone() {
            return self.import_from(&instead, name);
        }
        let package = self.own_name(id);
        if let Some(entry) = self.entry(&format!("{package}.{name}")) {
            return Ok(entry);
        }
        let place = match self.visible(id, "__file__") {
            Some(Val::Text(file)) => file,
            _ => "unknown location".into(),
        };
        if self.objects[id].half_made {
            return fail(format!(
                "ImportError: cannot import name '{name}' from partially initialized module \
                 '{package}' (most likely due to a circular import) ({place})"
            ));
        }
        fail(format!(
            "ImportError: cannot import name '{name}' from '{package}' ({place})"
        ))
    }

    /// What `from module import *` binds.
    pub(crate) fn star(&mut self, module: &Val) -> Res<BTreeMap<String, Val>> {
        let Val::Module(id) = *module else {
            return fail("ImportError: from-import-* object has no __dict__ and no __all__");
        };
        self.load_late(id)?;
        if let Some(instead) = self.objects[id].instead.clone() {
            return self.star(&instead);
        }
        let mut bound = BTreeMap::new();
        if let Some(all) = self.all(id)? {
            for name in all {
                match self.load(id, &name)? {
                    Some(value) => bound.insert(name, value),
                    None => return self.no_attribute(id, &name, "has no attribute"),
                };
            }
            return Ok(bound);
        }
        for name in self.names(id)? {
            if !name.starts_with('_')
                && let Some(value) = self.load(id, &name)?
            {
                bound.insert(name, value);
            }
        }
        Ok(bound)
    }
}
