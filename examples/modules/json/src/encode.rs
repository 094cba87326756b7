//! From a value to its text.
//!
//! It calls itself for nothing: what is open stands on a list of its own.

use crate::options::Options;
use crate::text::Out;
use crate::{DEPTH, key, too_deep};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use enroll_portable::{Dict, Shape};

/// A value whose parts are being written.
struct Open<'vm> {
    parts: Parts<'vm>,
    identity: Option<usize>,
    /// Whether no part was written yet.
    is_first: bool,
}

enum Parts<'vm> {
    /// Of a portable list or tuple, by position.
    Items(Value<'vm>, usize),
    /// Of a sequence of the interpreter, by its iterator.
    Iterator(Value<'vm>),
    /// Of a portable dictionary, by position.
    Pairs(Dict<'vm>, usize),
    /// Of a mapping of the interpreter, by the iterator of its keys.
    Keys { of: Value<'vm>, keys: Value<'vm> },
    /// In order, the last one first.
    Sorted(Vec<(Value<'vm>, Value<'vm>)>),
    /// What `default` made of a value, which is written by itself.
    Instead(Option<Value<'vm>>),
}

impl Parts<'_> {
    fn brackets(&self) -> (&'static str, &'static str) {
        match self {
            Parts::Items(..) | Parts::Iterator(_) => ("[", "]"),
            Parts::Pairs(..) | Parts::Keys { .. } | Parts::Sorted(_) => ("{", "}"),
            Parts::Instead(_) => ("", ""),
        }
    }
}

/// The text of a value.
///
/// # Errors
///
/// TypeError for what has none, ValueError for what holds itself, RuntimeError
/// where it is nested too deeply, and what `default` fails with.
pub(crate) fn encode<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: Value<'vm>,
    options: &Options<'vm>,
) -> Result<String, Error> {
    let mut writer = Writer {
        out: Out::default(),
        open: Vec::new(),
        level: 0,
        options,
    };
    let mut next = Some(value);
    loop {
        match next {
            Some(value) => writer.value(cx, value)?,
            None => writer.close()?,
        }
        if writer.open.is_empty() {
            return Ok(writer.out.0);
        }
        next = writer.part(cx)?;
    }
}

struct Writer<'o, 'vm> {
    out: Out,
    open: Vec<Open<'vm>>,
    /// How many brackets are open.
    level: usize,
    options: &'o Options<'vm>,
}

impl<'vm> Writer<'_, 'vm> {
    /// Writes a datum, or opens what has parts.
    fn value(&mut self, cx: &mut Cx<'_, 'vm, Portable>, value: Value<'vm>) -> Result<(), Error> {
        let parts = match cx.shape(&value)? {
            Shape::Datum(Value::None) => return self.out.put("null"),
            Shape::Datum(Value::Bool(true)) => return self.out.put("true"),
            Shape::Datum(Value::Bool(false)) => return self.out.put("false"),
            Shape::Datum(Value::Int(int)) => return self.out.put_int(int),
            Shape::Datum(Value::Float(float)) => {
                return self.out.put_float(float, self.options.allow_nan);
            }
            Shape::Datum(Value::Str(text)) => {
                return self.out.put_string(&text, self.options.ensure_ascii);
            }
            Shape::Sequence => match value {
                Value::List(_) | Value::Tuple(_) => Parts::Items(value.clone(), 0),
                _ => Parts::Iterator(cx.iter(&value)?),
            },
            Shape::Mapping if self.options.sort_keys => {
                let mut pairs = pairs(cx, &value)?;
                key::sort(&mut pairs)?;
                pairs.reverse();
                Parts::Sorted(pairs)
            }
            Shape::Mapping => match &value {
                Value::Dict(dict) => Parts::Pairs(dict.clone(), 0),
                _ => Parts::Keys {
                    of: value.clone(),
                    keys: cx.iter(&value)?,
                },
            },
            _ => match &self.options.default {
                Some(_) => Parts::Instead(None),
                None => return Err(unwritable(&value)),
            },
        };
        let identity = cx.identity(&value);
        let is_within = |open: &Open<'_>| open.identity.is_some() && open.identity == identity;
        if self.options.check_circular && self.open.iter().any(is_within) {
            return Err(Error::new(Kind::ValueError, "Circular reference detected"));
        }
        if self.open.len() >= DEPTH {
            return Err(too_deep());
        }
        let (bracket, _) = parts.brackets();
        self.out.put(bracket)?;
        self.level += usize::from(!bracket.is_empty());
        self.open.push(Open {
            parts,
            identity,
            is_first: true,
        });
        if let (Some(default), Some(open)) = (&self.options.default, self.open.last_mut())
            && matches!(open.parts, Parts::Instead(_))
        {
            let instead = cx.call(default, Args::new(&[value]))?;
            open.parts = Parts::Instead(Some(instead));
        }
        Ok(())
    }

    /// The next part of what was opened last, after all that stands before it.
    fn part(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Option<Value<'vm>>, Error> {
        let before = match self.open.last() {
            Some(open) => self.before(open.is_first),
            None => return Ok(None),
        };
        let Some(open) = self.open.last_mut() else {
            return Ok(None);
        };
        let item = match &mut open.parts {
            Parts::Instead(value) => return Ok(value.take()),
            Parts::Items(of, position) => {
                let item = match of {
                    Value::List(list) => list.get(*position),
                    Value::Tuple(tuple) => tuple.get(*position),
                    _ => None,
                };
                *position += 1;
                item
            }
            Parts::Iterator(iterator) => cx.next(iterator)?,
            pairs => {
                while let Some((key, value)) = pair(cx, pairs)? {
                    if key::put(cx, &mut self.out, &key, self.options, &before)? {
                        open.is_first = false;
                        return Ok(Some(value));
                    }
                }
                return Ok(None);
            }
        };
        if item.is_some() {
            self.out.put(&before)?;
            open.is_first = false;
        }
        Ok(item)
    }

    /// What stands before a part.
    fn before(&self, is_first: bool) -> String {
        let mut before = String::new();
        if !is_first {
            before.push_str(&self.options.item_separator);
        }
        self.line(self.level, &mut before);
        before
    }

    /// A new line at a level, where there are lines.
    fn line(&self, level: usize, text: &mut String) {
        if let Some(indent) = &self.options.indent {
            text.push('\n');
            for _ in 0..level {
                text.push_str(indent);
            }
        }
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let (bracket, end) = open.parts.brackets();
        if bracket.is_empty() {
            return Ok(());
        }
        self.level = self.level.saturating_sub(1);
        if !open.is_first {
            let mut line = String::new();
            self.line(self.level, &mut line);
            self.out.put(&line)?;
        }
        self.out.put(end)
    }
}

