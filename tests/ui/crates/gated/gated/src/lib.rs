//! Modules that features leave out, whole or in part.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use enroll::{Broken, Claim, Cx, Qstr, qstr};
use ui::Tiny;

enroll::register_module! {
    /// There with the feature `clock` alone; what it names exists then alone.
    #[cfg(feature = "clock")]
    static CLOCK: Module<Tiny> = "clock" {
        "ticks" => device::TICKS,
    }
    init: device::start,
}

#[cfg(feature = "clock")]
mod device {
    pub(crate) const TICKS: i64 = 1000;

    pub(crate) fn start(_: &mut enroll::Cx<'_, '_, ui::Tiny>) -> Result<(), enroll::Broken> {
        Ok(())
    }
}

enroll::register_module! {
    static ERRNO: Module<Tiny> = "errno" {
        "EPERM" => 1,
        #[cfg(feature = "table")]
        "errorcode" => TABLE,
        #[cfg(not(feature = "table"))]
        "errorcode" => 0,
        #[cfg(feature = "table")]
        #[cfg(feature = "clock")]
        "ETIME" => 62,
    }
    #[cfg(feature = "table")]
    attr: delegate,
    #[cfg(not(feature = "table"))]
    getattr: no_such_function_with_the_feature,
}

#[cfg(feature = "table")]
const TABLE: i64 = 99;

#[cfg(feature = "table")]
fn delegate(
    _: &mut Cx<'_, '_, Tiny>,
    name: Qstr,
    _: enroll::Access<'_, i64>,
) -> Result<Claim<i64>, Broken> {
    Ok(match name {
        qstr!("delegated") => Claim::Value(7),
        _ => Claim::Declined,
    })
}

#[cfg(not(feature = "table"))]
fn no_such_function_with_the_feature(
    _: &mut Cx<'_, '_, Tiny>,
    name: Qstr,
) -> Result<Option<i64>, Broken> {
    let _: Option<Claim<i64>> = None;
    Ok((name == qstr!("delegated")).then_some(8))
}
