//! `str(value)` and `repr(value)`.

use crate::operate::depth::LIMIT;
use crate::vm::no_room;
#[cfg(feature = "alloc")]
use crate::{Dict, List, operate::depth::nested, types::Slot};
use crate::{Error, Portable, Style, Value};
#[cfg(feature = "alloc")]
use alloc::rc::Rc;
use core::fmt::{self, Write};
use enroll::Cx;

pub(super) fn write<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: &Value<'vm>,
    style: Style,
    out: &mut dyn Write,
) -> Result<(), Error> {
    at(cx, value, style, out, Above::NOTHING)
}

/// What is being written: how many more levels may follow, and the list or
/// dictionary around the value.
///
/// Without a look at those around it, a list that holds itself twice would be
/// written down to the last level in all ways there are.
#[derive(Clone, Copy)]
struct Above<'a> {
    depth: u8,
    /// Its address, and those around it.
    #[cfg_attr(
        not(feature = "alloc"),
        expect(dead_code, reason = "what is in read-only memory cannot hold itself")
    )]
    around: Option<(usize, &'a Above<'a>)>,
}

impl<'a> Above<'a> {
    const NOTHING: Above<'static> = Above {
        depth: LIMIT,
        around: None,
    };

    /// One level deeper.
    fn deeper(self) -> Option<Above<'a>> {
        let depth = self.depth.checked_sub(1)?;
        Some(Above { depth, ..self })
    }

    /// Within the list or dictionary at an address; `None` where it holds
    /// itself.
    #[cfg(feature = "alloc")]
    fn within(&'a self, address: usize) -> Option<Above<'a>> {
        let mut above = self;
        while let Some((other, next)) = above.around {
            if other == address {
                return None;
            }
            above = next;
        }
        Some(Above {
            depth: self.depth,
            around: Some((address, self)),
        })
    }
}

fn at<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: &Value<'vm>,
    style: Style,
    out: &mut dyn Write,
    above: Above<'_>,
) -> Result<(), Error> {
    let Some(above) = above.deeper() else {
        return put(out, format_args!("..."));
    };
    #[cfg(feature = "alloc")]
    let around = above;
    #[cfg(feature = "alloc")]
    let above = match value {
        Value::List(List::Shared(items)) => match around.within(Rc::as_ptr(items).addr()) {
            Some(above) => above,
            None => return put(out, format_args!("[...]")),
        },
        Value::Dict(Dict::Shared(pairs)) => match around.within(Rc::as_ptr(pairs).addr()) {
            Some(above) => above,
            None => return put(out, format_args!("{{...}}")),
        },
        _ => above,
    };
    match value {
        Value::None => put(out, format_args!("None")),
        Value::Bool(true) => put(out, format_args!("True")),
        Value::Bool(false) => put(out, format_args!("False")),
        Value::Int(int) => put(out, format_args!("{int}")),
        Value::Float(number) => float(out, *number),
        Value::Str(text) => match style {
            Style::Str => put(out, format_args!("{text}")),
            Style::Repr => quoted(out, text.chars().map(Unit::Char)),
        },
        Value::Bytes(bytes) => {
            put(out, format_args!("b"))?;
            quoted(out, bytes.iter().copied().map(Unit::Byte))
        }
        Value::Tuple(tuple) => {
            put(out, format_args!("("))?;
            items(cx, tuple.iter(), out, above)?;
            let end = if tuple.len() == 1 { ",)" } else { ")" };
            put(out, format_args!("{end}"))
        }
        Value::List(list) => {
            put(out, format_args!("["))?;
            items(cx, list.iter(), out, above)?;
            put(out, format_args!("]"))
        }
        Value::Dict(dict) => {
            put(out, format_args!("{{"))?;
            for (position, (key, value)) in dict.iter().enumerate() {
                if position > 0 {
                    put(out, format_args!(", "))?;
                }
                at(cx, &key, Style::Repr, out, above)?;
                put(out, format_args!(": "))?;
                at(cx, &value, Style::Repr, out, above)?;
            }
            put(out, format_args!("}}"))
        }
        Value::Function(function) => put(out, format_args!("{function:?}")),
        Value::Module(id) => match cx.host().module_name(*id) {
            Some(name) => put(out, format_args!("<module '{name}'>")),
            None => put(out, format_args!("<module>")),
        },
        #[cfg(feature = "alloc")]
        Value::Type(ty) => put(out, format_args!("<class '{}'>", ty.name())),
        #[cfg(feature = "alloc")]
        Value::Object(object) => {
            let slot = object.type_of().slot(|slot| match slot {
                Slot::Print(function) => Some(*function),
                _ => None,
            });
            let Some(function) = slot else {
                return put(out, format_args!("{object:?}"));
            };
            let out = &mut *out;
            let written = object.once(|| nested(cx, |cx| function(cx, object, style, out)));
            match written.flatten() {
                Some(done) => done,
                None => put(out, format_args!("...")),
            }
        }
        #[cfg(feature = "alloc")]
        Value::Bound(bound) => put(
            out,
            format_args!("<bound method {}>", bound.function().name()),
        ),
        #[cfg(feature = "alloc")]
        Value::Foreign(_) => cx.host().write(value, style, out),
    }
}

