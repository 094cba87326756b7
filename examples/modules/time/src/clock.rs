//! What the time is, and waiting.

use crate::seconds::Delay;
use core::time::Duration;
use enroll_portable::prelude::*;
use ticks::Ticks;

pub(crate) fn ticks_ms(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
    Ok(Ticks::millis(cx.monotonic()?).get())
}

pub(crate) fn ticks_us(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
    Ok(Ticks::micros(cx.monotonic()?).get())
}

/// Nanoseconds: the finest that an interpreter tells.
pub(crate) fn ticks_cpu(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
    Ok(Ticks::nanos(cx.monotonic()?).get())
}

pub(crate) fn ticks_add(ticks: i64, delta: i64) -> Result<u32, Error> {
    let sum = Ticks::new(ticks).checked_add(delta);
    sum.map(Ticks::get)
        .ok_or(Error::new(Kind::OverflowError, "ticks interval overflow"))
}

pub(crate) fn ticks_diff(ticks1: i64, ticks2: i64) -> i32 {
    Ticks::new(ticks1).since(Ticks::new(ticks2))
}

pub(crate) fn sleep(cx: &mut Cx<'_, '_, Portable>, seconds: Delay) -> Result<(), Error> {
    cx.sleep(seconds.0)
}

/// A negative time is over already; zero lets the interpreter do what is due.
pub(crate) fn sleep_ms(cx: &mut Cx<'_, '_, Portable>, ms: i64) -> Result<(), Error> {
    u64::try_from(ms).map_or(Ok(()), |ms| cx.sleep(Duration::from_millis(ms)))
}

pub(crate) fn sleep_us(cx: &mut Cx<'_, '_, Portable>, us: i64) -> Result<(), Error> {
    u64::try_from(us).map_or(Ok(()), |us| cx.sleep(Duration::from_micros(us)))
}

#[cfg(feature = "float")]
pub(crate) fn time(cx: &mut Cx<'_, '_, Portable>) -> Result<f64, Error> {
    Ok(cx.unix_time()?.as_secs_f64())
}

#[cfg(not(feature = "float"))]
pub(crate) fn time(cx: &mut Cx<'_, '_, Portable>) -> Result<u64, Error> {
    Ok(cx.unix_time()?.as_secs())
}

pub(crate) fn time_ns(cx: &mut Cx<'_, '_, Portable>) -> Result<u64, Error> {
    nanoseconds(cx.unix_time()?)
}

#[cfg(feature = "float")]
pub(crate) fn monotonic(cx: &mut Cx<'_, '_, Portable>) -> Result<f64, Error> {
    Ok(cx.monotonic()?.as_secs_f64())
}

pub(crate) fn monotonic_ns(cx: &mut Cx<'_, '_, Portable>) -> Result<u64, Error> {
    nanoseconds(cx.monotonic()?)
}

/// In 64 bits, which last for centuries: 128 are dear on a small machine.
fn nanoseconds(time: Duration) -> Result<u64, Error> {
    let whole = time.as_secs().checked_mul(1_000_000_000);
    whole
        .and_then(|whole| whole.checked_add(time.subsec_nanos().into()))
        .ok_or(Error::new(
            Kind::OverflowError,
            "the time in nanoseconds does not fit 64 bits",
        ))
}
