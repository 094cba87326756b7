//! Whether the ids of an image mean the same names in this interpreter.

use super::Mounted;
use crate::{Names, NamesError, Qstr};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use enroll_abi::image::View;

/// What happens where an id of the image means another name in this interpreter,
/// or its name has another id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnClash {
    /// The image is refused.
    #[default]
    Refuse,
    /// Its ids are changed: eight bytes for each name of the image, and at an
    /// import four for each that the module refers to. The code stays where it
    /// is, since it refers to names by index.
    Patch,
}

/// Why an image could not be mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MountError {
    /// The image was made with another salt than the pool.
    Salt {
        /// The image's.
        image: u32,
        /// The pool's.
        pool: u32,
    },
    /// A name has another id here.
    Clash {
        /// The name.
        name: &'static str,
        /// What its id means here, if it means anything.
        taken_by: Option<String>,
    },
    /// Not all of its names could be entered.
    Names(NamesError),
    /// There is no memory for the changed ids.
    OutOfMemory,
}

impl fmt::Display for MountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MountError::Salt { image, pool } => write!(
                f,
                "the image was made with the salt {image}, and this firmware has {pool}"
            ),
            MountError::Clash {
                name,
                taken_by: Some(taken),
            } => write!(
                f,
                "the id of '{name}' in the image is that of '{taken}' here"
            ),
            MountError::Clash { name, .. } => {
                write!(f, "'{name}' has another id here than in the image")
            }
            MountError::Names(error) => write!(f, "the names of the image: {error}"),
            MountError::OutOfMemory => f.write_str("no memory is left for the ids of the image"),
        }
    }
}

impl core::error::Error for MountError {}

pub(super) fn mount(
    view: View<'static>,
    names: &mut Names,
    on_clash: OnClash,
) -> Result<Mounted, MountError> {
    let clash = first_clash(&view, names);
    if let (Some(clash), OnClash::Refuse) = (&clash, on_clash) {
        return Err(clash.clone());
    }
    enter_all(&view, names)?;
    let mut changed = Vec::new();
    if clash.is_some() {
        let len = view.names().len();
        changed
            .try_reserve_exact(len)
            .map_err(|_| MountError::OutOfMemory)?;
        for (id, text) in view.names() {
            // It was entered above.
            let here = names.intern(text).map_err(MountError::Names)?;
            changed.push((id, here));
        }
    }
    Ok(Mounted::new(view, changed))
}

/// The first name whose id is, or would be, another one here. Nothing is
/// entered.
fn first_clash(view: &View<'static>, names: &Names) -> Option<MountError> {
    let pool = names.pool().salt();
    if view.salt() != pool && view.names().len() > 0 {
        return Some(MountError::Salt {
            image: view.salt(),
            pool,
        });
    }
    view.names().find_map(|(id, name)| {
        let id = Qstr::from_raw(id)?;
        let taken_by = match names.get(name) {
            Some(here) if here == id => return None,
            // Entered before, while another one had its id.
            Some(_) => names.text(id),
            // It would get its own id, unless that is taken.
            None => Some(names.text(id)?),
        };
        Some(MountError::Clash {
            name,
            taken_by: taken_by.map(Into::into),
        })
    })
}

/// Enters the names that are new, all or, as far as the limits are concerned,
/// none.
fn enter_all(view: &View<'static>, names: &mut Names) -> Result<(), MountError> {
    let new = || view.names().filter(|(_, text)| names.get(text).is_none());
    let limits = names.limits();
    if names.len() + new().count() > limits.names {
        let limit = limits.names;
        return Err(MountError::Names(NamesError::TooMany { limit }));
    }
    if names.bytes() + new().map(|(_, text)| text.len()).sum::<usize>() > limits.bytes {
        let limit = limits.bytes;
        return Err(MountError::Names(NamesError::TooMuchText { limit }));
    }
    for (_, text) in view.names() {
        names.intern(text).map_err(MountError::Names)?;
    }
    Ok(())
}
