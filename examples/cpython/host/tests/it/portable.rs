//! A portable module with values and functions of every kind.

use enroll_cpython::{CPython, Rom as OwnRom};
use enroll_portable::prelude::*;
use enroll_portable::{Dict, List, Shape, Tuple};

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
        "kinds" => Rom::Function(function!(kinds)),
        "list" => Rom::Function(function!(list)),
        "table" => Rom::Function(function!(table)),
        "kept" => Rom::Function(function!(kept)),
        "kept_dict" => Rom::Function(function!(kept_dict)),
        "total" => Rom::Function(function!(total)),
        "deep" => Rom::Function(function!(deep)),
        "itself" => Rom::Function(function!(itself)),
        "greet" => Rom::Function(function!(greet(name, times = 1, *, end = None))),
        "small" => Rom::Function(function!(small(n))),
        "number" => Rom::Function(function!(number(n))),
        "many" => Rom::Function(function!(many(first, *others))),
        "fail" => Rom::Function(function!(fail(what))),
        "call" => Rom::Function(function!(call)),
        "run_with" => Rom::Function(function!(run_with)),
        "named" => Rom::Function(function!(named)),
        "catch" => Rom::Function(function!(catch)),
        "item" => Rom::Function(function!(item)),
        "set" => Rom::Function(function!(set)),
        "remove" => Rom::Function(function!(remove)),
        "length" => Rom::Function(function!(length)),
        "equal" => Rom::Function(function!(equal)),
        "text" => Rom::Function(function!(text)),
        "get" => Rom::Function(function!(get)),
        "put" => Rom::Function(function!(put)),
        "shape" => Rom::Function(function!(shape)),
        "call_with_list" => Rom::Function(function!(call_with_list)),
        "same_one" => Rom::Function(function!(same_one)),
        "method" => Rom::Function(function!(method)),
        "each" => Rom::Function(function!(each)),
        "collect" => Rom::Function(function!(collect)),
        "say" => Rom::Function(function!(say)),
        "count" => Rom::Function(function!(count)),
        "bytes_of" => Rom::Function(function!(bytes_of)),
        "invert" => Rom::Function(function!(invert)),
    }
    deinit: end,
    attr: attr,
    dir: dir,
}

/// What it kept is dropped then, and that alone matters.
fn end(_: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
    Ok(())
}

/// Names that hooks and functions alone use.
pub(crate) const NAMES: &[&str] = &["mode", "refused", "calls", "extra"];

extend_module! {
    /// A portable extension.
    pub(crate) static VALUES_EXTRA: Extension<Portable> = "values" {
        "ADDED" => Rom::Int(1),
    }
    attr: extra_attr,
}

extend_module! {
    /// An extension of CPython's own.
    pub(crate) static VALUES_OWN: Extension<CPython> = "values" {
        replace "INT" => OwnRom::Int(70),
        "OWN" => OwnRom::Str("own"),
    }
}

fn extra_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    cx.delegate(&[qstr!("extra")], name, access)
}

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

fn kinds<'vm>(values: &Tuple<'vm>) -> Vec<Value<'vm>> {
    values
        .iter()
        .map(|value| value.type_name().into())
        .collect()
}

fn list<'vm>(items: &[Value<'vm>]) -> Value<'vm> {
    Value::List(items.iter().cloned().collect())
}

