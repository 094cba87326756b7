//! From seconds to dates and back, in UTC.
//!
//! The calendar is that of today, drawn out in both directions, as in CPython and
//! MicroPython.

use crate::seconds::Timestamp;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use enroll_portable::Tuple;
use enroll_portable::prelude::*;

/// A point in time, as the calendar has it.
pub(crate) type Moment = DateTime<Utc>;

/// The years that dates have: those whose text is four digits.
pub(crate) const YEARS: core::ops::RangeInclusive<i32> = 1..=9999;

/// `gmtime(secs=None)`; `localtime` too, since interpreters know no zones.
pub(crate) fn gmtime<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    secs: Option<Timestamp>,
) -> Result<Tuple<'vm>, Error> {
    let moment = match secs {
        Some(Timestamp(seconds)) => at(seconds)?,
        None => now(cx)?,
    };
    Ok(tuple(&moment, moment.second()))
}

/// The second is given apart: a leap second is one that a moment keeps otherwise.
pub(crate) fn tuple<'vm>(moment: &Moment, second: u32) -> Tuple<'vm> {
    let fields = [
        moment.month(),
        moment.day(),
        moment.hour(),
        moment.minute(),
        second,
        moment.weekday().num_days_from_monday(),
        moment.ordinal(),
    ];
    let year = Value::from(moment.year());
    core::iter::once(year)
        .chain(fields.map(Value::from))
        .collect()
}

pub(crate) fn now(cx: &mut Cx<'_, '_, Portable>) -> Result<Moment, Error> {
    i64::try_from(cx.unix_time()?.as_secs()).map_or(Err(out_of_range()), at)
}

pub(crate) fn at(seconds: i64) -> Result<Moment, Error> {
    let moment = DateTime::from_timestamp(seconds, 0);
    moment
        .filter(|moment| YEARS.contains(&moment.year()))
        .ok_or(out_of_range())
}

#[cold]
fn out_of_range() -> Error {
    Error::new(
        Kind::OverflowError,
        "the time is outside of the years 1 to 9999",
    )
}

/// `mktime(tuple)`. Fields may be beyond their range, and count on from there:
/// second -1 is the last one of the minute before (`shared/timeutils`).
pub(crate) fn mktime<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    tuple: &Value<'vm>,
) -> Result<i64, Error> {
    let fields = fields(cx, tuple)?;
    seconds(fields)
        .and_then(|seconds| at(seconds).ok())
        .map(|moment| moment.timestamp())
        .ok_or(out_of_range())
}

fn seconds([year, month, day, hour, minute, second]: [i64; 6]) -> Option<i64> {
    let month = month.checked_sub(1)?;
    let year = year.checked_add(month.div_euclid(12))?;
    let month = month.rem_euclid(12) as u32 + 1;
    let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)?;
    let midnight = first.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
    let days = day.checked_sub(1)?.checked_mul(86_400)?;
    let hours = hour.checked_mul(3_600)?;
    let minutes = minute.checked_mul(60)?;
    [days, hours, minutes, second]
        .into_iter()
        .try_fold(midnight, i64::checked_add)
}

/// Year to second of a tuple or list with as many fields as MicroPython's or
/// CPython's. The others follow from these.
pub(crate) fn fields<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    tuple: &Value<'vm>,
) -> Result<[i64; 6], Error> {
    if !matches!(cx.len(tuple)?, 8 | 9) {
        return Err(Error::new(
            Kind::TypeError,
            "a tuple of length 8 or 9 is needed",
        ));
    }
    let mut fields = [0; 6];
    for (index, field) in (0..).zip(&mut fields) {
        let item = cx.item(tuple, &Value::Int(index))?;
        *field = item.as_int().ok_or(Error::new(
            Kind::TypeError,
            "the fields of a time are integers",
        ))?;
    }
    Ok(fields)
}
