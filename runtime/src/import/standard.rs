//! The finders that most hosts have.

use crate::Class;
use crate::import::{Finder, Frozen, FrozenModule, ImportHost, Imports, Path};
#[cfg(feature = "image")]
use crate::import::{Mapped, Mounted};
use alloc::rc::Rc;

impl<H: ImportHost> Imports<'_, H> {
    /// Adds the finders that most hosts have, in their order, behind those there
    /// are: [`Frozen::new`] for the frozen modules that no file replaces;
    /// [`Path::standard`], which walks `sys.path`, with the feature `std`;
    /// [`Frozen::extensible`] for the other frozen modules. A set without modules
    /// of one class has no finder for it.
    ///
    /// [`path`](Imports::path) and [`suffixes`](Imports::suffixes) are the
    /// host's to fill: without them nothing is found in a directory.
    ///
    /// A host that keeps its finders as `Rc<dyn Finder<_>>` or, with `std`, as
    /// `Arc<dyn Finder<_> + Send + Sync>` has the two conversions.
    ///
    /// ```
    /// use enroll::import::{Frozen, FrozenModule, ImportHost, Imports, Kind, Path, Suffix};
    ///
    /// static FROZEN: &[FrozenModule] = &[FrozenModule::new("boot", b"led = 13")];
    ///
    /// fn begin<H: ImportHost>(imports: &mut Imports<'_, H>)
    /// where
    ///     H::Finder: From<Frozen> + From<Path>, // `Rc<dyn Finder<H>>`, say
    /// {
    ///     imports.add_standard_finders(FROZEN);
    ///     imports.path.push("/lib".into());
    ///     imports.suffixes.push(Suffix::new(".py", Kind::Source));
    /// }
    /// ```
    pub fn add_standard_finders(&mut self, frozen: &'static [FrozenModule])
    where
        H::Finder: From<Frozen> + From<Path>,
    {
        let finders = &mut self.finders;
        let has = |class| frozen.iter().any(|module| module.class == class);
        if has(Class::Builtin) {
            finders.push(Frozen::new(frozen).into());
        }
        #[cfg(feature = "std")]
        finders.push(Path::standard().into());
        if has(Class::Extensible) {
            finders.push(Frozen::extensible(frozen).into());
        }
    }
}

#[cfg(feature = "image")]
impl<H: ImportHost> Imports<'_, H> {
    /// Adds the finders of a mounted image: before all others for modules that no
    /// file replaces, and for the others before the firmware's own frozen ones of
    /// that class, or behind all where it has none. An image that is added later
    /// goes before one that was added earlier.
    pub fn add_image(&mut self, mounted: &Mounted)
    where
        H::Finder: From<Frozen<Mapped>>,
    {
        let finders = &mut self.finders;
        if mounted.has(Class::Extensible) {
            let is_late = |finder: &H::Finder| finder.label().ends_with(" extensible");
            let place = finders.iter().position(is_late).unwrap_or(finders.len());
            finders.insert(place, mounted.extensible().into());
        }
        if mounted.has(Class::Builtin) {
            finders.insert(0, mounted.finder().into());
        }
    }
}

macro_rules! shared {
    ($($finder:ty),*) => {$(
        impl<H: ImportHost> From<$finder> for Rc<dyn Finder<H>> {
            fn from(finder: $finder) -> Self {
                Rc::new(finder)
            }
        }

        #[cfg(feature = "std")]
        impl<H: ImportHost> From<$finder> for alloc::sync::Arc<dyn Finder<H> + Send + Sync> {
            fn from(finder: $finder) -> Self {
                alloc::sync::Arc::new(finder)
            }
        }
    )*};
}

shared!(Frozen, Path);
#[cfg(feature = "image")]
shared!(Frozen<Mapped>);
