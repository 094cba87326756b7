//! Ticks, sleeps and clocks. The interpreter's clock stands still until a test
//! or a sleep moves it.

use enroll_portable::testing::{Interp, args};
use enroll_portable::{Kind, Value};
use std::time::Duration;
use time_module::TIME;

fn interp() -> Interp {
    Interp::of::<TIME>().unwrap()
}

fn int(interp: &mut Interp, path: &str, args: &[Value<'static>]) -> i64 {
    interp.call(path, args).unwrap().as_int().unwrap()
}

const LAST: i64 = (1 << 30) - 1;

/// MicroPython's `tests/extmod/ticks_add.py`, with what it prints.
#[test]
fn ticks_add_and_diff_are_micropythons() {
    let interp = &mut interp();
    assert_eq!(int(interp, "time.ticks_add", args![0, -1]), LAST);
    assert_eq!(int(interp, "time.ticks_add", args![20, 12]), 32);
    assert_eq!(int(interp, "time.ticks_add", args![20, -12]), 8);
    let furthest = LAST / 2;
    for ticks in [0, 10, LAST] {
        for delta in [-furthest - 1, -furthest, 0, furthest, furthest + 1] {
            let sum = interp.call("time.ticks_add", args![ticks, delta]);
            if delta.abs() > furthest {
                let error = sum.unwrap_err();
                assert_eq!(error.to_string(), "OverflowError: ticks interval overflow");
                continue;
            }
            let sum = sum.unwrap();
            let after = interp.call("time.ticks_diff", &[sum.clone(), ticks.into()]);
            assert_eq!(after.unwrap(), delta.into());
            let before = interp.call("time.ticks_diff", &[ticks.into(), sum]);
            assert_eq!(before.unwrap(), (-delta).into());
        }
    }
}

#[test]
fn any_integer_stands_for_a_tick() {
    let interp = &mut interp();
    for (end, start, expected) in [
        (1, 0, 1),
        (0, LAST, 1),
        (LAST, 0, -1),
        (1 << 29, 0, -(1 << 29)),
        (i64::MIN, i64::MAX, 1),
        (i64::MAX, i64::MIN, -1),
    ] {
        let found = int(interp, "time.ticks_diff", args![end, start]);
        assert_eq!(found, expected, "{end} - {start}");
    }
    for delta in [i64::MIN, i64::MAX, 1 << 29, -(1 << 29)] {
        let error = interp.call("time.ticks_add", args![0, delta]).unwrap_err();
        assert_eq!(error.kind(), Kind::OverflowError, "{delta}");
    }
    let error = interp.call("time.ticks_diff", args![0.5, 0]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: ticks_diff() argument 1 ('ticks1'): expected int, not float"
    );
}

#[test]
fn ticks_count_and_wrap() {
    let interp = &mut interp();
    interp.advance(Duration::from_nanos(1_234_567_899));
    assert_eq!(int(interp, "time.ticks_ms", args![]), 1_234);
    assert_eq!(int(interp, "time.ticks_us", args![]), 1_234_567);
    let wrapped = 1_234_567_899 - (1 << 30);
    assert_eq!(int(interp, "time.ticks_cpu", args![]), wrapped);
    interp.advance(Duration::from_millis((1 << 30) - 1_235));
    assert_eq!(int(interp, "time.ticks_ms", args![]), LAST);
    interp.advance(Duration::from_millis(1));
    assert_eq!(int(interp, "time.ticks_ms", args![]), 0);
}

#[test]
fn sleeps_wait_as_long_as_they_say() {
    let interp = &mut interp();
    let mut waited = 0;
    for (function, argument, nanoseconds) in [
        ("sleep", 2, 2_000_000_000),
        ("sleep", 0, 0),
        ("sleep_ms", 3, 3_000_000),
        ("sleep_ms", 0, 0),
        ("sleep_ms", -1, 0),
        ("sleep_us", 4, 4_000),
        ("sleep_us", i64::MIN, 0),
    ] {
        let path = format!("time.{function}");
        assert_eq!(interp.call(&path, args![argument]).unwrap(), Value::None);
        waited += nanoseconds;
        let now = int(interp, "time.monotonic_ns", args![]);
        assert_eq!(now, waited, "{function}({argument})");
    }
    let error = interp.call("time.sleep", args![-1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ValueError: sleep length must be non-negative"
    );
    let error = interp.call("time.sleep_ms", args!["1"]).unwrap_err();
    assert_eq!(error.kind(), Kind::TypeError);
}

#[test]
fn the_time_of_day_is_not_the_other_clock() {
    let interp = &mut interp();
    interp.set_unix_time(Duration::new(1_700_000_000, 250_000_000));
    interp.advance(Duration::from_secs(1));
    let now = interp.call("time.time", args![]).unwrap();
    match cfg!(feature = "float") {
        true => assert_eq!(now, 1_700_000_001.25.into()),
        false => assert_eq!(now, 1_700_000_001.into()),
    }
    let now = int(interp, "time.time_ns", args![]);
    assert_eq!(now, 1_700_000_001_250_000_000);
    assert_eq!(int(interp, "time.monotonic_ns", args![]), 1_000_000_000);
    assert_eq!(int(interp, "time.perf_counter_ns", args![]), 1_000_000_000);
}

#[test]
fn nanoseconds_beyond_64_bits_are_an_error() {
    let interp = &mut interp();
    // The last second whose nanoseconds a script's integer holds, and the next.
    let last = i64::MAX as u64 / 1_000_000_000;
    interp.set_unix_time(Duration::from_secs(last));
    let now = int(interp, "time.time_ns", args![]);
    assert_eq!(now, last as i64 * 1_000_000_000);
    for seconds in [last + 1, u64::MAX / 1_000_000_000 + 1, u64::MAX] {
        interp.set_unix_time(Duration::from_secs(seconds));
        let error = interp.call("time.time_ns", args![]).unwrap_err();
        assert_eq!(error.kind(), Kind::OverflowError, "{seconds}");
    }
}

#[cfg(feature = "float")]
#[test]
fn fractions_of_a_second_are_floats() {
    let interp = &mut interp();
    interp.call("time.sleep", args![0.25]).unwrap();
    assert_eq!(interp.call("time.monotonic", args![]).unwrap(), 0.25.into());
    let counter = interp.call("time.perf_counter", args![]);
    assert_eq!(counter.unwrap(), 0.25.into());
    for (seconds, expected) in [
        (-0.001, "ValueError: sleep length must be non-negative"),
        (f64::NAN, "ValueError: sleep length must be non-negative"),
        (
            f64::NEG_INFINITY,
            "ValueError: sleep length must be non-negative",
        ),
        (1e300, "OverflowError: sleep length is too large"),
        (f64::INFINITY, "OverflowError: sleep length is too large"),
    ] {
        let error = interp.call("time.sleep", args![seconds]).unwrap_err();
        assert_eq!(error.to_string(), expected, "{seconds}");
    }
}

#[cfg(not(feature = "float"))]
#[test]
fn without_floats_there_are_whole_seconds() {
    let interp = &mut interp();
    let error = interp.call("time.sleep", args![0.25]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: sleep() argument 1 ('seconds'): expected int, not float"
    );
    for name in ["monotonic", "perf_counter"] {
        let error = interp.get(&format!("time.{name}")).unwrap_err();
        assert_eq!(error.kind(), Kind::AttributeError);
    }
}

#[test]
fn the_calendar_is_a_feature() {
    let interp = &mut interp();
    for name in ["gmtime", "localtime", "mktime", "strftime", "strptime"] {
        let found = interp.get(&format!("time.{name}")).is_ok();
        assert_eq!(found, cfg!(feature = "calendar"), "{name}");
    }
    assert!(interp.import("utime").is_ok());
}
