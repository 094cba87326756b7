//! `Pattern`: a compiled regular expression.

use crate::engine::{Finds, Source};
use crate::flags;
use crate::matched;
use crate::program::{Program, compile};
use crate::replace::replace;
use crate::scan::Scan;
use crate::task::{Task, nothing, part, subject};
use alloc::rc::Rc;
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use enroll_portable::{Bytes, Dict, Str, Tuple};

pub(crate) static PATTERN: Type = Type::new("Pattern", "A compiled regular expression.")
    .slots(&[
        Slot::Print(print),
        Slot::Attr(attr),
        Slot::Equal(equal),
        Slot::Hash(hash),
    ])
    .methods(&[
        (
            "search",
            function!(search(this, string, pos = None, endpos = None)),
        ),
        (
            "match",
            function!(match_at(this, string, pos = None, endpos = None) as "match"),
        ),
        (
            "fullmatch",
            function!(fullmatch(this, string, pos = None, endpos = None)),
        ),
        ("split", function!(split(this, string, maxsplit = 0))),
        (
            "findall",
            function!(findall(this, string, pos = None, endpos = None)),
        ),
        (
            "finditer",
            function!(finditer(this, string, pos = None, endpos = None)),
        ),
        ("sub", function!(sub(this, repl, string, count = 0))),
        ("subn", function!(subn(this, repl, string, count = 0))),
    ]);

/// What `finditer` gives; its values are the text and the pattern.
static ITERATOR: Type = Type::new("callable_iterator", "").slots(&[Slot::Next(next)]);

type Found<'vm> = Result<Value<'vm>, Error>;

/// The pattern of a call: one that is compiled already, a text, or bytes.
///
/// # Errors
///
/// TypeError for anything else, ValueError for what is no pattern.
pub(crate) fn of<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: &Value<'vm>,
    flags: i64,
) -> Result<Object<'vm>, Error> {
    if let Some(compiled) = pattern.as_object().filter(|it| it.holds::<Rc<Program>>()) {
        if flags != 0 {
            return Err(Error::new(
                Kind::ValueError,
                "cannot process flags argument with a compiled pattern",
            ));
        }
        return Ok(compiled.clone());
    }
    let pattern = subject(cx, pattern).map_err(|error| match error.kind() {
        Kind::TypeError => Error::new(
            Kind::TypeError,
            "first argument must be string or compiled pattern",
        ),
        _ => error,
    })?;
    let source = match &pattern {
        Value::Str(text) => Source::Text(text),
        other => Source::Bytes(crate::task::bytes_of(other)),
    };
    let flags = flags::check(flags, matches!(source, Source::Text(_)))?;
    let program = compile(cx, &source, flags)?;
    Ok(Object::new(&PATTERN, program))
}

fn program(this: &Object<'_>) -> Result<Rc<Program>, Error> {
    Ok(this.borrow::<Rc<Program>>()?.clone())
}

fn task<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: &Value<'vm>,
    pos: Option<i64>,
    endpos: Option<i64>,
) -> Result<(Task, Value<'vm>), Error> {
    let string = subject(cx, string)?;
    Ok((Task::new(program(this)?, &string, pos, endpos), string))
}

fn one<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    bounds: (Option<i64>, Option<i64>),
    anchored: bool,
    finds: Finds,
) -> Found<'vm> {
    let (task, string) = task(cx, this, &string, bounds.0, bounds.1)?;
    if task.start > task.end {
        return Ok(Value::None);
    }
    let Some(spans) = task.search(&string, task.start, anchored, finds)? else {
        return Ok(Value::None);
    };
    let (from, _) = spans.first().copied().flatten().unwrap_or_default();
    let count = task.count(crate::task::bytes_of(&string), task.start, from);
    let start = task.pos.saturating_add(count);
    Ok(matched::new(
        task,
        spans,
        start,
        string,
        this.clone().into(),
    ))
}

pub(crate) fn search<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    pos: Option<i64>,
    endpos: Option<i64>,
) -> Found<'vm> {
    one(cx, this, string, (pos, endpos), false, Finds::Parts)
}

pub(crate) fn match_at<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    pos: Option<i64>,
    endpos: Option<i64>,
) -> Found<'vm> {
    one(cx, this, string, (pos, endpos), true, Finds::Parts)
}

pub(crate) fn fullmatch<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    pos: Option<i64>,
    endpos: Option<i64>,
) -> Found<'vm> {
    one(cx, this, string, (pos, endpos), true, Finds::Whole)
}