/// All pairs of a mapping.
fn pairs<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    mapping: &Value<'vm>,
) -> Result<Vec<(Value<'vm>, Value<'vm>)>, Error> {
    if let Value::Dict(dict) = mapping {
        return Ok(dict.iter().collect());
    }
    let keys = cx.collect(mapping)?;
    let pairs = keys.into_iter().map(|key| {
        let value = cx.item(mapping, &key)?;
        // One of a type derived from a text's is sorted as that text.
        match cx.shape(&key)? {
            Shape::Datum(key) => Ok((key, value)),
            _ => Ok((key, value)),
        }
    });
    pairs.collect()
}

/// The next pair of a mapping.
fn pair<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    parts: &mut Parts<'vm>,
) -> Result<Option<(Value<'vm>, Value<'vm>)>, Error> {
    match parts {
        Parts::Pairs(dict, position) => {
            let pair = dict.pair(*position);
            *position += 1;
            Ok(pair)
        }
        Parts::Sorted(pairs) => Ok(pairs.pop()),
        Parts::Keys { of, keys } => match cx.next(keys)? {
            Some(key) => {
                let value = cx.item(of, &key)?;
                Ok(Some((key, value)))
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

#[cold]
fn unwritable(value: &Value<'_>) -> Error {
    let name = value.type_name();
    Error::text(
        Kind::TypeError,
        format!("Object of type {name} is not JSON serializable"),
    )
}
