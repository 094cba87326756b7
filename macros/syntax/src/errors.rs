//! Mistakes so far: one declaration shows all of them at once.

use syn::{Error, Result};

/// Collects errors instead of stopping at the first.
#[derive(Default)]
pub(crate) struct Errors(Option<Error>);

impl Errors {
    pub(crate) fn push(&mut self, error: Error) {
        self.0 = Some(Errors(self.0.take()).and(error));
    }

    /// All errors and this last one, after which nothing could be read.
    pub(crate) fn and(self, last: Error) -> Error {
        match self.0 {
            Some(mut first) => {
                first.combine(last);
                first
            }
            None => last,
        }
    }

    /// The value, or the error put aside and `None`.
    pub(crate) fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// All errors as one, if there are any.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T> {
        self.0.map_or(Ok(value), Err)
    }
}
