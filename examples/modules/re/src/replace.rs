//! `sub` and `subn`.

use crate::engine::Spans;
use crate::matched;
use crate::scan::Scan;
use crate::task::{Task, bytes_of, subject};
use crate::template::{Template, append, finished};
use alloc::vec::Vec;
use enroll_portable::prelude::*;

/// What replaces matches.
enum Replacement<'vm> {
    Template(Template),
    Callable(Value<'vm>),
}

/// The text with up to `count` matches replaced, all of them with 0, and how
/// many were.
///
/// # Errors
///
/// For a bad replacement, and what a callable one fails with.
pub(crate) fn replace<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: &Object<'vm>,
    task: &Task,
    repl: &Value<'vm>,
    string: &Value<'vm>,
    count: i64,
) -> Result<(Value<'vm>, i64), Error> {
    let text = string.as_str().is_some();
    let replacement = match repl {
        Value::Function(_) | Value::Bound(_) | Value::Type(_) => {
            Replacement::Callable(repl.clone())
        }
        Value::Str(_) | Value::Bytes(_) => {
            Replacement::Template(Template::new(repl, &task.program, text)?)
        }
        // A buffer is as good as its bytes; what is none is called.
        other => match subject(cx, other) {
            Ok(bytes) => Replacement::Template(Template::new(&bytes, &task.program, text)?),
            Err(_) => Replacement::Callable(repl.clone()),
        },
    };
    let bytes = bytes_of(string);
    let mut out = Vec::new();
    let (mut copied, mut done) = (0, 0);
    let mut scan = Scan::new(task);
    while (count == 0 || done < count)
        && let Some((spans, start)) = scan.next(task, string)?
    {
        let (from, to) = spans.first().copied().flatten().unwrap_or_default();
        append(&mut out, bytes.get(copied..from).unwrap_or_default())?;
        match &replacement {
            Replacement::Template(template) => template.fill(&spans, bytes, &mut out)?,
            Replacement::Callable(callable) => {
                let found = found(pattern, task, string, spans, start);
                let answer = cx.call(callable, Args::new(&[found]))?;
                append(&mut out, replaced(&answer)?)?;
            }
        }
        copied = to;
        done += 1;
    }
    if done == 0 {
        return Ok((string.clone(), 0));
    }
    append(&mut out, bytes.get(copied..).unwrap_or_default())?;
    Ok((finished(out, text), done))
}

fn found<'vm>(
    pattern: &Object<'vm>,
    task: &Task,
    string: &Value<'vm>,
    spans: Spans,
    start: usize,
) -> Value<'vm> {
    matched::new(
        task.clone(),
        spans,
        start,
        string.clone(),
        pattern.clone().into(),
    )
}

/// What a callable gave; nothing is an empty text, as in CPython.
fn replaced<'x>(answer: &'x Value<'_>) -> Result<&'x [u8], Error> {
    match answer {
        Value::None => Ok(&[]),
        Value::Str(_) | Value::Bytes(_) => Ok(bytes_of(answer)),
        other => Err(Error::text(
            Kind::TypeError,
            alloc::format!(
                "expected str instance, {} found: a replacement is a text",
                other.type_name()
            ),
        )),
    }
}