fn items<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    items: impl Iterator<Item = Value<'vm>>,
    out: &mut dyn Write,
    above: Above<'_>,
) -> Result<(), Error> {
    for (position, item) in items.enumerate() {
        if position > 0 {
            put(out, format_args!(", "))?;
        }
        at(cx, &item, Style::Repr, out, above)?;
    }
    Ok(())
}

/// As Python writes it: Rust's digits, but `1e-07` where Rust has `1e-7`.
fn float(out: &mut dyn Write, float: f64) -> Result<(), Error> {
    if float.is_nan() {
        return put(out, format_args!("nan"));
    }
    let size = float.abs();
    if !float.is_finite() || size == 0.0 || (1e-4..1e16).contains(&size) {
        return put(out, format_args!("{float:?}"));
    }
    let mut digits = Digits::default();
    write!(digits, "{float:e}").map_err(|_| no_room())?;
    match digits.text().split_once('e') {
        Some((mantissa, exponent)) => {
            let sign = if exponent.starts_with('-') { '-' } else { '+' };
            let exponent = exponent.trim_start_matches('-');
            put(out, format_args!("{mantissa}e{sign}{exponent:0>2}"))
        }
        None => put(out, format_args!("{float:?}")),
    }
}

/// Room for the longest float: 17 digits, sign, point and exponent.
#[derive(Default)]
struct Digits {
    bytes: [u8; 32],
    len: usize,
}

impl Digits {
    fn text(&self) -> &str {
        let bytes = self.bytes.get(..self.len).unwrap_or(&[]);
        core::str::from_utf8(bytes).unwrap_or("")
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

enum Unit {
    Char(char),
    Byte(u8),
}

/// In Python's quotes: single ones, unless only those occur inside.
fn quoted(out: &mut dyn Write, units: impl Iterator<Item = Unit> + Clone) -> Result<(), Error> {
    let is = |unit: Unit, wanted: char| match unit {
        Unit::Char(char) => char == wanted,
        Unit::Byte(byte) => char::from(byte) == wanted,
    };
    let single = units.clone().any(|unit| is(unit, '\''));
    let double = units.clone().any(|unit| is(unit, '"'));
    let quote = if single && !double { '"' } else { '\'' };
    put(out, format_args!("{quote}"))?;
    for unit in units {
        let (char, byte) = match unit {
            Unit::Char(char) => (char, false),
            Unit::Byte(byte) => (char::from(byte), true),
        };
        match char {
            '\n' => put(out, format_args!("\\n"))?,
            '\r' => put(out, format_args!("\\r"))?,
            '\t' => put(out, format_args!("\\t"))?,
            '\\' => put(out, format_args!("\\\\"))?,
            _ if char == quote => put(out, format_args!("\\{quote}"))?,
            '\0'..' ' | '\x7f' => put(out, format_args!("\\x{:02x}", char as u32))?,
            '\u{80}'.. if byte => put(out, format_args!("\\x{:02x}", char as u32))?,
            _ => put(out, format_args!("{char}"))?,
        }
    }
    put(out, format_args!("{quote}"))
}

fn put(out: &mut dyn Write, text: fmt::Arguments<'_>) -> Result<(), Error> {
    out.write_fmt(text).map_err(|_| no_room())
}
