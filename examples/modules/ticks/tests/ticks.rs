//! Known answers are those of MicroPython's `tests/extmod/ticks_add.py` and
//! `ticks_diff.py`; the rest is compared with the definition in wide integers.

use std::time::Duration;
use ticks::{PERIOD, Ticks};

const WIDE: i128 = PERIOD as i128;

/// The definition of `ticks_diff`: the one of all differences that is nearest
/// to zero, from -PERIOD/2 up to and without PERIOD/2.
fn difference(end: i64, start: i64) -> i128 {
    let apart = (i128::from(end) - i128::from(start)).rem_euclid(WIDE);
    if apart < WIDE / 2 {
        apart
    } else {
        apart - WIDE
    }
}

/// Numbers of all sizes, by a xorshift of a fixed seed.
fn numbers(seed: u64) -> impl Iterator<Item = i64> {
    let mut state = seed;
    core::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state as i64) >> (state % 64)
    })
}

const EDGES: [i64; 13] = [
    0,
    1,
    -1,
    (1 << 29) - 1,
    1 << 29,
    (1 << 29) + 1,
    -(1 << 29),
    1 - (1 << 29),
    (1 << 30) - 1,
    1 << 30,
    1 << 32,
    i64::MAX,
    i64::MIN,
];

#[test]
fn differences_are_those_of_the_definition() {
    let random = numbers(5).zip(numbers(6)).take(20_000);
    let edges = EDGES.into_iter().flat_map(|a| EDGES.map(|b| (a, b)));
    for (end, start) in edges.chain(random) {
        let found = Ticks::new(end).since(Ticks::new(start));
        assert_eq!(i128::from(found), difference(end, start), "{end} - {start}");
    }
}

#[test]
fn a_sum_is_as_far_away_as_was_added_or_there_is_none() {
    let random = numbers(7).zip(numbers(8)).take(20_000);
    let edges = EDGES.into_iter().flat_map(|a| EDGES.map(|b| (a, b)));
    let mut none = 0;
    for (start, delta) in edges.chain(random) {
        let start = Ticks::new(start);
        let Some(end) = start.checked_add(delta) else {
            assert!(delta.unsigned_abs() >= 1 << 29, "{delta}");
            none += 1;
            continue;
        };
        assert!(delta.unsigned_abs() < 1 << 29, "{delta}");
        assert_eq!(i64::from(end.since(start)), delta);
        assert_eq!(i64::from(start.since(end)), -delta);
    }
    assert!(none > 1_000, "only {none} distances were too large");
}

#[test]
fn the_last_value_and_half_a_period_are_as_in_micropython() {
    let last = Ticks::new(0).checked_add(-1).unwrap();
    assert_eq!(last.get(), PERIOD - 1);
    let half = Ticks::new(i64::from(PERIOD / 2));
    assert_eq!(Ticks::new(0).since(last), 1);
    assert_eq!(half.since(Ticks::new(1)), (1 << 29) - 1);
    assert_eq!(half.since(Ticks::new(0)), -(1 << 29));
    assert_eq!(Ticks::new(0).since(half), -(1 << 29));
}

#[test]
fn a_clock_wraps_in_every_unit() {
    for (time, millis, micros, nanos) in [
        (Duration::ZERO, 0, 0, 0),
        (Duration::from_nanos(1_999_999), 1, 1_999, 1_999_999),
        // 12 days, 10 hours, 15 minutes and a bit: 2^30 ms.
        (Duration::from_millis(1 << 30), 0, 0, 0),
        (
            Duration::new(86_400 * 400, 123_456_789),
            200_261_755,
            545_776_192,
            315_346_197,
        ),
        (
            Duration::from_secs(u64::MAX),
            1_073_740_824,
            1_072_741_824,
            73_741_824,
        ),
    ] {
        let found = [Ticks::millis(time), Ticks::micros(time), Ticks::nanos(time)];
        let wrapped = |count: u128| (count % u128::from(PERIOD)) as u32;
        assert_eq!(found.map(Ticks::get), [millis, micros, nanos], "{time:?}");
        let counts = [time.as_millis(), time.as_micros(), time.as_nanos()];
        assert_eq!(found.map(Ticks::get), counts.map(wrapped), "{time:?}");
    }
}
