//! The formulas.

/// The Magnus formula with the coefficients of Sonntag (1990), good to 0.35
/// degrees from -45 to 60 degrees over water. None for dry air, which has no dew
/// point.
pub(super) fn dew_point(temperature: f64, humidity: f64) -> Option<f64> {
    const B: f64 = 17.62;
    const C: f64 = 243.12;
    if humidity <= 0.0 {
        return None;
    }
    let gamma = (humidity / 100.0).ln() + B * temperature / (C + temperature);
    Some(C * gamma / (B - gamma))
}

/// Rothfusz's regression (National Weather Service, SR 90-23), which is made in
/// Fahrenheit, where it holds: from 80 °F and 40 % on. The temperature itself below.
pub(super) fn heat_index(temperature: f64, humidity: f64) -> f64 {
    let t = temperature * 1.8 + 32.0;
    if t < 80.0 || humidity < 40.0 {
        return temperature;
    }
    let r = humidity;
    let index = -42.379 + 2.049_015_23 * t + 10.143_331_27 * r
        - 0.224_755_41 * t * r
        - 0.006_837_83 * t * t
        - 0.054_817_17 * r * r
        + 0.001_228_74 * t * t * r
        + 0.000_852_82 * t * r * r
        - 0.000_001_99 * t * t * r * r;
    (index - 32.0) / 1.8
}
