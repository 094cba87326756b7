//! How an engine gets the modules.

use crate::error::Answer;
use crate::resolver::Resolver;
use crate::state::{Caller, State, shut_down};
use crate::{Rhai, functions};
use alloc::boxed::Box;
use alloc::rc::Rc;
use core::ops::Deref;
use core::time::Duration;
use enroll::{Broken, Builtins};
use rhai::{Engine, ModuleResolver};

/// What the embedder may decide.
///
/// ```no_run
/// # use enroll_rhai::{Clock, Options, Rhai};
/// # use core::time::Duration;
/// /// A counter of milliseconds that an interrupt increments.
/// struct SysTick;
/// # fn ticks() -> u64 { 0 }
///
/// impl Clock for SysTick {
///     fn monotonic(&self) -> Option<Duration> {
///         Some(Duration::from_millis(ticks()))
///     }
/// }
///
/// # fn start(builtins: &'static enroll::Builtins<Rhai>) -> Result<(), enroll_rhai::Error> {
/// let rhai = Options::new().clock(SysTick).install(rhai::Engine::new_raw(), builtins)?;
/// rhai.run(r#"import "time" as time; print(time::ticks_ms());"#)?;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "they are to be installed"]
pub struct Options {
    clock: Option<Box<dyn Clock>>,
    others: Option<Box<dyn ModuleResolver>>,
}

impl Options {
    /// No clock but the operating system's with the feature `std`, and no other
    /// modules.
    pub fn new() -> Options {
        Options::default()
    }

    /// The clock that modules ask.
    pub fn clock(self, clock: impl Clock + 'static) -> Options {
        Options {
            clock: Some(Box::new(clock)),
            ..self
        }
    }

    /// Who finds modules that are not builtin: asked after the table, and before
    /// it for a module that is extensible.
    ///
    /// A resolver that the engine has already is replaced, since Rhai does not
    /// give it back.
    pub fn resolver(self, others: impl ModuleResolver + 'static) -> Options {
        Options {
            others: Some(Box::new(others)),
            ..self
        }
    }

    /// As [`install`].
    ///
    /// # Errors
    ///
    /// As [`install`].
    pub fn install(
        self,
        mut engine: Engine,
        builtins: &'static Builtins<Rhai>,
    ) -> Result<Interpreter, Broken> {
        builtins.verify()?;
        let state = State::new(builtins, self.clock);
        functions::register(&mut engine, &state);
        engine.set_module_resolver(Resolver::new(Rc::clone(&state), self.others));
        let engine = Rc::new(engine);
        state.current.set_engine(&engine);
        Ok(Interpreter { engine, state })
    }
}

/// Lets the scripts of an engine import the modules of a firmware.
///
/// What belongs to the engine, `on_print`, packages and limits say, is set
/// before.
///
/// # Errors
///
/// The first entry of the table that cannot be used.
pub fn install(engine: Engine, builtins: &'static Builtins<Rhai>) -> Result<Interpreter, Broken> {
    Options::new().install(engine, builtins)
}

/// An engine whose scripts import the modules of a firmware. It derefs to the
/// engine.
///
/// It owns the engine, since a module that calls a script back has to find it.
pub struct Interpreter {
    engine: Rc<Engine>,
    state: Rc<State>,
}

impl Interpreter {
    /// The engine, which lives as long as this or a clone of it.
    pub fn engine(&self) -> &Rc<Engine> {
        &self.engine
    }

    /// Runs the `deinit` of all modules that were imported, the last first. A
    /// script that imports them later initialises them again.
    ///
    /// # Errors
    ///
    /// What the first that failed did; the others run all the same.
    pub fn shutdown(&self) -> Answer<()> {
        self.state.run(Caller::UNKNOWN, shut_down)
    }
}

impl Deref for Interpreter {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

/// What tells modules the time.
pub trait Clock {
    /// The time of a clock that never goes back, since any start; `None` where
    /// there is none.
    fn monotonic(&self) -> Option<Duration>;

    /// The time since the beginning of 1970, UTC; `None` where nobody knows.
    fn unix_time(&self) -> Option<Duration> {
        None
    }

    /// Waits; false where it cannot. Without it, the clock is read until the
    /// time is over.
    fn sleep(&self, time: Duration) -> bool {
        let _ = time;
        false
    }
}
