//! `collections.namedtuple`, called by name. What it shows is CPython's, but
//! for the wording of errors.

use collections_module::COLLECTIONS;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use enroll_portable::types::Binary;

fn interp() -> Interp {
    Interp::of::<COLLECTIONS>().unwrap()
}

fn point(interp: &mut Interp) -> Value<'static> {
    interp
        .call("collections.namedtuple", args!["Point", "x, y"])
        .unwrap()
}

fn call(
    interp: &mut Interp,
    callee: &Value<'static>,
    args: &[Value<'static>],
    named: &[(&str, Value<'static>)],
) -> Result<Value<'static>, Error> {
    interp.run(|cx| cx.call(callee, Args::new(args).with(named)))
}

#[test]
fn fields_are_given_as_text_or_as_a_sequence() {
    let interp = &mut interp();
    let list = Value::from(vec!["x", "y"]);
    for fields in ["x y".into(), "x,y".into(), " x ,\ty\n".into(), list] {
        let point = interp
            .call("collections.namedtuple", &["Point".into(), fields])
            .unwrap();
        assert_eq!(interp.repr(&point), "<class 'Point'>");
        let made = call(interp, &point, args![1, 2], &[]).unwrap();
        assert_eq!(interp.repr(&made), "Point(x=1, y=2)");
    }
    let none = interp
        .call("collections.namedtuple", args!["Empty", ""])
        .unwrap();
    let made = call(interp, &none, &[], &[]).unwrap();
    assert_eq!(interp.repr(&made), "Empty()");
}

#[test]
fn wrong_fields_are_refused() {
    for (fields, expected) in [
        (
            Value::from("x x"),
            "ValueError: field 'x' stands there twice",
        ),
        (
            "1x".into(),
            "ValueError: '1x' cannot be a field: it must begin with a letter and go on with letters, digits and _",
        ),
        (
            "_x".into(),
            "ValueError: '_x' cannot be a field: it must begin with a letter and go on with letters, digits and _",
        ),
        (5.into(), "TypeError: 'int' object is not iterable"),
        (vec![5].into(), "TypeError: a field name is a str, not int"),
    ] {
        let error = interp()
            .call("collections.namedtuple", &["P".into(), fields])
            .unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_tuple_is_made_by_position_and_by_name() {
    let interp = &mut interp();
    let point = point(interp);
    for (args, named, expected) in [
        (args![1, 2].to_vec(), &[][..], "Point(x=1, y=2)"),
        (args![1].to_vec(), named![y = "b"], "Point(x=1, y='b')"),
        (vec![], named![y = 1, x = 2], "Point(x=2, y=1)"),
        (
            args![1].to_vec(),
            &[],
            "TypeError: Point() is missing argument 'y'",
        ),
        (
            args![1, 2, 3].to_vec(),
            &[],
            "TypeError: Point() takes 2 arguments, 3 given",
        ),
        (
            args![1].to_vec(),
            named![x = 1],
            "TypeError: Point() argument 'x': got two values",
        ),
        (
            args![1].to_vec(),
            named![z = 1],
            "TypeError: Point() got an unexpected keyword argument 'z'",
        ),
    ] {
        let shown = match call(interp, &point, &args, named) {
            Ok(value) => interp.repr(&value),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected);
    }
    let made = interp.method(&point, "_make", args!["ab"]).unwrap();
    assert_eq!(interp.repr(&made), "Point(x='a', y='b')");
}

#[test]
fn fields_are_attributes_and_items_and_cannot_change() {
    let interp = &mut interp();
    let point = point(interp);
    let made = call(interp, &point, args![1, 2], &[]).unwrap();
    interp.run(|cx| {
        assert_eq!(cx.attr(&made, "y").unwrap(), 2.into());
        assert_eq!(cx.item(&made, &(-2).into()).unwrap(), 1.into());
        assert_eq!(cx.len(&made).unwrap(), 2);
        assert_eq!(cx.collect(&made).unwrap(), [1.into(), 2.into()]);
        assert_eq!(
            cx.binary(Binary::Contains, &made, &2.into()).unwrap(),
            true.into()
        );
        let error = cx.set_attr(&made, "x", Some(&5.into())).unwrap_err();
        assert_eq!(error.kind(), Kind::AttributeError);
        let error = cx
            .subscript(&made, &0.into(), Access::Store(&5.into()))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "TypeError: 'tuple' object cannot be changed"
        );
        let error = cx.attr(&made, "z").unwrap_err();
        assert_eq!(
            error.to_string(),
            "AttributeError: 'namedtuple' object has no attribute 'z'"
        );
    });
    let fields = interp.run(|cx| cx.attr(&made, "_fields")).unwrap();
    assert_eq!(interp.repr(&fields), "('x', 'y')");
    let name = interp.run(|cx| cx.attr(&point, "__name__")).unwrap();
    assert_eq!(name, "Point".into());
}

#[test]
fn it_equals_and_hashes_as_a_tuple() {
    let interp = &mut interp();
    let point = point(interp);
    let made = call(interp, &point, args![1, 2], &[]).unwrap();
    let same = call(interp, &point, args![1.0, 2], &[]).unwrap();
    let other = call(interp, &point, args![1, 3], &[]).unwrap();
    let tuple = Value::Tuple([Value::Int(1), Value::Int(2)].into_iter().collect());
    interp.run(|cx| {
        assert!(cx.equal(&made, &same).unwrap());
        assert!(cx.equal(&made, &made).unwrap());
        assert!(!cx.equal(&made, &other).unwrap());
        assert!(cx.equal(&made, &tuple).unwrap() && cx.equal(&tuple, &made).unwrap());
        assert!(!cx.equal(&made, &1.into()).unwrap());
        let hash = cx.hash(&made).unwrap();
        assert_eq!(hash, cx.hash(&tuple).unwrap());
        assert_eq!(hash, cx.hash(&same).unwrap());
    });
}

#[test]
fn replace_and_asdict_leave_the_tuple_alone() {
    let interp = &mut interp();
    let point = point(interp);
    let made = call(interp, &point, args![1, 2], &[]).unwrap();
    let mut replace = |named: &[(&str, Value<'static>)]| {
        interp.run(|cx| cx.call_method(&made, "_replace", Args::NONE.with(named)))
    };
    let replaced = replace(named![y = 5]).unwrap();
    let error = replace(named![z = 5]).unwrap_err();
    assert_eq!(error.to_string(), "TypeError: Point() has no field 'z'");
    assert_eq!(interp.repr(&replaced), "Point(x=1, y=5)");
    assert_eq!(interp.repr(&made), "Point(x=1, y=2)");
    let dict = interp.method(&made, "_asdict", args![]).unwrap();
    assert_eq!(interp.repr(&dict), "{'x': 1, 'y': 2}");
}
