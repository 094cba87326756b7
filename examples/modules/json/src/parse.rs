//! From a text to its value.
//!
//! It follows CPython's scanner (`Modules/_json.c`), so that a wrong text is
//! refused for the same reason at the same place. It calls itself for nothing:
//! what is open stands on a list of its own.

mod number;
mod object;
mod string;

use crate::place::wrong;
use crate::{DEPTH, too_deep};
use alloc::vec::Vec;
use enroll_portable::prelude::*;

/// What a script wants to be called with.
pub(crate) struct Hooks<'vm> {
    /// A dictionary.
    pub(crate) object: Option<Value<'vm>>,
    /// The pairs of a dictionary.
    pub(crate) pairs: Option<Value<'vm>>,
    /// The text of a float.
    pub(crate) float: Option<Value<'vm>>,
    /// The text of an integer.
    pub(crate) int: Option<Value<'vm>>,
    /// `NaN`, `Infinity` or `-Infinity`.
    pub(crate) constant: Option<Value<'vm>>,
}

/// A list or object that did not end yet.
enum Open<'vm> {
    List(Vec<Value<'vm>>),
    /// Its pairs, and the name of the value that comes.
    Object(Vec<(Value<'vm>, Value<'vm>)>, Value<'vm>),
}

/// The value of a text.
///
/// # Errors
///
/// ValueError for what is no JSON, OverflowError for an integer of more than 64
/// bits, RuntimeError where it is nested too deeply, and what hooks fail with.
pub(crate) fn parse<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    text: &str,
    hooks: &Hooks<'vm>,
) -> Result<Value<'vm>, Error> {
    let mut parser = Parser {
        text,
        at: 0,
        hooks,
        open: Vec::new(),
    };
    parser.skip();
    let value = parser.document(cx)?;
    parser.skip();
    match parser.at < text.len() {
        true => Err(wrong(text, "Extra data", parser.at)),
        false => Ok(value),
    }
}

struct Parser<'x, 'vm> {
    text: &'x str,
    /// In bytes.
    at: usize,
    hooks: &'x Hooks<'vm>,
    open: Vec<Open<'vm>>,
}

impl<'vm> Parser<'_, 'vm> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take_if(&mut self, byte: u8) -> bool {
        let found = self.next() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn document(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
        loop {
            // A value, unless it opens one whose first part comes next.
            let Some(mut value) = self.begin(cx)? else {
                continue;
            };
            // And all that ends with it.
            loop {
                match self.put(cx, value)? {
                    Put::Whole(whole) => return Ok(whole),
                    Put::Ended(ended) => value = ended,
                    Put::More => break,
                }
            }
        }
    }

    /// A value that ends where it begins, or `None` after the beginning of one
    /// with parts.
    fn begin(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Option<Value<'vm>>, Error> {
        // An empty one is a level as well.
        if self.open.len() >= DEPTH && matches!(self.next(), Some(b'[' | b'{')) {
            return Err(too_deep());
        }
        let opened = match self.next() {
            Some(b'[') => {
                self.at += 1;
                self.skip();
                if self.take_if(b']') {
                    return Ok(Some(Vec::<Value<'vm>>::new().into()));
                }
                Open::List(Vec::new())
            }
            Some(b'{') => {
                self.at += 1;
                self.skip();
                if self.take_if(b'}') {
                    return self.object(cx, Vec::new()).map(Some);
                }
                let name = self.name(cx)?;
                Open::Object(Vec::new(), name)
            }
            _ => return self.scalar(cx).map(Some),
        };
        self.open.push(opened);
        Ok(None)
    }

    fn scalar(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let words = [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ];
        for (word, value) in words {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        let constants = [
            ("NaN", f64::NAN),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
        ];
        for (name, float) in constants {
            if rest.starts_with(name) {
                self.at += name.len();
                return match &self.hooks.constant {
                    Some(hook) => cx.call(hook, Args::new(&[name.into()])),
                    None => Ok(float.into()),
                };
            }
        }
        match self.next() {
            Some(b'"') => self.string(cx),
            _ => self.number(cx),
        }
    }

    /// A name of an object, with its colon.
    fn name(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
        if self.next() != Some(b'"') {
            let message = "Expecting property name enclosed in double quotes";
            return Err(wrong(self.text, message, self.at));
        }
        let name = self.string(cx)?;
        self.skip();
        if !self.take_if(b':') {
            return Err(wrong(self.text, "Expecting ':' delimiter", self.at));
        }
        self.skip();
        Ok(name)
    }

    /// Puts a value where it belongs.
    fn put(
        &mut self,
        cx: &mut Cx<'_, 'vm, Portable>,
        value: Value<'vm>,
    ) -> Result<Put<'vm>, Error> {
        let end = match self.open.last_mut() {
            None => return Ok(Put::Whole(value)),
            Some(Open::List(items)) => {
                items.push(value);
                b']'
            }
            Some(Open::Object(pairs, name)) => {
                pairs.push((core::mem::take(name), value));
                b'}'
            }
        };
        self.skip();
        if self.take_if(end) {
            return Ok(Put::Ended(match self.open.pop() {
                Some(Open::Object(pairs, _)) => self.object(cx, pairs)?,
                Some(Open::List(items)) => items.into(),
                None => Value::None,
            }));
        }
        if !self.take_if(b',') {
            return Err(wrong(self.text, "Expecting ',' delimiter", self.at));
        }
        self.skip();
        if end == b'}' {
            let name = self.name(cx)?;
            if let Some(Open::Object(_, next)) = self.open.last_mut() {
                *next = name;
            }
        }
        Ok(Put::More)
    }
}

enum Put<'vm> {
    /// It is the whole document's.
    Whole(Value<'vm>),
    /// It was the last of this list or object.
    Ended(Value<'vm>),
    /// Another one follows.
    More,
}
