//! Stage five: the plan as source text.
//!
//! The text depends on the plan alone: it holds no path, no time and no order
//! of a map, so the same inputs give the same bytes on every machine.

mod literal;
mod rust;

pub use rust::rust;

use crate::error::{Diagnostic, Kind};
use std::path::Path;

/// Writes a file unless it has this content already, so that what depends on
/// its time is not rebuilt.
///
/// The text goes to a file beside it first: what is in place is whole.
///
/// # Errors
///
/// [`Kind::Unwritable`] with the system's reason.
pub fn write(path: &Path, text: &str) -> Result<bool, Diagnostic> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(false);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| {
            Diagnostic::new(
                Kind::Unwritable,
                format!("could not write {}", path.display()),
            )
            .cause(error)
        })?;
    Ok(true)
}
