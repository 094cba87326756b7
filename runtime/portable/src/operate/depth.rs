//! How deep values may hold values while they are written or compared.

#[cfg(feature = "alloc")]
use crate::Portable;
use crate::{Error, Kind};
#[cfg(feature = "alloc")]
use enroll::Cx;

/// A list, or an object, may hold itself: what is deeper is written as `...`,
/// and is an error in a comparison.
pub(super) const LIMIT: u8 = 64;

/// Runs a type's slot one level deeper, where the interpreter counts; `None`
/// where that is too deep.
#[cfg(feature = "alloc")]
pub(super) fn nested<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
) -> Option<R> {
    if let Some(depth) = cx.host().depth() {
        *depth = depth.checked_add(1).filter(|depth| *depth < LIMIT)?;
    }
    let result = run(cx);
    if let Some(depth) = cx.host().depth() {
        *depth = depth.saturating_sub(1);
    }
    Some(result)
}

#[cold]
pub(super) fn too_deep() -> Error {
    Error::new(
        Kind::RuntimeError,
        "values hold each other too deeply to compare",
    )
}
