//! Declarations in every place, in a crate that tolerates nothing.
#![no_std]
#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    keyword_idents,
    let_underscore,
    missing_docs,
    nonstandard_style,
    refining_impl_trait,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused,
    explicit_outlives_requirements,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::cargo,
    clippy::nursery,
    clippy::pedantic
)]
#![allow(
    clippy::cargo_common_metadata,
    clippy::unnecessary_wraps,
    reason = "of the manifest; of hooks, whose type is given"
)]

use enroll::{Access, Broken, Claim, Cx, Qstr, qstr};
use ui::Tiny;

enroll::register_module! {
    /// Everything a module can have.
    pub static ALL: Module<Tiny> = "all" {
        "one" => 1,
        #[cfg(any())]
        "never" => 2,
        #[cfg(all())]
        "always" => 3,
    }
    class: extensible,
    aliases: ["uall", "all_of_it"],
    requires: ["float"],
    init: start,
    #[cfg(all())]
    deinit: start,
    attr: delegate,
    getattr: missing,
    #[cfg(any())]
    dir: not_compiled,
}

enroll::register_module! {
    static PRIVATE: Module<Tiny> = "private" {}
}

enroll::register_module! {
    #[cfg(any())]
    static ABSENT: Module<Tiny> = "absent" {
        "one" => 1,
    }
}

enroll::extend_module! {
    /// Everything an extension can have.
    pub static EXTRA: Extension<Tiny> = "all" {
        replace "one" => 1,
        #[cfg(any())]
        replace "two" => 2,
        "three" => 3,
    }
    base: optional,
    requires: ["float"],
    init: start,
    deinit: start,
    attr: delegate,
    dir: names,
}

/// A module with a private one.
pub mod public {
    mod private {
        enroll::register_module! {
            static INNER: Module<ui::Tiny> = "inner" {}
        }

        enroll::register_module! {
            pub(crate) static SEEN: Module<ui::Tiny> = "seen" {}
        }

        enroll::extend_module! {
            pub(super) static MORE: Extension<ui::Tiny> = "inner" {}
        }
    }

    /// How many entries two of them have.
    #[must_use]
    pub fn count() -> usize {
        private::SEEN.iter().count() + private::MORE.iter().count()
    }
}

/// Declares in its body.
#[must_use]
pub fn body() -> Option<&'static i64> {
    enroll::register_module! {
        static BODY: Module<Tiny> = "body" {
            "one" => 1,
        }
    }
    BODY.get(qstr!("one"))
}

/// A trait whose method declares.
pub trait Declares {
    /// Declares.
    fn declare(&self) {
        enroll::register_module! {
            static METHOD: Module<Tiny> = "method" {}
        }
    }
}

const fn start(_: &mut Cx<'_, '_, Tiny>) -> Result<(), Broken> {
    Ok(())
}

const fn delegate(
    _: &mut Cx<'_, '_, Tiny>,
    name: Qstr,
    _: Access<'_, i64>,
) -> Result<Claim<i64>, Broken> {
    match name {
        qstr!("one") | qstr!("two") => Ok(Claim::Value(1)),
        _ => Ok(Claim::Declined),
    }
}

const fn missing(_: &mut Cx<'_, '_, Tiny>, _: Qstr) -> Result<Option<i64>, Broken> {
    Ok(None)
}

fn names(_: &mut Cx<'_, '_, Tiny>, each: &mut dyn FnMut(Qstr)) -> Result<(), Broken> {
    each(qstr!("two"));
    Ok(())
}
