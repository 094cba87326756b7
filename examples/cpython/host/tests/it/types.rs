//! Portable types with every slot.

use enroll_portable::prelude::*;
use std::any::Any;
use std::cell::Cell;
use std::fmt::Write;
use std::rc::Rc;

register_module! {
    /// Native types.
    pub(crate) static TYPES: Module<Portable> = "types_" {
        "Vector" => Rom::Type(&VECTOR),
        "Named" => Rom::Type(&NAMED),
        "Steps" => Rom::Type(&STEPS),
        "Plain" => Rom::Type(&PLAIN),
        "hidden" => Rom::Function(function!(hidden)),
        "drops" => Rom::Function(function!(drops)),
        "first" => Rom::Function(function!(first)),
        "method" => Rom::Function(function!(method)),
    }
}

/// Numbers, with an operator for everything.
static VECTOR: Type = Type::new("Vector", "Numbers in a row.")
    .slots(&[
        Slot::New(new),
        Slot::Call(call),
        Slot::Print(print),
        Slot::Unary(unary),
        Slot::Binary(binary),
        Slot::Attr(attr),
        Slot::Subscript(subscript),
        Slot::Iter(iter),
        Slot::Len(len),
        Slot::Equal(equal),
        Slot::Hash(hash),
        Slot::Buffer(buffer),
        Slot::Drop(dropped),
    ])
    .methods(&[
        ("push", function!(push(this, item, times = 1))),
        ("itself", function!(itself(this))),
        ("close", function!(close(this))),
    ]);

/// A vector with a name, and another way to say it.
static NAMED: Type = Type::new("Named", "")
    .slots(&[Slot::Parent(&VECTOR), Slot::Print(print_named)])
    .methods(&[("shout", function!(shout(this)))]);

/// An iterator that can be made and nothing else.
static STEPS: Type = Type::new("Steps", "").slots(&[Slot::New(new_steps), Slot::Next(next_step)]);

/// Not even that: a module alone makes one.
static PLAIN: Type = Type::new("Plain", "");

struct Numbers {
    items: Vec<i64>,
    label: Option<String>,
    closed: bool,
    drops: Rc<Cell<i64>>,
}

#[derive(Default)]
struct Drops(Rc<Cell<i64>>);

fn drops(cx: &mut Cx<'_, '_, Portable>) -> Result<i64, Error> {
    Ok(cx.state::<Drops>()?.0.get())
}

/// A plain one, with a vector among its values.
fn hidden<'vm>(value: Value<'vm>) -> Object<'vm> {
    Object::with_values(&PLAIN, (), [value])
}

fn first<'vm>(this: &Object<'vm>) -> Result<Option<Value<'vm>>, Error> {
    Ok(this.values()?.front().cloned())
}

/// A bound method, as a module may hand it out.
fn method<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: Value<'vm>,
    name: &str,
) -> Result<Value<'vm>, Error> {
    cx.attr(&this, name)
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let mut items = Vec::new();
    for item in args.positional {
        let item = item.as_int();
        items.push(item.ok_or(Error::new(Kind::TypeError, "a Vector is made of numbers"))?);
    }
    let mut label = None;
    for (name, value) in args.keywords {
        match (*name, value.as_str()) {
            ("label", Some(text)) => label = Some(text.to_owned()),
            (name, _) => {
                let message = format!("unexpected argument '{name}'");
                return Err(Error::text(Kind::TypeError, message));
            }
        }
    }
    let drops = Rc::clone(&cx.state::<Drops>()?.0);
    let numbers = Numbers {
        items,
        label,
        closed: false,
        drops,
    };
    Ok(Object::new(ty, numbers).into())
}

fn dropped(payload: &mut dyn Any) {
    if let Some(numbers) = payload.downcast_ref::<Numbers>() {
        numbers.drops.set(numbers.drops.get() + 1);
    }
}

fn items(this: &Object<'_>) -> Result<Vec<i64>, Error> {
    Ok(this.borrow::<Numbers>()?.items.clone())
}

fn values<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    Ok(items(this)?.into())
}

fn call<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let (given, named) = (args.positional.len(), args.keywords.len());
    Ok(format!("{} called with {given} and {named}", items(this)?.len()).into())
}

fn print<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    style: Style,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let items = items(this)?;
    let done = match style {
        Style::Str => write!(out, "{items:?}"),
        Style::Repr => write!(out, "Vector({items:?})"),
    };
    done.map_err(|_| Error::from(Kind::MemoryError))
}

fn print_named<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let label = this.borrow::<Numbers>()?.label.clone();
    let label = label.unwrap_or_default();
    write!(out, "<{label}>").map_err(|_| Error::from(Kind::MemoryError))
}

