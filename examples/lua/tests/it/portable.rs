//! Portable modules, one for each thing they can have.

use enroll_portable::prelude::*;
use enroll_portable::{Dict, FromArgument as _, List, Shape, Tuple};
use std::cell::Cell;
use std::rc::Rc;

register_module! {
    /// Values both ways.
    pub(crate) static VALUES: Module<Portable> = "values" {
        "NONE" => Rom::None,
        "YES" => Rom::Bool(true),
        "INT" => Rom::Int(-7),
        "FLOAT" => Rom::Float(0.5),
        "STR" => Rom::Str("Zoë"),
        "BYTES" => Rom::Bytes(b"\xff\x00"),
        "TUPLE" => Rom::Tuple(&[Rom::Int(1), Rom::Str("two"), Rom::Tuple(&[])]),
        "LIST" => Rom::List(&[Rom::Int(10), Rom::Int(20), Rom::Int(30)]),
        "DICT" => Rom::Dict(&[(Rom::Int(1), Rom::Str("EPERM")), (Rom::Str("a"), Rom::Int(2))]),
        "same" => Rom::Function(function!(same)),
        "kind" => Rom::Function(function!(kind)),
        "list" => Rom::Function(function!(list)),
        "pair" => Rom::Function(function!(pair)),
        "table" => Rom::Function(function!(table)),
        "kept" => Rom::Function(function!(kept)),
        "kept_dict" => Rom::Function(function!(kept_dict)),
        "deep" => Rom::Function(function!(deep)),
        "itself" => Rom::Function(function!(itself)),
        "greet" => Rom::Function(function!(greet(name, times = 1, *, end = None))),
        "small" => Rom::Function(function!(small(n))),
        "fail" => Rom::Function(function!(fail(what = "value"))),
        "call" => Rom::Function(function!(call)),
        "catch" => Rom::Function(function!(catch)),
        "sum" => Rom::Function(function!(sum)),
        "item" => Rom::Function(function!(item)),
        "set" => Rom::Function(function!(set)),
        "remove" => Rom::Function(function!(remove)),
        "length" => Rom::Function(function!(length)),
        "equal" => Rom::Function(function!(equal)),
        "text" => Rom::Function(function!(text)),
        "get" => Rom::Function(function!(get)),
        "shape" => Rom::Function(function!(shape)),
        "call_with_list" => Rom::Function(function!(call_with_list)),
        "same_one" => Rom::Function(function!(same_one)),
        "method" => Rom::Function(function!(method)),
        "each" => Rom::Function(function!(each)),
        "say" => Rom::Function(function!(say)),
        "count" => Rom::Function(function!(count)),
        "Stack" => Rom::Type(&STACK),
        "Odd" => Rom::Type(&ODD),
        "drops" => Rom::Function(function!(drops)),
    }
    attr: attr,
    dir: dir,
}

/// What hooks use.
pub(crate) const NAMES: &[&str] = &["kept", "kept_dict", "mode", "calls", "refused"];

fn attr<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    if name == qstr!("refused") {
        return Err(Error::new(Kind::ValueError, "not this one"));
    }
    cx.delegate(&[qstr!("mode")], name, access)
}

fn dir(_: &mut Cx<'_, '_, Portable>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("mode"));
    Ok(())
}

fn same<'vm>(value: Value<'vm>) -> Value<'vm> {
    value
}

fn kind(value: &Value<'_>) -> &'static str {
    value.type_name()
}

fn list<'vm>(items: &[Value<'vm>]) -> Value<'vm> {
    Value::List(items.iter().cloned().collect())
}

fn pair<'vm>(a: Value<'vm>, b: Value<'vm>) -> Value<'vm> {
    Value::Tuple(Tuple::from(vec![a, b]))
}

fn table<'vm>(key: Value<'vm>, value: Value<'vm>) -> Value<'vm> {
    Value::Dict(Dict::from_iter([(key, value)]))
}

/// A list that holds itself.
fn itself<'vm>() -> Value<'vm> {
    let value = Value::List(List::from_iter([Value::Int(1)]));
    if let Value::List(List::Shared(items)) = &value {
        items.borrow_mut().push(value.clone());
    }
    value
}

/// A list that the module keeps: the same one each time.
fn kept<'vm>(cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
    let slot = cx.slot(qstr!("kept"))?;
    let first = || Value::List(List::from_iter([Value::Int(1), Value::Int(2)]));
    Ok(slot.get_or_insert_with(first).clone())
}

fn kept_dict<'vm>(cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
    let slot = cx.slot(qstr!("kept_dict"))?;
    let first = || table(Value::Int(1), "one".into());
    Ok(slot.get_or_insert_with(first).clone())
}

/// Lists within lists.
fn deep<'vm>(levels: usize) -> Value<'vm> {
    let inner = Value::List(List::from_iter([]));
    (0..levels).fold(inner, |inner, _| Value::List(List::from_iter([inner])))
}

fn greet(name: &str, times: usize, end: Option<&str>) -> String {
    format!("hello {name} ").repeat(times) + end.unwrap_or(".")
}

