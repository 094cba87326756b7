//! What an interpreter tells enroll about itself.

use crate::{Broken, ModuleId};
use core::marker::PhantomData;

/// An interpreter, seen from its module tables.
///
/// enroll defines no object model: a host says what a constant table may hold,
/// what a running script holds, what its hooks are handed, and how they fail.
/// The type that implements it is a name only, usually an empty `enum`.
///
/// Live values and the context have the lifetime `'vm`, since interpreters hand
/// out values that borrow from them.
///
/// ```
/// use enroll::{Broken, Cx, Host, ModuleId};
///
/// /// An interpreter of integers.
/// enum Tiny {}
///
/// #[derive(Clone, Debug, PartialEq)]
/// enum Value {
///     Int(i64),
///     Text(&'static str),
///     Module(ModuleId),
/// }
///
/// impl Host for Tiny {
///     type Rom = i64;
///     type Value<'vm> = Value;
///     type Context<'vm> = ();
///     type Error = Broken;
///
///     fn live<'vm>(_: &mut Cx<'_, 'vm, Tiny>, rom: &'static i64) -> Result<Value, Broken> {
///         Ok(Value::Int(*rom))
///     }
///     fn text<'vm>(_: &mut Cx<'_, 'vm, Tiny>, text: &'static str) -> Result<Value, Broken> {
///         Ok(Value::Text(text))
///     }
///     fn module<'vm>(_: &mut Cx<'_, 'vm, Tiny>, id: ModuleId) -> Result<Value, Broken> {
///         Ok(Value::Module(id))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a host",
    label = "this type does not implement `enroll::Host`",
    note = "name the interpreter's host type, as in `Module<Portable>`"
)]
pub trait Host: Sized + 'static {
    /// What a constant table may hold.
    type Rom: Sync + 'static;
    /// What a running script holds.
    type Value<'vm>: Clone;
    /// What a hook is handed, behind `&mut`.
    type Context<'vm>: ?Sized;
    /// How a hook fails. A table entry that cannot be trusted fails as well,
    /// hence the conversion.
    type Error: From<Broken>;

    /// The live value of a constant.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with, out of memory for one.
    fn live<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        rom: &'static Self::Rom,
    ) -> Result<Self::Value<'vm>, Self::Error>;

    /// The live value of a text in read-only memory, for `__name__` and
    /// `__doc__`.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn text<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        text: &'static str,
    ) -> Result<Self::Value<'vm>, Self::Error>;

    /// The live value of a builtin module, for a submodule read as an attribute
    /// of its parent.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn module<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        id: ModuleId,
    ) -> Result<Self::Value<'vm>, Self::Error>;
}

/// What a hook is handed: the host's context, and which module is meant.
///
/// It is a struct rather than a bare `&mut H::Context<'vm>` so that `'vm`
/// stands in an argument of the hook's type; rustc refuses a function pointer
/// whose lifetime occurs in an associated type alone (E0581).
pub struct Cx<'a, 'vm, H: Host> {
    context: &'a mut H::Context<'vm>,
    module: Option<ModuleId>,
    vm: PhantomData<&'vm ()>,
}

impl<'a, 'vm, H: Host> Cx<'a, 'vm, H> {
    /// Wraps a host's context; no module is meant yet.
    #[inline]
    pub fn new(context: &'a mut H::Context<'vm>) -> Cx<'a, 'vm, H> {
        Cx {
            context,
            module: None,
            vm: PhantomData,
        }
    }

    /// The host's context.
    #[inline]
    pub fn host(&mut self) -> &mut H::Context<'vm> {
        self.context
    }

    /// The module whose hook runs: where its state is kept (a hook keeps none
    /// in a Rust `static`, or two interpreters would share it).
    ///
    /// `None` outside a hook.
    #[inline]
    pub fn module(&self) -> Option<ModuleId> {
        self.module
    }

    /// The same context for a module's hook.
    #[inline]
    pub fn within(&mut self, module: Option<ModuleId>) -> Cx<'_, 'vm, H> {
        Cx {
            context: self.context,
            module,
            vm: PhantomData,
        }
    }
}
