//! Dates as text.

use crate::calendar::{self, Moment, YEARS};
use alloc::string::String;
use chrono::{NaiveDate, NaiveTime};
use core::fmt::Write as _;
use enroll_portable::prelude::*;

/// `strftime(format, t=None)`: in the names of the C locale.
pub(crate) fn strftime<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    format: &str,
    t: Value<'vm>,
) -> Result<String, Error> {
    let moment = match t {
        Value::None => calendar::now(cx)?,
        tuple => moment(calendar::fields(cx, &tuple)?)?,
    };
    let mut text = String::new();
    match write!(text, "{}", moment.format(format)) {
        Ok(()) => Ok(text),
        Err(_) => Err(Error::new(Kind::ValueError, "invalid format string")),
    }
}

/// The moment of these fields, each in its range. As in CPython, 0 is allowed
/// in each: a first of January may be all zeros after the year.
fn moment([year, month, day, hour, minute, second]: [i64; 6]) -> Result<Moment, Error> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year));
    let year = year.ok_or(Error::new(Kind::ValueError, "year out of range"))?;
    let month = ranged(month, 12, "month out of range")?.max(1);
    let day = ranged(day, 31, "day of month out of range")?.max(1);
    let hour = ranged(hour, 23, "hour out of range")?;
    let minute = ranged(minute, 59, "minute out of range")?;
    let second = ranged(second, 60, "seconds out of range")?;
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(Error::new(
        Kind::ValueError,
        "day is out of range for month",
    ))?;
    // A leap second is kept as a fraction of more than a second.
    let (second, nano) = match second {
        60 => (59, 1_000_000_000),
        second => (second, 0),
    };
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nano);
    time.map(|time| date.and_time(time).and_utc())
        .ok_or(Error::new(Kind::ValueError, "seconds out of range"))
}

fn ranged(field: i64, most: u32, message: &'static str) -> Result<u32, Error> {
    u32::try_from(field)
        .ok()
        .filter(|&field| field <= most)
        .ok_or(Error::new(Kind::ValueError, message))
}
