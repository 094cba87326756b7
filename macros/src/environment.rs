//! What Cargo tells a compiler run about its package.

use enroll_abi::salt;
use proc_macro2::Span;
use syn::{Error, Result};

/// What goes into a symbol beside the declaration.
pub(crate) struct Environment {
    pub(crate) package: String,
    pub(crate) version: String,
    pub(crate) salt: u32,
}

impl Environment {
    /// Reads the environment of this compiler run.
    ///
    /// That alone would go stale: Cargo does not know that a macro read a
    /// variable. The expansion also holds an `option_env!` of the salt, which
    /// rustc tells Cargo about; package and version are part of what Cargo
    /// compares anyway.
    pub(crate) fn of_rustc() -> Result<Environment> {
        let variable = |name: &str| {
            std::env::var(name).map_err(|_| {
                Error::new(
                    Span::call_site(),
                    format!(
                        "{name} is not set: it names the symbol of this declaration; \
                         compile with Cargo, or set it as Cargo does"
                    ),
                )
            })
        };
        let value = std::env::var(salt::VARIABLE).ok();
        Ok(Environment {
            package: variable("CARGO_PKG_NAME")?,
            version: variable("CARGO_PKG_VERSION")?,
            salt: salt::parse(value.as_deref()).map_err(|error| {
                let found = value.unwrap_or_default();
                Error::new(Span::call_site(), format!("{error}, not `{found}`"))
            })?,
        })
    }
}
