//! Modes of operation, each over both key sizes and in both directions.

use aes::cipher::common::typenum::Unsigned;
use aes::cipher::consts::U16;
use aes::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, BlockSizeUser,
    InOutBuf, InvalidLength, KeyInit, KeyIvInit,
};
use aes::{Aes128Dec, Aes128Enc, Aes256Dec, Aes256Enc};
use alloc::boxed::Box;
use enroll_portable::Error;

/// Bytes of a block, and of an initialisation vector.
pub(crate) const BLOCK: usize = U16::USIZE;

/// A mode of operation, with the number that scripts know it by (PEP 272).
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    Ecb,
    Cbc,
    #[cfg(feature = "ctr")]
    Ctr,
}

impl Mode {
    pub(crate) const ECB: i64 = 1;
    pub(crate) const CBC: i64 = 2;
    #[cfg(feature = "ctr")]
    pub(crate) const CTR: i64 = 6;

    pub(crate) fn of(number: i64) -> Option<Mode> {
        match number {
            Mode::ECB => Some(Mode::Ecb),
            Mode::CBC => Some(Mode::Cbc),
            #[cfg(feature = "ctr")]
            Mode::CTR => Some(Mode::Ctr),
            _ => None,
        }
    }

    pub(crate) fn needs_iv(self) -> bool {
        self != Mode::Ecb
    }

    /// Whether it takes whole blocks alone.
    pub(crate) fn needs_blocks(self) -> bool {
        match self {
            Mode::Ecb | Mode::Cbc => true,
            #[cfg(feature = "ctr")]
            Mode::Ctr => false,
        }
    }

    /// A cipher of this mode at its beginning.
    ///
    /// # Errors
    ///
    /// Where the key has neither 16 nor 32 bytes, or `iv` not 16.
    pub(crate) fn start(
        self,
        encrypt: bool,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Process>, InvalidLength> {
        match key.len() {
            16 => self.with::<Aes128Enc, Aes128Dec>(encrypt, key, iv),
            _ => self.with::<Aes256Enc, Aes256Dec>(encrypt, key, iv),
        }
    }

    fn with<E, D>(
        self,
        encrypt: bool,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Process>, InvalidLength>
    where
        E: KeyInit + BlockCipherEncrypt + BlockSizeUser<BlockSize = U16> + 'static,
        D: KeyInit + BlockCipherDecrypt + BlockSizeUser<BlockSize = U16> + 'static,
    {
        Ok(match (self, encrypt) {
            (Mode::Ecb, true) => Box::new(Encrypt(ecb::Encryptor::<E>::new_from_slice(key)?)),
            (Mode::Ecb, false) => Box::new(Decrypt(ecb::Decryptor::<D>::new_from_slice(key)?)),
            (Mode::Cbc, true) => Box::new(Encrypt(cbc::Encryptor::<E>::new_from_slices(key, iv)?)),
            (Mode::Cbc, false) => Box::new(Decrypt(cbc::Decryptor::<D>::new_from_slices(key, iv)?)),
            // The same both ways.
            #[cfg(feature = "ctr")]
            (Mode::Ctr, _) => Box::new(Stream(ctr::Ctr128BE::<E>::new_from_slices(key, iv)?)),
        })
    }
}

/// A cipher at work, in one mode and one direction.
pub(crate) trait Process {
    /// Encrypts or decrypts in place and goes on from there; whole blocks, but
    /// for a stream.
    ///
    /// # Errors
    ///
    /// ValueError where a counter has no numbers left.
    fn process(&mut self, data: &mut [u8]) -> Result<(), Error>;
}

struct Encrypt<M>(M);

impl<M: BlockModeEncrypt> Process for Encrypt<M> {
    fn process(&mut self, data: &mut [u8]) -> Result<(), Error> {
        let (blocks, _) = InOutBuf::from(data).into_chunks();
        self.0.encrypt_blocks_inout(blocks);
        Ok(())
    }
}

struct Decrypt<M>(M);

impl<M: BlockModeDecrypt> Process for Decrypt<M> {
    fn process(&mut self, data: &mut [u8]) -> Result<(), Error> {
        let (blocks, _) = InOutBuf::from(data).into_chunks();
        self.0.decrypt_blocks_inout(blocks);
        Ok(())
    }
}

#[cfg(feature = "ctr")]
struct Stream<M>(M);

#[cfg(feature = "ctr")]
impl<M: aes::cipher::StreamCipher> Process for Stream<M> {
    fn process(&mut self, data: &mut [u8]) -> Result<(), Error> {
        self.0.try_apply_keystream(data).map_err(|_| {
            Error::new(
                enroll_portable::Kind::ValueError,
                "the counter has no numbers left",
            )
        })
    }
}
