//! `import`: the table of builtin modules as a resolver of Rhai.

use crate::error::Answer;
use crate::module;
use crate::state::{Caller, State, initialise};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::ToString;
use core::cell::RefCell;
use enroll::{Class, ModuleId};
use rhai::{
    Engine, EvalAltResult, GlobalRuntimeState, Module, ModuleResolver, Position, Scope, Shared,
};

/// Finds builtin modules, and asks another resolver for the rest.
pub(crate) struct Resolver {
    state: Rc<State>,
    made: RefCell<BTreeMap<ModuleId, Shared<Module>>>,
    others: Option<Box<dyn ModuleResolver>>,
}

impl Resolver {
    pub(crate) fn new(state: Rc<State>, others: Option<Box<dyn ModuleResolver>>) -> Resolver {
        Resolver {
            state,
            made: RefCell::default(),
            others,
        }
    }

    fn builtin(
        &self,
        now: &GlobalRuntimeState,
        id: ModuleId,
        position: Position,
    ) -> Answer<Shared<Module>> {
        let caller = Caller {
            global: Some(now),
            position,
        };
        self.state.run(caller, |cx| {
            initialise(cx, id)?;
            if let Some(module) = self.made.borrow().get(&id) {
                return Ok(Rc::clone(module));
            }
            let module = Rc::new(module::make(cx, id)?);
            self.made.borrow_mut().insert(id, Rc::clone(&module));
            Ok(module)
        })
    }

    fn is_extensible(&self, id: ModuleId) -> bool {
        let header = self.state.builtins.table().header(id);
        header.is_ok_and(|header| header.info().class == Class::Extensible)
    }
}

impl ModuleResolver for Resolver {
    fn resolve(
        &self,
        engine: &Engine,
        source: Option<&str>,
        path: &str,
        pos: Position,
    ) -> Answer<Shared<Module>> {
        let mut global = engine.new_global_runtime_state();
        global.source = source.map(Into::into);
        self.resolve_raw(engine, &mut global, &mut Scope::new(), path, pos)
    }

    fn resolve_raw(
        &self,
        engine: &Engine,
        global: &mut GlobalRuntimeState,
        scope: &mut Scope<'_>,
        path: &str,
        pos: Position,
    ) -> Answer<Shared<Module>> {
        let id = find(&self.state, path);
        if let Some(others) = &self.others
            && id.is_none_or(|id| self.is_extensible(id))
        {
            let found = others.resolve_raw(engine, global, scope, path, pos);
            match (found, id) {
                (Err(error), Some(_)) if is_missing(&error, path) => {}
                (found, _) => return found,
            }
        }
        match id {
            Some(id) => self.builtin(global, id, pos),
            None => Err(Box::new(EvalAltResult::ErrorModuleNotFound(
                path.to_string(),
                pos,
            ))),
        }
    }
}

/// A module by its name, an alias, or a path below one of these, with dots or
/// slashes.
pub(crate) fn find(state: &State, path: &str) -> Option<ModuleId> {
    let name = match path.contains('/') {
        true => Cow::Owned(path.replace('/', ".")),
        false => Cow::Borrowed(path),
    };
    let id = state.builtins.table().find_dotted(&name)?;
    // A module under a `cfg` that is false stands in the table, and is not there.
    state.builtins.iter().find(|known| *known == id)
}

fn is_missing(error: &EvalAltResult, path: &str) -> bool {
    matches!(error, EvalAltResult::ErrorModuleNotFound(missing, _) if missing == path)
}
