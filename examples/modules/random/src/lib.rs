//! The module `random`: pseudo-random numbers by Ilya Levin's Yasmarang.
//!
//! Functions and sequences are those of MicroPython (`extmod/modrandom.c`): the
//! same seed gives the same numbers. Where a range is wider than 32 bits, which
//! MicroPython cuts, two numbers make one. Not for secrets.
//!
//! # Features
//!
//! - `float` (default): `random` and `uniform`.
//! - `std`: the module seeds itself at its first import, and `seed()` without a
//!   number does. Without it, every interpreter starts with the same sequence.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

mod draw;
mod yasmarang;

use draw::{below, span, up_to};
use enroll_portable::prelude::*;
use yasmarang::Yasmarang;

enroll::register_module! {
    /// Pseudo-random numbers.
    pub static RANDOM: Module<Portable> = "random" {
        "seed" => Rom::Function(function!(seed(n = None))),
        "getrandbits" => Rom::Function(function!(getrandbits(n))),
        "randrange" => Rom::Function(function!(randrange(start, stop = None, step = None))),
        "randint" => Rom::Function(function!(randint(a, b))),
        "choice" => Rom::Function(function!(choice(sequence))),
        #[cfg(feature = "float")]
        "random" => Rom::Function(function!(random)),
        #[cfg(feature = "float")]
        "uniform" => Rom::Function(function!(uniform(a, b))),
    }
    class: extensible,
    #[cfg(feature = "std")]
    init: setup,
}

#[cfg(feature = "std")]
fn setup(cx: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
    seed(cx, None)
}

fn seed(cx: &mut Cx<'_, '_, Portable>, n: Option<i64>) -> Result<(), Error> {
    let n = match n {
        Some(n) => n,
        None => default_seed()?,
    };
    // MicroPython truncates as well.
    Yasmarang::of(cx)?.seed(n as u32);
    Ok(())
}

#[cfg(feature = "std")]
fn default_seed() -> Result<i64, Error> {
    use std::hash::{BuildHasher, RandomState};
    Ok(RandomState::new().hash_one(()) as i64)
}

#[cfg(not(feature = "std"))]
fn default_seed() -> Result<i64, Error> {
    Err(Error::new(Kind::ValueError, "no default seed"))
}

fn getrandbits(cx: &mut Cx<'_, '_, Portable>, n: i64) -> Result<u32, Error> {
    match n {
        0 => Ok(0),
        1..=32 => Ok(Yasmarang::of(cx)?.next() & (u32::MAX >> (32 - n))),
        _ => Err(Error::new(Kind::ValueError, "bits must be 32 or less")),
    }
}

fn randrange(
    cx: &mut Cx<'_, '_, Portable>,
    start: i64,
    stop: Option<i64>,
    step: Option<i64>,
) -> Result<i64, Error> {
    let (start, stop) = match stop {
        Some(stop) => (start, stop),
        None => (0, start),
    };
    let step = step.unwrap_or(1);
    let count = span(start, stop, step).ok_or(Error::new(Kind::ValueError, "empty range"))?;
    let index = below(&mut Yasmarang::of(cx)?, count);
    Ok(start.wrapping_add(step.wrapping_mul(index as i64)))
}

fn randint(cx: &mut Cx<'_, '_, Portable>, a: i64, b: i64) -> Result<i64, Error> {
    if a > b {
        return Err(Error::new(Kind::ValueError, "empty range"));
    }
    let widest = b.wrapping_sub(a) as u64;
    Ok(a.wrapping_add(up_to(&mut Yasmarang::of(cx)?, widest) as i64))
}

fn choice<'vm>(cx: &mut Cx<'_, 'vm, Portable>, sequence: Value<'vm>) -> Result<Value<'vm>, Error> {
    let len = cx.len(&sequence)?;
    if len == 0 {
        return Err(Error::new(Kind::IndexError, "empty sequence"));
    }
    let index = below(&mut Yasmarang::of(cx)?, len as u64);
    cx.item(&sequence, &Value::Int(index as i64))
}

#[cfg(feature = "float")]
fn random(cx: &mut Cx<'_, '_, Portable>) -> Result<f64, Error> {
    Ok(Yasmarang::of(cx)?.float())
}

#[cfg(feature = "float")]
fn uniform(cx: &mut Cx<'_, '_, Portable>, a: f64, b: f64) -> Result<f64, Error> {
    Ok(a + (b - a) * Yasmarang::of(cx)?.float())
}
