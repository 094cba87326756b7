//! What a manifest says, with its place, and what is wrong with it.

use crate::error::{Diagnostic, Kind};
use crate::place::Place;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

impl<T> At<T> {
    pub(super) fn new(value: T, place: &Place) -> At<T> {
        At {
            value,
            place: place.clone(),
        }
    }
}

/// An error of a manifest.
pub(super) fn wrong(message: impl Into<String>, place: &Place) -> Diagnostic {
    Diagnostic::new(Kind::Assembly, message).at(place.clone(), "")
}
