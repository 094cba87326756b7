//! What Lua tells enroll about itself.

use crate::{Context, Error, module, native};
use enroll::{Cx, Host, ModuleId};

/// Lua 5.4, as a host: a name only.
///
/// Modules that need Lua itself are declared for it:
///
/// ```
/// use enroll::Cx;
/// use enroll_lua::{Error, Lua, Rom};
/// use mlua::{MultiValue, Value};
///
/// enroll::register_module! {
///     /// The machine as Lua sees it.
///     pub static MACHINE: Module<Lua> = "machine" {
///         "bits" => Rom::Int(usize::BITS as i64),
///         "memory" => Rom::Function(memory),
///     }
/// }
///
/// /// Bytes that Lua holds.
/// fn memory(cx: &mut Cx<'_, '_, Lua>, _: MultiValue) -> Result<MultiValue, Error> {
///     let bytes = cx.host().lua().used_memory();
///     Ok(MultiValue::from_iter([Value::Integer(bytes as i64)]))
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lua {}

/// What a constant table of a Lua module may hold.
#[derive(Clone, Copy, Debug)]
pub enum Rom {
    /// `nil`.
    Nil,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Number(f64),
    /// A string.
    Str(&'static str),
    /// A function. Its errors name the attribute under which a script found it.
    Function(NativeFn),
}

/// A function that scripts can call.
pub type NativeFn = for<'a, 'b, 'vm> fn(
    &'a mut Cx<'b, 'vm, Lua>,
    mlua::MultiValue,
) -> Result<mlua::MultiValue, Error>;

impl Host for Lua {
    type Rom = Rom;
    /// An `mlua` value owns its reference; nothing of it borrows.
    type Value<'vm> = mlua::Value;
    type Context<'vm> = Context<'vm>;
    type Error = Error;

    fn live<'vm>(cx: &mut Cx<'_, 'vm, Lua>, rom: &'static Rom) -> Result<mlua::Value, Error> {
        Ok(match *rom {
            Rom::Nil => mlua::Value::Nil,
            Rom::Bool(value) => mlua::Value::Boolean(value),
            Rom::Int(value) => mlua::Value::Integer(value),
            Rom::Number(value) => mlua::Value::Number(value),
            Rom::Str(text) => return Lua::text(cx, text),
            Rom::Function(run) => mlua::Value::Function(native::constant(cx, run)?),
        })
    }

    fn text<'vm>(cx: &mut Cx<'_, 'vm, Lua>, text: &'static str) -> Result<mlua::Value, Error> {
        Ok(mlua::Value::String(cx.host().lua().create_string(text)?))
    }

    fn module<'vm>(cx: &mut Cx<'_, 'vm, Lua>, id: ModuleId) -> Result<mlua::Value, Error> {
        module::import(cx, id)
    }
}
