//! PBKDF2: keys from passwords.

use crate::algorithm;
use crate::running::zeros;
use alloc::format;
use digest::common::typenum::Unsigned;
use digest::{FixedOutput, KeyInit, Update};
use enroll_portable::Bytes;
use enroll_portable::prelude::*;

/// PBKDF2 with one keyed hash.
pub(crate) struct Pbkdf2 {
    /// Fills the key from password, salt and iterations; whether it could.
    derive: fn(&[u8], &[u8], u32, &mut [u8]) -> bool,
    /// How long a key is if nobody says so.
    digest_size: usize,
}

impl Pbkdf2 {
    /// With the keyed hash `M`.
    pub(crate) const fn of<M: KeyInit + Update + FixedOutput + Clone>() -> Pbkdf2 {
        Pbkdf2 {
            derive: derive::<M>,
            digest_size: M::OutputSize::USIZE,
        }
    }
}

/// The most iterations and the longest key; CPython's limit.
const MOST: i64 = i32::MAX as i64;

fn derive<M>(password: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) -> bool
where
    M: KeyInit + Update + FixedOutput + Clone,
{
    pbkdf2::pbkdf2::<M>(password, salt, iterations, key).is_ok()
}

/// `pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)` (RFC 8018).
pub(crate) fn pbkdf2_hmac<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    hash_name: &str,
    password: &Value<'vm>,
    salt: &Value<'vm>,
    iterations: i64,
    dklen: Option<i64>,
) -> Result<Bytes<'vm>, Error> {
    let algorithm = algorithm::find(hash_name)?;
    let pbkdf2 = algorithm.pbkdf2.as_ref().ok_or_else(|| {
        let message = format!("HMAC is not defined with {}", algorithm.ty.name());
        Error::text(Kind::ValueError, message)
    })?;
    let iterations = counted(iterations, "iterations must be 1 or more")?;
    let length = match dklen {
        Some(length) => counted(length, "dklen must be 1 or more")? as usize,
        None => pbkdf2.digest_size,
    };
    let password = cx.bytes(password, <[u8]>::to_vec)?;
    let salt = cx.bytes(salt, <[u8]>::to_vec)?;
    let mut key = zeros(length)?;
    match (pbkdf2.derive)(&password, &salt, iterations, &mut key) {
        true => Ok(key.into()),
        false => Err(Error::new(Kind::ValueError, "no key for this password")),
    }
}

/// A number of a script that is 1 to [`MOST`].
fn counted(number: i64, message: &'static str) -> Result<u32, Error> {
    match u32::try_from(number) {
        Ok(counted) if (1..=MOST).contains(&number) => Ok(counted),
        _ if number > MOST => Err(Error::new(
            Kind::OverflowError,
            "iterations and dklen are below 2**31",
        )),
        _ => Err(Error::new(Kind::ValueError, message)),
    }
}
