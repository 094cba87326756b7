//! Dates, compared with a model that counts them one by one.
#![cfg(feature = "calendar")]

use enroll_portable::testing::{Interp, args};
use enroll_portable::{Kind, List, Tuple, Value};
use std::time::Duration;
use time_module::TIME;

fn interp() -> Interp {
    Interp::of::<TIME>().unwrap()
}

const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;
const DAY: i64 = 86_400;

/// The number of the first day of each year from 1 to 10000, counted from the
/// first day of 1970 by adding up the years.
struct Model {
    years: Vec<i64>,
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_days(year: i64) -> [i64; 12] {
    let february = if is_leap(year) { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

impl Model {
    fn new() -> Model {
        let mut years = vec![0];
        for year in 1..10_000 {
            let days: i64 = month_days(year).iter().sum();
            years.push(years[years.len() - 1] + days);
        }
        let origin = years[1970 - 1];
        years.iter_mut().for_each(|day| *day -= origin);
        Model { years }
    }

    fn gmtime(&self, seconds: i64) -> [i64; 8] {
        let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let year = self.years.partition_point(|first| *first <= day) as i64;
        let mut left = day - self.years[year as usize - 1];
        let day_of_year = left + 1;
        let mut month = 0;
        for days in month_days(year) {
            month += 1;
            if left < days {
                break;
            }
            left -= days;
        }
        // The first day of 1970 was a Thursday.
        let weekday = (day + 3).rem_euclid(7);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        [
            year,
            month,
            left + 1,
            hour,
            minute,
            second % 60,
            weekday,
            day_of_year,
        ]
    }
}

fn tuple(fields: &[i64]) -> Value<'static> {
    Value::Tuple(fields.iter().copied().map(Value::Int).collect())
}

fn random(seed: u64) -> impl FnMut(i64, i64) -> i64 {
    let mut state = seed;
    move |first, last| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        first + (state % (last - first + 1) as u64) as i64
    }
}

fn agree(interp: &mut Interp, model: &Model, seconds: i64) {
    let expected = model.gmtime(seconds);
    let found = interp.call("time.gmtime", args![seconds]).unwrap();
    assert_eq!(found, tuple(&expected), "{seconds}");
    let back = interp.call("time.mktime", &[found]).unwrap();
    assert_eq!(back, seconds.into(), "{expected:?}");
}

/// As CPython 3.11's `time.gmtime` has them.
#[test]
fn known_times() {
    let interp = &mut interp();
    for (seconds, expected) in [
        (0, [1970, 1, 1, 0, 0, 0, 3, 1]),
        (-1, [1969, 12, 31, 23, 59, 59, 2, 365]),
        (951_782_400, [2000, 2, 29, 0, 0, 0, 1, 60]),
        (1_000_000_000, [2001, 9, 9, 1, 46, 40, 6, 252]),
        (2_147_483_647, [2038, 1, 19, 3, 14, 7, 1, 19]),
        (4_107_542_399, [2100, 2, 28, 23, 59, 59, 6, 59]),
        (-2_203_891_200, [1900, 3, 1, 0, 0, 0, 3, 60]),
        (FIRST, [1, 1, 1, 0, 0, 0, 0, 1]),
        (LAST, [9999, 12, 31, 23, 59, 59, 4, 365]),
    ] {
        let found = interp.call("time.gmtime", args![seconds]).unwrap();
        assert_eq!(found, tuple(&expected), "{seconds}");
        let found = interp.call("time.localtime", args![seconds]).unwrap();
        assert_eq!(found, tuple(&expected), "{seconds}");
    }
}

#[test]
fn dates_are_those_that_counting_gives() {
    let (interp, model) = (&mut interp(), &Model::new());
    for year in 1..10_000 {
        let first = model.years[year - 1] * DAY;
        let march = first + (month_days(year as i64)[..2].iter().sum::<i64>()) * DAY;
        agree(interp, model, first);
        agree(interp, model, march - 1);
        agree(interp, model, model.years[year] * DAY - 1);
    }
    let mut random = random(9);
    for _ in 0..5_000 {
        agree(interp, model, random(FIRST, LAST));
    }
}

#[test]
fn fields_beyond_their_range_count_on() {
    let (interp, model) = (&mut interp(), &Model::new());
    let mut random = random(10);
    for _ in 0..5_000 {
        let seconds = random(FIRST / 2, LAST / 2);
        let mut fields = model.gmtime(seconds);
        let days = random(-1_000, 1_000);
        let hours = random(-100_000, 100_000);
        let minutes = random(-1_000_000, 1_000_000);
        let more = random(-1_000_000_000, 1_000_000_000);
        for (field, by) in fields[2..].iter_mut().zip([days, hours, minutes, more]) {
            *field += by;
        }
        let expected = seconds + days * DAY + hours * 3_600 + minutes * 60 + more;
        // The same month, counted from another year.
        let years = random(-50, 50);
        fields[0] -= years;
        fields[1] += 12 * years;
        let found = interp.call("time.mktime", &[tuple(&fields)]).unwrap();
        assert_eq!(found, expected.into(), "{fields:?}");
    }
    for (fields, expected) in [
        ([1970, 1, 1, 0, 0, -1, 0, 0], -1),
        ([1970, 13, 1, 0, 0, 0, 0, 0], 365 * DAY),
        ([1970, 0, 31, 0, 0, 0, 0, 0], -DAY),
        ([2023, 2, 29, 0, 0, 0, 0, 0], 1_677_628_800),
        ([10_000, 1, 0, 0, 0, 0, 0, 0], LAST - DAY + 1),
        ([0, 12, 32, 0, 0, 0, 0, 0], FIRST),
    ] {
        let found = interp.call("time.mktime", &[tuple(&fields)]).unwrap();
        assert_eq!(found, expected.into(), "{fields:?}");
    }
}

#[test]
fn mktime_takes_tuples_and_lists_of_eight_or_nine() {
    let interp = &mut interp();
    let fields = [1970, 1, 2, 0, 0, 0, 4, 2, -1];
    for len in 0..=9 {
        let items = fields[..len].iter().copied().map(Value::Int);
        let list = Value::List(List::from_iter(items.clone()));
        let tuple = Value::Tuple(Tuple::from_iter(items));
        for value in [list, tuple] {
            match interp.call("time.mktime", &[value]) {
                Ok(seconds) => assert!(len >= 8 && seconds == DAY.into()),
                Err(error) => {
                    assert!(len < 8);
                    assert_eq!(
                        error.to_string(),
                        "TypeError: a tuple of length 8 or 9 is needed"
                    );
                }
            }
        }
    }
    let mut text = [0; 8].map(Value::Int);
    text[2] = "1".into();
    let error = interp
        .call("time.mktime", &[Value::Tuple(Tuple::from(text.to_vec()))])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: the fields of a time are integers"
    );
    let error = interp.call("time.mktime", args![5]).unwrap_err();
    assert_eq!(error.kind(), Kind::TypeError);
}

