//! Hashes of all algorithms as one.

use alloc::boxed::Box;
use alloc::vec::Vec;
use digest::Digest;
use digest::common::BlockSizeUser;
use enroll_portable::{Error, Kind};

/// A hash under way, of whatever algorithm.
///
/// It is boxed behind the payload of its object: an enum of all algorithms would
/// make a SHA-256, which has 112 bytes, as large as the largest.
pub(crate) trait Running {
    /// Takes more data.
    fn update(&mut self, data: &[u8]);

    /// What the data so far amount to; `length` is for those of any length.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room for `length` bytes.
    fn digest(&self, length: usize) -> Result<Vec<u8>, Error>;

    /// Another one that goes on from here.
    fn copy(&self) -> Box<dyn Running>;

    /// How long digests are; 0 for those of any length.
    fn digest_size(&self) -> usize;

    /// How many bytes it takes at a time, inside.
    fn block_size(&self) -> usize;
}

/// One whose digests have one length.
#[derive(Clone, Default)]
pub(crate) struct Fixed<D>(D);

impl<D: Digest + BlockSizeUser + Clone + 'static> Running for Fixed<D> {
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    fn digest(&self, _: usize) -> Result<Vec<u8>, Error> {
        Ok(self.0.clone().finalize().to_vec())
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(self.clone())
    }

    fn digest_size(&self) -> usize {
        <D as Digest>::output_size()
    }

    fn block_size(&self) -> usize {
        D::block_size()
    }
}

/// One whose digests have any length.
#[cfg(feature = "sha3")]
impl<const RATE: usize> Running for shake::Shake<RATE> {
    fn update(&mut self, data: &[u8]) {
        shake::Update::update(self, data);
    }

    fn digest(&self, length: usize) -> Result<Vec<u8>, Error> {
        use shake::{ExtendableOutput, XofReader};
        let mut digest = zeros(length)?;
        self.clone().finalize_xof().read(&mut digest);
        Ok(digest)
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(self.clone())
    }

    fn digest_size(&self) -> usize {
        0
    }

    fn block_size(&self) -> usize {
        RATE
    }
}

/// As many zeros as a script asked for.
///
/// # Errors
///
/// MemoryError where there is no room for them.
pub(crate) fn zeros(length: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(length)
        .map_err(|_| Error::new(Kind::MemoryError, "no room for that many bytes"))?;
    bytes.resize(length, 0);
    Ok(bytes)
}