pub(crate) fn split<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    maxsplit: i64,
) -> Result<Vec<Value<'vm>>, Error> {
    let (task, string) = task(cx, this, &string, None, None)?;
    let mut parts = Vec::new();
    let (mut last, mut done) = (0, 0);
    let mut scan = Scan::new(&task);
    while (maxsplit == 0 || done < maxsplit)
        && let Some((spans, _)) = scan.next(&task, &string)?
    {
        let mut spans = spans.iter();
        let (from, to) = spans.next().copied().flatten().unwrap_or_default();
        parts.push(part(&string, last, from));
        parts.extend(spans.map(|span| match span {
            Some((from, to)) => part(&string, *from, *to),
            None => Value::None,
        }));
        last = to;
        done += 1;
    }
    parts.push(part(&string, last, task.end));
    Ok(parts)
}

pub(crate) fn findall<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    pos: Option<i64>,
    endpos: Option<i64>,
) -> Result<Vec<Value<'vm>>, Error> {
    let (task, string) = task(cx, this, &string, pos, endpos)?;
    let mut all = Vec::new();
    let mut scan = Scan::new(&task);
    while let Some((spans, _)) = scan.next(&task, &string)? {
        let text = |span: &Option<(usize, usize)>| match span {
            Some((from, to)) => part(&string, *from, *to),
            None => nothing(&string),
        };
        all.push(match &*spans {
            [] => Value::None,
            [whole] => text(whole),
            [_, group] => text(group),
            [_, groups @ ..] => Value::Tuple(groups.iter().map(text).collect()),
        });
    }
    Ok(all)
}

pub(crate) fn finditer<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    string: Value<'vm>,
    pos: Option<i64>,
    endpos: Option<i64>,
) -> Result<Object<'vm>, Error> {
    let (task, string) = task(cx, this, &string, pos, endpos)?;
    let scan = Scan::new(&task);
    let values = [string, this.clone().into()];
    Ok(Object::with_values(&ITERATOR, (task, scan), values))
}

fn next<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let values = this.values()?.clone();
    let [string, pattern] = match (values.front(), values.get(1)) {
        (Some(string), Some(pattern)) => [string.clone(), pattern.clone()],
        _ => return Ok(None),
    };
    let mut state = this.borrow_mut::<(Task, Scan)>()?;
    let (task, scan) = &mut *state;
    Ok(scan
        .next(task, &string)?
        .map(|(spans, start)| matched::new(task.clone(), spans, start, string, pattern)))
}

pub(crate) fn sub<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    repl: Value<'vm>,
    string: Value<'vm>,
    count: i64,
) -> Found<'vm> {
    let (task, string) = task(cx, this, &string, None, None)?;
    replace(cx, this, &task, &repl, &string, count).map(|(text, _)| text)
}

pub(crate) fn subn<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    repl: Value<'vm>,
    string: Value<'vm>,
    count: i64,
) -> Result<Tuple<'vm>, Error> {
    let (task, string) = task(cx, this, &string, None, None)?;
    let (text, done) = replace(cx, this, &task, &repl, &string, count)?;
    Ok([text, Value::Int(done)].into_iter().collect())
}

fn source<'vm>(program: &Program) -> Value<'vm> {
    match program.source() {
        Source::Text(text) => Str::copied(text).into(),
        Source::Bytes(bytes) => Bytes::copied(bytes).into(),
    }
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    if !matches!(access, Access::Load) {
        return Ok(Claim::Declined);
    }
    let program = program(this)?;
    let int = |number: usize| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    Ok(Claim::Value(match name {
        "pattern" => source(&program),
        "flags" => program.flags.into(),
        "groups" => int(program.groups),
        "groupindex" => {
            let names = program.names.iter();
            let pairs = names.map(|(name, number)| (name.clone().into(), int(*number)));
            pairs.collect::<Dict<'_>>().into()
        }
        _ => return Ok(Claim::Declined),
    }))
}

fn equal<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    let other = other.as_object().filter(|it| it.holds::<Rc<Program>>());
    match other {
        Some(other) => Ok(program(this)?.same(&*program(other)?)),
        None => Ok(false),
    }
}

fn hash(cx: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<u64, Error> {
    let program = program(this)?;
    let flags = u64::from(program.flags);
    Ok(cx.hash(&source(&program))?.rotate_left(9) ^ flags)
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let program = program(this)?;
    put(out, format_args!("re.compile("))?;
    cx.write(&source(&program), Style::Repr, out)?;
    let mut before = ", ";
    for (flag, name) in flags::NAMES {
        // What every pattern of texts has is not worth mentioning.
        if program.flags & flag != 0 && flag != flags::UNICODE {
            put(out, format_args!("{before}{name}"))?;
            before = "|";
        }
    }
    put(out, format_args!(")"))
}

/// Writes, or is out of memory.
pub(crate) fn put(
    out: &mut dyn core::fmt::Write,
    text: core::fmt::Arguments<'_>,
) -> Result<(), Error> {
    out.write_fmt(text)
        .map_err(|_| Error::new(Kind::MemoryError, "no room for a text"))
}
