//! Whose a symbol is, by its name.

use enroll_abi::symbol::{describe, is_symbol};
use rustc_demangle::try_demangle;

/// What a symbol's name tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A declaration of this package.
    Declaration(String),
    /// A path of Rust: the crates in it in their order, and all of it.
    Path { crates: Vec<String>, path: String },
    /// A constant without a name. LLVM numbers those of each compilation unit
    /// and puts a hash of the unit before the number.
    Anonymous(String),
    /// A name that is not mangled.
    Plain,
}

/// What LLVM puts before a function's name for a table that it makes of a
/// `match` in it.
const SWITCH: &str = "switch.table.";

/// The length of a hash in hexadecimal digits: it is an MD5.
pub(super) const HASH: usize = 32;

impl Owner {
    pub(super) fn of(symbol: &str) -> Owner {
        // ELF's mark of a local symbol.
        let symbol = symbol.strip_prefix(".L").unwrap_or(symbol);
        if let Some(hash) = anonymous(symbol) {
            return Owner::Anonymous(hash.to_owned());
        }
        if is_symbol(symbol) {
            let mut text = String::new();
            let _ = describe(symbol, &mut text);
            let package = text.split(' ').next().unwrap_or_default();
            return Owner::Declaration(package.to_owned());
        }
        match try_demangle(symbol.strip_prefix(SWITCH).unwrap_or(symbol)) {
            Ok(demangled) => {
                let path = format!("{demangled:#}");
                Owner::Path {
                    crates: crates(&path),
                    path,
                }
            }
            Err(_) => Owner::Plain,
        }
    }
}

/// The hash in `anon.<hash>.<number>`.
fn anonymous(symbol: &str) -> Option<&str> {
    let (hash, number) = symbol.strip_prefix("anon.")?.split_once('.')?;
    let is_hash = hash.len() == HASH && hash.bytes().all(|b| b.is_ascii_hexdigit());
    (is_hash && number.starts_with(|first: char| first.is_ascii_digit())).then_some(hash)
}

/// The crates that a demangled name mentions: the words that begin a path.
///
/// `<a::T as b::Trait<c::U>>::f` mentions `a`, `b` and `c` in this order.
fn crates(path: &str) -> Vec<String> {
    let is_word = |c: char| c == '_' || c.is_alphanumeric();
    let mut crates: Vec<String> = Vec::new();
    let mut end = 0;
    while let Some(start) = path[end..].find(is_word) {
        let start = end + start;
        let len = path[start..].find(|c| !is_word(c));
        end = len.map_or(path.len(), |len| start + len);
        let begins = !path[..start].ends_with("::") && path[end..].starts_with("::");
        let word = &path[start..end];
        if begins && !crates.iter().any(|known| known == word) {
            crates.push(word.to_owned());
        }
    }
    crates
}

#[cfg(test)]
mod tests {
    use super::Owner;

    fn crates(symbol: &str) -> Vec<String> {
        match Owner::of(symbol) {
            Owner::Path { crates, .. } => crates,
            other => panic!("{symbol}: {other:?}"),
        }
    }

    #[test]
    fn a_path_begins_with_a_crate_in_both_manglings() {
        for (symbol, expected) in [
            // random_module::randrange
            (
                "_ZN13random_module9randrange17h450856656dd4b6c6E",
                &["random_module"][..],
            ),
            // <enroll::host::Cx<enroll_portable::host::Portable> as
            //  enroll_portable::operate::Operate>::item
            (
                "_ZN109_$LT$enroll..host..Cx$LT$enroll_portable..host..Portable$GT$$u20$as$u20$\
                 enroll_portable..operate..Operate$GT$4item17h81b0b8d45df3ab78E",
                &["enroll", "enroll_portable"],
            ),
            // <core::option::Option<T> as ...>::fmt, numbered by the linker.
            (
                "_ZN70_$LT$enroll_portable..value..Value$u20$as$u20$core..cmp..PartialEq$GT$2eq\
                 17hc2db2865b6d999e2E.271",
                &["enroll_portable", "core"],
            ),
            // enroll::builtins::attribute::<impl enroll::builtins::Builtins<H>>::load
            (
                "_ZN6enroll8builtins9attribute53_$LT$impl$u20$enroll..builtins..Builtins$LT$H$GT$\
                 $GT$4load17h479b315cf6d2b73aE",
                &["enroll"],
            ),
            // core::fmt::float::float_to_decimal_common_exact::<f64>
            (
                "_RINvNtNtCs4aH8vhPor6H_4core3fmt5float29float_to_decimal_common_exactdEB6_",
                &["core"],
            ),
            // <&core::... as core::fmt::Debug>::fmt
            (
                "_RNvXs1g_NtCs4aH8vhPor6H_4core3fmtRyNtB6_5Debug3fmtB8_",
                &["core"],
            ),
            // <core::option::Option<foo::T>>::get
            (
                "_RNvMNtCs1_4core6optionINtB2_6OptionNtCs2_3foo1TE3getB2_",
                &["core", "foo"],
            ),
            // A table that was made from a function.
            (
                ".Lswitch.table._ZN15enroll_portable2vm2Vm5write17hc324034590f546e2E.380",
                &["enroll_portable"],
            ),
        ] {
            assert_eq!(crates(symbol), expected, "{symbol}");
        }
    }

    #[test]
    fn other_names_tell_a_package_a_unit_or_nothing() {
        for (symbol, owner) in [
            (
                "enroll1__0__errno_dmodule__0_o1_o0__errno",
                Owner::Declaration("errno-module".into()),
            ),
            (
                ".Lanon.2a79bbfdf396a48ba8f3794d81879edb.14",
                Owner::Anonymous("2a79bbfdf396a48ba8f3794d81879edb".into()),
            ),
            (
                "anon.2a79bbfdf396a48ba8f3794d81879edb.3.llvm.7",
                Owner::Anonymous("2a79bbfdf396a48ba8f3794d81879edb".into()),
            ),
            ("anon.short.1", Owner::Plain),
            ("__INTERRUPTS", Owner::Plain),
            ("memcpy", Owner::Plain),
        ] {
            assert_eq!(Owner::of(symbol), owner, "{symbol}");
        }
    }
}
