//! From a full name to a loaded module.

use super::natives::ALL;
use super::search::{Contents, Found, Located, label};
use super::{Id, Model, Object, Res, Val, fail};

impl Model {
    /// Imports a module and everything above it.
    pub(crate) fn import(&mut self, name: &str) -> Res<Val> {
        if let Some(value) = self.ready(name)? {
            return Ok(value);
        }
        // Its package first, where that is not loaded: it may import it.
        if let Some((parent, _)) = name.rsplit_once('.')
            && self.ready(parent)?.is_none()
        {
            self.import(parent)?;
            if let Some(value) = self.ready(name)? {
                return Ok(value);
            }
        }
        self.import_level(name)
    }

    /// What is loaded under a name; an entry of None is an error.
    fn ready(&self, name: &str) -> Res<Option<Val>> {
        match self.entry(name) {
            Some(Val::None) => fail(format!(
                "ModuleNotFoundError: import of {name} halted; None in sys.modules"
            )),
            entry => Ok(entry),
        }
    }

    fn import_level(&mut self, name: &str) -> Res<Val> {
        if name.is_empty() {
            return fail("ValueError: Empty module name");
        }
        let package = self.parent(name);
        if let Some(Val::Module(id)) = package {
            self.load_late(id)?;
            // A lazy package may import its submodule when it is loaded.
            if let Some(value) = self.ready(name)? {
                return Ok(value);
            }
        }
        let package = self.loaded(name, package)?;
        let located = self.locate(name, package.as_ref())?;
        let value = self.load_located(name, located)?;
        // The code that ran may have put something else in its package's place, or
        // taken it away.
        if let Some((parent, tail)) = name.rsplit_once('.') {
            match self.entry(parent) {
                Some(Val::Module(parent)) => self.bind(parent, tail, &value),
                Some(_) => {}
                None => {
                    return fail(format!(
                        "ImportError: loaded module '{parent}' not found in sys.modules"
                    ));
                }
            }
        }
        Ok(value)
    }

    /// Makes a submodule an attribute of its package.
    fn bind(&mut self, parent: Id, tail: &str, value: &Val) {
        let object = &self.objects[parent];
        if object.reserved || object.gone {
            return;
        }
        // A builtin one of a builtin package is a constant of it.
        if let (Some(of), Val::Module(below)) = (object.native, value)
            && let Some(below) = self.objects[*below].native
            && ALL[of].submodule(tail) == Some(below)
        {
            return;
        }
        self.objects[parent].dict.insert(tail.into(), value.clone());
    }

    fn load_located(&mut self, name: &str, located: Located) -> Res<Val> {
        match located {
            Located::Reserved => {
                let id = self.new_module(name);
                self.objects[id].reserved = true;
                self.enter(name, Val::Module(id));
                Ok(Val::Module(id))
            }
            Located::Native(native) => {
                if let Some(&id) = self.native_objects.get(&native) {
                    self.enter(name, Val::Module(id));
                    return Ok(Val::Module(id));
                }
                let lazy = self.is_lazy(name, None);
                let id = self.native_object(native);
                self.enter(name, Val::Module(id));
                if lazy {
                    self.postpone(id);
                } else {
                    self.init_new(id)?;
                }
                Ok(Val::Module(id))
            }
            Located::Found(found) => {
                if let Some(id) = self.shared_with(&found) {
                    self.enter(name, Val::Module(id));
                    return Ok(Val::Module(id));
                }
                let lazy = self.is_lazy(name, Some(&found));
                let id = self.new_object(Object {
                    name: name.into(),
                    found: Some(found),
                    ..Object::default()
                });
                self.describe(id);
                self.enter(name, Val::Module(id));
                if lazy {
                    self.postpone(id);
                    return Ok(Val::Module(id));
                }
                self.run_new(id, name)
            }
        }
    }

    /// The module that another of its names has given already.
    fn shared_with(&self, found: &Found) -> Option<Id> {
        if !found.shared {
            return None;
        }
        (0..self.objects.len())
            .find(|&id| self.objects[id].found.as_ref() == Some(found) && self.is_loaded(id))
    }

    /// The object of a native module, which is not initialised.
    pub(crate) fn native_object(&mut self, native: usize) -> Id {
        let mut object = Object {
            name: ALL[native].name.into(),
            native: Some(native),
            ..Object::default()
        };
        if native == super::natives::PLUGIN {
            let name = Val::Text(ALL[native].name.into());
            object.dict.insert("__name__".into(), name);
        }
        let id = self.new_object(object);
        self.native_objects.insert(native, id);
        id
    }

    /// The object of a native module, initialised.
    pub(crate) fn initialised(&mut self, native: usize) -> Res<Id> {
        if let Some(&id) = self.native_objects.get(&native) {
            return Ok(id);
        }
        let id = self.native_object(native);
        self.init_new(id)?;
        Ok(id)
    }

    pub(crate) fn init_new(&mut self, id: Id) -> Res<()> {
        let done = self.init(id);
        if done.is_err() {
            self.take_out(id);
        }
        done
    }

    /// What is bound before the code runs.
    pub(crate) fn describe(&mut self, id: Id) {
        let Some(found) = self.objects[id].found.clone() else {
            return;
        };
        let dict = &mut self.objects[id].dict;
        let package = found.package();
        dict.insert("__name__".into(), Val::Text(found.name));
        dict.insert("__package__".into(), Val::Text(package));
        if let Some(search) = found.search {
            dict.insert("__path__".into(), Val::List(search));
        }
        if let Some(origin) = found.origin {
            dict.insert("__file__".into(), Val::Text(origin));
        }
    }

    fn run_new(&mut self, id: Id, name: &str) -> Res<Val> {
        if let Err(error) = self.run(id) {
            self.remove(name);
            if self.objects[id].found.as_ref().is_some_and(|f| f.shared) {
                for name in self.names_of(id) {
                    self.remove(&name);
                }
            }
            return Err(error);
        }
        match self.entry(name) {
            Some(value) => Ok(value),
            None => fail(format!(
                "ImportError: loaded module '{name}' not found in sys.modules"
            )),
        }
    }

    /// Runs the code of a module that a finder found.
    pub(crate) fn run(&mut self, id: Id) -> Res<()> {
        self.objects[id].half_made = true;
        let done = self.execute(id);
        self.objects[id].half_made = false;
        done
    }

    /// The same of one that may have been made long ago.
    pub(crate) fn execute(&mut self, id: Id) -> Res<()> {
        let Some(found) = self.objects[id].found.clone() else {
            return Ok(());
        };
        let program = match found.what {
            Contents::Folder => return Ok(()),
            Contents::Program(program) => Some(program),
            Contents::Vanished => None,
        };
        self.log(format!("{} code {}", label(found.by), found.name));
        match program {
            Some(program) => self.exec(id, &found.name, program),
            None => fail(format!("OSError: {} vanished", found.name)),
        }
    }
}
