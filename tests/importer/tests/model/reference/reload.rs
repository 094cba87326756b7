//! Running a module again, and initialising a native one again.

use super::natives::ALL;
use super::search::Located;
use super::{Fail, Id, Model, Res, Val, fail};

impl Model {
    pub(crate) fn reload(&mut self, value: &Val) -> Res<Val> {
        let Val::Module(id) = *value else {
            return fail("TypeError: reload() argument must be a module");
        };
        self.check(id)?;
        let object = &self.objects[id];
        let name = object.name.clone();
        let has_aliases =
            object.native.is_some() || object.found.as_ref().is_some_and(|f| f.shared);
        let names = self.names_of(id);
        let name = if names.contains(&name) {
            name
        } else if has_aliases && !names.is_empty() {
            names[0].clone()
        } else {
            return fail(format!("ImportError: module {name} not in sys.modules"));
        };
        if self.objects[id].lazy {
            self.load_late(id)?;
        } else if self.objects[id].native.is_none() && !self.objects[id].runs_again {
            self.run_again(id, &name)?;
        }
        Ok(self.entry(&name).unwrap_or(Val::Module(id)))
    }

    fn run_again(&mut self, id: Id, name: &str) -> Res<()> {
        if let Some((package, _)) = name.rsplit_once('.')
            && self.entry(package).is_none()
        {
            return fail(format!(
                "ImportError: parent '{package}' not in sys.modules"
            ));
        }
        let package = self.loaded(name, self.parent(name))?;
        let found = match self.locate(name, package.as_ref()) {
            Ok(Located::Found(found)) => found,
            Ok(_)
            | Err(Fail {
                missing: Some(_), ..
            }) => {
                return fail(format!(
                    "ModuleNotFoundError: spec not found for the module '{name}'"
                ));
            }
            Err(error) => return Err(error),
        };
        let before = self.objects[id].dict.clone();
        self.objects[id].found = Some(found);
        self.describe(id);
        self.objects[id].runs_again = true;
        let done = self.execute(id);
        self.objects[id].runs_again = false;
        let object = &mut self.objects[id];
        match done {
            Ok(()) => object.before = None,
            Err(_) => {
                object.before.get_or_insert(before);
            }
        }
        done
    }

    /// Gives the names back that a module had before a reload that failed.
    pub(crate) fn restore(&mut self, id: Id) -> bool {
        match self.objects[id].before.take() {
            Some(before) => {
                self.objects[id].dict = before;
                true
            }
            None => false,
        }
    }

    pub(crate) fn init_builtin(&mut self, name: &str) -> Res<Option<Val>> {
        let Some(native) = self.native_named(name) else {
            return Ok(None);
        };
        match self.native_objects.get(&native).copied() {
            Some(id) if self.objects[id].lazy => self.load_late(id)?,
            Some(id) if ALL[native].has_deinit => {
                if let Err(error) = self.deinit(id) {
                    self.take_out(id);
                    return Err(error);
                }
                self.init_new(id)?;
            }
            Some(_) if !ALL[native].inits.is_empty() => {
                return fail(format!(
                    "ImportError: builtin module '{name}' cannot be initialised again"
                ));
            }
            Some(_) => {}
            None => {
                let id = self.native_object(native);
                self.enter(name, Val::Module(id));
                self.init_new(id)?;
            }
        }
        let id = self.native_objects[&native];
        self.enter(name, Val::Module(id));
        Ok(Some(Val::Module(id)))
    }
}
