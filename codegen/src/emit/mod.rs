//! Stage five: the plan as source text.
//!
//! The text depends on the plan alone: it holds no path, no time and no order
//! of a map, so the same inputs give the same bytes on every machine.

mod frozen;
mod image;
mod literal;
mod rust;
mod user_modules;

pub use frozen::{Contents, frozen};
pub use image::image;
pub use rust::rust;
pub use user_modules::{FILE as USER_MODULES, user_modules};

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
pub fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<bool, Diagnostic> {
    let text = text.as_ref();
    if std::fs::read(path).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    replace(path, text)?;
    Ok(true)
}

/// Writes a file whatever it has.
///
/// # Errors
///
/// [`Kind::Unwritable`] with the system's reason.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), Diagnostic> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, content)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| {
            // A part of it is of no use to anybody.
            let _ = std::fs::remove_file(&beside);
            Diagnostic::new(
                Kind::Unwritable,
                format!("could not write {}", path.display()),
            )
            .cause(error)
        })
}

/// Writes a file that some builds have and others have not.
///
/// # Errors
///
/// [`Kind::Unwritable`] with the system's reason.
pub fn write_or_remove(path: &Path, text: Option<&str>) -> Result<(), Diagnostic> {
    match text {
        Some(text) => write(path, text).map(drop),
        None => match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                let message = format!("could not remove {}", path.display());
                Err(Diagnostic::new(Kind::Unwritable, message).cause(error))
            }
            _ => Ok(()),
        },
    }
}