fn table<'vm>(key: Value<'vm>, value: Value<'vm>) -> Value<'vm> {
    Value::Dict(Dict::from_iter([(key, value)]))
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

/// The sum of the list that the module keeps, as the module sees it.
fn total(cx: &mut Cx<'_, '_, Portable>) -> Result<i64, Error> {
    let kept = kept(cx)?;
    Ok(cx.collect(&kept)?.iter().filter_map(Value::as_int).sum())
}

/// Lists within lists.
fn deep<'vm>(depth: u32) -> Value<'vm> {
    (0..depth).fold(Value::Int(0), |inner, _| {
        Value::List(List::from_iter([inner]))
    })
}

/// A list that holds itself.
fn itself<'vm>() -> Value<'vm> {
    let value = Value::List(List::from_iter([Value::Int(1)]));
    if let Value::List(List::Shared(items)) = &value {
        items.borrow_mut().push(value.clone());
    }
    value
}

fn greet(name: &str, times: usize, end: Option<&str>) -> String {
    format!("hello {name}{}", end.unwrap_or("")).repeat(times)
}

fn small(n: u8) -> u8 {
    n
}

fn number(n: f64) -> f64 {
    n
}

fn many(first: i64, others: &[Value<'_>]) -> i64 {
    first + i64::try_from(others.len()).unwrap_or(0)
}

fn fail(what: &str) -> Result<(), Error> {
    let kind = match what {
        "ValueError" => Kind::ValueError,
        "TypeError" => Kind::TypeError,
        "AttributeError" => Kind::AttributeError,
        "KeyError" => Kind::KeyError,
        "IndexError" => Kind::IndexError,
        "MemoryError" => Kind::MemoryError,
        "StopIteration" => Kind::StopIteration,
        "NotImplementedError" => Kind::NotImplementedError,
        "OverflowError" => Kind::OverflowError,
        "ZeroDivisionError" => Kind::ZeroDivisionError,
        "ImportError" => Kind::ImportError,
        "AssertionError" => Kind::AssertionError,
        "FileNotFoundError" => return Err(Error::os(2)),
        "OSError" => return Err(Error::text(Kind::OSError(5), "no such device")),
        "bare" => return Err(Kind::ValueError.into()),
        _ => Kind::RuntimeError,
    };
    Err(Error::text(kind, format!("this is a {what}")))
}

fn call<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    function: Value<'vm>,
    args: &[Value<'vm>],
) -> Result<Value<'vm>, Error> {
    cx.call(&function, Args::new(args))
}

/// Calls a function while it has an object.
fn run_with<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    function: Value<'vm>,
    object: Value<'vm>,
) -> Result<(), Error> {
    cx.call(&function, Args::NONE)?;
    drop(object);
    Ok(())
}

fn named<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    function: Value<'vm>,
    value: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    cx.call(&function, Args::NONE.with(&[("end", value)]))
}

/// The kind of what it fails with.
fn catch<'vm>(cx: &mut Cx<'_, 'vm, Portable>, function: Value<'vm>) -> String {
    match cx.call(&function, Args::NONE) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => format!("{:?}: {}", error.kind(), error.message()),
    }
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
    cx.text_of(&value, Style::Repr)
}

fn get<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    name: &str,
) -> Result<Value<'vm>, Error> {
    cx.attr(&object, name)
}

/// Sets an attribute, or deletes it.
fn put<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: Value<'vm>,
    name: &str,
    value: Option<Value<'vm>>,
) -> Result<(), Error> {
    cx.set_attr(&object, name, value.as_ref())
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

fn each<'vm>(cx: &mut Cx<'_, 'vm, Portable>, items: Value<'vm>) -> Result<Value<'vm>, Error> {
    cx.iter(&items)
}

fn collect<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    items: Value<'vm>,
) -> Result<Vec<Value<'vm>>, Error> {
    cx.collect(&items)
}

fn say(cx: &mut Cx<'_, '_, Portable>, text: &str) -> Result<(), Error> {
    cx.host().print(text)
}

/// How often it was called: in words, and in a state of its own.
fn count(cx: &mut Cx<'_, '_, Portable>) -> Result<Vec<u32>, Error> {
    let words = cx.words(qstr!("calls"), 1)?;
    words[0] += 1;
    let words = words[0];
    let state = cx.state::<Calls>()?;
    state.0 += 10;
    Ok(vec![words, state.0])
}

#[derive(Default)]
struct Calls(u32);

fn bytes_of<'vm>(cx: &mut Cx<'_, 'vm, Portable>, data: &Value<'vm>) -> Result<Vec<u8>, Error> {
    cx.bytes(data, <[u8]>::to_vec)
}

/// Changes every byte, and says how many there were; `None` where none can
/// change.
fn invert<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    buffer: &Value<'vm>,
) -> Result<Option<usize>, Error> {
    cx.buffer(buffer, |bytes| {
        bytes.iter_mut().for_each(|byte| *byte = !*byte);
        bytes.len()
    })
}
