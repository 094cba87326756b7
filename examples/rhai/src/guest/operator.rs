//! Operators and texts of native objects.

use crate::guest::native::Native;
use crate::guest::{adopt, enter, receive};
use crate::{Error, Rhai};
use alloc::string::String;
use enroll::Cx;
use enroll_portable::types::Binary;
use enroll_portable::{Kind, Operate, Style};
use rhai::Dynamic;

/// The comparisons. Rhai has an answer of its own for values of two types, so
/// these are registered; all other operators come as missing functions.
pub(crate) const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// The operators that assign. Rhai asks for them in a way that finds registered
/// functions alone.
pub(crate) const ASSIGNMENTS: [&str; 11] = [
    "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^=",
];

/// Whether this host registers a function of this name for native objects.
pub(super) fn is_registered(name: &str) -> bool {
    const OTHERS: [&str; 11] = [
        "attribute",
        "bytearray",
        "call_method",
        "debug",
        "delete_attribute",
        "delete_item",
        "print",
        "set_attribute",
        "to_debug",
        "to_string",
        "type_name",
    ];
    COMPARISONS.contains(&name) || OTHERS.contains(&name)
}

/// The operator of a token.
pub(crate) fn binary_of(token: &str) -> Option<Binary> {
    Some(match token {
        "+" => Binary::Add,
        "-" => Binary::Subtract,
        "*" => Binary::Multiply,
        "/" => Binary::Divide,
        "%" => Binary::Modulo,
        "**" => Binary::Power,
        "<<" => Binary::ShiftLeft,
        ">>" => Binary::ShiftRight,
        "&" => Binary::And,
        "|" => Binary::Or,
        "^" => Binary::Xor,
        _ => return None,
    })
}

/// `left op right`.
pub(crate) fn binary(
    cx: &mut Cx<'_, '_, Rhai>,
    op: Binary,
    left: Dynamic,
    right: Dynamic,
) -> Result<Dynamic, Error> {
    let module = module_of(&left).or(module_of(&right));
    let cx = &mut cx.within(module);
    let left = receive(cx, left)?;
    let right = receive(cx, right)?;
    let answer = enter(cx, |cx| cx.binary(op, &left, &right))?;
    adopt(cx, answer)
}

/// One of [`COMPARISONS`].
pub(crate) fn compare(
    cx: &mut Cx<'_, '_, Rhai>,
    token: &str,
    left: Dynamic,
    right: Dynamic,
) -> Result<Dynamic, Error> {
    let module = module_of(&left).or(module_of(&right));
    let cx = &mut cx.within(module);
    let left = receive(cx, left)?;
    let right = receive(cx, right)?;
    let (op, mirrored) = match token {
        "<" => (Binary::Less, Binary::Greater),
        "<=" => (Binary::LessEqual, Binary::GreaterEqual),
        ">" => (Binary::Greater, Binary::Less),
        ">=" => (Binary::GreaterEqual, Binary::LessEqual),
        _ => {
            let equal = enter(cx, |cx| cx.equal(&left, &right))?;
            return Ok(Dynamic::from_bool(equal == (token == "==")));
        }
    };
    let answer = enter(cx, |cx| match cx.binary(op, &left, &right) {
        // A type may know how to compare in one direction alone.
        Err(error) if error.kind() == Kind::TypeError => {
            let answer = cx.binary(mirrored, &right, &left);
            answer.map_err(|_| error)
        }
        answer => answer,
    })?;
    adopt(cx, answer)
}

/// The text of a native object.
pub(crate) fn text(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    style: Style,
) -> Result<String, Error> {
    let Some(value) = native.value() else {
        return Ok(String::from("<function>"));
    };
    let cx = &mut cx.within(native.module);
    let value = cx.host().seen(value.clone());
    enter(cx, |cx| cx.text_of(&value, style))
}

fn module_of(value: &Dynamic) -> Option<enroll::ModuleId> {
    value.read_lock::<Native>().and_then(|native| native.module)
}
