//! The one place with `unsafe`: from an exported symbol to a typed reference.

use crate::Host;
use crate::header::{ABSENT, Header, MAGIC, Why};
use crate::module::Body;
use enroll_abi::ABI;

/// The address of a [`Header`] that the linker fills in.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Symbol(*const Header);

// SAFETY: a header is immutable, and everything in it is `Sync`: plain words,
// function pointers, a shared reference to an `Info`, and `body`, which is only
// ever read as a `&Body<H>` (its values are `Sync` by the bound on `Host::Rom`).
unsafe impl Sync for Header {}
// SAFETY: as above; it can be sent because it is never written.
unsafe impl Send for Header {}
// SAFETY: a `Symbol` is an address of an immutable static.
unsafe impl Sync for Symbol {}
// SAFETY: as above.
unsafe impl Send for Symbol {}

impl Symbol {
    /// A symbol from a header in this crate's own reach.
    pub const fn of(header: &'static Header) -> Symbol {
        Symbol(header)
    }

    /// A symbol from an address that the linker fills in.
    ///
    /// # Safety
    ///
    /// The address is that of a `static` `Header`, or zero.
    #[doc(hidden)]
    pub const unsafe fn extern_static(address: *const Header) -> Symbol {
        Symbol(address)
    }

    /// The header, or why it cannot be used; `Ok(None)` where the declaration
    /// was removed by its own `#[cfg]`.
    #[inline]
    pub(crate) fn header(self, salt: u32) -> Result<Option<&'static Header>, Why> {
        let address = if cfg!(target_family = "wasm") {
            // The linker puts a missing static at zero there, which the
            // compiler assumes cannot be.
            core::hint::black_box(self.0)
        } else {
            self.0
        };
        if address.is_null() {
            return Err(Why::Missing);
        }
        // SAFETY: not null, so by the contract of `extern_static` (or by the
        // type of the argument of `of`) it is the address of a `Header` static.
        // Only the first word is read until it is known to be ours.
        let magic = unsafe { (&raw const (*address).magic).read() };
        if magic != MAGIC && magic != ABSENT {
            return Err(Why::Missing);
        }
        // SAFETY: as above; the second word is the same in every ABI.
        let abi = unsafe { (&raw const (*address).abi).read() };
        if abi != ABI {
            return Err(Why::Abi { found: abi });
        }
        // SAFETY: a header of this ABI, written by this crate's constructors.
        let header = unsafe { &*address };
        if header.salt != salt {
            return Err(Why::Salt { found: header.salt });
        }
        Ok((magic == MAGIC).then_some(header))
    }
}

impl Header {
    /// The declaration, if it is one for `H`.
    #[inline]
    pub(crate) fn body<H: Host>(&self) -> Option<&'static Body<H>> {
        if !self.is_for::<H>() || self.body.is_null() {
            return None;
        }
        // SAFETY: `body` is set by `Header::of::<G>` alone, from a
        // `&'static Body<G>`, together with `host = TypeId::of::<G>`. The
        // identities are equal, so `G` is `H`.
        Some(unsafe { &*self.body.cast::<Body<H>>() })
    }
}

/// Declares constants of type [`Symbol`] for exported statics. For generated
/// code.
///
/// The extern block stands in this macro and not in the generated file, so that
/// a firmware may `forbid(unsafe_code)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __symbols {
    ($($(#[$meta:meta])* $name:ident = $symbol:literal;)*) => {
        $($(#[$meta])* const $name: $crate::__private::Symbol = {
            unsafe extern "C" {
                #[link_name = $symbol]
                safe static HEADER: $crate::__private::Header;
            }
            // SAFETY: this macro is hidden, and the generated file calls it with
            // symbols of the plan alone. One that carries ABI, salt, package,
            // version and module is exported by `register_module!` and
            // `extend_module!` alone, as a `static` of this type.
            unsafe { $crate::__private::Symbol::extern_static(&raw const HEADER) }
        };)*
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c12_what_is_no_header_is_refused() {
        let foreign = Header {
            magic: 0,
            ..Header::absent(0)
        };
        let newer = Header {
            abi: ABI + 1,
            ..Header::absent(0)
        };
        let salted = Header::absent(5);
        let absent = Header::absent(0);
        // SAFETY: the headers outlive their use.
        let check = |header: &Header| unsafe { Symbol::extern_static(header) }.header(0);
        assert_eq!(check(&foreign).err(), Some(Why::Missing));
        assert_eq!(check(&newer).err(), Some(Why::Abi { found: ABI + 1 }));
        assert_eq!(check(&salted).err(), Some(Why::Salt { found: 5 }));
        assert!(matches!(check(&absent), Ok(None)));
        // SAFETY: zero is allowed.
        let zero = unsafe { Symbol::extern_static(core::ptr::null()) };
        assert_eq!(zero.header(0).err(), Some(Why::Missing));
    }
}
