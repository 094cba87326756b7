//! Native types: every slot, inheritance, payloads.

use enroll_portable::prelude::*;
use enroll_portable::types::{Binary, Bound, Unary};
use enroll_portable::{Foreign, Vm};
use std::cell::RefCell;

struct Nothing;
impl Vm<'_> for Nothing {}

type C<'a, 'b, 'vm> = &'a mut Cx<'b, 'vm, Portable>;

fn run<R>(run: impl FnOnce(&mut Cx<'_, 'static, Portable>) -> R) -> R {
    run(&mut Portable::cx(&mut Nothing))
}

thread_local! {
    static DROPPED: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

/// An integer in eight bytes, with every slot a type may have.
struct Number([u8; 8]);

impl Number {
    fn get(&self) -> i64 {
        i64::from_le_bytes(self.0)
    }
}

static NUMBER: Type = Type::new("Number", "A number.")
    .slots(&[
        Slot::New(new),
        Slot::Call(|_, this, args| {
            let plus = args.positional.first().and_then(Value::as_int);
            Ok((value(this)? + plus.unwrap_or(0)).into())
        }),
        Slot::Print(|_, this, style, out| {
            let shown = match style {
                Style::Str => write!(out, "{}", value(this)?),
                Style::Repr => write!(out, "Number({})", value(this)?),
            };
            shown.map_err(|_| Error::from(Kind::MemoryError))
        }),
        Slot::Unary(|_, this, op| {
            Ok(match op {
                Unary::Bool => Some(Value::Bool(value(this)? != 0)),
                Unary::Negative => Some(Value::Int(-value(this)?)),
                _ => None,
            })
        }),
        Slot::Binary(|_, this, op, other, reversed| {
            let (Some(other), this) = (other.as_int(), value(this)?) else {
                return Ok(None);
            };
            Ok(match (op, reversed) {
                (Binary::Subtract, false) => Some((this - other).into()),
                (Binary::Subtract, true) => Some((other - this).into()),
                (Binary::Contains, _) => Some((other < this).into()),
                _ => None,
            })
        }),
        Slot::Attr(attr),
        Slot::Subscript(|_, this, index, access| match access {
            Access::Load => {
                let position = index.as_index(8)?;
                Ok(Claim::Value(this.borrow::<Number>()?.0[position].into()))
            }
            _ => Ok(Claim::Declined),
        }),
        Slot::Iter(|_, this| Ok(Object::new(&COUNTDOWN, value(this)?).into())),
        Slot::Len(|_, _| Ok(8)),
        Slot::Equal(|_, this, other| {
            let other = match other {
                Value::Object(other) if other.holds::<Number>() => Some(value(other)?),
                other => other.as_int(),
            };
            Ok(other == Some(value(this)?))
        }),
        Slot::Hash(|cx, this| cx.hash(&value(this)?.into())),
        Slot::Buffer(|_, this, lend| {
            lend(&mut this.borrow_mut::<Number>()?.0);
            Ok(())
        }),
        Slot::Drop(|payload| {
            if let Some(number) = payload.downcast_ref::<Number>() {
                DROPPED.with_borrow_mut(|dropped| dropped.push(number.get()));
            }
        }),
    ])
    .methods(&[
        ("double", function!(double(this))),
        ("add", function!(add(this, n = 1))),
    ]);

/// Counts down to 1.
static COUNTDOWN: Type = Type::new("countdown", "").slots(&[Slot::Next(|_, this| {
    let mut left = this.borrow_mut::<i64>()?;
    *left -= 1;
    Ok((*left >= 0).then_some(Value::Int(*left + 1)))
})]);

/// Inherits all but one method.
static LOUD: Type = Type::new("Loud", "")
    .slots(&[Slot::Parent(&NUMBER)])
    .methods(&[("double", function!(shout))]);

/// Has nothing.
static BARE: Type = Type::new("Bare", "");

fn value(this: &Object<'_>) -> Result<i64, Error> {
    Ok(this.borrow::<Number>()?.get())
}

fn new<'vm>(
    cx: C<'_, '_, 'vm>,
    ty: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let number = function!(start(value = 0) as "Number").call(cx, args)?;
    let number = number.as_int().unwrap_or(0);
    Ok(Object::new(ty, Number(number.to_le_bytes())).into())
}

fn start(value: i64) -> i64 {
    value
}

fn attr<'vm>(
    _: C<'_, '_, 'vm>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    match (name, access) {
        ("value", Access::Load) => Ok(Claim::Value(value(this)?.into())),
        ("value", Access::Store(new)) => {
            let new = new.as_int().ok_or(Error::new(Kind::TypeError, "an int"))?;
            this.borrow_mut::<Number>()?.0 = new.to_le_bytes();
            Ok(Claim::Done)
        }
        _ => Ok(Claim::Declined),
    }
}

