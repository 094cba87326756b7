//! `timeq`, as scripts see it.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use ticks::{PERIOD, Ticks};
use timeq_module::TIMEQ;

const P: i64 = PERIOD as i64;

fn queue(interp: &mut Interp, maxlen: i64) -> Value<'static> {
    interp.call("timeq.timeq", args![maxlen]).unwrap()
}

fn push(interp: &mut Interp, queue: &Value<'static>, time: i64, name: i64) -> Result<(), Error> {
    let done = interp.method(queue, "push", args![time, name, "args"]);
    done.map(|_| ())
}

/// What `pop` stores, as time and callback.
fn pop(interp: &mut Interp, queue: &Value<'static>) -> Result<(i64, i64), Error> {
    let list: Value<'static> = vec![0, 0, 0].into();
    interp.method(queue, "pop", std::slice::from_ref(&list))?;
    let mut item = |at: i64| interp.run(|cx| cx.item(&list, &at.into())).unwrap();
    assert_eq!(item(2), "args".into());
    Ok((item(0).as_int().unwrap(), item(1).as_int().unwrap()))
}

#[test]
fn entries_leave_by_time_and_then_by_when_they_came() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let queue = queue(&mut interp, 6);
    for (time, name) in [(30, 1), (10, 2), (20, 3), (10, 4), (10, 5)] {
        push(&mut interp, &queue, time, name).unwrap();
    }
    assert_eq!(interp.method(&queue, "peektime", &[]).unwrap(), 10.into());
    let mut left = Vec::new();
    while interp.run(|cx| cx.truth(&queue)).unwrap() {
        left.push(pop(&mut interp, &queue).unwrap());
    }
    assert_eq!(left, [(10, 2), (10, 4), (10, 5), (20, 3), (30, 1)]);
}

#[test]
fn times_wrap_around() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let queue = queue(&mut interp, 4);
    for (time, name) in [(5, 1), (P - 5, 2), (P + 1, 3), (-9, 4)] {
        push(&mut interp, &queue, time, name).unwrap();
    }
    let left: Vec<_> = (0..4).map(|_| pop(&mut interp, &queue).unwrap()).collect();
    assert_eq!(left, [(P - 9, 4), (P - 5, 2), (1, 3), (5, 1)]);
}

#[test]
fn a_full_one_and_an_empty_one_refuse() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let queue = queue(&mut interp, 1);
    push(&mut interp, &queue, 1, 1).unwrap();
    let full = push(&mut interp, &queue, 2, 2).unwrap_err();
    assert_eq!(full.to_string(), "IndexError: queue overflow");
    pop(&mut interp, &queue).unwrap();
    let empty = pop(&mut interp, &queue).unwrap_err();
    assert_eq!(empty.to_string(), "IndexError: empty heap");
    let empty = interp.method(&queue, "peektime", &[]).unwrap_err();
    assert_eq!(empty.to_string(), "IndexError: empty heap");
    for length in [-1, 65_536, i64::MAX] {
        let error = interp.call("timeq.timeq", args![length]).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: maxlen is from 0 to 65535");
    }
}

#[test]
fn a_list_that_takes_no_three_items_loses_nothing() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let queue = queue(&mut interp, 2);
    push(&mut interp, &queue, 7, 1).unwrap();
    static CONSTANT: [Rom; 3] = [Rom::None, Rom::None, Rom::None];
    for list in [
        vec![0, 0].into(),
        Value::None,
        5.into(),
        Rom::List(&CONSTANT).value(),
    ] {
        let error = interp.method(&queue, "pop", &[list]).unwrap_err();
        assert_eq!(error.kind(), Kind::TypeError, "{error}");
    }
    assert_eq!(pop(&mut interp, &queue).unwrap(), (7, 1));
}

#[test]
fn a_dump_prints_every_entry() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let queue = queue(&mut interp, 2);
    push(&mut interp, &queue, 9, 1).unwrap();
    push(&mut interp, &queue, 3, 2).unwrap();
    interp.method(&queue, "dump", &[]).unwrap();
    assert_eq!(interp.output(), "3: 2 'args'\n9: 1 'args'\n");
}

#[test]
fn random_entries_leave_as_a_sorted_list_says() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let mut seed = 2026_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    for round in 0..200 {
        let queue = queue(&mut interp, 40);
        // All within a quarter of a period, so that their order is one.
        let start = random(PERIOD.into()) as i64;
        let mut model: Vec<(i64, i64)> = Vec::new();
        for name in 0..150 {
            if random(3) > 0 && model.len() < 40 {
                let time = start + random(if round % 2 == 0 { 8 } else { 1 << 28 }) as i64;
                push(&mut interp, &queue, time, name).unwrap();
                // Behind those that are as early.
                let at = model.partition_point(|(known, _)| *known <= time);
                model.insert(at, (time, name));
            } else if !model.is_empty() {
                let (time, name) = model.remove(0);
                let expected = (i64::from(Ticks::new(time).get()), name);
                assert_eq!(pop(&mut interp, &queue).unwrap(), expected, "round {round}");
            }
            let len = interp.run(|cx| cx.len(&queue)).unwrap();
            assert_eq!(len, model.len());
        }
    }
}
