//! What one engine knows of the modules of the firmware.

use crate::current::Current;
use crate::error::Answer;
use crate::install::Clock;
use crate::names::{Texts, names};
use crate::{Context, Error, Rhai};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::any::{Any, TypeId};
use core::cell::RefCell;
use core::mem;
use enroll::{Builtins, Cx, ModuleId, Names};
use enroll_portable::Keep;
use rhai::{GlobalRuntimeState, NativeCallContext, Position};

/// The table is shared and constant; this belongs to one engine.
pub(crate) struct State {
    pub(crate) builtins: &'static Builtins<Rhai>,
    pub(crate) current: Current,
    pub(crate) keep: Rc<Keep<'static>>,
    pub(crate) names: RefCell<Names>,
    pub(crate) texts: Texts,
    pub(crate) clock: Option<Box<dyn Clock>>,
    /// What modules that were declared for Rhai keep.
    kept: RefCell<Kept>,
    /// Modules that are initialised or about to be, in that order.
    begun: RefCell<Vec<ModuleId>>,
}

/// Who called native code.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'c> {
    /// What the script runs in; where that is unknown, the last one that was
    /// known counts.
    pub(crate) global: Option<&'c GlobalRuntimeState>,
    /// Where in the script, for errors.
    pub(crate) position: Position,
}

impl<'c> Caller<'c> {
    /// Rhai tells nothing.
    pub(crate) const UNKNOWN: Caller<'static> = Caller {
        global: None,
        position: Position::NONE,
    };

    /// What Rhai tells a function.
    pub(crate) fn of(context: Option<&'c NativeCallContext<'_>>) -> Caller<'c> {
        match context {
            Some(context) => Caller {
                global: Some(context.global_runtime_state()),
                position: context.call_position(),
            },
            None => Caller::UNKNOWN,
        }
    }

    /// What a script runs in, without a place.
    pub(crate) fn within(global: &'c GlobalRuntimeState) -> Caller<'c> {
        Caller {
            global: Some(global),
            position: Position::NONE,
        }
    }
}

type Kept = BTreeMap<(ModuleId, TypeId), Rc<dyn Any>>;

impl State {
    pub(crate) fn new(
        builtins: &'static Builtins<Rhai>,
        clock: Option<Box<dyn Clock>>,
    ) -> Rc<State> {
        Rc::new(State {
            builtins,
            current: Current::default(),
            keep: Rc::default(),
            names: RefCell::new(names(builtins.pool())),
            texts: Texts::default(),
            clock,
            kept: RefCell::default(),
            begun: RefCell::default(),
        })
    }

    /// See [`Context::state`].
    pub(crate) fn kept<T: Default + 'static>(&self, module: ModuleId) -> Rc<RefCell<T>> {
        let key = (module, TypeId::of::<T>());
        let known = self.kept.borrow().get(&key).cloned();
        if let Some(Ok(known)) = known.map(Rc::downcast::<RefCell<T>>) {
            return known;
        }
        // Its default is code of the module: nothing is borrowed meanwhile.
        let made = Rc::new(RefCell::new(T::default()));
        let old = self
            .kept
            .borrow_mut()
            .insert(key, Rc::clone(&made) as Rc<dyn Any>);
        drop(old);
        made
    }

    /// Drops what a module keeps.
    fn forget(&self, module: ModuleId) {
        self.keep.forget(module);
        let mut kept = self.kept.borrow_mut();
        let (gone, left) = mem::take(&mut *kept)
            .into_iter()
            .partition(|(key, _)| key.0 == module);
        let gone: Kept = gone;
        *kept = left;
        drop(kept);
        drop(gone);
    }

    /// Runs native code on behalf of a script.
    pub(crate) fn run<R>(
        self: &Rc<State>,
        caller: Caller<'_>,
        run: impl FnOnce(&mut Cx<'_, 'static, Rhai>) -> Result<R, Error>,
    ) -> Answer<R> {
        let mut context = Context::new(self);
        let result = self
            .current
            .within(caller.global, || run(&mut Cx::new(&mut context)));
        drop(context);
        match (result, self.current.take_fatal()) {
            (Ok(_), Some(fatal)) => Err(fatal),
            (result, _) => result.map_err(|error| error.into_rhai(caller.position)),
        }
    }
}

/// Initialises a module, after the package it is in: once for each engine.
pub(crate) fn initialise(cx: &mut Cx<'_, '_, Rhai>, id: ModuleId) -> Result<(), Error> {
    let builtins = cx.host().builtins();
    if let Some(parent) = builtins.table().parent(id) {
        initialise(cx, parent)?;
    }
    let state = Rc::clone(cx.host().shared());
    if state.begun.borrow().contains(&id) {
        return Ok(());
    }
    state.begun.borrow_mut().push(id);
    let result = builtins.init(cx, id);
    cx.host().settle();
    if result.is_err() {
        state.begun.borrow_mut().retain(|begun| *begun != id);
        state.forget(id);
    }
    result
}

/// Runs the `deinit` of what was initialised, the last first. All run, whatever
/// one of them fails with.
pub(crate) fn shut_down(cx: &mut Cx<'_, '_, Rhai>) -> Result<(), Error> {
    let state = Rc::clone(cx.host().shared());
    let mut result = Ok(());
    loop {
        let Some(id) = state.begun.borrow_mut().pop() else {
            return result;
        };
        result = result.and(state.builtins.deinit(cx, id));
        cx.host().settle();
        state.forget(id);
    }
}
