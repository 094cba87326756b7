//! Frozen sets in files: verified, mounted, used in place.

mod mapped;
mod mount;

pub use mapped::{Mapped, Mounted};
pub use mount::{MountError, OnClash};

use crate::Names;
use enroll_abi::image::{ImageError, View};

/// A frozen set in a file, which takes the place of frozen modules without a new
/// firmware: in a flash region of its own, or in a file that was read.
///
/// `cargo enroll image` writes one. Two steps lead to its modules, and there is no
/// way round them:
///
/// 1. [`Image::check`] verifies the bytes as a whole: that they are an image, of
///    this version, of this kind of code, undamaged, and that every offset, text
///    and id in them is right.
/// 2. [`Image::mount`] compares every name that the code refers to with the names
///    of this interpreter, those of the pool and those made while it ran. Where
///    every id means the same name here, code and ids are used where they lie.
///    At the first that does not, it is refused, or, with [`OnClash::Patch`], its
///    tables of ids are copied and changed.
///
/// What comes out is a [`Mounted`], and it alone gives a finder. The bytes have to
/// stay as they are for as long as the program runs: that is what `'static` says.
///
/// ```
/// # use enroll::{Names, testing::Kit, Adapter, Host};
/// use enroll::import::{Image, ImageError, OnClash};
///
/// // What is in a region of the flash that may hold an image.
/// static REGION: &[u8] = b"not an image";
///
/// let image = Image::check(REGION, "vm 3");
/// assert_eq!(image.unwrap_err(), ImageError::Foreign);
/// ```
///
/// A checksum is no signature: who can write the region can write an image that
/// is well formed. The code in it is the host's to distrust.
#[derive(Clone, Copy, Debug)]
pub struct Image {
    view: View<'static>,
}

impl Image {
    /// Verifies an image; `host` is the tag of the code that this interpreter
    /// runs: text that changes when its bytecode does.
    ///
    /// Linear in the length of the image, but for a binary search for each id.
    ///
    /// # Errors
    ///
    /// What is wrong with it. Nothing of it was used.
    pub fn check(bytes: &'static [u8], host: &str) -> Result<Image, ImageError> {
        let view = View::check(bytes, host)?;
        Ok(Image { view })
    }

    /// How many bytes of a region an image takes, by its header: a partition of the
    /// flash is longer than what is in it. `None` where there is no image.
    ///
    /// ```
    /// use enroll::import::Image;
    ///
    /// static PARTITION: [u8; 4096] = [0xff; 4096];
    /// assert_eq!(Image::length(&PARTITION), None);
    /// ```
    #[must_use]
    pub fn length(region: &[u8]) -> Option<usize> {
        enroll_abi::image::length(region)
    }

    /// Compares its names with those of an interpreter, and enters the new ones.
    ///
    /// A name of the image that the pool has takes no memory; another one is
    /// entered like any name that is made at run time. So an id of the image stays
    /// its name's for as long as the interpreter lives, whatever names come later.
    ///
    /// # Errors
    ///
    /// [`MountError`]. Nothing was mounted; unless memory ran out, no name was
    /// entered either.
    pub fn mount(self, names: &mut Names, on_clash: OnClash) -> Result<Mounted, MountError> {
        mount::mount(self.view, names, on_clash)
    }

    /// How many modules it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.view.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.view.is_empty()
    }

    /// The salt of its ids. With another salt than the pool's, every id differs.
    #[must_use]
    pub fn salt(&self) -> u32 {
        self.view.salt()
    }
}