fn unary<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    operator: Unary,
) -> Result<Option<Value<'vm>>, Error> {
    let items = items(this)?;
    let sum: i64 = items.iter().sum();
    Ok(Some(match operator {
        Unary::Bool => Value::Bool(sum != 0),
        Unary::Negative => Value::Int(-sum),
        Unary::Absolute => Value::Int(sum.abs()),
        Unary::Int => Value::Int(sum),
        Unary::Float => Value::Float(sum as f64),
        _ => return Ok(None),
    }))
}

fn binary<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    operator: Binary,
    other: &Value<'vm>,
    reversed: bool,
) -> Result<Option<Value<'vm>>, Error> {
    let mine: i64 = items(this)?.iter().sum();
    let theirs: i64 = match other {
        Value::Object(other) => items(other)?.iter().sum(),
        other => match other.as_int() {
            Some(int) => int,
            None => return Ok(None),
        },
    };
    let (left, right) = match reversed {
        true => (theirs, mine),
        false => (mine, theirs),
    };
    Ok(Some(match operator {
        Binary::Add => Value::Int(left + right),
        Binary::Subtract => Value::Int(left - right),
        Binary::Modulo if right == 0 => return Err(Kind::ZeroDivisionError.into()),
        Binary::Modulo => Value::Int(left.rem_euclid(right)),
        Binary::Power => Value::Int(left.pow(u32::try_from(right).unwrap_or(0))),
        Binary::Less => Value::Bool(left < right),
        Binary::GreaterEqual => Value::Bool(left >= right),
        // `in` is left to iteration, the others to nobody.
        _ => return Ok(None),
    }))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let mut numbers = this.borrow_mut::<Numbers>()?;
    match name {
        "closed" => match access {
            Access::Load => Ok(Claim::Value(numbers.closed.into())),
            _ => Err(Error::new(Kind::AttributeError, "closed is read-only")),
        },
        "label" => Ok(match access {
            Access::Load => match &numbers.label {
                Some(label) => Claim::Value(label.clone().into()),
                None => Claim::Declined,
            },
            Access::Store(value) => {
                numbers.label = value.as_str().map(str::to_owned);
                Claim::Done
            }
            Access::Delete => match numbers.label.take() {
                Some(_) => Claim::Done,
                None => Claim::Declined,
            },
        }),
        _ => Ok(Claim::Declined),
    }
}

fn subscript<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let items = &mut this.borrow_mut::<Numbers>()?.items;
    let index = index.as_index(items.len())?;
    Ok(match access {
        Access::Load => Claim::Value(items[index].into()),
        Access::Store(value) => {
            items[index] = value
                .as_int()
                .ok_or(Error::new(Kind::TypeError, "an item is a number"))?;
            Claim::Done
        }
        Access::Delete => Claim::Declined,
    })
}

fn iter<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    let items = values(this)?;
    cx.iter(&items)
}

fn len(_: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<usize, Error> {
    Ok(items(this)?.len())
}

fn equal<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    let Some(other) = other.as_object().filter(|other| other.holds::<Numbers>()) else {
        return Ok(false);
    };
    Ok(items(this)? == items(other)?)
}

fn hash<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<u64, Error> {
    let sum: i64 = items(this)?.iter().sum();
    cx.hash(&sum.into())
}

fn buffer(
    _: &mut Cx<'_, '_, Portable>,
    this: &Object<'_>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Error> {
    let items = items(this)?;
    let mut bytes: Vec<u8> = items.iter().map(|item| *item as u8).collect();
    run(&mut bytes);
    Ok(())
}

fn push<'vm>(this: &Object<'vm>, item: i64, times: usize) -> Result<usize, Error> {
    let items = &mut this.borrow_mut::<Numbers>()?.items;
    items.extend(std::iter::repeat_n(item, times));
    Ok(items.len())
}

fn itself<'vm>(this: &Object<'vm>) -> Object<'vm> {
    this.clone()
}

fn close(this: &Object<'_>) -> Result<(), Error> {
    this.borrow_mut::<Numbers>()?.closed = true;
    Ok(())
}

fn shout(this: &Object<'_>) -> Result<String, Error> {
    let label = this.borrow::<Numbers>()?.label.clone();
    Ok(label.unwrap_or_default().to_uppercase())
}

struct Step(i64);

fn new_steps<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    _: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    Ok(Object::new(ty, Step(0)).into())
}

fn next_step<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let mut step = this.borrow_mut::<Step>()?;
    step.0 += 1;
    Ok((step.0 <= 3).then_some(Value::Int(step.0)))
}