#[test]
fn what_is_before_or_after_all_years_is_an_error() {
    let interp = &mut interp();
    let expected = "OverflowError: the time is outside of the years 1 to 9999";
    for seconds in [FIRST - 1, LAST + 1, i64::MIN, i64::MAX] {
        let error = interp.call("time.gmtime", args![seconds]).unwrap_err();
        assert_eq!(error.to_string(), expected, "{seconds}");
    }
    for (field, value) in [
        (0, 10_000),
        (0, 0),
        (0, i64::MAX),
        (1, i64::MIN),
        (1, i64::MAX),
        (2, i64::MIN),
        (3, i64::MAX),
        (4, i64::MIN),
        (5, i64::MAX),
        (5, i64::MIN),
    ] {
        let mut fields = [2000, 1, 1, 0, 0, 0, 0, 0];
        fields[field] = value;
        let error = interp.call("time.mktime", &[tuple(&fields)]).unwrap_err();
        assert_eq!(error.to_string(), expected, "{fields:?}");
    }
}

#[test]
fn now_is_what_the_interpreter_says() {
    let interp = &mut interp();
    interp.set_unix_time(Duration::new(1_000_000_000, 999_999_999));
    let expected = tuple(&[2001, 9, 9, 1, 46, 40, 6, 252]);
    for function in ["time.gmtime", "time.localtime"] {
        assert_eq!(interp.call(function, args![]).unwrap(), expected);
        assert_eq!(interp.call(function, &[Value::None]).unwrap(), expected);
    }
    interp.set_unix_time(Duration::from_secs(u64::MAX));
    let error = interp.call("time.gmtime", args![]).unwrap_err();
    assert_eq!(error.kind(), Kind::OverflowError);
}

#[cfg(feature = "float")]
#[test]
fn a_fraction_belongs_to_the_second_before_it() {
    let interp = &mut interp();
    for (seconds, whole) in [
        (0.999, 0),
        (-0.5, -1),
        (-1.0, -1),
        (1e9 + 0.25, 1_000_000_000),
        (LAST as f64, LAST),
        (FIRST as f64, FIRST),
    ] {
        let expected = interp.call("time.gmtime", args![whole]).unwrap();
        let found = interp.call("time.gmtime", args![seconds]).unwrap();
        assert_eq!(found, expected, "{seconds}");
    }
    for (seconds, kind) in [
        (f64::NAN, Kind::ValueError),
        (f64::INFINITY, Kind::OverflowError),
        (f64::NEG_INFINITY, Kind::OverflowError),
        (1e300, Kind::OverflowError),
        (FIRST as f64 - 0.5, Kind::OverflowError),
    ] {
        let error = interp.call("time.gmtime", args![seconds]).unwrap_err();
        assert_eq!(error.kind(), kind, "{seconds}");
    }
}

#[cfg(not(feature = "float"))]
#[test]
fn without_floats_a_time_is_an_integer() {
    let error = interp().call("time.gmtime", args![0.5]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: gmtime() argument 1 ('secs'): expected int, not float"
    );
}