fn small(n: u8) -> u8 {
    n
}

fn fail(what: &str) -> Result<(), Error> {
    Err(match what {
        "os" => Error::os(2),
        "made" => Error::text(Kind::KeyError, format!("no {what}")),
        _ => Error::new(Kind::ValueError, "this value"),
    })
}

fn call<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    function: Value<'vm>,
    args: &[Value<'vm>],
) -> Result<Value<'vm>, Error> {
    cx.call(&function, Args::new(args))
}

/// The kind of what it fails with.
fn catch<'vm>(cx: &mut Cx<'_, 'vm, Portable>, function: Value<'vm>) -> String {
    match cx.call(&function, Args::NONE) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => format!("{:?}", error.kind()),
    }
}

fn sum<'vm>(cx: &mut Cx<'_, 'vm, Portable>, items: Value<'vm>) -> Result<i64, Error> {
    let mut sum = 0i64;
    for item in cx.collect(&items)? {
        let item = i64::from_argument(&item)
            .map_err(|_| Error::new(Kind::TypeError, "an item is no int"))?;
        sum += item;
    }
    Ok(sum)
}

fn item<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    index: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    cx.item(&object, &index)
}

fn set<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    index: Value<'vm>,
    value: Value<'vm>,
) -> Result<(), Error> {
    cx.subscript(&object, &index, Access::Store(&value))?;
    Ok(())
}

fn remove<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    index: Value<'vm>,
) -> Result<(), Error> {
    cx.subscript(&object, &index, Access::Delete)?;
    Ok(())
}

fn length<'vm>(cx: &mut Cx<'_, 'vm, Portable>, object: Value<'vm>) -> Result<usize, Error> {
    cx.len(&object)
}

fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    left: Value<'vm>,
    right: Value<'vm>,
) -> Result<bool, Error> {
    cx.equal(&left, &right)
}

fn text<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: Value<'vm>) -> Result<String, Error> {
    cx.text_of(&value, Style::Str)
}

fn get<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    name: &str,
) -> Result<Value<'vm>, Error> {
    cx.attr(&object, name)
}

/// What a value holds; of a datum, that.
fn shape<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: Value<'vm>) -> Result<Value<'vm>, Error> {
    Ok(match cx.shape(&value)? {
        Shape::Datum(datum) => datum,
        Shape::Sequence => "sequence".into(),
        Shape::Mapping => "mapping".into(),
        _ => "opaque".into(),
    })
}

/// Hands a callback a list that was made for it.
fn call_with_list<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    function: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let list = cx.own(vec![Value::from(vec![1]), 2.into()].into())?;
    cx.call(&function, Args::new(&[list]))
}

fn same_one<'vm>(cx: &mut Cx<'_, 'vm, Portable>, left: Value<'vm>, right: Value<'vm>) -> bool {
    let left = cx.identity(&left);
    left.is_some() && left == cx.identity(&right)
}

fn method<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    name: &str,
    args: &[Value<'vm>],
) -> Result<Value<'vm>, Error> {
    cx.call_method(&object, name, Args::new(args))
}

/// An iterator of the interpreter goes back to it.
fn each<'vm>(cx: &mut Cx<'_, 'vm, Portable>, items: Value<'vm>) -> Result<Value<'vm>, Error> {
    cx.iter(&items)
}

fn say(cx: &mut Cx<'_, '_, Portable>, text: &str) -> Result<(), Error> {
    cx.host().print(text)
}

/// How often it was called: in words, and in a state of its own.
fn count<'vm>(cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
    let words = cx.words(qstr!("calls"), 1)?;
    words[0] += 1;
    let words = words[0];
    let state = cx.state::<Calls>()?;
    state.0 += 10;
    let state = state.0;
    Ok(pair(words.into(), state.into()))
}

#[derive(Default)]
struct Calls(u32);

/// A stack: a type with every slot that Lua has a word for.
static STACK: Type = Type::new("Stack", "Last in, first out.")
    .slots(&[
        Slot::New(new),
        Slot::Len(len),
        Slot::Subscript(subscript),
        Slot::Iter(iter),
        Slot::Call(called),
        Slot::Print(print),
        Slot::Unary(unary),
        Slot::Binary(binary),
        Slot::Equal(is_equal),
        Slot::Attr(field),
        Slot::Drop(dropped),
    ])
    .methods(&[
        ("push", function!(push(this, value, times = 1))),
        ("pop", function!(pop(this))),
        ("close", function!(close(this))),
    ]);

/// A type with an iterator alone.
static ODD: Type = Type::new("Odd", "").slots(&[Slot::New(odd), Slot::Next(next_odd)]);

struct Payload {
    label: String,
    drops: Rc<Cell<i64>>,
}

#[derive(Default)]
struct Drops(Rc<Cell<i64>>);

