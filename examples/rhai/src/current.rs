//! What the engine is running: what a callback needs and Rhai lends to a native
//! function for the time of its call.
//!
//! A context of a portable module may borrow nothing, so what Rhai lends is
//! copied. A copy takes two allocations, and most calls find that the one of the
//! call before is still right.

use crate::Error;
use crate::error::Answer;
use alloc::boxed::Box;
use alloc::rc::{Rc, Weak};
use core::cell::{Cell, OnceCell, RefCell};
use rhai::{
    Dynamic, Engine, EvalAltResult, FnPtr, GlobalRuntimeState, NativeCallContext, Position,
};

/// The engine, and the script that called native code last.
#[derive(Default)]
pub(crate) struct Current {
    engine: OnceCell<Weak<Engine>>,
    /// `None` before the first call.
    global: RefCell<Option<GlobalRuntimeState>>,
    /// How many calls deep that script is.
    level: Cell<usize>,
    /// The level at which the innermost callback started.
    floor: Cell<usize>,
    /// How many callbacks are under way.
    callbacks: Cell<usize>,
    /// What no script may catch, and native code may have.
    fatal: RefCell<Option<Box<EvalAltResult>>>,
}

impl Current {
    pub(crate) fn set_engine(&self, engine: &Rc<Engine>) {
        // Once for each state: the embedder has no other way to come here.
        let _ = self.engine.set(Rc::downgrade(engine));
    }

    pub(crate) fn engine(&self) -> Result<Rc<Engine>, Error> {
        let engine = self.engine.get().and_then(Weak::upgrade);
        engine.ok_or_else(|| Error::new("RuntimeError", "the engine is gone"))
    }

    /// Runs native code that a script calls.
    pub(crate) fn within<R>(&self, now: Option<&GlobalRuntimeState>, run: impl FnOnce() -> R) -> R {
        let Some(now) = now else {
            let level = self.level.replace(self.unknown_level());
            let result = run();
            self.level.set(level);
            return result;
        };
        let level = self.level.replace(now.level);
        let is_kept = match &mut *self.global.borrow_mut() {
            Some(kept) if is_same(kept, now) => {
                kept.num_operations = now.num_operations;
                true
            }
            _ => false,
        };
        if !is_kept {
            let old = self.global.replace(Some(now.clone()));
            drop(old);
        }
        let result = run();
        self.level.set(level);
        // The copy stays for an iterator that is made now: it is stepped outside
        // of any call.
        result
    }

    /// The call level of a script that steps an iterator, which Rhai does not
    /// tell: half of what the innermost callback left. So those that nest have
    /// fewer and fewer levels, twice the maximum together.
    fn unknown_level(&self) -> usize {
        let most = self.engine().map_or(0, |engine| engine.max_call_levels());
        let floor = self.floor.get();
        floor.saturating_add(most.saturating_sub(floor) / 2)
    }

    /// Calls a function of a script.
    pub(crate) fn call_back(
        &self,
        function: &FnPtr,
        arguments: impl AsMut<[Dynamic]>,
    ) -> Answer<Dynamic> {
        self.with_context(function.fn_name(), |context| {
            function.call_raw(context, None, arguments)
        })
    }

    /// Runs something that calls back into the engine.
    pub(crate) fn with_context<R>(
        &self,
        name: &str,
        run: impl FnOnce(&NativeCallContext<'_>) -> Answer<R>,
    ) -> Answer<R> {
        let engine = self
            .engine()
            .map_err(|error| error.into_rhai(Position::NONE))?;
        let callbacks = self.callbacks.get();
        // Native code that calls native code counts as no level.
        if callbacks >= engine.max_call_levels() {
            return Err(Box::new(EvalAltResult::ErrorStackOverflow(Position::NONE)));
        }
        // The copy stays for an iterator that the callback steps.
        let kept = self.global.borrow().clone();
        let mut global = kept.unwrap_or_else(|| engine.new_global_runtime_state());
        global.level = self.level.get();
        // What a callback does is counted in a copy, as with Rhai's own functions
        // that call back; so that native code cannot call for ever, each is one.
        global.num_operations = global.num_operations.saturating_add(1);
        self.callbacks.set(callbacks + 1);
        let floor = self.floor.replace(global.level);
        let context =
            NativeCallContext::new_with_all_fields(&engine, name, None, &global, Position::NONE);
        let result = run(&context);
        self.floor.set(floor);
        self.callbacks.set(callbacks);
        let inner = self.global.replace(Some(global));
        drop(inner);
        if let Err(error) = &result {
            self.fatal.replace(again(error));
        }
        result
    }

    /// The error that ended a callback and ends the script too, whatever native
    /// code has made of it.
    pub(crate) fn take_fatal(&self) -> Option<Box<EvalAltResult>> {
        self.fatal.take()
    }
}

/// A copy of an error that no script may catch, or of a script's `exit`.
fn again(error: &EvalAltResult) -> Option<Box<EvalAltResult>> {
    use EvalAltResult as E;
    Some(Box::new(match error.unwrap_inner() {
        E::Exit(value, position) => E::Exit(value.clone(), *position),
        E::ErrorTerminated(token, position) => E::ErrorTerminated(token.clone(), *position),
        E::ErrorTooManyOperations(position) => E::ErrorTooManyOperations(*position),
        E::ErrorTooManyVariables(position) => E::ErrorTooManyVariables(*position),
        E::ErrorTooManyModules(position) => E::ErrorTooManyModules(*position),
        E::ErrorStackOverflow(position) => E::ErrorStackOverflow(*position),
        E::ErrorDataTooLarge(what, position) => E::ErrorDataTooLarge(what.clone(), *position),
        _ => return None,
    }))
}

/// Whether a callback would find the same functions, modules and constants.
fn is_same(kept: &GlobalRuntimeState, now: &GlobalRuntimeState) -> bool {
    let constants = |global: &GlobalRuntimeState| global.constants.as_ref().map(Rc::as_ptr);
    kept.num_imports() == now.num_imports()
        && kept.lib.len() == now.lib.len()
        && constants(kept) == constants(now)
        && kept.source == now.source
        && kept
            .lib
            .iter()
            .zip(&now.lib)
            .all(|(kept, now)| Rc::ptr_eq(kept, now))
        && kept
            .scan_imports_raw()
            .zip(now.scan_imports_raw())
            .all(|(kept, now)| Rc::ptr_eq(kept.1, now.1) && kept.0 == now.0)
}
