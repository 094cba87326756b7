//! What Rhai tells enroll about itself.

use crate::guest::{Native, callable, module};
use crate::{Context, Error};
use enroll::{Cx, Host, ModuleId};
use rhai::Dynamic;

/// Rhai, as a host: a name only.
///
/// Modules that need Rhai itself are declared for it:
///
/// ```
/// use enroll::Cx;
/// use enroll_rhai::{Error, Rhai, Rom};
/// use rhai::Dynamic;
///
/// enroll::register_module! {
///     /// The machine as Rhai sees it.
///     pub static MACHINE: Module<Rhai> = "machine" {
///         "bits" => Rom::Int(usize::BITS as i64),
///         "describe" => Rom::Function(describe),
///     }
/// }
///
/// /// The name that scripts give the type of a value.
/// fn describe(cx: &mut Cx<'_, '_, Rhai>, arguments: &[Dynamic]) -> Result<Dynamic, Error> {
///     let name = arguments.first().map_or("nothing", Dynamic::type_name);
///     Ok(cx.host().engine()?.map_type_name(name).into())
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhai {}

/// What a constant table of a Rhai module may hold.
#[derive(Clone, Copy, Debug)]
pub enum Rom {
    /// `()`.
    Unit,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(&'static str),
    /// A function.
    Function(NativeFn),
}

/// A function that scripts can call.
pub type NativeFn =
    for<'a, 'b, 'vm, 'x> fn(&'a mut Cx<'b, 'vm, Rhai>, &'x [Dynamic]) -> Result<Dynamic, Error>;

impl Host for Rhai {
    type Rom = Rom;
    /// A Rhai value owns what it holds; nothing of it borrows.
    type Value<'vm> = Dynamic;
    type Context<'vm> = Context<'vm>;
    type Error = Error;

    fn live<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, rom: &'static Rom) -> Result<Dynamic, Error> {
        Ok(match *rom {
            Rom::Unit => Dynamic::UNIT,
            Rom::Bool(value) => value.into(),
            Rom::Int(value) => value.into(),
            Rom::Float(value) => value.into(),
            Rom::Str(text) => text.into(),
            Rom::Function(run) => callable(cx, Native::own(cx.module(), run), "native"),
        })
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Rhai>, text: &'static str) -> Result<Dynamic, Error> {
        Ok(text.into())
    }

    fn module<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, id: ModuleId) -> Result<Dynamic, Error> {
        module(cx, id)
    }
}
