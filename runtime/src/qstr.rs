//! An interned name: four bytes that compare as an integer.

use core::fmt;
use core::num::NonZeroU32;

use enroll_abi::{MAX_NAME, salt};

/// An interned name.
///
/// A name of the build has the same `Qstr` everywhere: it is the text's hash
/// under the build's salt, so crates that never heard of each other agree on
/// it, and it can be a constant and a pattern. [`qstr!`](crate::qstr!) writes
/// one; a [`Pool`](crate::Pool) leads from text to `Qstr` and back. It has no
/// `Display`, since its text lies in the pool alone.
///
/// Four bytes, as is `Option<Qstr>`. The order is that of the ids: stable, and
/// without a meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Qstr(NonZeroU32);

impl Qstr {
    /// No id is lower.
    #[cfg(feature = "alloc")]
    pub(crate) const FIRST: Qstr = Qstr(NonZeroU32::MIN);
    /// No id is higher.
    #[cfg(feature = "alloc")]
    pub(crate) const LAST: Qstr = Qstr(NonZeroU32::MAX);

    /// The name with this id, which [`raw`](Qstr::raw) gave; `None` for 0.
    ///
    /// Nothing is checked: an id that no name has gives a `Qstr` whose text
    /// nobody knows.
    #[inline]
    #[must_use]
    pub const fn from_raw(id: u32) -> Option<Qstr> {
        match NonZeroU32::new(id) {
            Some(id) => Some(Qstr(id)),
            None => None,
        }
    }

    /// The id, to embed into bytecode, say; never 0.
    #[inline]
    #[must_use]
    pub const fn raw(self) -> u32 {
        self.0.get()
    }

    /// The id that `text` has under `salt`, whether it is interned or not.
    #[inline]
    #[must_use]
    pub const fn of(text: &str, salt: u32) -> Qstr {
        match NonZeroU32::new(enroll_abi::hash::hash(text, salt)) {
            Some(id) => Qstr(id),
            // The hash is never 0.
            None => Qstr(NonZeroU32::MIN),
        }
    }
}

impl fmt::Debug for Qstr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Qstr({:#010x})", self.raw())
    }
}

/// The [`Qstr`] of a name, as a constant, in an expression or a pattern.
///
/// The name is a string literal of 1 to 1,024 bytes. The code generator reads
/// the literal from the source and puts its text into the firmware's pool; a
/// literal that another macro builds it cannot see.
///
/// ```
/// use enroll::{Qstr, qstr};
///
/// fn is_settable(name: Qstr) -> bool {
///     match name {
///         qstr!("ps1") | qstr!("ps2") | qstr!("path") => true,
///         _ => false,
///     }
/// }
/// assert!(is_settable(qstr!("ps2")) && !is_settable(qstr!("argv")));
/// ```
///
/// ```compile_fail
/// let name = enroll::qstr!(""); // a name must not be empty
/// ```
#[macro_export]
macro_rules! qstr {
    ($name:literal) => {
        $crate::__private::Q::<
            { $crate::__private::id($name, ::core::option_env!("ENROLL_QSTR_SALT")) },
        >::ID
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "qstr! takes one string literal, as in qstr!(\"argv\"): the build reads the name from the source"
        )
    };
}

/// Carries an id into the type system, which makes it a constant pattern.
#[doc(hidden)]
pub struct Q<const ID: u32>;

impl<const ID: u32> Q<ID> {
    /// The name with the id `ID`.
    pub const ID: Qstr = match Qstr::from_raw(ID) {
        Some(name) => name,
        None => panic!("no name has the id 0"),
    };
}

/// The id of a name in a constant, where a panic is a compile error.
///
/// It says what `enroll_syntax::check_name` says of the names in a declaration.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn id(name: &str, salt: Option<&str>) -> u32 {
    assert!(!name.is_empty(), "a name cannot be empty");
    assert!(
        name.len() <= MAX_NAME,
        "a name has at most 1024 bytes: shorten it, or keep it as a plain string"
    );
    assert!(
        !has_control(name.as_bytes()),
        "a name cannot hold a control character: no script could write it"
    );
    enroll_abi::hash::hash(name, build_salt(salt))
}

/// Whether a text holds a character for which `char::is_control` is true:
/// U+0000 to U+001F, U+007F to U+009F.
const fn has_control(text: &[u8]) -> bool {
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        let second = match tail {
            [second, ..] => *second,
            [] => 0,
        };
        if first.is_ascii_control() || (*first == 0xc2 && second < 0xa0) {
            return true;
        }
        rest = tail;
    }
    false
}

/// The salt in a constant, where a panic is a compile error.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn build_salt(value: Option<&str>) -> u32 {
    match salt::parse(value) {
        Ok(salt) => salt,
        Err(salt::Malformed) => panic!(
            "ENROLL_QSTR_SALT must be a decimal number from 0 to 4294967295; see [env] in .cargo/config.toml"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_those_of_char() {
        let mut text = [0; 4];
        for c in (0..0x3000).filter_map(char::from_u32) {
            let text = c.encode_utf8(&mut text);
            assert_eq!(has_control(text.as_bytes()), c.is_control(), "{c:?}");
        }
    }
}
