//! Real identifiers, out of the sources of the crates in `Cargo.lock`.

/// All of them, distinct and sorted.
#[must_use]
pub fn all() -> Vec<&'static str> {
    include_str!(concat!(env!("OUT_DIR"), "/identifiers.txt"))
        .lines()
        .collect()
}

/// Those that at least two packages use, which are as short as the names that
/// scripts use, in an order that depends on their text alone and looks random.
#[must_use]
pub fn shared() -> Vec<&'static str> {
    include_str!(concat!(env!("OUT_DIR"), "/shared.txt"))
        .lines()
        .collect()
}

/// The first `count` of [`shared`].
///
/// # Panics
///
/// If there are not so many.
#[must_use]
pub fn first(count: usize) -> Vec<&'static str> {
    shared()[..count].to_vec()
}

/// As many shared identifiers, or all that are left, that are not among
/// [`first`] of any size that is measured.
#[must_use]
pub fn others(count: usize) -> Vec<&'static str> {
    shared().into_iter().skip(10_000).take(count).collect()
}

/// The names as a program would ask for them: in another order, their text
/// somewhere else.
#[must_use]
pub fn queries(names: &[&str]) -> Vec<String> {
    let mut asked: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    asked.sort_by_key(|name| enroll_abi::hash::hash(name, 0x5eed));
    // Allocated again, in the order asked for.
    asked.iter().map(|name| name.as_str().into()).collect()
}
