//! Delegation over a fixed list of names: MicroPython's
//! `mp_module_generic_attr` with one slot a name.

use crate::{Access, Claim, Qstr};

/// Answers a load, store or delete for the `names` that have a slot.
///
/// A deleted or never stored slot reads as missing: the load is declined, and
/// so is deleting it again. A name without a slot is declined. Linear in the
/// number of names, of which a module has few.
///
/// ```
/// use enroll::{Access, Claim, delegation::slots, qstr};
///
/// let names = [qstr!("ps1"), qstr!("ps2")];
/// let mut storage = [Some(">>> "), None];
/// let ps2 = qstr!("ps2");
/// assert_eq!(slots(&names, &mut storage, ps2, Access::Load), Claim::Declined);
/// assert_eq!(slots(&names, &mut storage, ps2, Access::Store(&"... ")), Claim::Done);
/// assert_eq!(slots(&names, &mut storage, ps2, Access::Load), Claim::Value("... "));
/// assert_eq!(slots(&names, &mut storage, ps2, Access::Delete), Claim::Done);
/// assert_eq!(slots(&names, &mut storage, ps2, Access::Delete), Claim::Declined);
/// assert_eq!(slots(&names, &mut storage, qstr!("argv"), Access::Load), Claim::Declined);
/// ```
pub fn slots<V: Clone>(
    names: &[Qstr],
    storage: &mut [Option<V>],
    name: Qstr,
    access: Access<'_, V>,
) -> Claim<V> {
    let position = names.iter().position(|&known| known == name);
    let Some(slot) = position.and_then(|position| storage.get_mut(position)) else {
        return Claim::Declined;
    };
    match access {
        Access::Load => match slot {
            Some(value) => Claim::Value(value.clone()),
            None => Claim::Declined,
        },
        Access::Store(value) => {
            *slot = Some(value.clone());
            Claim::Done
        }
        Access::Delete => match slot.take() {
            Some(_) => Claim::Done,
            None => Claim::Declined,
        },
    }
}
