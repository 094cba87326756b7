//! Taking modules out of an interpreter.

use super::natives::ALL;
use super::{Id, Model, Res, Val, fail};
use std::collections::BTreeSet;

/// What an unload did: the names that left, who holds which.
pub(crate) type Unloaded = (BTreeSet<String>, BTreeSet<(String, String)>);

impl Model {
    pub(crate) fn unload(&mut self, name: &str) -> Res<Unloaded> {
        // A module leaves with all its names, and with what is below any.
        let mut roots = vec![name.to_owned()];
        if let Some(Val::Module(id)) = self.entry(name) {
            roots.extend(self.names_of(id));
        }
        let is_below = |full: &str| {
            roots.iter().any(|root| {
                full == root
                    || full
                        .strip_prefix(root.as_str())
                        .is_some_and(|r| r.starts_with('.'))
            })
        };
        let (leaving, staying): (Vec<_>, Vec<_>) =
            self.table.drain(..).partition(|(full, _)| is_below(full));
        if leaving.is_empty() {
            self.table = staying;
            return fail(format!("ImportError: module {name} not in sys.modules"));
        }
        let mut unloaded: Vec<(Id, String)> = Vec::new();
        let mut names = BTreeSet::new();
        // An object that is no module, and of its package the attribute.
        let was_value = leaving
            .iter()
            .any(|(full, value)| full == name && !matches!(value, Val::Module(_) | Val::None));
        // What is below the reserved package stays, its entries apart.
        let is_reserved = leaving.iter().any(|(full, value)| {
            full == name && matches!(value, Val::Module(id) if self.objects[*id].reserved)
        });
        for (full, value) in leaving {
            if let Val::Module(id) = value
                && (!is_reserved || self.objects[id].reserved)
                && unloaded.iter().all(|(known, _)| *known != id)
            {
                unloaded.push((id, full.clone()));
            }
            names.insert(full);
        }
        // So do builtin submodules that were read as attributes, and are in no
        // table.
        for id in self.order.clone() {
            let name = self.registered_name(id);
            let is_below = unloaded.iter().any(|(package, _)| {
                let package = &self.objects[*package];
                package.native.is_some()
                    && !package.gone
                    && name.starts_with(&format!("{}.", package.name))
            });
            let is_entered = staying.iter().any(|(_, value)| *value == Val::Module(id));
            if is_below && !is_entered && unloaded.iter().all(|(known, _)| *known != id) {
                unloaded.push((id, name));
            }
        }
        for (full, value) in staying {
            match value {
                Val::Module(id) if unloaded.iter().any(|(known, _)| *known == id) => {
                    names.insert(full);
                }
                value => self.table.push((full, value)),
            }
        }
        let is_unloaded = |value: &Val| match value {
            Val::Module(id) => unloaded.iter().find(|(known, _)| known == id),
            _ => None,
        };
        self.unbind(name, was_value, &unloaded);

        let mut holders = BTreeSet::new();
        for (full, value) in &self.table {
            let Val::Module(holder) = value else {
                continue;
            };
            if self.names_of(*holder).first() != Some(full) {
                continue;
            }
            let object = &self.objects[*holder];
            let patched = object
                .patches
                .iter()
                .filter_map(|patch| patch.what.as_ref());
            for value in object.dict.values().chain(patched) {
                if let Some((_, held)) = is_unloaded(value) {
                    holders.insert((full.clone(), held.clone()));
                }
            }
        }
        for (place, value) in self.variables.iter().enumerate() {
            for (id, held) in &unloaded {
                if *value == Val::Module(*id) {
                    holders.insert((format!("v{place}"), held.clone()));
                }
            }
        }
        // What was patched in a module that comes out of a file goes with it.
        for (id, _) in &unloaded {
            if self.objects[*id].native.is_none() {
                self.objects[*id].patches.clear();
            }
        }
        self.end(&unloaded)?;
        Ok((names, holders))
    }

    /// Takes the attributes away that packages have of unloaded modules: the
    /// package that stays, and native ones, whose object may come back.
    fn unbind(&mut self, name: &str, was_value: bool, unloaded: &[(Id, String)]) {
        let is_unloaded = |value: &Val| unloaded.iter().any(|(id, _)| *value == Val::Module(*id));
        if let Some((package, tail)) = name.rsplit_once('.')
            && let Some(Val::Module(package)) = self.entry(package)
            && self.objects[package].dict.get(tail).is_some_and(|value| {
                is_unloaded(value) || (was_value && !matches!(value, Val::Module(_)))
            })
        {
            self.objects[package].dict.remove(tail);
        }
        for (id, _) in unloaded {
            if self.objects[*id].native.is_some() {
                self.objects[*id]
                    .dict
                    .retain(|_, value| !is_unloaded(value));
            }
        }
    }

    /// Ends those that can be ended, the last initialised first.
    fn end(&mut self, unloaded: &[(Id, String)]) -> Res<()> {
        let mut result = Ok(());
        for id in self.order.clone().into_iter().rev() {
            let is_unloaded = unloaded.iter().any(|(known, _)| *known == id);
            let native = self.objects[id].native.unwrap_or_default();
            if is_unloaded && ALL[native].has_deinit {
                result = result.and(self.deinit(id));
                self.take_out(id);
            }
        }
        result
    }

    pub(crate) fn shutdown(&mut self) -> Res<()> {
        let mut result = Ok(());
        while let Some(&id) = self.order.last() {
            result = result.and(self.deinit(id));
            self.take_out(id);
        }
        result
    }
}