fn drops(cx: &mut Cx<'_, '_, Portable>) -> Result<i64, Error> {
    Ok(cx.state::<Drops>()?.0.get())
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let drops = Rc::clone(&cx.state::<Drops>()?.0);
    let mut label = "stack".to_owned();
    for (name, value) in args.keywords {
        match (*name, value.as_str()) {
            ("label", Some(text)) => label = text.to_owned(),
            (name, _) => {
                let message = format!("unexpected argument '{name}'");
                return Err(Error::text(Kind::TypeError, message));
            }
        }
    }
    let payload = Payload { label, drops };
    Ok(Object::with_values(ty, payload, args.positional.to_vec()).into())
}

fn dropped(payload: &mut dyn std::any::Any) {
    if let Some(payload) = payload.downcast_ref::<Payload>() {
        payload.drops.set(payload.drops.get() + 1);
    }
}

fn len<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<usize, Error> {
    Ok(this.values()?.len())
}

fn subscript<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let mut values = this.values_mut()?;
    let out = || Error::new(Kind::IndexError, "stack index out of range");
    let index = index
        .as_int()
        .ok_or(Error::new(Kind::TypeError, "an index is an int"))?;
    let index = match index {
        0.. => index,
        back => back + values.len() as i64,
    };
    let place = usize::try_from(index).map_err(|_| out())?;
    if place >= values.len() {
        return Err(out());
    }
    match access {
        Access::Load => return Ok(Claim::Value(values[place].clone())),
        Access::Store(value) => values[place] = value.clone(),
        Access::Delete => drop(values.remove(place)),
    }
    Ok(Claim::Done)
}

fn iter<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    let items = Value::List(this.values()?.iter().cloned().collect());
    cx.iter(&items)
}

fn called<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let label = this.borrow::<Payload>()?.label.clone();
    Ok(format!("{label} called with {}", args.positional.len()).into())
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn std::fmt::Write,
) -> Result<(), Error> {
    let label = this.borrow::<Payload>()?.label.clone();
    let items = Value::List(this.values()?.iter().cloned().collect());
    let items = cx.text_of(&items, Style::Repr)?;
    write!(out, "{label}{items}").map_err(|_| Error::from(Kind::MemoryError))
}

fn unary<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    operator: Unary,
) -> Result<Option<Value<'vm>>, Error> {
    Ok(match operator {
        Unary::Negative => Some(Value::Int(-(this.values()?.len() as i64))),
        _ => None,
    })
}

fn binary<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    operator: Binary,
    other: &Value<'vm>,
    reversed: bool,
) -> Result<Option<Value<'vm>>, Error> {
    let mine = this.values()?.len() as i64;
    let theirs = match other {
        Value::Object(other) => other.values()?.len() as i64,
        other => match other.as_int() {
            Some(int) => int,
            None => return Ok(None),
        },
    };
    let (left, right) = if reversed {
        (theirs, mine)
    } else {
        (mine, theirs)
    };
    Ok(match operator {
        Binary::Add => Some(Value::Int(left + right)),
        Binary::Subtract => Some(Value::Int(left - right)),
        Binary::Less => Some(Value::Bool(left < right)),
        Binary::LessEqual => Some(Value::Bool(left <= right)),
        _ => None,
    })
}

fn is_equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    let Value::Object(other) = other else {
        return Ok(false);
    };
    let left = Value::List(this.values()?.iter().cloned().collect());
    let right = Value::List(other.values()?.iter().cloned().collect());
    cx.equal(&left, &right)
}

fn field<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    if name != "label" {
        return Ok(Claim::Declined);
    }
    let mut payload = this.borrow_mut::<Payload>()?;
    Ok(match access {
        Access::Load => Claim::Value(payload.label.clone().into()),
        Access::Store(value) => {
            let label = value
                .as_str()
                .ok_or(Error::new(Kind::TypeError, "a label is a str"))?;
            payload.label = label.to_owned();
            Claim::Done
        }
        Access::Delete => {
            payload.label.clear();
            Claim::Done
        }
    })
}

fn push<'vm>(this: &Object<'vm>, value: Value<'vm>, times: usize) -> Result<(), Error> {
    for _ in 0..times {
        this.values_mut()?.push_back(value.clone());
    }
    Ok(())
}

fn pop<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    this.values_mut()?
        .pop_back()
        .ok_or(Error::new(Kind::IndexError, "pop from an empty stack"))
}

fn close(this: &Object<'_>) -> Result<(), Error> {
    this.values_mut()?.clear();
    Ok(())
}

fn odd<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let below = args.positional.first().and_then(Value::as_int).unwrap_or(6);
    Ok(Object::new(ty, (1i64, below)).into())
}

fn next_odd<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let mut state = this.borrow_mut::<(i64, i64)>()?;
    let (next, below) = *state;
    state.0 += 2;
    Ok((next < below).then_some(Value::Int(next)))
}

extend_module! {
    /// A portable extension of a module of Lua's own.
    pub(crate) static ERRNO_EXTRA: Extension<Portable> = "errno" {
        "EIO" => Rom::Int(5),
        "describe" => Rom::Function(function!(describe)),
    }
}

fn describe(code: i32) -> Result<String, Error> {
    match code {
        5 => Ok("input/output error".to_owned()),
        code => Err(Error::os(code)),
    }
}
