//! Native functions with Rust types.

mod argument;
mod bind;
mod declare;
mod native;
mod result;

pub use argument::{FromArgument, Mismatch};
pub use declare::last_segment;
pub use native::{Callable, Given, Omitted, Parameter, Unnamed, invoke};
pub use result::{IntoResult, IntoValue};

use crate::{Error, Portable, Value};
use core::fmt;
use enroll::{Cx, ModuleId};

/// A native function: a pointer to a constant that [`function!`](crate::function!)
/// makes, and the module it was loaded from, whose state it finds.
#[derive(Clone, Copy)]
pub struct Function {
    spec: &'static Spec,
    module: Option<ModuleId>,
}

/// What [`function!`](crate::function!) writes down.
#[doc(hidden)]
pub struct Spec {
    pub name: &'static str,
    /// Empty for parameters without names.
    pub params: &'static [Param],
    /// Whether there is a list of them, which may be empty.
    pub listed: bool,
    pub call: CallFn,
}

/// A parameter with a name.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub default: &'static str,
    #[doc(hidden)]
    pub keyword_only: bool,
}

impl Param {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its default as it is written in Rust; `None` where it must be given.
    pub const fn default(&self) -> Option<&'static str> {
        match self.default.is_empty() {
            true => None,
            false => Some(self.default),
        }
    }

    /// Whether it can be given by name alone.
    pub const fn is_keyword_only(&self) -> bool {
        self.keyword_only
    }
}

/// The arguments of a call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Args<'x, 'vm> {
    /// By position.
    pub positional: &'x [Value<'vm>],
    /// By name.
    pub keywords: &'x [(&'x str, Value<'vm>)],
}

impl<'x, 'vm> Args<'x, 'vm> {
    /// No arguments.
    pub const NONE: Args<'x, 'vm> = Args {
        positional: &[],
        keywords: &[],
    };

    /// Positional arguments.
    pub const fn new(positional: &'x [Value<'vm>]) -> Args<'x, 'vm> {
        Args {
            positional,
            keywords: &[],
        }
    }

    /// With arguments by name; a name must stand there once.
    #[must_use]
    pub const fn with(self, keywords: &'x [(&'x str, Value<'vm>)]) -> Args<'x, 'vm> {
        Args { keywords, ..self }
    }
}

/// A call under way.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Call<'x, 'vm> {
    pub(crate) function: Function,
    pub(crate) args: Args<'x, 'vm>,
    pub(crate) method: bool,
}

/// The compiled form of every native function.
#[doc(hidden)]
pub type CallFn = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    Call<'x, 'vm>,
) -> Result<Value<'vm>, Error>;

impl Function {
    /// For [`function!`](crate::function!), in a constant, where a panic is a
    /// compile error.
    #[doc(hidden)]
    pub const fn new(spec: &'static Spec) -> Function {
        let mut index = 0;
        while index < spec.params.len() {
            let mut other = 0;
            while other < index {
                assert!(
                    !same(spec.params[index].name, spec.params[other].name),
                    "two parameters have the same name"
                );
                other += 1;
            }
            index += 1;
        }
        Function { spec, module: None }
    }

    /// The name of the Rust function, unless another was given.
    pub const fn name(self) -> &'static str {
        self.spec.name
    }

    /// The parameters that have names: all of them or none.
    pub const fn params(self) -> &'static [Param] {
        self.spec.params
    }

    /// Whether [`params`](Function::params) are all that it takes: none where
    /// they are empty. Without a list of names nothing tells how many there are.
    pub const fn has_list(self) -> bool {
        self.spec.listed
    }

    /// The module it was loaded from.
    pub const fn module(self) -> Option<ModuleId> {
        self.module
    }

    /// The same function, loaded from a module.
    #[must_use]
    pub const fn of_module(self, module: Option<ModuleId>) -> Function {
        Function { module, ..self }
    }

    /// Calls it, within the module it was loaded from.
    ///
    /// # Errors
    ///
    /// `TypeError` or `OverflowError` where the arguments do not fit, and what
    /// the function itself fails with; the error knows the function.
    pub fn call<'vm>(
        self,
        cx: &mut Cx<'_, 'vm, Portable>,
        args: Args<'_, 'vm>,
    ) -> Result<Value<'vm>, Error> {
        self.run(cx, args, false)
    }

    /// Calls it as a method: the first argument is what it was called on, and
    /// messages do not count it.
    ///
    /// # Errors
    ///
    /// As [`Function::call`].
    pub fn call_method<'vm>(
        self,
        cx: &mut Cx<'_, 'vm, Portable>,
        args: Args<'_, 'vm>,
    ) -> Result<Value<'vm>, Error> {
        self.run(cx, args, true)
    }

    fn run<'vm>(
        self,
        cx: &mut Cx<'_, 'vm, Portable>,
        args: Args<'_, 'vm>,
        method: bool,
    ) -> Result<Value<'vm>, Error> {
        let call = Call {
            function: self,
            args,
            method,
        };
        let module = self.module.or(cx.module());
        let mut cx = cx.within(module);
        (self.spec.call)(&mut cx, call).map_err(|error| {
            let error = error.in_function(self);
            match module.and_then(|module| cx.host().module_name(module)) {
                Some(name) => error.in_module(name),
                None => error,
            }
        })
    }
}

/// `==` of texts, in a constant.
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<function {}>", self.name())
    }
}

/// The same declaration, loaded from the same module.
impl PartialEq for Function {
    fn eq(&self, other: &Function) -> bool {
        core::ptr::eq(self.spec, other.spec) && self.module == other.module
    }
}

impl Eq for Function {}
