//! The reference model: what design.md says about modules, over plain lists and
//! texts. It shares no code with the importer; where it is slow or clumsy, it
//! is so that one can see that it is right.

mod attribute;
mod import;
mod lazy;
mod natives;
mod overrides;
mod program;
mod relative;
mod reload;
mod search;
mod statement;
mod unload;

pub(crate) use lazy::Bypassed;
pub(crate) use search::Found;

use importer::{Action, Function, World};
use std::collections::BTreeMap;

/// Whether a native module can be initialised again.
pub(crate) fn is_builtin(native: usize) -> i32 {
    natives::ALL[native].is_builtin()
}

/// A module object: its place in [`Model::objects`].
pub(crate) type Id = usize;

/// What a script holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Val {
    None,
    Int(i64),
    Text(String),
    List(Vec<String>),
    Module(Id),
    Function(Function),
}

/// Why something failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fail {
    pub(crate) text: String,
    /// The module that was not found, where that is what failed.
    pub(crate) missing: Option<String>,
}

pub(crate) type Res<T> = Result<T, Fail>;

pub(crate) fn fail<T>(text: impl Into<String>) -> Res<T> {
    Err(Fail {
        text: text.into(),
        missing: None,
    })
}

/// A module object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    /// The name it was searched by, or registered.
    pub(crate) name: String,
    /// Its place in [`natives::ALL`].
    pub(crate) native: Option<usize>,
    pub(crate) dict: BTreeMap<String, Val>,
    pub(crate) found: Option<Found>,
    /// The oldest first.
    pub(crate) patches: Vec<Patch>,
    pub(crate) half_made: bool,
    pub(crate) runs_again: bool,
    pub(crate) lazy: bool,
    pub(crate) reserved: bool,
    pub(crate) gone: bool,
    pub(crate) instead: Option<Val>,
    pub(crate) before: Option<BTreeMap<String, Val>>,
}

/// A patch; `None` hides the name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Patch {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) what: Option<Val>,
}

/// An interpreter with its imports.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) world: World,
    pub(crate) weak_links: bool,
    pub(crate) path: Vec<String>,
    /// `sys.modules`, the oldest first; None blocks.
    pub(crate) table: Vec<(String, Val)>,
    pub(crate) objects: Vec<Object>,
    /// The object of each native module that has one.
    pub(crate) native_objects: BTreeMap<usize, Id>,
    pub(crate) has_plugin: bool,
    /// Native modules in the order of their `init`.
    pub(crate) order: Vec<Id>,
    pub(crate) lazy: lazy::Lazy,
    pub(crate) log: Vec<String>,
    pub(crate) runs: BTreeMap<usize, u32>,
    pub(crate) pin: Option<Val>,
    pub(crate) variables: Vec<Val>,
    pub(crate) running: Vec<String>,
}

impl Model {
    pub(crate) fn log(&mut self, event: String) {
        self.log.push(event);
    }

    /// What `sys.modules` has under a name.
    pub(crate) fn entry(&self, name: &str) -> Option<Val> {
        let entry = self.table.iter().find(|(known, _)| known == name);
        entry.map(|(_, value)| value.clone())
    }

    pub(crate) fn enter(&mut self, name: &str, value: Val) {
        match self.table.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.table.push((name.into(), value)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.table.retain(|(known, _)| known != name);
    }

    /// All names of a module in `sys.modules`.
    pub(crate) fn names_of(&self, id: Id) -> Vec<String> {
        let entries = self.table.iter();
        let of_module = entries.filter(|(_, value)| *value == Val::Module(id));
        of_module.map(|(name, _)| name.clone()).collect()
    }

    pub(crate) fn is_loaded(&self, id: Id) -> bool {
        !self.names_of(id).is_empty()
    }

    pub(crate) fn new_object(&mut self, object: Object) -> Id {
        self.objects.push(object);
        self.objects.len() - 1
    }

    /// A module without code, as a script makes one.
    pub(crate) fn new_module(&mut self, name: &str) -> Id {
        self.new_object(Object {
            name: name.into(),
            dict: BTreeMap::from([("__name__".into(), Val::Text(name.into()))]),
            ..Object::default()
        })
    }

    /// The registered name of a module, for messages.
    pub(crate) fn registered_name(&self, id: Id) -> String {
        let object = &self.objects[id];
        match &object.found {
            _ if object.gone => String::new(),
            Some(found) if found.shared => found.name.clone(),
            _ => object.name.clone(),
        }
    }

    /// The error of whoever uses a module that is gone.
    pub(crate) fn check(&self, id: Id) -> Res<()> {
        if self.objects[id].gone {
            return fail("ReferenceError: the module is gone");
        }
        Ok(())
    }

    /// Who patches a builtin by plain assignment.
    pub(crate) fn owner(&self) -> String {
        let running = self.running.last().cloned();
        running.unwrap_or_else(|| "__main__".into())
    }

    /// A native module goes with all its names.
    pub(crate) fn take_out(&mut self, id: Id) {
        let name = self.registered_name(id);
        for name in self.names_of(id) {
            self.remove(&name);
        }
        self.log(format!("gone {name}"));
        self.order.retain(|known| *known != id);
        self.native_objects.retain(|_, known| *known != id);
        self.lose(id);
        let object = &mut self.objects[id];
        object.patches.clear();
        object.dict.clear();
        object.before = None;
        object.gone = true;
    }

    /// What the `init` and `deinit` of a native module do.
    pub(crate) fn act(&mut self, action: Action, name: &str) -> Res<()> {
        self.log(format!("{action:?} {name}"));
        if action == Action::Init
            && let Some(wanted) = self.world.wanted.get(name).cloned()
        {
            self.import(&wanted)?;
        }
        match self.world.failing.get_mut(&(action, name.into())) {
            Some(times) if *times > 0 => {
                *times -= 1;
                fail(format!("RuntimeError: {action:?} of {name} fails"))
            }
            _ => Ok(()),
        }
    }
}
