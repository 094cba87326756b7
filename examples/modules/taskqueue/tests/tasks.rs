//! `TaskQueue` and `Task`, as scripts see them.

use core::time::Duration;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use enroll_portable::{Dict, Value};
use taskqueue_module::TASKQUEUE;
use ticks::PERIOD;

const P: i64 = PERIOD as i64;

struct Loop {
    interp: Interp,
    queue: Value<'static>,
}

impl Loop {
    fn new() -> Loop {
        let mut interp = Interp::of::<TASKQUEUE>().unwrap();
        let queue = interp.call("taskqueue.TaskQueue", args![]).unwrap();
        Loop { interp, queue }
    }

    fn task(&mut self, name: i64) -> Value<'static> {
        self.interp.call("taskqueue.Task", args![name]).unwrap()
    }

    fn push(&mut self, task: &Value<'static>, at: i64) -> Result<(), Error> {
        let args = [task.clone(), at.into()];
        self.interp.method(&self.queue, "push", &args).map(|_| ())
    }

    fn pop(&mut self) -> Result<Value<'static>, Error> {
        self.interp.method(&self.queue, "pop", &[])
    }

    fn remove(&mut self, task: &Value<'static>) -> Result<(), Error> {
        let task = std::slice::from_ref(task);
        self.interp.method(&self.queue, "remove", task).map(|_| ())
    }

    fn get(&mut self, task: &Value<'static>, name: &str) -> Value<'static> {
        self.interp.run(|cx| cx.attr(task, name)).unwrap()
    }

    fn set(&mut self, task: &Value<'static>, name: &str, value: Value<'static>) {
        let done = self.interp.run(|cx| cx.set_attr(task, name, Some(&value)));
        done.unwrap();
    }

    fn name(&mut self, task: &Value<'static>) -> i64 {
        self.get(task, "coro").as_int().unwrap()
    }
}

#[test]
fn tasks_leave_by_time_and_then_by_when_they_came() {
    let mut it = Loop::new();
    for (name, at) in [(1, 30), (2, 10), (3, 10), (4, P - 1), (5, 10)] {
        let task = it.task(name);
        it.push(&task, at).unwrap();
    }
    let mut left = Vec::new();
    while !it.interp.method(&it.queue, "peek", &[]).unwrap().is_none() {
        let task = it.pop().unwrap();
        left.push((it.name(&task), it.get(&task, "ph_key").as_int().unwrap()));
    }
    assert_eq!(left, [(4, P - 1), (2, 10), (3, 10), (5, 10), (1, 30)]);
    assert_eq!(it.pop().unwrap_err().to_string(), "IndexError: empty heap");
    let queue = it.queue.clone();
    assert!(it.interp.run(|cx| cx.truth(&queue)).unwrap());
}

#[test]
fn without_a_time_a_task_is_due_now() {
    let mut it = Loop::new();
    it.interp.advance(Duration::from_millis(1234));
    let task = it.task(1);
    it.set(&task, "data", 5.into());
    it.interp
        .method(&it.queue, "push", std::slice::from_ref(&task))
        .unwrap();
    assert_eq!(it.get(&task, "ph_key"), 1234.into());
    assert_eq!(it.get(&task, "data"), Value::None);
}

#[test]
fn a_task_is_in_one_queue_at_most() {
    let mut it = Loop::new();
    let task = it.task(1);
    it.push(&task, 1).unwrap();
    let again = it.push(&task, 2).unwrap_err();
    assert_eq!(
        again.to_string(),
        "ValueError: the task is in a queue already"
    );
    let other = it.interp.call("taskqueue.TaskQueue", args![]).unwrap();
    let elsewhere = it
        .interp
        .method(&other, "remove", std::slice::from_ref(&task));
    let expected = "ValueError: the task is not in this queue";
    assert_eq!(elsewhere.unwrap_err().to_string(), expected);
    it.remove(&task).unwrap();
    assert_eq!(it.remove(&task).unwrap_err().to_string(), expected);
    // A queue that is gone holds nobody.
    it.interp
        .method(&other, "push", &[task.clone(), 1.into()])
        .unwrap();
    drop(other);
    it.push(&task, 3).unwrap();
}

