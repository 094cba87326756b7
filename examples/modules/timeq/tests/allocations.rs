//! A queue allocates when it is made and never again.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use timeq_module::TIMEQ;

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn nothing_is_allocated_after_the_queue_is_made() {
    let mut interp = Interp::of::<TIMEQ>().unwrap();
    let before = COUNT.get();
    let queue = interp.call("timeq.timeq", args![100]).unwrap();
    assert!(COUNT.get() > before, "the allocator is not counted");
    let Value::Object(object) = &queue else {
        panic!("{queue:?}");
    };
    let method = |name| object.type_of().method(name).unwrap();
    let (push, pop, peek) = (method("push"), method("pop"), method("peektime"));
    let list: Value<'static> = vec![0, 0, 0].into();
    interp.run(|cx| {
        let before = COUNT.get();
        for round in 0..10_i64 {
            for at in 0..100 {
                let entry = [
                    queue.clone(),
                    (at * 37 % 100 + round).into(),
                    at.into(),
                    Value::None,
                ];
                push.call_method(cx, Args::new(&entry)).unwrap();
            }
            let full = [queue.clone(), 0.into(), 0.into(), Value::None];
            assert!(push.call_method(cx, Args::new(&full)).is_err());
            for _ in 0..100 {
                peek.call_method(cx, Args::new(std::slice::from_ref(&queue)))
                    .unwrap();
                pop.call_method(cx, Args::new(&[queue.clone(), list.clone()]))
                    .unwrap();
            }
        }
        assert_eq!(COUNT.get() - before, 0, "push, pop and peektime allocated");
    });
}
