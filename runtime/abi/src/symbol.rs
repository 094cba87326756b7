//! The exported symbol of a declaration.
//!
//! A symbol carries everything that must agree between the crate that defines
//! it and the table that refers to it. Two crates that disagree about one part
//! ask for different symbols, and the linker names the missing one.
//!
//! ```text
//! enroll1__0__my_dcrate__1_o2_o0__os_opath          a module
//! enroll1x__0__extra__0_o1_o0__os__OS_EXTRA          an extension of `os`
//! └ ABI    └ salt └ package └ version └ module └ static
//! ```
//!
//! Only letters, digits and `_` appear, since `::` and `@` break the version
//! scripts of a `cdylib`. The parts are separated by `__`, which no escape can
//! produce, so the mapping is injective and can be read backwards.

use crate::ABI;
use core::fmt::{self, Write};

/// What kind of declaration a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Declared<'a> {
    /// `register_module!`.
    Module,
    /// `extend_module!`, with the name of its static: one crate may extend one
    /// module more than once.
    Extension(&'a str),
}

/// The parts of a symbol; its `Display` is the symbol.
///
/// ```
/// use enroll_abi::symbol::{Declared, Symbol};
///
/// let symbol = Symbol {
///     salt: 0,
///     package: "my-crate",
///     version: "1.2.0",
///     module: "os.path",
///     declared: Declared::Module,
///     test: false,
/// };
/// assert_eq!(symbol.to_string(), "enroll1__0__my_dcrate__1_o2_o0__os_opath");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol<'a> {
    /// The salt both sides hash names with.
    pub salt: u32,
    /// The Cargo package that declares.
    pub package: &'a str,
    /// Its version: two versions of one crate are two modules.
    pub version: &'a str,
    /// The module's registered name.
    pub module: &'a str,
    /// Module or extension.
    pub declared: Declared<'a>,
    /// Whether this is the copy that `cargo test` compiles with `cfg(test)`:
    /// it may be linked beside the ordinary one.
    pub test: bool,
}

impl fmt::Display for Symbol<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.declared {
            Declared::Module => "",
            Declared::Extension(_) => "x",
        };
        write!(f, "{PREFIX}{ABI}{kind}__{}__", self.salt)?;
        escape(f, self.package)?;
        f.write_str("__")?;
        escape(f, self.version)?;
        f.write_str("__")?;
        escape(f, self.module)?;
        if let Declared::Extension(name) = self.declared {
            f.write_str("__")?;
            escape(f, name)?;
        }
        if self.test {
            f.write_str("__test")?;
        }
        Ok(())
    }
}

/// How every symbol of every ABI begins.
pub const PREFIX: &str = "enroll";

/// Whether a symbol found in an object is a declaration of this ABI.
///
/// Mach-O puts one `_` before every symbol; it is accepted.
pub fn is_symbol(symbol: &str) -> bool {
    let symbol = symbol.strip_prefix('_').unwrap_or(symbol);
    symbol
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split_once("__"))
        .is_some_and(|(head, rest)| {
            let digits = head.strip_suffix('x').unwrap_or(head);
            !digits.is_empty()
                && digits.bytes().all(|b| b.is_ascii_digit())
                && rest.split("__").count() >= 4
        })
}

/// Whether a symbol is that of a copy for `cargo test`.
///
/// Parts are counted: an extension's static may well be called `test`.
pub fn is_test(symbol: &str) -> bool {
    let parts = symbol.split("__").count();
    let extension = symbol
        .split("__")
        .next()
        .is_some_and(|head| head.ends_with('x'));
    is_symbol(symbol) && parts == if extension { 7 } else { 6 }
}

/// Writes one part so that only letters, digits and `_` remain and `__` never
/// appears.
fn escape(f: &mut fmt::Formatter<'_>, part: &str) -> fmt::Result {
    for byte in part.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => f.write_char(byte as char)?,
            b'_' => f.write_str("_u")?,
            b'-' => f.write_str("_d")?,
            b'.' => f.write_str("_o")?,
            b'+' => f.write_str("_p")?,
            _ => write!(f, "_x{byte:02x}")?,
        }
    }
    Ok(())
}

