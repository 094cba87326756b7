//! A mounted image as a set of frozen modules.

use crate::import::frozen::{Described, FrozenModules, sealed};
use crate::import::{Code, Frozen, Ids};
use crate::{Class, Qstr};
use alloc::format;
use alloc::vec::Vec;
use enroll_abi::image::View;

// Two finders have one list.
#[cfg(not(target_has_atomic = "ptr"))]
use alloc::rc::Rc as Shared;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc as Shared;

/// An image whose ids mean the same names in one interpreter, or were changed so
/// that they do. It is that interpreter's: another one has names of its own, and
/// mounts the image itself.
///
/// Its finders go before those of the firmware's own frozen modules, which they
/// so replace; a module that is not in the image is found as before.
///
/// ```no_run
/// # use enroll::import::*;
/// # fn f<H: ImportHost>(imports: &mut Imports<'_, H>, region: &'static [u8]) -> Result<(), Box<dyn std::error::Error>>
/// # where H::Finder: From<Frozen<Mapped>> {
/// let image = Image::check(region, "vm 3")?;
/// let mounted = image.mount(&mut imports.names, OnClash::Refuse)?;
/// imports.add_image(&mounted);
/// # Ok(())
/// # }
/// ```
///
/// An image's extensible module replaces an extensible one: a frozen module that no
/// file replaces is not replaced by it either. A package's submodules are looked
/// for in the image first and in the firmware then, so an image may hold some of
/// them alone.
///
/// A module that was loaded stays what it is: an image counts from the next import
/// on, and [`reload`](crate::import::Importer::reload) runs the new code.
#[derive(Clone, Debug)]
pub struct Mounted {
    set: Mapped,
}

/// The modules of a [`Mounted`], as [`Frozen`] searches them.
#[derive(Clone, Debug)]
pub struct Mapped {
    view: View<'static>,
    /// For each id of the image, sorted, what it is here; empty where all are
    /// the same.
    changed: Shared<[(u32, Qstr)]>,
}

impl Mounted {
    pub(super) fn new(view: View<'static>, changed: Vec<(u32, Qstr)>) -> Mounted {
        Mounted {
            set: Mapped {
                view,
                changed: changed.into(),
            },
        }
    }

    /// Whether ids are used where they lie; else those of a module are copied
    /// when it is imported.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.set.changed.is_empty()
    }

    /// The finder of its modules that no file replaces.
    #[must_use]
    pub fn finder(&self) -> Frozen<Mapped> {
        Frozen::over(self.set.clone(), Class::Builtin)
    }

    /// The finder of the others.
    #[must_use]
    pub fn extensible(&self) -> Frozen<Mapped> {
        Frozen::over(self.set.clone(), Class::Extensible)
    }

    /// The names of its modules, sorted.
    pub fn modules(&self) -> impl Iterator<Item = &'static str> + '_ {
        let positions = 0..self.set.view.len();
        positions.filter_map(|position| Some(self.set.view.module(position)?.name))
    }

    /// The content of a data file, by the same paths as
    /// [`FrozenSet::data`](crate::import::FrozenSet::data).
    #[must_use]
    pub fn data(&self, path: &str) -> Option<&'static [u8]> {
        self.set.view.data(crate::import::frozen::relative(path))
    }

    /// Whether it has modules of a class.
    pub(crate) fn has(&self, class: Class) -> bool {
        let mut positions = 0..self.set.view.len();
        positions.any(|position| {
            let module = self.set.describe(position);
            module.is_some_and(|module| module.class == class)
        })
    }
}

impl sealed::Sealed for Mapped {}

impl FrozenModules for Mapped {
    const ORIGIN: &'static str = "image";
    const LABELS: [&'static str; 2] = ["image", "image extensible"];

    fn position(&self, name: &str) -> Option<usize> {
        self.view.find(name)
    }

    fn has_below(&self, package: &str) -> bool {
        let below = format!("{package}.");
        let place = self.view.place(|name| name < below.as_str());
        let module = self.view.module(place);
        module.is_some_and(|module| module.name.starts_with(&below))
    }

    fn describe(&self, position: usize) -> Option<Described> {
        let module = self.view.module(position)?;
        Some(Described {
            name: module.name,
            suffix: module.suffix,
            is_package: module.is_package,
            class: match module.is_extensible {
                true => Class::Extensible,
                false => Class::Builtin,
            },
            is_aliased: module.is_aliased,
        })
    }

    fn code(&self, position: usize) -> Option<Code> {
        let module = self.view.module(position)?;
        let ids = match self.changed.is_empty() {
            true => Ids::mapped(module.ids),
            false => {
                let ids = module.ids.iter().map(|id| u32::from_le_bytes(*id));
                // Every id of a table is among the names.
                let here = |id| {
                    let found = self.changed.binary_search_by_key(&id, |(id, _)| *id);
                    Some(self.changed.get(found.ok()?)?.1)
                };
                ids.map(here).collect::<Option<Vec<Qstr>>>()?.into()
            }
        };
        Some(Code::new(module.code).with_names(ids))
    }

    fn identity(&self) -> usize {
        self.view.bytes().as_ptr() as usize
    }
}
