//! `collections.deque`, called by name. What it shows is CPython's.

use collections_module::COLLECTIONS;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use enroll_portable::{Foreign, types::Binary};

fn interp() -> Interp {
    Interp::of::<COLLECTIONS>().unwrap()
}

fn deque(interp: &mut Interp, items: &[i64], maxlen: Option<i64>) -> Value<'static> {
    let args = [items.to_vec().into(), maxlen.into()];
    interp.call("collections.deque", &args).unwrap()
}

/// Calls methods one after the other and shows the deque, or the first error.
fn after(maxlen: Option<i64>, calls: &[(&str, &[Value<'static>])]) -> String {
    let mut interp = interp();
    let deque = deque(&mut interp, &[1, 2, 3], maxlen);
    for (name, args) in calls {
        if let Err(error) = interp.method(&deque, name, args) {
            return error.to_string();
        }
    }
    interp.repr(&deque)
}

#[test]
fn items_come_and_go_at_both_ends() {
    for (maxlen, calls, expected) in [
        (None, &[][..], "deque([1, 2, 3])"),
        (Some(3), &[], "deque([1, 2, 3], maxlen=3)"),
        (Some(2), &[], "deque([2, 3], maxlen=2)"),
        (Some(0), &[], "deque([], maxlen=0)"),
        (None, &[("append", args![4])], "deque([1, 2, 3, 4])"),
        (None, &[("appendleft", args![0])], "deque([0, 1, 2, 3])"),
        (
            Some(3),
            &[("append", args![4])],
            "deque([2, 3, 4], maxlen=3)",
        ),
        (
            Some(3),
            &[("appendleft", args![0])],
            "deque([0, 1, 2], maxlen=3)",
        ),
        (Some(0), &[("append", args![4])], "deque([], maxlen=0)"),
        (None, &[("pop", args![])], "deque([1, 2])"),
        (
            None,
            &[("popleft", args![]), ("popleft", args![])],
            "deque([3])",
        ),
        (
            None,
            &[("extend", args!["ab"])],
            "deque([1, 2, 3, 'a', 'b'])",
        ),
        (None, &[("clear", args![])], "deque([])"),
        (
            None,
            &[("clear", args![]), ("pop", args![])],
            "IndexError: pop from an empty deque",
        ),
        (
            None,
            &[("extend", args![5])],
            "TypeError: 'int' object is not iterable",
        ),
        (
            None,
            &[("append", args![])],
            "TypeError: append() is missing argument 1 ('item')",
        ),
        (
            None,
            &[("rotate", args![])],
            "AttributeError: 'deque' object has no attribute 'rotate'",
        ),
    ] {
        assert_eq!(after(maxlen, calls), expected, "{calls:?}");
    }
}

#[test]
fn construction_takes_names_and_flags() {
    let interp = &mut interp();
    let empty = interp.call("collections.deque", args![]).unwrap();
    assert_eq!(interp.repr(&empty), "deque([])");
    let strict = interp
        .call_named(
            "collections.deque",
            args!["a"],
            named![maxlen = 1, flags = 1],
        )
        .unwrap();
    let error = interp.method(&strict, "append", args![2]).unwrap_err();
    assert_eq!(error.to_string(), "IndexError: full");
    assert_eq!(
        interp.run(|cx| cx.attr(&strict, "maxlen")).unwrap(),
        1.into()
    );
    for (args, expected) in [
        (args![5].to_vec(), "TypeError: 'int' object is not iterable"),
        (
            vec![Value::None, Value::Int(-1)],
            "ValueError: maxlen must be non-negative",
        ),
        (
            vec![Value::None, "x".into()],
            "TypeError: deque() argument 2 ('maxlen'): expected int, not str",
        ),
    ] {
        let error = interp.call("collections.deque", &args).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn items_are_read_stored_deleted_and_found() {
    let interp = &mut interp();
    let deque = deque(interp, &[1, 2, 3], None);
    interp.run(|cx| {
        assert_eq!(cx.item(&deque, &0.into()).unwrap(), 1.into());
        assert_eq!(cx.item(&deque, &(-1).into()).unwrap(), 3.into());
        for index in [3, -4, i32::MIN] {
            let error = cx.item(&deque, &index.into()).unwrap_err();
            assert_eq!(error.kind(), Kind::IndexError, "{index}");
        }
        let error = cx.item(&deque, &"x".into()).unwrap_err();
        assert_eq!(error.kind(), Kind::TypeError);
        cx.subscript(&deque, &1.into(), Access::Store(&"two".into()))
            .unwrap();
        cx.subscript(&deque, &0.into(), Access::Delete).unwrap();
        assert_eq!(cx.len(&deque).unwrap(), 2);
        assert!(cx.truth(&deque).unwrap());
        let mut contains = |item: Value<'static>| cx.binary(Binary::Contains, &deque, &item);
        assert_eq!(contains("two".into()).unwrap(), true.into());
        assert_eq!(contains(3.0.into()).unwrap(), true.into());
        assert_eq!(contains(1.into()).unwrap(), false.into());
        assert_eq!(cx.hash(&deque).unwrap_err().kind(), Kind::TypeError);
    });
    assert_eq!(interp.repr(&deque), "deque(['two', 3])");
}

#[test]
fn iteration_sees_a_change() {
    let interp = &mut interp();
    let deque = deque(interp, &[1, 2, 3], None);
    let items = interp.run(|cx| cx.collect(&deque)).unwrap();
    assert_eq!(items, [1.into(), 2.into(), 3.into()]);
    let error = interp.run(|cx| {
        let iterator = cx.iter(&deque)?;
        cx.next(&iterator)?;
        cx.call_method(&deque, "append", Args::new(args![4]))?;
        cx.next(&iterator)
    });
    assert_eq!(
        error.unwrap_err().to_string(),
        "RuntimeError: deque mutated during iteration"
    );
}

#[test]
fn deques_of_equal_items_are_equal() {
    let interp = &mut interp();
    let one = deque(interp, &[1, 2], None);
    for (items, expected) in [(&[1, 2][..], true), (&[1], false), (&[1, 3], false)] {
        let other = deque(interp, items, Some(9));
        assert_eq!(interp.run(|cx| cx.equal(&one, &other)).unwrap(), expected);
    }
    let list = Value::from(vec![1, 2]);
    assert!(!interp.run(|cx| cx.equal(&one, &list)).unwrap());
}

#[test]
fn a_deque_may_be_extended_by_itself_and_hold_itself() {
    let interp = &mut interp();
    let (one, two) = (deque(interp, &[1, 2], None), deque(interp, &[1, 2], None));
    for deque in [&one, &two] {
        interp
            .method(deque, "extend", args![deque.clone()])
            .unwrap();
        assert_eq!(interp.repr(deque), "deque([1, 2, 1, 2])");
        interp
            .method(deque, "append", args![deque.clone()])
            .unwrap();
        assert_eq!(interp.repr(deque), "deque([1, 2, 1, 2, ...])");
    }
    assert!(interp.run(|cx| cx.equal(&one, &one)).unwrap());
    let error = interp.run(|cx| cx.equal(&one, &two)).unwrap_err();
    assert_eq!(error.kind(), Kind::RuntimeError, "{error}");
    // Cycles are not collected: the test takes them apart.
    interp.method(&one, "clear", args![]).unwrap();
    interp.method(&two, "clear", args![]).unwrap();
}

#[test]
fn a_long_chain_is_written_and_dropped_without_running_out_of_stack() {
    let interp = &mut interp();
    let mut chain = deque(interp, &[], None);
    for _ in 0..100_000 {
        let next = deque(interp, &[], None);
        interp.method(&next, "append", &[chain]).unwrap();
        chain = next;
    }
    assert!(interp.repr(&chain).contains("..."));
    drop(chain);
}

#[test]
fn a_foreign_value_comes_back_as_it_was() {
    let interp = &mut interp();
    let deque = deque(interp, &[], None);
    let foreign = Value::Foreign(Foreign::new("table", String::from("a host's own")));
    interp
        .method(&deque, "append", args![foreign.clone()])
        .unwrap();
    let back = interp.method(&deque, "pop", args![]).unwrap();
    assert_eq!(back, foreign);
    let Value::Foreign(back) = back else {
        panic!("{back:?}")
    };
    assert_eq!(back.downcast_ref::<String>().unwrap(), "a host's own");
}

/// The same operations on a deque and on what it is modelled after.
#[test]
fn random_operations_agree_with_a_vector() {
    let interp = &mut interp();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for maxlen in [None, Some(0), Some(1), Some(4), Some(9)] {
        let deque = deque(interp, &[], maxlen);
        let mut model: Vec<i64> = Vec::new();
        let most = maxlen.map_or(usize::MAX, |most| most as usize);
        for step in 0..2_000 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            match random % 5 {
                0 | 1 => {
                    interp.method(&deque, "append", args![step]).unwrap();
                    model.push(step);
                    let extra = model.len().saturating_sub(most);
                    model.drain(..extra);
                }
                2 => {
                    interp.method(&deque, "appendleft", args![step]).unwrap();
                    model.insert(0, step);
                    model.truncate(most);
                }
                3 => {
                    let popped = interp.method(&deque, "pop", args![]).ok();
                    assert_eq!(popped, model.pop().map(Value::Int));
                }
                _ => {
                    let popped = interp.method(&deque, "popleft", args![]).ok();
                    let first = (!model.is_empty()).then(|| model.remove(0));
                    assert_eq!(popped, first.map(Value::Int));
                }
            }
            let items = interp.run(|cx| cx.collect(&deque)).unwrap();
            assert!(
                items
                    .iter()
                    .filter_map(Value::as_int)
                    .eq(model.iter().copied())
            );
        }
    }
}