/// The package, version and module that a symbol names, unescaped, for
/// messages; `None` where it is no symbol of ours.
///
/// The parts are written to `out` in the form `package version module`.
pub fn describe(symbol: &str, out: &mut dyn Write) -> Option<fmt::Result> {
    if !is_symbol(symbol) {
        return None;
    }
    let mut parts = symbol.split("__").skip(2);
    let mut write = || {
        for (n, part) in parts.by_ref().take(3).enumerate() {
            if n > 0 {
                out.write_char(' ')?;
            }
            unescape(part, out)?;
        }
        Ok(())
    };
    Some(write())
}

fn unescape(part: &str, out: &mut dyn Write) -> fmt::Result {
    let mut pending = [0u8; 4];
    let mut held = 0;
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        let byte = match c {
            '_' => match chars.next() {
                Some('u') => b'_',
                Some('d') => b'-',
                Some('o') => b'.',
                Some('p') => b'+',
                Some('x') => {
                    let mut digit = || chars.next().and_then(|c| c.to_digit(16)).unwrap_or(0);
                    let high = digit();
                    (high * 16 + digit()) as u8
                }
                _ => continue,
            },
            c => c as u8,
        };
        // Escaped bytes come one by one; a character is written when whole.
        if held == pending.len() {
            held = 0;
        }
        pending[held] = byte;
        held += 1;
        if let Ok(text) = core::str::from_utf8(&pending[..held]) {
            out.write_str(text)?;
            held = 0;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::string::{String, ToString};

    fn symbol<'a>(package: &'a str, version: &'a str, module: &'a str) -> Symbol<'a> {
        Symbol {
            salt: 7,
            package,
            version,
            module,
            declared: Declared::Module,
            test: false,
        }
    }

    /// Parts that an unescaped mapping would confuse.
    const PARTS: &[&str] = &[
        "a", "a.b", "a_b", "a-b", "a_dot_b", "a__b", "a_", "_a", "_", "__", "a_o", "ä", "a+b", "x",
    ];

    #[test]
    fn c09_different_declarations_have_different_symbols() {
        let mut seen = std::collections::BTreeMap::new();
        for package in PARTS {
            for version in ["1.0.0", "1.0.0-rc.1", "1.0.0+x"] {
                for module in PARTS {
                    for declared in [
                        Declared::Module,
                        Declared::Extension("A"),
                        Declared::Extension("A_B"),
                    ] {
                        for test in [false, true] {
                            let parts = Symbol {
                                declared,
                                test,
                                ..symbol(package, version, module)
                            };
                            if let Some(other) = seen.insert(parts.to_string(), parts) {
                                panic!("{parts:?} and {other:?} share a symbol");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn c09_a_test_copy_is_told_by_the_number_of_parts() {
        for declared in [Declared::Module, Declared::Extension("test")] {
            for test in [false, true] {
                let parts = Symbol {
                    declared,
                    test,
                    ..symbol("x", "1.0.0", "test")
                };
                assert_eq!(is_test(&parts.to_string()), test, "{parts}");
            }
        }
    }

    #[test]
    fn c09_symbols_hold_letters_digits_and_underscores_only() {
        for part in PARTS {
            let text = symbol(part, "1.0.0+b-x", part).to_string();
            assert!(
                text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
                "{text}"
            );
            assert!(is_symbol(&text), "{text}");
        }
        for other in ["enroll", "enroll1", "enrollment__0__a__b__c", "main", ""] {
            assert!(!is_symbol(other), "{other}");
        }
    }

    #[test]
    fn a_symbol_can_be_read_backwards() {
        for part in PARTS {
            let mut out = String::new();
            let text = symbol(part, "1.0.0", part).to_string();
            describe(&text, &mut out).unwrap().unwrap();
            assert_eq!(out, std::format!("{part} 1.0.0 {part}"));
        }
    }
}
