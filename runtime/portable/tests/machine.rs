//! What an interpreter gives beside values: buffers and clocks.

use core::time::Duration;
use enroll_portable::prelude::*;
use enroll_portable::{Foreign, Vm};

/// An interpreter with one buffer, which may be read-only, and a clock that
/// goes on by a second whenever it is asked.
#[derive(Default)]
struct Machine {
    bytes: Vec<u8>,
    constant: bool,
    now: u64,
}

impl<'vm> Vm<'vm> for Machine {
    fn buffer(
        &mut self,
        object: &Value<'vm>,
        write: bool,
        run: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), Error> {
        if object.type_name() == "buffer" && !(write && self.constant) {
            run(&mut self.bytes);
        }
        Ok(())
    }

    fn monotonic(&mut self) -> Option<Duration> {
        self.now += 1;
        Some(Duration::from_secs(self.now))
    }
}

/// Without anything of its own.
struct Bare;
impl Vm<'_> for Bare {}

fn buffer<'vm>() -> Value<'vm> {
    Value::Foreign(Foreign::new("buffer", ()))
}

#[test]
fn a_foreign_buffer_is_read_and_changed() {
    let mut machine = Machine {
        bytes: vec![1, 2, 3],
        ..Machine::default()
    };
    let cx = &mut Portable::cx(&mut machine);
    assert_eq!(cx.bytes(&buffer(), <[u8]>::to_vec).unwrap(), [1, 2, 3]);
    let len = cx.buffer(&buffer(), |bytes| {
        bytes[0] = 9;
        bytes.len()
    });
    assert_eq!(len.unwrap(), Some(3));
    assert_eq!(cx.bytes(&buffer(), |bytes| bytes[0]).unwrap(), 9);
}

#[test]
fn what_cannot_change_is_lent_to_read_alone() {
    let mut machine = Machine {
        bytes: vec![7],
        constant: true,
        now: 0,
    };
    let cx = &mut Portable::cx(&mut machine);
    assert_eq!(cx.buffer(&buffer(), |_| ()).unwrap(), None);
    assert_eq!(cx.bytes(&buffer(), <[u8]>::to_vec).unwrap(), [7]);
    for constant in ["text".into(), (&b"bytes"[..]).into()] {
        assert_eq!(cx.buffer(&constant, |_| ()).unwrap(), None);
    }
}

#[test]
fn bytes_are_a_text_bytes_or_a_buffer() {
    let mut bare = Bare;
    let cx = &mut Portable::cx(&mut bare);
    assert_eq!(
        cx.bytes(&"aé".into(), <[u8]>::to_vec).unwrap(),
        "aé".as_bytes()
    );
    assert_eq!(
        cx.bytes(&[0xff][..].into(), <[u8]>::to_vec).unwrap(),
        [0xff]
    );
    for (other, expected) in [
        (Value::None, "TypeError: 'NoneType' is not bytes-like"),
        (1.into(), "TypeError: 'int' is not bytes-like"),
        (buffer(), "TypeError: 'buffer' is not bytes-like"),
    ] {
        let error = cx.bytes(&other, |_| ()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

// With `std` the operating system waits, and nobody is asked.
#[cfg(not(feature = "std"))]
#[test]
fn a_sleep_asks_the_clock_until_the_time_is_over() {
    let mut machine = Machine::default();
    Portable::cx(&mut machine)
        .sleep(Duration::from_secs(3))
        .unwrap();
    // Asked at the start, and then after one, two and three seconds.
    assert_eq!(machine.now, 4);
}

#[test]
fn no_clock_is_an_error_or_the_operating_systems() {
    let mut bare = Bare;
    let cx = &mut Portable::cx(&mut bare);
    let expected = cfg!(feature = "std");
    assert_eq!(cx.monotonic().is_ok(), expected);
    assert_eq!(cx.unix_time().is_ok(), expected);
    assert_eq!(cx.sleep(Duration::ZERO).is_ok(), expected);
    let (Ok(first), Ok(second)) = (cx.monotonic(), cx.monotonic()) else {
        let error = cx.monotonic().unwrap_err();
        assert_eq!(
            error.to_string(),
            "NotImplementedError: this interpreter gives portable modules no clock"
        );
        return;
    };
    assert!(first <= second, "{first:?} then {second:?}");
    assert!(cx.unix_time().unwrap().as_secs() > 1_700_000_000);
}
