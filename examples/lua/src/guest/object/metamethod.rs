//! The metatables of instances and types.

use crate::guest::object::{Class, Instance, attribute, operator};
use crate::state::State;
use enroll_portable::types::{Binary, Unary};
use mlua::{MetaMethod, MultiValue, UserDataFields, Value};
use std::rc::Rc;

/// Tells Lua what it can do with instances and types.
pub(crate) fn register(lua: &mlua::Lua, state: &Rc<State>) -> mlua::Result<()> {
    let instance = instance(lua, state)?;
    lua.register_userdata_type::<Instance>(|registry| {
        for (metamethod, function) in instance {
            registry.add_meta_field(metamethod.name(), function);
        }
        registry.add_meta_field(MetaMethod::Type, "object");
    })?;
    let class = class(lua, state)?;
    lua.register_userdata_type::<Class>(|registry| {
        for (metamethod, function) in class {
            registry.add_meta_field(metamethod.name(), function);
        }
        registry.add_meta_field(MetaMethod::Type, "type");
    })
}

type Metamethods = Vec<(MetaMethod, mlua::Function)>;

fn instance(lua: &mlua::Lua, state: &Rc<State>) -> mlua::Result<Metamethods> {
    let mut all = vec![
        (
            MetaMethod::Index,
            state.function(lua, |cx, (this, key): (Value, Value)| {
                attribute::index(cx, &this, &key)
            })?,
        ),
        (
            MetaMethod::NewIndex,
            state.function(lua, |cx, (this, key, item): (Value, Value, Value)| {
                attribute::new_index(cx, &this, &key, &item)
            })?,
        ),
        (
            MetaMethod::Call,
            state.function(lua, |cx, (this, rest): (Value, MultiValue)| {
                operator::call(cx, &this, rest)
            })?,
        ),
        (
            MetaMethod::Len,
            state.function(lua, |cx, this: Value| operator::len(cx, &this))?,
        ),
        (
            MetaMethod::Pairs,
            state.function(lua, |cx, this: Value| operator::pairs(cx, &this))?,
        ),
        (
            MetaMethod::ToString,
            state.function(lua, |cx, this: Value| operator::text(cx, &this))?,
        ),
        (
            MetaMethod::Concat,
            state.function(lua, |cx, (left, right): (Value, Value)| {
                operator::concat(cx, &left, &right)
            })?,
        ),
        (
            MetaMethod::Eq,
            state.function(lua, |cx, (left, right): (Value, Value)| {
                operator::equal(cx, &left, &right)
            })?,
        ),
        (
            MetaMethod::Close,
            state.function(lua, |cx, this: Value| operator::close(cx, &this))?,
        ),
    ];
    for &(metamethod, operator) in UNARY {
        let function = state.function(lua, move |cx, this: Value| {
            operator::unary(cx, operator, &this)
        })?;
        all.push((metamethod, function));
    }
    for &(metamethod, operator) in BINARY {
        let function = state.function(lua, move |cx, (left, right): (Value, Value)| {
            operator::binary(cx, operator, &left, &right)
        })?;
        all.push((metamethod, function));
    }
    Ok(all)
}

fn class(lua: &mlua::Lua, state: &Rc<State>) -> mlua::Result<Metamethods> {
    Ok(vec![
        (
            MetaMethod::Index,
            state.function(lua, |cx, (this, key): (Value, Value)| {
                attribute::class_index(cx, &this, &key)
            })?,
        ),
        (
            MetaMethod::Call,
            state.function(lua, |cx, (this, rest): (Value, MultiValue)| {
                operator::call(cx, &this, rest)
            })?,
        ),
        (
            MetaMethod::ToString,
            state.function(lua, |cx, this: Value| operator::text(cx, &this))?,
        ),
    ])
}

const UNARY: &[(MetaMethod, Unary)] = &[
    (MetaMethod::Unm, Unary::Negative),
    (MetaMethod::BNot, Unary::Invert),
];

const BINARY: &[(MetaMethod, Binary)] = &[
    (MetaMethod::Add, Binary::Add),
    (MetaMethod::Sub, Binary::Subtract),
    (MetaMethod::Mul, Binary::Multiply),
    (MetaMethod::Div, Binary::Divide),
    (MetaMethod::IDiv, Binary::FloorDivide),
    (MetaMethod::Mod, Binary::Modulo),
    (MetaMethod::Pow, Binary::Power),
    (MetaMethod::Shl, Binary::ShiftLeft),
    (MetaMethod::Shr, Binary::ShiftRight),
    (MetaMethod::BAnd, Binary::And),
    (MetaMethod::BOr, Binary::Or),
    (MetaMethod::BXor, Binary::Xor),
    (MetaMethod::Lt, Binary::Less),
    (MetaMethod::Le, Binary::LessEqual),
];
