//! What values hold, which one they are, and their methods.

use enroll_portable::prelude::*;
use enroll_portable::{Foreign, List, Shape, Vm};
use std::rc::Rc;

/// An interpreter with a list, an opaque thing, and methods that are handed
/// their object.
struct Machine;

impl<'vm> Vm<'vm> for Machine {
    fn shape(&mut self, object: &Value<'vm>) -> Result<Shape<'vm>, Error> {
        Ok(match object.type_name() {
            "list" => Shape::Sequence,
            "Colour" => Shape::Datum(Value::Int(3)),
            _ => Shape::Opaque,
        })
    }

    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Error> {
        // Nobody else may hold it.
        assert!(matches!(value, Value::List(List::Shared(items)) if Rc::strong_count(&items) == 1));
        Ok(foreign("list"))
    }

    fn identity(&mut self, object: &Value<'vm>) -> Option<usize> {
        (object.type_name() == "list").then_some(7)
    }

    fn call_method(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        args: Args<'_, 'vm>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        if object.type_name() != "list" {
            return Ok(Claim::Declined);
        }
        let count = args.positional.len();
        Ok(Claim::Value(format!("{name} of the list, {count}").into()))
    }

    fn attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        _: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        let _ = object;
        Ok(match name {
            "bound" => Claim::Value(Value::Function(function!(bound))),
            _ => Claim::Declined,
        })
    }
}

fn bound(number: i64) -> i64 {
    number + 1
}

fn foreign<'vm>(name: &'static str) -> Value<'vm> {
    Value::Foreign(Foreign::new(name, ()))
}

static THING: Type = Type::new("thing", "");

#[test]
fn every_value_has_a_shape() {
    let mut machine = Machine;
    let cx = &mut Portable::cx(&mut machine);
    for value in [
        Value::None,
        true.into(),
        1.into(),
        1.5.into(),
        "a".into(),
        b"a"[..].into(),
    ] {
        assert_eq!(cx.shape(&value).unwrap(), Shape::Datum(value));
    }
    let list = Value::from(vec![1]);
    let tuple = Value::Tuple([Value::Int(1)].into_iter().collect());
    let dict = Value::Dict([(Value::Int(1), Value::Int(2))].into_iter().collect());
    let object = Value::from(Object::new(&THING, ()));
    for (value, shape) in [
        (list, Shape::Sequence),
        (tuple, Shape::Sequence),
        (dict, Shape::Mapping),
        (object, Shape::Opaque),
        (Value::Type(&THING), Shape::Opaque),
        (foreign("list"), Shape::Sequence),
        (foreign("Colour"), Shape::Datum(Value::Int(3))),
        (foreign("thread"), Shape::Opaque),
    ] {
        assert_eq!(cx.shape(&value).unwrap(), shape, "{value:?}");
    }
}

#[test]
fn what_can_hold_itself_has_an_identity() {
    let mut machine = Machine;
    let cx = &mut Portable::cx(&mut machine);
    let list = Value::from(vec![1]);
    let other = Value::from(vec![1]);
    assert_eq!(cx.identity(&list), cx.identity(&list.clone()));
    assert!(cx.identity(&list).is_some());
    assert_ne!(cx.identity(&list), cx.identity(&other));
    let object = Value::from(Object::new(&THING, ()));
    assert_eq!(cx.identity(&object), cx.identity(&object.clone()));
    assert_ne!(cx.identity(&object), cx.identity(&list));
    assert_eq!(cx.identity(&foreign("list")), Some(7));
    for value in [Value::Int(1), "a".into(), foreign("thread")] {
        assert_eq!(cx.identity(&value), None, "{value:?}");
    }
}

#[test]
fn a_method_is_called_as_the_interpreter_calls_it() {
    let mut machine = Machine;
    let cx = &mut Portable::cx(&mut machine);
    let args = [Value::Int(1)];
    let mut call = |of, name| cx.call_method(&foreign(of), name, Args::new(&args));
    assert_eq!(
        call("list", "append").unwrap(),
        "append of the list, 1".into()
    );
    assert_eq!(call("thread", "bound").unwrap(), 2.into());
    let error = call("thread", "start").unwrap_err();
    assert_eq!(
        error.to_string(),
        "AttributeError: 'thread' object has no attribute 'start'"
    );
}

#[test]
fn a_list_for_a_callback_becomes_the_interpreters_own() {
    let mut machine = Machine;
    let cx = &mut Portable::cx(&mut machine);
    let list = cx.own(vec![1].into()).unwrap();
    assert_eq!(list.type_name(), "list");
    assert!(matches!(list, Value::Foreign(_)));
    assert_eq!(cx.own(1.into()).unwrap(), 1.into());
}