fn double(this: &Object<'_>) -> Result<i64, Error> {
    Ok(2 * value(this)?)
}

fn add(this: &Object<'_>, n: i64) -> Result<i64, Error> {
    Ok(value(this)? + n)
}

fn shout(this: &Object<'_>) -> Result<String, Error> {
    Ok(format!("{}!", value(this)?))
}

fn number(ty: &'static Type, value: i64) -> Value<'static> {
    run(|cx| cx.call(&Value::Type(ty), Args::new(&[value.into()]))).unwrap()
}

#[test]
fn every_slot_is_reached() {
    let seven = number(&NUMBER, 7);
    run(|cx| {
        assert_eq!(cx.call(&seven, Args::new(&[1.into()])).unwrap(), 8.into());
        assert_eq!(cx.text_of(&seven, Style::Str).unwrap(), "7");
        assert_eq!(cx.text_of(&seven, Style::Repr).unwrap(), "Number(7)");
        assert_eq!(cx.unary(Unary::Negative, &seven).unwrap(), (-7).into());
        assert_eq!(cx.unary(Unary::Bool, &seven).unwrap(), true.into());
        let subtract = Binary::Subtract;
        assert_eq!(cx.binary(subtract, &seven, &2.into()).unwrap(), 5.into());
        assert_eq!(cx.binary(subtract, &2.into(), &seven).unwrap(), (-5).into());
        assert_eq!(
            cx.binary(Binary::Contains, &seven, &2.into()).unwrap(),
            true.into()
        );
        assert_eq!(cx.attr(&seven, "value").unwrap(), 7.into());
        assert_eq!(cx.item(&seven, &0.into()).unwrap(), 7.into());
        assert_eq!(cx.len(&seven).unwrap(), 8);
        let items = cx.collect(&number(&NUMBER, 3)).unwrap();
        assert_eq!(items, [3.into(), 2.into(), 1.into()]);
        assert!(cx.equal(&seven, &7.into()).unwrap());
        assert!(cx.equal(&7.into(), &seven).unwrap());
        assert!(!cx.equal(&seven, &"7".into()).unwrap());
        assert_eq!(cx.hash(&seven).unwrap(), cx.hash(&7.into()).unwrap());
        let first = cx.buffer(&seven, |bytes| {
            bytes[1] = 1;
            bytes[0]
        });
        assert_eq!(first.unwrap(), Some(7));
        assert_eq!(cx.attr(&seven, "value").unwrap(), 263.into());
        cx.set_attr(&seven, "value", Some(&9.into())).unwrap();
        assert_eq!(cx.attr(&seven, "value").unwrap(), 9.into());
    });
}

#[test]
fn a_slot_that_is_missing_is_an_error_that_names_the_type() {
    let bare = Value::from(Object::new(&BARE, ()));
    let text = |result: Result<Value<'_>, Error>| result.unwrap_err().to_string();
    run(|cx| {
        for (result, expected) in [
            (
                cx.call(&Value::Type(&BARE), Args::NONE),
                "TypeError: cannot create 'Bare' instances",
            ),
            (
                cx.call(&bare, Args::NONE),
                "TypeError: 'Bare' object is not callable",
            ),
            (
                cx.attr(&bare, "x"),
                "AttributeError: 'Bare' object has no attribute 'x'",
            ),
            (
                cx.attr(&Value::Type(&BARE), "x"),
                "AttributeError: type object 'Bare' has no attribute 'x'",
            ),
            (
                cx.item(&bare, &0.into()),
                "TypeError: 'Bare' object is not subscriptable",
            ),
            (cx.iter(&bare), "TypeError: 'Bare' object is not iterable"),
            (
                cx.unary(Unary::Invert, &bare),
                "TypeError: 'Bare' object does not support this operator",
            ),
            (
                cx.binary(Binary::Add, &bare, &1.into()),
                "TypeError: 'Bare' and 'int' do not support this operator",
            ),
            (
                cx.binary(Binary::Contains, &1.into(), &number(&NUMBER, 7)),
                "TypeError: 'int' and 'Number' do not support this operator",
            ),
        ] {
            assert_eq!(text(result), expected);
        }
        assert!(cx.len(&bare).is_err() && cx.next(&bare).is_err());
        assert!(cx.set_attr(&bare, "x", None).is_err());
        assert_eq!(cx.buffer(&bare, |_| ()).unwrap(), None);
        assert!(cx.truth(&bare).unwrap());
        assert_eq!(cx.text_of(&bare, Style::Str).unwrap(), "<Bare object>");
        assert!(cx.equal(&bare, &bare).unwrap());
        assert!(!cx.equal(&bare, &Object::new(&BARE, ()).into()).unwrap());
        assert_eq!(cx.hash(&bare).unwrap(), cx.hash(&bare.clone()).unwrap());
        let store = cx.subscript(&number(&NUMBER, 7), &0.into(), Access::Delete);
        assert_eq!(store.unwrap(), Claim::Declined);
    });
}

#[test]
fn a_derived_type_has_the_slots_and_methods_of_its_parent() {
    let loud = number(&LOUD, 4);
    let object = loud.as_object().unwrap();
    assert_eq!(object.type_of(), &LOUD);
    assert!(LOUD.is(&NUMBER) && !NUMBER.is(&LOUD) && !LOUD.is(&BARE));
    assert_eq!(
        LOUD.method_names().collect::<Vec<_>>(),
        ["double", "double", "add"]
    );
    run(|cx| {
        let mut method = |name| cx.call_method(&loud, name, Args::NONE).unwrap();
        assert_eq!(method("double"), "4!".into());
        assert_eq!(method("add"), 5.into());
        assert_eq!(cx.text_of(&loud, Style::Str).unwrap(), "4");
    });
}

#[test]
fn methods_are_bound_unbound_and_called_by_name() {
    let four = number(&NUMBER, 4);
    run(|cx| {
        let bound = cx.attr(&four, "add").unwrap();
        let named = Args::NONE.with(&[("n", Value::Int(10))]);
        assert_eq!(cx.call(&bound, named).unwrap(), 14.into());
        let unbound = cx.attr(&Value::Type(&NUMBER), "add").unwrap();
        let args = [four.clone(), 2.into()];
        assert_eq!(cx.call(&unbound, Args::new(&args)).unwrap(), 6.into());
        assert_eq!(
            bound,
            Value::Bound(Bound::new(NUMBER.method("add").unwrap(), four.clone()))
        );
        for (callee, args, expected) in [
            (
                &unbound,
                [Value::Int(1), 2.into()],
                "TypeError: add() argument 1 ('this'): expected native object, not int",
            ),
            (
                &unbound,
                [Object::new(&BARE, 1u8).into(), 2.into()],
                "TypeError: 'Bare' object is of another native type than this function needs",
            ),
            (
                &bound,
                [Value::Int(1), 2.into()],
                "TypeError: add() takes from 0 to 1 arguments, 2 given",
            ),
        ] {
            let error = cx.call(callee, Args::new(&args)).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        let name = cx.attr(&Value::Type(&NUMBER), "__doc__").unwrap();
        assert_eq!(name, "A number.".into());
    });
}

#[test]
fn a_payload_is_typed_and_cannot_be_borrowed_twice_to_change() {
    let object: Object<'_> = Object::new(&BARE, 5u8);
    assert!(object.holds::<u8>() && !object.holds::<u16>());
    assert_eq!(object.borrow::<u16>().unwrap_err().kind(), Kind::TypeError);
    assert_eq!(
        object.borrow_mut::<u16>().unwrap_err().kind(),
        Kind::TypeError
    );
    let held = object.borrow_mut::<u8>().unwrap();
    for error in [object.borrow::<u8>().err(), object.borrow_mut::<u8>().err()] {
        assert_eq!(
            error.unwrap().to_string(),
            "RuntimeError: the object is in use"
        );
    }
    drop(held);
    let held = object.values_mut().unwrap();
    assert!(object.values().is_err());
    drop(held);
    assert_eq!(*object.borrow::<u8>().unwrap(), 5);
}

#[test]
fn the_drop_slot_runs_once_when_the_last_reference_is_gone() {
    DROPPED.with_borrow_mut(Vec::clear);
    let one = number(&LOUD, 1);
    let other = one.clone();
    drop(one);
    assert_eq!(DROPPED.with_borrow(Vec::clone), []);
    drop(other);
    assert_eq!(DROPPED.with_borrow(Vec::clone), [1]);
    // Inside another object too.
    let holder = Object::with_values(&BARE, (), [number(&NUMBER, 2), number(&NUMBER, 3)]);
    drop(holder);
    let mut dropped = DROPPED.with_borrow(Vec::clone);
    dropped.sort_unstable();
    assert_eq!(dropped, [1, 2, 3]);
}

#[test]
fn a_foreign_value_is_the_same_handle() {
    let foreign = Foreign::new("userdata", 7u8);
    assert_eq!(foreign, foreign.clone());
    assert_ne!(foreign, Foreign::new("userdata", 7u8));
    assert_eq!(foreign.downcast_ref::<u8>(), Some(&7));
    assert_eq!(foreign.downcast_ref::<u16>(), None);
    assert_eq!(Value::Foreign(foreign).type_name(), "userdata");
}

#[test]
fn a_type_takes_room_for_the_slots_it_has() {
    let words = |size: usize| size / size_of::<usize>();
    assert_eq!(words(size_of::<Type>()), 8);
    assert_eq!(words(size_of::<Slot>()), 2);
}
