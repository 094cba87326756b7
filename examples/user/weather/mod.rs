//! A module of several files that no manifest names: the default firmware has
//! it when it is built with `USER_MODULES=examples/user`.

#![warn(missing_docs)]

mod comfort;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Formulas about the weather, temperatures in degrees Celsius.
    pub(crate) static WEATHER: Module<Portable> = "weather" {
        "dew_point" => Rom::Function(function!(dew_point(temperature, humidity))),
        "heat_index" => Rom::Function(function!(heat_index(temperature, humidity))),
    }
    class: extensible,
    requires: ["float"],
}

/// Where the air's water condenses; `humidity` in percent.
fn dew_point(temperature: f64, humidity: f64) -> Result<f64, Error> {
    comfort::dew_point(temperature, relative(humidity)?)
        .ok_or_else(|| Error::new(Kind::ValueError, "humidity must be more than 0"))
}

/// How warm it feels in the shade; `humidity` in percent.
fn heat_index(temperature: f64, humidity: f64) -> Result<f64, Error> {
    Ok(comfort::heat_index(temperature, relative(humidity)?))
}

fn relative(humidity: f64) -> Result<f64, Error> {
    match (0.0..=100.0).contains(&humidity) {
        true => Ok(humidity),
        false => Err(Error::new(Kind::ValueError, "humidity must be in 0 to 100")),
    }
}
