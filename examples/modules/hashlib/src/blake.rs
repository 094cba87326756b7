//! BLAKE2 with its parameters: RFC 7693, and the salt and personalisation that
//! BLAKE2's own specification has.

use crate::hash::{self, HASH};
use crate::running::Running;
use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use blake2::{Blake2bVarCore, Blake2sVarCore};
use digest::Output;
use digest::block_api::{Block, Buffer, VariableOutputCore};
use digest::common::typenum::Unsigned;
use enroll_portable::prelude::*;

/// One of BLAKE2's two: its compression, what is not yet compressed, and how
/// long its digests are.
struct Blake<C: VariableOutputCore> {
    core: C,
    buffer: Buffer<C>,
    size: usize,
}

/// Makes the core of salt, personalisation, the key's length and the digest's.
type Begin<C> = fn(&[u8], &[u8], usize, usize) -> C;

/// What a script gives beside the data.
struct Parameters<'vm> {
    digest_size: i64,
    key: Value<'vm>,
    salt: Value<'vm>,
    person: Value<'vm>,
}

macro_rules! blake_type {
    ($ty:ident = $name:literal: $core:ty, $size:literal) => {
        pub(crate) static $ty: Type = Type::new(
            $name,
            concat!(
                $name,
                "(data=b\"\", *, digest_size=",
                stringify!($size),
                ", key=b\"\", salt=b\"\", person=b\"\"): a hash of all data it is given."
            ),
        )
        .slots(&[
            Slot::Parent(&HASH),
            Slot::Arity(0, 1),
            Slot::New({
                fn new<'vm>(
                    cx: &mut Cx<'_, 'vm, Portable>,
                    _: &'static Type,
                    args: Args<'_, 'vm>,
                ) -> Result<Value<'vm>, Error> {
                    function!(
                        build(
                            data = hash::nothing(),
                            *,
                            digest_size = $size,
                            key = hash::nothing(),
                            salt = hash::nothing(),
                            person = hash::nothing(),
                            usedforsecurity = true
                        ) as $name
                    )
                    .call(cx, args)
                }
                fn build<'vm>(
                    cx: &mut Cx<'_, 'vm, Portable>,
                    data: Value<'vm>,
                    digest_size: i64,
                    key: Value<'vm>,
                    salt: Value<'vm>,
                    person: Value<'vm>,
                    _usedforsecurity: bool,
                ) -> Result<Object<'vm>, Error> {
                    let parameters = Parameters {
                        digest_size,
                        key,
                        salt,
                        person,
                    };
                    let running = begin(cx, <$core>::new_with_params, &parameters)?;
                    hash::start(cx, &$ty, running, &data)
                }
                new
            }),
        ]);
    };
}

blake_type!(BLAKE2B = "blake2b": Blake2bVarCore, 64);
blake_type!(BLAKE2S = "blake2s": Blake2sVarCore, 32);

fn begin<'vm, C: VariableOutputCore + Clone + 'static>(
    cx: &mut Cx<'_, 'vm, Portable>,
    core: Begin<C>,
    parameters: &Parameters<'vm>,
) -> Result<Box<dyn Running>, Error> {
    // A key may be as long as a digest, salt and personalisation a quarter of it.
    let most = C::OutputSize::USIZE;
    let size = match usize::try_from(parameters.digest_size) {
        Ok(size) if (1..=most).contains(&size) => size,
        _ => {
            let message = format!("digest_size must be between 1 and {most}");
            return Err(Error::text(Kind::ValueError, message));
        }
    };
    let key = limited(cx, &parameters.key, "key", most)?;
    let salt = limited(cx, &parameters.salt, "salt", most / 4)?;
    let person = limited(cx, &parameters.person, "person", most / 4)?;
    let mut blake = Blake {
        core: core(&salt, &person, key.len(), size),
        buffer: Buffer::<C>::default(),
        size,
    };
    // A key is the first block, filled up with zeros.
    if !key.is_empty() {
        let mut block = Block::<C>::default();
        for (byte, key) in block.iter_mut().zip(&key) {
            *byte = *key;
        }
        blake.update(&block);
    }
    Ok(Box::new(blake))
}

/// Bytes of a parameter that may be so long.
fn limited<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: &Value<'vm>,
    name: &str,
    most: usize,
) -> Result<Vec<u8>, Error> {
    let bytes = cx.bytes(value, |bytes| match bytes.len() <= most {
        true => Some(bytes.to_vec()),
        false => None,
    })?;
    bytes.ok_or_else(|| {
        let message = format!("{name} must be at most {most} bytes long");
        Error::text(Kind::ValueError, message)
    })
}

impl<C: VariableOutputCore + Clone + 'static> Running for Blake<C> {
    fn update(&mut self, data: &[u8]) {
        let Blake { core, buffer, .. } = self;
        buffer.digest_blocks(data, |blocks| core.update_blocks(blocks));
    }

    fn digest(&self, _: usize) -> Result<Vec<u8>, Error> {
        let (mut core, mut buffer) = (self.core.clone(), self.buffer.clone());
        let mut digest = Output::<C>::default();
        core.finalize_variable_core(&mut buffer, &mut digest);
        Ok(digest.iter().copied().take(self.size).collect())
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(Blake {
            core: self.core.clone(),
            buffer: self.buffer.clone(),
            size: self.size,
        })
    }

    fn digest_size(&self) -> usize {
        self.size
    }

    fn block_size(&self) -> usize {
        C::block_size()
    }
}
