//! Text and bytes: borrowed, or shared behind a count.

#[cfg(feature = "alloc")]
use alloc::{rc::Rc, string::String, vec::Vec};
use core::fmt;
use core::ops::Deref;

macro_rules! shared_slice {
    ($(#[$doc:meta])* $name:ident, $slice:ty, $owned:ty) => {
        $(#[$doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name<'vm> {
            /// In read-only memory, or lent by the interpreter.
            Borrowed(&'vm $slice),
            /// Made at run time.
            #[cfg(feature = "alloc")]
            Shared(Rc<$slice>),
        }

        impl Deref for $name<'_> {
            type Target = $slice;

            #[inline]
            fn deref(&self) -> &$slice {
                match self {
                    $name::Borrowed(slice) => slice,
                    #[cfg(feature = "alloc")]
                    $name::Shared(slice) => slice,
                }
            }
        }

        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        impl Eq for $name<'_> {}

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&**self, f)
            }
        }

        impl<'vm> From<&'vm $slice> for $name<'vm> {
            fn from(slice: &'vm $slice) -> Self {
                $name::Borrowed(slice)
            }
        }

        #[cfg(feature = "alloc")]
        impl From<$owned> for $name<'_> {
            fn from(owned: $owned) -> Self {
                $name::Shared(owned.into())
            }
        }

        #[cfg(feature = "alloc")]
        impl $name<'_> {
            /// A copy that borrows nothing.
            pub fn copied(slice: &$slice) -> Self {
                $name::Shared(slice.into())
            }
        }
    };
}

shared_slice! {
    /// A text; it derefs to `str`.
    Str, str, String
}

shared_slice! {
    /// Bytes; it derefs to `[u8]`.
    Bytes, [u8], Vec<u8>
}

impl fmt::Display for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}
