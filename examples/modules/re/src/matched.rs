//! `Match`: where a pattern was found.

use crate::engine::Spans;
use crate::pattern;
use crate::task::{Task, bytes_of, part};
use crate::template::Template;
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use enroll_portable::{Dict, Tuple};

/// Its values are the text and the pattern.
pub(crate) static MATCH: Type = Type::new("Match", "What a pattern matched.")
    .slots(&[
        Slot::Print(print),
        Slot::Attr(attr),
        Slot::Subscript(subscript),
    ])
    .methods(&[
        ("expand", function!(expand(this, template))),
        ("group", function!(group)),
        ("groups", function!(groups(this, default = Value::None))),
        (
            "groupdict",
            function!(groupdict(this, default = Value::None)),
        ),
        ("start", function!(start(this, group = Value::Int(0)))),
        ("end", function!(end(this, group = Value::Int(0)))),
        ("span", function!(span(this, group = Value::Int(0)))),
    ]);

struct Found {
    task: Task,
    spans: Spans,
    /// Where it begins, as a script counts.
    start: usize,
}

/// A match of a pattern in a subject.
pub(crate) fn new<'vm>(
    task: Task,
    spans: Spans,
    start: usize,
    subject: Value<'vm>,
    pattern: Value<'vm>,
) -> Value<'vm> {
    let found = Found { task, spans, start };
    Object::with_values(&MATCH, found, [subject, pattern]).into()
}

fn subject<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    Ok(this.values()?.front().cloned().unwrap_or_default())
}

impl Found {
    /// The number of a group that a script names.
    fn number(&self, group: &Value<'_>) -> Result<usize, Error> {
        let number = match group {
            Value::Str(name) => self.task.program.group(name),
            other => other
                .as_int()
                .and_then(|number| usize::try_from(number).ok()),
        };
        number
            .filter(|number| *number <= self.task.program.groups)
            .ok_or(Error::new(Kind::IndexError, "no such group"))
    }

    fn span(&self, number: usize) -> Option<(usize, usize)> {
        self.spans.get(number).copied().flatten()
    }

    /// A span as a script counts; -1 for a group that did not match.
    fn counted(&self, number: usize, bytes: &[u8]) -> (i64, i64) {
        let whole = self.span(0);
        let (Some((from, to)), Some((first, _))) = (self.span(number), whole) else {
            return (-1, -1);
        };
        let from_count = self
            .start
            .saturating_add(self.task.count(bytes, first, from));
        let to_count = from_count.saturating_add(self.task.count(bytes, from, to));
        // A text has fewer characters than `i64` counts.
        let int = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        (int(from_count), int(to_count))
    }
}

fn text_of<'vm>(this: &Object<'vm>, number: usize) -> Result<Option<Value<'vm>>, Error> {
    let subject = subject(this)?;
    let span = this.borrow::<Found>()?.span(number);
    Ok(span.map(|(from, to)| part(&subject, from, to)))
}

fn item<'vm>(this: &Object<'vm>, group: &Value<'vm>) -> Result<Value<'vm>, Error> {
    let number = this.borrow::<Found>()?.number(group)?;
    Ok(text_of(this, number)?.unwrap_or_default())
}

fn group<'vm>(this: &Object<'vm>, groups: &[Value<'vm>]) -> Result<Value<'vm>, Error> {
    match groups {
        [] => item(this, &Value::Int(0)),
        [one] => item(this, one),
        all => {
            let items: Result<Vec<_>, Error> = all.iter().map(|one| item(this, one)).collect();
            Ok(Tuple::from(items?).into())
        }
    }
}

fn groups<'vm>(this: &Object<'vm>, default: Value<'vm>) -> Result<Tuple<'vm>, Error> {
    let last = this.borrow::<Found>()?.task.program.groups;
    let texts = (1..=last).map(|number| Ok(text_of(this, number)?.unwrap_or(default.clone())));
    let texts: Result<Vec<_>, Error> = texts.collect();
    Ok(texts?.into())
}

fn groupdict<'vm>(this: &Object<'vm>, default: Value<'vm>) -> Result<Dict<'vm>, Error> {
    let program = this.borrow::<Found>()?.task.program.clone();
    let pairs = program.names.iter().map(|(name, number)| {
        let text = text_of(this, *number)?.unwrap_or(default.clone());
        Ok((name.clone().into(), text))
    });
    let pairs: Result<Vec<(Value<'vm>, Value<'vm>)>, Error> = pairs.collect();
    Ok(pairs?.into_iter().collect())
}

fn counted<'vm>(this: &Object<'vm>, group: &Value<'vm>) -> Result<(i64, i64), Error> {
    let subject = subject(this)?;
    let found = this.borrow::<Found>()?;
    let number = found.number(group)?;
    Ok(found.counted(number, bytes_of(&subject)))
}

fn start<'vm>(this: &Object<'vm>, group: Value<'vm>) -> Result<i64, Error> {
    counted(this, &group).map(|(start, _)| start)
}

fn end<'vm>(this: &Object<'vm>, group: Value<'vm>) -> Result<i64, Error> {
    counted(this, &group).map(|(_, end)| end)
}

fn span<'vm>(this: &Object<'vm>, group: Value<'vm>) -> Result<(i64, i64), Error> {
    counted(this, &group)
}

fn expand<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    template: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let template = crate::task::subject(cx, &template)?;
    let subject = subject(this)?;
    let found = this.borrow::<Found>()?;
    let text = subject.as_str().is_some();
    let template = Template::new(&template, &found.task.program, text)?;
    let mut out = Vec::new();
    template.fill(&found.spans, bytes_of(&subject), &mut out)?;
    Ok(crate::template::finished(out, text))
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
    let found = this.borrow::<Found>()?;
    let int = |count: usize| Value::Int(i64::try_from(count).unwrap_or(i64::MAX));
    let program = &found.task.program;
    Ok(Claim::Value(match name {
        "string" => subject(this)?,
        "re" => this.values()?.get(1).cloned().unwrap_or_default(),
        "pos" => int(found.task.pos),
        "endpos" => int(found.task.endpos),
        "lastindex" => program.last_group(&found.spans).map(int).into(),
        "lastgroup" => {
            let last = program.last_group(&found.spans);
            let mut names = program.names.iter();
            let name = names.find(|(_, number)| Some(*number) == last);
            name.map(|(name, _)| name.clone()).into()
        }
        _ => return Ok(Claim::Declined),
    }))
}

fn subscript<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    match access {
        Access::Load => item(this, index).map(Claim::Value),
        _ => Ok(Claim::Declined),
    }
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let (start, end) = counted(this, &Value::Int(0))?;
    let text = text_of(this, 0)?.unwrap_or_default();
    pattern::put(
        out,
        format_args!("<re.Match object; span=({start}, {end}), match="),
    )?;
    // Of a long one its beginning, as in CPython.
    let shown = cx.text_of(&text, Style::Repr)?;
    let cut = shown.char_indices().nth(50).map(|(place, _)| place);
    let shown = shown.get(..cut.unwrap_or(shown.len())).unwrap_or_default();
    pattern::put(out, format_args!("{shown}"))?;
    pattern::put(out, format_args!(">"))
}
