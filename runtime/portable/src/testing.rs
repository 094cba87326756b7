//! A small interpreter, so that `cargo test` in a module crate calls the module
//! by name and needs no firmware.
//!
//! ```
//! use enroll_portable::prelude::*;
//! use enroll_portable::testing::{Interp, args, named};
//!
//! enroll::register_module! {
//!     /// Turns text around.
//!     pub static TURN: Module<Portable> = "turn" {
//!         "LIMIT" => Rom::Int(80),
//!         "reverse" => Rom::Function(function!(reverse(text, limit = 80))),
//!     }
//!     init: setup,
//!     attr: delegate,
//! }
//!
//! fn setup(cx: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
//!     *cx.slot(qstr!("calls"))? = Some(Value::Int(0));
//!     Ok(())
//! }
//! fn delegate<'vm>(
//!     cx: &mut Cx<'_, 'vm, Portable>,
//!     name: Qstr,
//!     access: Access<'_, Value<'vm>>,
//! ) -> Result<Claim<Value<'vm>>, Error> {
//!     cx.delegate(&[qstr!("calls")], name, access)
//! }
//! fn reverse(cx: &mut Cx<'_, '_, Portable>, text: &str, limit: usize) -> Result<String, Error> {
//!     if text.len() > limit {
//!         return Err(Error::new(Kind::ValueError, "the text is too long"));
//!     }
//!     let calls = cx.slot(qstr!("calls"))?;
//!     *calls = Some((calls.as_ref().and_then(Value::as_int).unwrap_or(0) + 1).into());
//!     Ok(text.chars().rev().collect())
//! }
//!
//! let mut interp = Interp::of::<TURN>()?;
//! assert_eq!(interp.get("turn.LIMIT")?, 80.into());
//! assert_eq!(interp.call("turn.reverse", args!["abc"])?, "cba".into());
//! let error = interp.call_named("turn.reverse", args!["abc"], named![limit = 2]);
//! assert_eq!(error.unwrap_err().to_string(), "ValueError: the text is too long");
//! assert_eq!(interp.get("turn.calls")?, 1.into());
//! interp.del("turn.calls")?;
//! let error = interp.get("turn.calls").unwrap_err();
//! assert_eq!(error.to_string(), "AttributeError: module 'turn' has no attribute 'calls'");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod machine;

pub use crate::{args, named};

use crate::{Args, Error, Kind, Operate, Portable, Style, Value};
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;
use enroll::testing::{Kit, KitError};
use enroll::{Adapter, Builtins, Cx, Declared, ModuleId, Qstr};
use machine::Machine;

static ADAPTERS: &[Adapter<Portable>] = &[Adapter::of::<Portable>()];

/// An interpreter of one table of modules, with its own state.
///
/// Its values live as long as they like (`Value<'static>`), so a test keeps
/// them without a thought. Paths such as `os.path.join` begin with the longest
/// module name they have.
pub struct Interp {
    builtins: &'static Builtins<Portable>,
    machine: Machine,
}

impl Interp {
    /// With one module. Nothing is imported yet.
    ///
    /// # Errors
    ///
    /// See [`KitError`].
    pub fn of<D: Declared>() -> Result<Interp, KitError> {
        Interp::new(Kit::new().declared::<D>())
    }

    /// With several modules and extensions.
    ///
    /// # Errors
    ///
    /// See [`KitError`].
    pub fn new(kit: Kit) -> Result<Interp, KitError> {
        Ok(Interp::over(kit.build(ADAPTERS)?))
    }

    /// Over a table that exists already: a second interpreter that shares it,
    /// and nothing else.
    pub fn over(builtins: &'static Builtins<Portable>) -> Interp {
        Interp {
            builtins,
            machine: Machine::new(builtins),
        }
    }

