//! Dates from text.

use crate::calendar::{self, YEARS};
use alloc::format;
use chrono::format::{ParseErrorKind, ParseResult, Parsed, StrftimeItems};
use chrono::{Datelike, Timelike};
use enroll_portable::Tuple;
use enroll_portable::prelude::*;

/// What `ctime` writes in C.
pub(crate) const DEFAULT: &str = "%a %b %d %H:%M:%S %Y";

/// `strptime(string, format=DEFAULT)`: what the text does not tell is taken from
/// the beginning of 1900.
pub(crate) fn strptime<'vm>(string: &str, format: &str) -> Result<Tuple<'vm>, Error> {
    read(string, format).map_err(|kind| match kind {
        Some(ParseErrorKind::TooLong) => {
            let message = format!("unconverted data remains after format '{format}'");
            Error::text(Kind::ValueError, message)
        }
        Some(ParseErrorKind::BadFormat) => {
            let message = format!("'{format}' is no format of a time");
            Error::text(Kind::ValueError, message)
        }
        Some(ParseErrorKind::Impossible | ParseErrorKind::NotEnough) => {
            let message = format!("time data '{string}' makes no date");
            Error::text(Kind::ValueError, message)
        }
        _ => {
            let message = format!("time data '{string}' does not match format '{format}'");
            Error::text(Kind::ValueError, message)
        }
    })
}

fn read<'vm>(string: &str, format: &str) -> Result<Tuple<'vm>, Option<ParseErrorKind>> {
    let mut parsed = Parsed::new();
    let items = StrftimeItems::new(format);
    chrono::format::parse(&mut parsed, string, items).map_err(|error| Some(error.kind()))?;
    if parsed.timestamp().is_none() {
        complete(&mut parsed).map_err(|error| Some(error.kind()))?;
    }
    let moment = parsed
        .to_naive_datetime_with_offset(0)
        .map_err(|error| Some(error.kind()))?
        .and_utc();
    if !YEARS.contains(&moment.year()) {
        return Err(None);
    }
    // The text's, which may be a leap second.
    let second = parsed.second().unwrap_or(moment.second());
    Ok(calendar::tuple(&moment, second))
}

/// Fills in what the text does not tell.
fn complete(parsed: &mut Parsed) -> ParseResult<()> {
    let century = parsed.year_div_100().is_some();
    match parsed.year_mod_100() {
        // POSIX: 69 is 1969, 68 is 2068.
        Some(year) if parsed.year().is_none() && !century => {
            let first = if year < 69 { 2000 } else { 1900 };
            parsed.set_year(i64::from(first + year))?;
        }
        None if parsed.year().is_none() && !century && !has_iso_year(parsed) => {
            parsed.set_year(1900)?;
        }
        _ => {}
    }
    let week = parsed.week_from_sun().is_some()
        || parsed.week_from_mon().is_some()
        || parsed.isoweek().is_some();
    // A week tells the day together with a weekday.
    let day_is_told = parsed.ordinal().is_some() || (week && parsed.weekday().is_some());
    if !day_is_told {
        if parsed.month().is_none() {
            parsed.set_month(1)?;
        }
        if parsed.day().is_none() {
            parsed.set_day(1)?;
        }
    }
    if parsed.hour_mod_12().is_none() {
        parsed.set_hour(0)?;
    } else if parsed.hour_div_12().is_none() {
        parsed.set_ampm(false)?;
    }
    if parsed.minute().is_none() {
        parsed.set_minute(0)?;
    }
    Ok(())
}

fn has_iso_year(parsed: &Parsed) -> bool {
    parsed.isoyear().is_some() || parsed.isoyear_div_100().is_some()
}
