//! What one engine knows of the modules of the firmware.

use crate::current::Current;
use crate::error::Answer;
use crate::install::Clock;
use crate::{Context, Error, Rhai};
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;
use enroll::{Builtins, Cx, ModuleId, Names};
use enroll_portable::Keep;
use rhai::GlobalRuntimeState;

/// The table is shared and constant; this belongs to one engine.
pub(crate) struct State {
    pub(crate) builtins: &'static Builtins<Rhai>,
    pub(crate) current: Current,
    pub(crate) keep: Rc<Keep<'static>>,
    pub(crate) names: RefCell<Names>,
    pub(crate) clock: Option<Box<dyn Clock>>,
    /// Modules that are initialised or about to be, in that order.
    begun: RefCell<Vec<ModuleId>>,
}

impl State {
    pub(crate) fn new(
        builtins: &'static Builtins<Rhai>,
        clock: Option<Box<dyn Clock>>,
    ) -> Rc<State> {
        Rc::new(State {
            builtins,
            current: Current::default(),
            keep: Rc::default(),
            names: RefCell::new(Names::new(builtins.pool())),
            clock,
            begun: RefCell::default(),
        })
    }

    /// Runs native code on behalf of a script. `now` is what the script runs
    /// in; where that is unknown, the last one that was known counts.
    pub(crate) fn run<R>(
        self: &Rc<State>,
        now: Option<&GlobalRuntimeState>,
        run: impl FnOnce(&mut Cx<'_, 'static, Rhai>) -> Result<R, Error>,
    ) -> Answer<R> {
        let mut context = Context::new(self);
        let result = self.current.within(now, || run(&mut Cx::new(&mut context)));
        drop(context);
        result.map_err(Error::into_rhai)
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
        state.keep.forget(id);
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
        state.keep.forget(id);
    }
}
