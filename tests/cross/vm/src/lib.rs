//! An interpreter of integers that needs no allocator.
#![no_std]
#![forbid(unsafe_code)]

use enroll::{Broken, Cx, Host, ModuleId};

/// The host.
pub enum Vm {}

/// What a script holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number of 64 bits, on every machine.
    Int(i64),
    /// A text in read-only memory.
    Text(&'static str),
    /// A module.
    Module(ModuleId),
}

/// What modules keep for one interpreter.
#[derive(Debug, Default)]
pub struct Memory {
    /// What was stored as `sensor.level`.
    pub level: Option<i64>,
    /// In which order hooks ran, a decimal digit each.
    pub trace: u32,
}

/// How a hook fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// An entry of the table cannot be used.
    Broken(Broken),
    /// Something else than a number was stored.
    NotANumber,
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error::Broken(broken)
    }
}

impl Host for Vm {
    type Rom = i64;
    type Value<'vm> = Value;
    type Context<'vm> = Memory;
    type Error = Error;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Vm>, rom: &'static i64) -> Result<Value, Error> {
        Ok(Value::Int(*rom))
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Vm>, text: &'static str) -> Result<Value, Error> {
        Ok(Value::Text(text))
    }

    fn module<'vm>(_: &mut Cx<'_, 'vm, Vm>, id: ModuleId) -> Result<Value, Error> {
        Ok(Value::Module(id))
    }
}
