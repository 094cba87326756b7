//! The algorithms: a type for each, and where to find it by name.

use crate::hash::{self, HASH};
use crate::running::Fixed;
use alloc::boxed::Box;
use alloc::format;
use enroll_portable::prelude::*;

/// A native type whose instances are hashes: its name for scripts, the type it
/// derives from, and what a new one starts as.
macro_rules! hash_type {
    ($ty:ident = $name:literal: $parent:expr, $start:expr) => {
        pub(crate) static $ty: Type = Type::new(
            $name,
            concat!($name, "(data=b\"\"): a hash of all data it is given."),
        )
        .slots(&[
            Slot::Parent(&$parent),
            Slot::Arity(0, 1),
            Slot::New({
                fn new<'vm>(
                    cx: &mut Cx<'_, 'vm, Portable>,
                    _: &'static Type,
                    args: Args<'_, 'vm>,
                ) -> Result<Value<'vm>, Error> {
                    function!(
                        build(data = hash::nothing(), *, usedforsecurity = true) as $name
                    )
                    .call(cx, args)
                }
                fn build<'vm>(
                    cx: &mut Cx<'_, 'vm, Portable>,
                    data: Value<'vm>,
                    _usedforsecurity: bool,
                ) -> Result<Object<'vm>, Error> {
                    hash::start(cx, &$ty, Box::new($start), &data)
                }
                new
            }),
        ]);
    };
}

#[cfg(feature = "md5")]
hash_type!(MD5 = "md5": HASH, Fixed::<md5::Md5>::default());
#[cfg(feature = "sha1")]
hash_type!(SHA1 = "sha1": HASH, Fixed::<sha1::Sha1>::default());
hash_type!(SHA224 = "sha224": HASH, Fixed::<sha2::Sha224>::default());
hash_type!(SHA256 = "sha256": HASH, Fixed::<sha2::Sha256>::default());
#[cfg(feature = "sha512")]
hash_type!(SHA384 = "sha384": HASH, Fixed::<sha2::Sha384>::default());
#[cfg(feature = "sha512")]
hash_type!(SHA512 = "sha512": HASH, Fixed::<sha2::Sha512>::default());
#[cfg(feature = "sha3")]
hash_type!(SHA3_224 = "sha3_224": HASH, Fixed::<sha3::Sha3_224>::default());
#[cfg(feature = "sha3")]
hash_type!(SHA3_256 = "sha3_256": HASH, Fixed::<sha3::Sha3_256>::default());
#[cfg(feature = "sha3")]
hash_type!(SHA3_384 = "sha3_384": HASH, Fixed::<sha3::Sha3_384>::default());
#[cfg(feature = "sha3")]
hash_type!(SHA3_512 = "sha3_512": HASH, Fixed::<sha3::Sha3_512>::default());
#[cfg(feature = "sha3")]
hash_type!(SHAKE_128 = "shake_128": hash::ANY_LENGTH, shake::Shake128::default());
#[cfg(feature = "sha3")]
hash_type!(SHAKE_256 = "shake_256": hash::ANY_LENGTH, shake::Shake256::default());

/// What `new` and `pbkdf2_hmac` know of an algorithm.
pub(crate) struct Algorithm {
    pub(crate) ty: &'static Type,
    /// `None` for one that HMAC is not defined with.
    #[cfg(feature = "pbkdf2")]
    pub(crate) pbkdf2: Option<crate::derive::Pbkdf2>,
}

/// The algorithms with these names, types and hashes as a constant, and their
/// names as a tuple for scripts.
///
/// `[…]` is a hash whose blocks HMAC can reach, which saves it a third of the
/// work; `{…}` one where it cannot; `!` one that it is not defined with.
macro_rules! algorithms {
    ($($(#[$cfg:meta])? $name:literal $ty:expr, $hash:tt;)*) => {
        const ALGORITHMS: &[Algorithm] = &[$(
            $(#[$cfg])?
            Algorithm {
                ty: &$ty,
                #[cfg(feature = "pbkdf2")]
                pbkdf2: algorithms!(@pbkdf2 $hash),
            },
        )*];
        pub(crate) const NAMES: Rom = Rom::Tuple(&[$($(#[$cfg])? Rom::Str($name),)*]);
    };
    (@pbkdf2 !) => { None };
    (@pbkdf2 [$hash:ty]) => { Some(crate::derive::Pbkdf2::of::<hmac::Hmac<$hash>>()) };
    (@pbkdf2 {$hash:ty}) => { Some(crate::derive::Pbkdf2::of::<hmac::SimpleHmac<$hash>>()) };
}

algorithms! {
    #[cfg(feature = "md5")] "md5" MD5, [md5::Md5];
    #[cfg(feature = "sha1")] "sha1" SHA1, [sha1::Sha1];
    "sha224" SHA224, [sha2::Sha224];
    "sha256" SHA256, [sha2::Sha256];
    #[cfg(feature = "sha512")] "sha384" SHA384, [sha2::Sha384];
    #[cfg(feature = "sha512")] "sha512" SHA512, [sha2::Sha512];
    #[cfg(feature = "sha3")] "sha3_224" SHA3_224, {sha3::Sha3_224};
    #[cfg(feature = "sha3")] "sha3_256" SHA3_256, {sha3::Sha3_256};
    #[cfg(feature = "sha3")] "sha3_384" SHA3_384, {sha3::Sha3_384};
    #[cfg(feature = "sha3")] "sha3_512" SHA3_512, {sha3::Sha3_512};
    #[cfg(feature = "sha3")] "shake_128" SHAKE_128, !;
    #[cfg(feature = "sha3")] "shake_256" SHAKE_256, !;
    #[cfg(feature = "blake2")] "blake2b" crate::blake::BLAKE2B, {blake2::Blake2b512};
    #[cfg(feature = "blake2")] "blake2s" crate::blake::BLAKE2S, {blake2::Blake2s256};
}

/// The algorithm of a name, in whatever case.
pub(crate) fn find(name: &str) -> Result<&'static Algorithm, Error> {
    let found = |algorithm: &&Algorithm| algorithm.ty.name().eq_ignore_ascii_case(name);
    ALGORITHMS.iter().find(found).ok_or_else(|| {
        Error::text(
            Kind::ValueError,
            format!("this firmware has no hash of the name '{name}'"),
        )
    })
}

/// `new(name, data=b"")`.
pub(crate) fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    name: &str,
    data: Value<'vm>,
    _usedforsecurity: bool,
) -> Result<Value<'vm>, Error> {
    let ty = find(name)?.ty;
    cx.call(&Value::Type(ty), Args::new(&[data]))
}
