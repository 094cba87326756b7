//! `hash(value)`: equal values have equal hashes.

use crate::operate::compare::is_exactly;
use crate::operate::depth::{LIMIT, too_deep};
use crate::operate::unsupported;
#[cfg(feature = "alloc")]
use crate::types::Slot;
use crate::{Error, Portable, Value};
use enroll::Cx;

pub(super) fn hash<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: &Value<'vm>) -> Result<u64, Error> {
    at(cx, value, LIMIT)
}

fn at<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: &Value<'vm>, depth: u8) -> Result<u64, Error> {
    let depth = depth.checked_sub(1).ok_or(too_deep())?;
    match value {
        Value::None => Ok(1),
        // A float that is an integer equals it.
        Value::Float(float) if !is_exactly(*float, *float as i64) => Ok(mix(float.to_bits())),
        Value::Float(float) => Ok(mix(*float as i64 as u64)),
        Value::Bool(_) | Value::Int(_) => Ok(mix(value.as_int().unwrap_or(0) as u64)),
        Value::Str(text) => Ok(bytes(text.as_bytes())),
        Value::Bytes(data) => Ok(bytes(data)),
        Value::Tuple(tuple) => {
            let mut hash = tuple.len() as u64;
            for item in tuple.iter() {
                hash = mix(hash.rotate_left(5) ^ at(cx, &item, depth)?);
            }
            Ok(hash)
        }
        #[cfg(feature = "alloc")]
        Value::Object(object) => {
            let mut equal = false;
            let slot = object.type_of().slot(|slot| match slot {
                Slot::Hash(function) => Some(*function),
                Slot::Equal(_) => {
                    equal = true;
                    None
                }
                _ => None,
            });
            match slot {
                Some(function) => function(cx, object),
                None if equal => Err(unsupported(value, "object is not hashable")),
                None => Ok(mix(object.identity() as u64)),
            }
        }
        _ => {
            let _ = cx;
            Err(unsupported(value, "object is not hashable"))
        }
    }
}

/// FNV-1a.
fn bytes(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// Spreads an integer over all bits (the finaliser of SplitMix64).
fn mix(mut word: u64) -> u64 {
    word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ word >> 31
}
