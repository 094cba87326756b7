//! Dates as text and back. Known answers are those of CPython 3.11 in the C
//! locale.
#![cfg(feature = "calendar")]

use enroll_portable::testing::{Interp, args};
use enroll_portable::{Kind, Value};
use std::time::Duration;
use time_module::TIME;

fn interp() -> Interp {
    Interp::of::<TIME>().unwrap()
}

fn tuple(fields: &[i64]) -> Value<'static> {
    Value::Tuple(fields.iter().copied().map(Value::Int).collect())
}

fn format(interp: &mut Interp, format: &'static str, fields: &[i64]) -> String {
    let text = interp.call("time.strftime", &[format.into(), tuple(fields)]);
    match text {
        Ok(text) => text.as_str().unwrap().to_owned(),
        Err(error) => error.to_string(),
    }
}

/// A Saturday, whose week belongs to the year before.
const SATURDAY: [i64; 9] = [2005, 1, 1, 15, 4, 5, 5, 1, 0];

#[test]
fn every_directive_of_cpythons_documentation() {
    let interp = &mut interp();
    for (directive, expected) in [
        ("%a", "Sat"),
        ("%A", "Saturday"),
        ("%b", "Jan"),
        ("%B", "January"),
        ("%c", "Sat Jan  1 15:04:05 2005"),
        ("%d", "01"),
        ("%H", "15"),
        ("%I", "03"),
        ("%j", "001"),
        ("%m", "01"),
        ("%M", "04"),
        ("%p", "PM"),
        ("%S", "05"),
        ("%U", "00"),
        ("%u", "6"),
        ("%w", "6"),
        ("%W", "00"),
        ("%x", "01/01/05"),
        ("%X", "15:04:05"),
        ("%y", "05"),
        ("%Y", "2005"),
        ("%z", "+0000"),
        ("%Z", "UTC"),
        ("%G-W%V", "2004-W53"),
        ("%%", "%"),
    ] {
        assert_eq!(
            format(interp, directive, &SATURDAY),
            expected,
            "{directive}"
        );
    }
}

#[test]
fn formats_of_c_and_what_stands_between() {
    let interp = &mut interp();
    for (text, expected) in [
        ("", ""),
        ("no directive", "no directive"),
        ("%Y-%m-%dT%H:%M:%SZ", "2005-01-01T15:04:05Z"),
        (
            "%a, %d %b %Y %H:%M:%S +0000",
            "Sat, 01 Jan 2005 15:04:05 +0000",
        ),
        ("%e %k %l", " 1 15  3"),
        (
            "%D %F %T %R %r",
            "01/01/05 2005-01-01 15:04:05 15:04 03:04:05 PM",
        ),
        ("%s", "1104591845"),
        ("%C|%h|%n|%t|", "20|Jan|\n|\t|"),
        ("ä%Mö", "ä04ö"),
    ] {
        assert_eq!(format(interp, text, &SATURDAY), expected, "{text}");
    }
}

#[test]
fn fields_have_their_ranges_and_zero_is_the_first() {
    let interp = &mut interp();
    for (field, value, expected) in [
        (0, 1, "0001-01-01 15:04:05"),
        (0, 9999, "9999-01-01 15:04:05"),
        (0, 0, "ValueError: year out of range"),
        (0, 10_000, "ValueError: year out of range"),
        (0, i64::MAX, "ValueError: year out of range"),
        (1, 0, "2005-01-01 15:04:05"),
        (1, 13, "ValueError: month out of range"),
        (1, -1, "ValueError: month out of range"),
        (2, 0, "2005-01-01 15:04:05"),
        (2, 32, "ValueError: day of month out of range"),
        (3, 24, "ValueError: hour out of range"),
        (4, 60, "ValueError: minute out of range"),
        (5, 60, "2005-01-01 15:04:60"),
        (5, 61, "ValueError: seconds out of range"),
        (5, i64::MIN, "ValueError: seconds out of range"),
    ] {
        let mut fields = SATURDAY;
        fields[field] = value;
        assert_eq!(format(interp, "%Y-%m-%d %H:%M:%S", &fields), expected);
    }
    let expected = "ValueError: day is out of range for month";
    assert_eq!(
        format(interp, "%d", &[2023, 2, 29, 0, 0, 0, 0, 0]),
        expected
    );
    assert_eq!(format(interp, "%d", &[2024, 2, 29, 0, 0, 0, 0, 0]), "29");
}

#[test]
fn without_a_time_it_is_now() {
    let interp = &mut interp();
    interp.set_unix_time(Duration::from_secs(1_000_000_000));
    let now = interp.call("time.strftime", args!["%c"]).unwrap();
    assert_eq!(now.as_str(), Some("Sun Sep  9 01:46:40 2001"));
}

#[test]
fn a_wrong_format_is_an_error() {
    let interp = &mut interp();
    for wrong in ["%", "%Q", "%5Y", "%Y %"] {
        let expected = "ValueError: invalid format string";
        assert_eq!(format(interp, wrong, &SATURDAY), expected, "{wrong}");
        let error = interp.call("time.strptime", args!["2005", wrong]);
        assert_eq!(error.unwrap_err().kind(), Kind::ValueError, "{wrong}");
    }
    let error = interp.call("time.strftime", args![5]).unwrap_err();
    assert_eq!(error.kind(), Kind::TypeError);
    let error = interp.call("time.strftime", args!["%Y", 5]).unwrap_err();
    assert_eq!(error.kind(), Kind::TypeError);
}