/// An event loop's globals, with this task as the one that runs.
fn globals(it: &Loop, current: Value<'static>) -> Value<'static> {
    let pairs = [
        ("cur_task", current),
        ("_task_queue", it.queue.clone()),
        ("CancelledError", "cancelled".into()),
    ];
    let pairs = pairs.into_iter().map(|(key, value)| (key.into(), value));
    Value::Dict(pairs.collect::<Dict<'_>>())
}

#[test]
fn a_task_that_sleeps_is_cancelled_now() {
    let mut it = Loop::new();
    let globals = globals(&it, Value::None);
    let make = |it: &mut Loop| {
        let args = [7.into(), globals.clone()];
        it.interp.call("taskqueue.Task", &args).unwrap()
    };
    let (task, other) = (make(&mut it), make(&mut it));
    it.push(&task, 5000).unwrap();
    it.push(&other, 100).unwrap();
    let cancel = |it: &mut Loop, task: &Value<'static>| it.interp.method(task, "cancel", &[]);
    assert_eq!(cancel(&mut it, &task).unwrap(), true.into());
    assert_eq!(it.get(&task, "data"), "cancelled".into());
    assert_eq!(it.get(&task, "ph_key"), 0.into());
    assert_eq!(it.pop().unwrap(), task);
    // One that has ended is not.
    it.set(&other, "state", Value::None);
    assert_eq!(it.interp.method(&other, "done", &[]).unwrap(), true.into());
    assert_eq!(cancel(&mut it, &other).unwrap(), false.into());
}

#[test]
fn a_task_that_waits_for_another_cancels_that() {
    let mut it = Loop::new();
    let waiting = it.interp.call("taskqueue.TaskQueue", args![]).unwrap();
    let globals = globals(&it, Value::None);
    let mut make = || {
        let args = [7.into(), globals.clone()];
        it.interp.call("taskqueue.Task", &args).unwrap()
    };
    let (first, last) = (make(), make());
    it.interp
        .method(&waiting, "push", &[last.clone(), 1.into()])
        .unwrap();
    it.set(&last, "data", waiting.clone());
    it.set(&first, "data", last.clone());
    it.interp.method(&first, "cancel", &[]).unwrap();
    assert_eq!(it.get(&last, "data"), "cancelled".into());
    assert_eq!(
        it.interp.method(&waiting, "peek", &[]).unwrap(),
        Value::None
    );
    assert_eq!(it.pop().unwrap(), last);
    it.set(&last, "data", first.clone());
    let circle = it.interp.method(&first, "cancel", &[]).unwrap_err();
    let expected = "RuntimeError: the tasks wait for one another in a circle";
    assert_eq!(circle.to_string(), expected);
}

#[test]
fn what_cannot_be_cancelled_says_why() {
    let mut it = Loop::new();
    let alone = it.task(1);
    let error = it.interp.method(&alone, "cancel", &[]).unwrap_err();
    assert_eq!(error.kind(), Kind::RuntimeError);
    let dict: Dict<'static> = Dict::from_iter([]);
    let args = [7.into(), Value::Dict(dict.clone())];
    let task = it.interp.call("taskqueue.Task", &args).unwrap();
    let error = it.interp.method(&task, "cancel", &[]).unwrap_err();
    assert_eq!(error.kind(), Kind::KeyError, "{error}");
    let Dict::Shared(pairs) = &dict else {
        panic!("{dict:?}");
    };
    let Value::Dict(all) = globals(&it, task.clone()) else {
        panic!("a dictionary");
    };
    pairs.borrow_mut().extend(all.iter());
    let error = it.interp.method(&task, "cancel", &[]).unwrap_err();
    assert_eq!(error.to_string(), "RuntimeError: can't cancel self");
}

#[test]
fn random_tasks_leave_as_a_sorted_list_says() {
    let mut seed = 2026_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    for round in 0..150_i64 {
        let mut it = Loop::new();
        // All within a quarter of a period, so that their order is one.
        let start = random(PERIOD.into()) as i64;
        let mut model: Vec<(i64, i64, Value<'static>)> = Vec::new();
        for name in 0..200 {
            match random(5) {
                0 | 1 if !model.is_empty() => {
                    // Any of them, those within the heap among them.
                    let (_, _, task) = model.remove(random(model.len() as u64) as usize);
                    it.remove(&task).unwrap();
                }
                2 if !model.is_empty() => {
                    let (_, name, _) = model.remove(0);
                    let task = it.pop().unwrap();
                    assert_eq!(it.name(&task), name, "round {round}");
                }
                _ => {
                    let at = start + random(if round % 2 == 0 { 10 } else { 1 << 28 }) as i64;
                    let task = it.task(name);
                    it.push(&task, at).unwrap();
                    let place = model.partition_point(|(known, _, _)| *known <= at);
                    model.insert(place, (at, name, task));
                }
            }
        }
        for (_, name, _) in model {
            let task = it.pop().unwrap();
            assert_eq!(it.name(&task), name, "round {round}");
        }
        assert!(it.pop().is_err());
    }
}

#[test]
fn a_heap_of_any_depth_takes_no_stack() {
    let mut it = Loop::new();
    // Each is due before all others: a chain.
    for at in (0..100_000).rev() {
        let task = it.task(at);
        it.push(&task, at).unwrap();
    }
    for at in 0..10 {
        let task = it.pop().unwrap();
        assert_eq!(it.name(&task), at);
    }
}
