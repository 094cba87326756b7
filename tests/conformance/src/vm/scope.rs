//! Where names are looked up: a function, the functions around it, its module,
//! what is built in.

use crate::Running;
use crate::language::tree::Name;
use crate::vm::error::{Raised, Step};
use crate::vm::value::{Locals, Names, Value, bind, find, unbind};
use enroll::Qstr;
use enroll::import::{Handle, Importer};
use std::cell::RefCell;
use std::rc::Rc;

/// Where a statement runs.
pub(crate) struct Scope {
    pub(crate) module: Handle,
    /// The names of a function or class body; none at the top of a module.
    pub(crate) locals: Option<Rc<Locals>>,
    /// Names that `global` gave to the module.
    pub(crate) globals: RefCell<Vec<Name>>,
    /// The exception that a bare `raise` raises again.
    pub(crate) caught: RefCell<Option<Value>>,
}

impl Scope {
    /// The top of a module.
    pub(crate) fn module(module: Handle) -> Scope {
        Scope::within(module, None)
    }

    /// A function or class body.
    pub(crate) fn within(module: Handle, locals: Option<Rc<Locals>>) -> Scope {
        Scope {
            module,
            locals,
            globals: RefCell::default(),
            caught: RefCell::default(),
        }
    }

    /// The names of a comprehension, within this scope.
    pub(crate) fn inner(&self) -> Scope {
        let locals = Locals {
            names: Names::default(),
            around: self.locals.clone(),
        };
        Scope::within(self.module, Some(Rc::new(locals)))
    }

    fn own(&self, name: &str) -> Option<&Names> {
        let locals = self.locals.as_ref()?;
        let is_global = self.globals.borrow().iter().any(|known| **known == *name);
        (!is_global).then_some(&locals.names)
    }

    pub(crate) fn load(&self, cx: &mut Running<'_, '_>, name: &str) -> Step<Value> {
        if self.own(name).is_some() {
            let mut locals = self.locals.as_ref();
            while let Some(level) = locals {
                if let Some(value) = find(&level.names, name) {
                    return Ok(value);
                }
                locals = level.around.as_ref();
            }
        }
        // PEP 562: a global name calls no `__getattr__` of the module.
        if let Some(id) = known(cx, name)
            && let Some(value) = Importer::new(cx).binding(self.module, id)?
        {
            return Ok(value);
        }
        match cx.host().builtin(name) {
            Some(value) => Ok(value),
            None => Err(Raised::new(
                cx,
                "NameError",
                &format!("name '{name}' is not defined"),
            )),
        }
    }

    pub(crate) fn store(&self, cx: &mut Running<'_, '_>, name: &str, value: Value) -> Step<()> {
        if let Some(locals) = self.own(name) {
            bind(locals, name, value);
            return Ok(());
        }
        let id = intern(cx, name)?;
        Importer::new(cx).store(self.module, id, value)
    }

    pub(crate) fn delete(&self, cx: &mut Running<'_, '_>, name: &str) -> Step<()> {
        let deleted = match (self.own(name), known(cx, name)) {
            (Some(locals), _) => unbind(locals, name),
            (None, None) => false,
            (None, Some(id)) => {
                let mut importer = Importer::new(cx);
                let was = importer.binding(self.module, id)?.is_some();
                if was {
                    importer.delete(self.module, id)?;
                }
                was
            }
        };
        if deleted {
            return Ok(());
        }
        let message = format!("name '{name}' is not defined");
        Err(Raised::new(cx, "NameError", &message))
    }
}

/// The id of a name; interned if it is new.
pub(crate) fn intern(cx: &mut Running<'_, '_>, name: &str) -> Step<Qstr> {
    let interned = cx.host().imports.names.intern(name);
    interned.map_err(|error| Raised::new(cx, "MemoryError", &error.to_string()))
}

/// The id of a name that anything has.
pub(crate) fn known(cx: &mut Running<'_, '_>, name: &str) -> Option<Qstr> {
    cx.host().imports.names.get(name)
}