/// But for `%s`, which CPython does not read, and for the day of the year of the
/// week date, which is 367 there: 3.11 counts on from the year of the week.
#[test]
fn texts_are_read_as_cpython_does() {
    let interp = &mut interp();
    for (text, format, expected) in [
        (
            "Sat Jan 01 15:04:05 2005",
            None,
            [2005, 1, 1, 15, 4, 5, 5, 1],
        ),
        (
            "2005-02-28",
            Some("%Y-%m-%d"),
            [2005, 2, 28, 0, 0, 0, 0, 59],
        ),
        (
            "30 Nov 00",
            Some("%d %b %y"),
            [2000, 11, 30, 0, 0, 0, 3, 335],
        ),
        ("68", Some("%y"), [2068, 1, 1, 0, 0, 0, 6, 1]),
        ("69", Some("%y"), [1969, 1, 1, 0, 0, 0, 2, 1]),
        ("12:30 AM", Some("%I:%M %p"), [1900, 1, 1, 0, 30, 0, 0, 1]),
        ("12:30 PM", Some("%I:%M %p"), [1900, 1, 1, 12, 30, 0, 0, 1]),
        ("07", Some("%I"), [1900, 1, 1, 7, 0, 0, 0, 1]),
        ("15", Some("%M"), [1900, 1, 1, 0, 15, 0, 0, 1]),
        ("60", Some("%S"), [1900, 1, 1, 0, 0, 60, 0, 1]),
        ("2004 366", Some("%Y %j"), [2004, 12, 31, 0, 0, 0, 4, 366]),
        ("March", Some("%B"), [1900, 3, 1, 0, 0, 0, 3, 60]),
        ("2004-W53-6", Some("%G-W%V-%u"), [2005, 1, 1, 0, 0, 0, 5, 1]),
        ("2005 01 1", Some("%Y %W %w"), [2005, 1, 3, 0, 0, 0, 0, 3]),
        ("100%", Some("100%%"), [1900, 1, 1, 0, 0, 0, 0, 1]),
        ("0001-01-01", Some("%Y-%m-%d"), [1, 1, 1, 0, 0, 0, 0, 1]),
        ("1104591845", Some("%s"), [2005, 1, 1, 15, 4, 5, 5, 1]),
    ] {
        let mut args = vec![Value::from(text)];
        args.extend(format.map(Value::from));
        let found = interp.call("time.strptime", &args);
        assert_eq!(found.unwrap(), tuple(&expected), "{text} {format:?}");
    }
}

#[test]
fn texts_that_are_no_times_are_errors() {
    let interp = &mut interp();
    for (text, format, expected) in [
        (
            "2005",
            "%Y-%m",
            "time data '2005' does not match format '%Y-%m'",
        ),
        (
            "2005-01-01 ",
            "%Y-%m-%d",
            "unconverted data remains after format '%Y-%m-%d'",
        ),
        (
            "2005-13",
            "%Y-%m",
            "time data '2005-13' does not match format '%Y-%m'",
        ),
        (
            "Mon 2005-01-01",
            "%a %Y-%m-%d",
            "time data 'Mon 2005-01-01' makes no date",
        ),
        ("2005", "%G", "time data '2005' makes no date"),
        ("", "%Y", "time data '' does not match format '%Y'"),
        ("2005", "%Q", "'%Q' is no format of a time"),
    ] {
        let error = interp.call("time.strptime", args![text, format]);
        let error = error.unwrap_err().to_string();
        assert_eq!(error, format!("ValueError: {expected}"));
    }
    for (text, format) in [
        ("2023-02-29", "%Y-%m-%d"),
        ("0000-01-01", "%Y-%m-%d"),
        ("+10000", "%Y"),
        ("99999999999999999999", "%s"),
        ("9223372036854775807", "%s"),
        ("ä", "%a"),
    ] {
        let error = interp.call("time.strptime", args![text, format]);
        assert_eq!(error.unwrap_err().kind(), Kind::ValueError, "{text}");
    }
}

/// All that one function writes, the other one reads.
#[test]
fn what_is_written_is_read_back() {
    let interp = &mut interp();
    let mut state = 11u64;
    for _ in 0..2_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let seconds = (state % (253_402_300_800 + 62_135_596_800)) as i64 - 62_135_596_800;
        let time = interp.call("time.gmtime", args![seconds]).unwrap();
        for format in [
            "%c",
            "%Y-%m-%dT%H:%M:%SZ",
            "%j of %Y, %I:%M:%S %p",
            "%G %V %a %T",
            "%A, %d. %B %Y %X",
        ] {
            let text = interp.call("time.strftime", &[format.into(), time.clone()]);
            let text = text.unwrap();
            let back = interp.call("time.strptime", &[text.clone(), format.into()]);
            assert_eq!(back.unwrap(), time, "{text:?} {format}");
        }
    }
}