    /// The table.
    pub fn builtins(&self) -> &'static Builtins<Portable> {
        self.builtins
    }

    /// Runs something in the interpreter's context, for all that has no method
    /// here ([`Operate`]).
    pub fn run<R>(&mut self, run: impl FnOnce(&mut Cx<'_, 'static, Portable>) -> R) -> R {
        run(&mut Portable::cx(&mut self.machine))
    }

    /// Imports a module, and the packages it is in, by registered name or
    /// alias: runs `init` the first time.
    ///
    /// # Errors
    ///
    /// ImportError where there is none, and what `init` fails with; it runs
    /// again at the next import then.
    pub fn import(&mut self, name: &str) -> Result<ModuleId, Error> {
        let builtins = self.builtins;
        let id = self.machine.find(name).ok_or_else(|| {
            Error::text(
                Kind::ImportError,
                alloc::format!("no module named '{name}'"),
            )
        })?;
        if let Some(package) = builtins.table().parent(id) {
            self.import(builtins.table().name_text(package))?;
        }
        match self.machine.once.begin(id) {
            Some(true) => {}
            Some(false) => return Ok(id),
            None => {
                return Err(Error::new(
                    Kind::ImportError,
                    "the test interpreter has room for 1024 modules",
                ));
            }
        }
        let done = self.run(|cx| builtins.init(cx, id));
        if let Err(error) = done {
            self.machine.once.forget(id);
            return Err(error.in_module(builtins.table().name_text(id)));
        }
        Ok(id)
    }

    /// Runs a module's `deinit`; the next import runs `init` again. What the
    /// module kept is gone.
    ///
    /// # Errors
    ///
    /// ImportError where there is none, and what `deinit` fails with.
    pub fn unload(&mut self, name: &str) -> Result<(), Error> {
        let id = self.import(name)?;
        let builtins = self.builtins;
        let done = self.run(|cx| builtins.deinit(cx, id));
        self.machine.forget(id);
        done
    }

    /// `module.attribute`, and attributes of that.
    ///
    /// # Errors
    ///
    /// ImportError, AttributeError, and what hooks fail with.
    pub fn get(&mut self, path: &str) -> Result<Value<'static>, Error> {
        let (mut value, names) = self.start(path)?;
        for name in names {
            value = self.run(|cx| cx.attr(&value, name))?;
        }
        Ok(value)
    }

    /// `module.attribute = value`.
    ///
    /// # Errors
    ///
    /// As [`get`](Interp::get); AttributeError for what cannot be stored.
    pub fn set(&mut self, path: &str, value: impl Into<Value<'static>>) -> Result<(), Error> {
        self.change(path, Some(value.into()))
    }

    /// `del module.attribute`.
    ///
    /// # Errors
    ///
    /// As [`set`](Interp::set).
    pub fn del(&mut self, path: &str) -> Result<(), Error> {
        self.change(path, None)
    }

    fn change(&mut self, path: &str, new: Option<Value<'static>>) -> Result<(), Error> {
        let (mut object, names) = self.start(path)?;
        let Some((last, between)) = names.split_last() else {
            return Err(Error::new(
                Kind::AttributeError,
                "a module itself is no attribute",
            ));
        };
        for name in between {
            object = self.run(|cx| cx.attr(&object, name))?;
        }
        self.run(|cx| cx.set_attr(&object, last, new.as_ref()))
    }

    /// The module that a path begins with, imported, and the names after it.
    fn start<'p>(&mut self, path: &'p str) -> Result<(Value<'static>, Vec<&'p str>), Error> {
        let mut module = path;
        while self.machine.find(module).is_none() {
            match module.rsplit_once('.') {
                Some((shorter, _)) => module = shorter,
                None => break,
            }
        }
        let id = self.import(module)?;
        let names = path.get(module.len()..).unwrap_or("").split('.').skip(1);
        Ok((Value::Module(id), names.collect()))
    }

    /// `module.function(args…)`.
    ///
    /// # Errors
    ///
    /// As [`get`](Interp::get), and what the function fails with.
    pub fn call(&mut self, path: &str, args: &[Value<'static>]) -> Result<Value<'static>, Error> {
        self.call_named(path, args, &[])
    }

    /// The same with arguments by name.
    ///
    /// # Errors
    ///
    /// As [`call`](Interp::call).
    pub fn call_named(
        &mut self,
        path: &str,
        args: &[Value<'static>],
        named: &[(&str, Value<'static>)],
    ) -> Result<Value<'static>, Error> {
        let callee = self.get(path)?;
        self.run(|cx| cx.call(&callee, Args::new(args).with(named)))
    }

    /// `object.name(args…)`.
    ///
    /// # Errors
    ///
    /// AttributeError, and what the method fails with.
    pub fn method(
        &mut self,
        object: &Value<'static>,
        name: &str,
        args: &[Value<'static>],
    ) -> Result<Value<'static>, Error> {
        self.run(|cx| cx.call_method(object, name, Args::new(args)))
    }

    /// `repr(value)`; the error's text where it has none.
    pub fn repr(&mut self, value: &Value<'static>) -> String {
        self.run(|cx| cx.text_of(value, Style::Repr))
            .unwrap_or_else(|error| alloc::format!("{error}"))
    }

    /// `repr(module.attribute)`, or of what a function gives; the error's text
    /// where it fails. For tables of cases.
    pub fn show(&mut self, path: &str, args: Option<&[Value<'static>]>) -> String {
        let value = match args {
            Some(args) => self.call(path, args),
            None => self.get(path),
        };
        match value {
            Ok(value) => self.repr(&value),
            Err(error) => alloc::format!("{error}"),
        }
    }

    /// `dir(module)`: names in order, each once. A name that only a hook uses is
    /// shown by its id, unless the kit was given its text ([`Kit::names`]).
    ///
    /// # Errors
    ///
    /// ImportError where there is none, and what a hook fails with.
    pub fn dir(&mut self, module: &str) -> Result<Vec<String>, Error> {
        let id = self.import(module)?;
        let builtins = self.builtins;
        let mut names: Vec<Qstr> = Vec::new();
        self.run(|cx| builtins.dir(cx, id, &mut |name| names.push(name)))?;
        let mut names: Vec<String> = names
            .into_iter()
            .map(|name| self.machine.name_text(name))
            .collect();
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// Moves both clocks on, as a sleep does. They stand still otherwise, and
    /// start at zero, so that a test of a module with a clock gives the same
    /// every time.
    ///
    /// ```
    /// use core::time::Duration;
    /// use enroll_portable::prelude::*;
    /// use enroll_portable::testing::{Interp, args};
    ///
    /// enroll::register_module! {
    ///     /// Measures.
    ///     static WATCH: Module<Portable> = "watch" {
    ///         "now" => Rom::Function(function!(now)),
    ///     }
    ///     requires: ["clock"],
    /// }
    /// fn now(cx: &mut Cx<'_, '_, Portable>) -> Result<u64, Error> {
    ///     Ok(cx.monotonic()?.as_secs())
    /// }
    /// let mut interp = Interp::of::<WATCH>()?;
    /// interp.advance(Duration::from_secs(3));
    /// assert_eq!(interp.call("watch.now", args![])?, 3.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn advance(&mut self, time: Duration) {
        self.machine.monotonic = self.machine.monotonic.saturating_add(time);
        self.machine.unix_time = self.machine.unix_time.saturating_add(time);
    }

    /// Sets the time of day, since the beginning of 1970.
    pub fn set_unix_time(&mut self, time: Duration) {
        self.machine.unix_time = time;
    }

    /// What was printed so far.
    pub fn output(&self) -> &str {
        &self.machine.output
    }
}

/// Arguments for [`Interp::call`]: `args![5, "text"]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*] as &[$crate::Value<'_>]
    };
}

/// Arguments by name for [`Interp::call_named`]: `named![limit = 2]`.
#[macro_export]
macro_rules! named {
    ($($name:ident = $value:expr),* $(,)?) => {
        &[$((::core::stringify!($name), $crate::Value::from($value))),*]
            as &[(&str, $crate::Value<'_>)]
    };
}
