//! How Cargo started the build script.

use super::{FILE, FORMAT};
use crate::error::Diagnostic;
use crate::graph::{Request, configured_environment};
use crate::settings::Settings;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Writes the record; what it says holds until Cargo runs the script again.
///
/// # Errors
///
/// [`Kind::Unwritable`](crate::error::Kind::Unwritable).
pub(crate) fn record(out: &Path, request: &Request, settings: &Settings) -> Result<(), Diagnostic> {
    let configured = configured_environment(request);
    let program = std::env::current_exe().ok();
    let folder = std::env::current_dir().ok();
    let text = format!(
        "{:#}\n",
        json!({
            "format": FORMAT,
            "program": program,
            "folder": folder,
            "environment": environment(&configured),
            "request": told(request),
            "settings": settings.json(),
        })
    );
    // Written anew each time: its age is that of Cargo's last run.
    crate::emit::replace(&out.join(FILE), text.as_bytes())
}

/// The request as data.
pub(super) fn told(request: &Request) -> Value {
    json!({
        "package": request.name,
        "version": request.version,
        "folder": request.manifest_dir,
        "target": request.target,
        "features": request.features,
        "bin": request.bin,
    })
}

/// What Cargo sets for a build script, and what its configuration files set
/// for all it starts. The rest is the user's, and is taken as it is whenever
/// the script is started again.
fn environment(configured: &BTreeSet<String>) -> Value {
    let mut all = Map::new();
    for (name, value) in std::env::vars_os() {
        let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else {
            continue;
        };
        if is_of_cargo(name) || configured.contains(name) {
            all.insert(name.to_owned(), json!(value));
        }
    }
    Value::Object(all)
}

/// Whether Cargo sets a variable for build scripts (The Cargo Book,
/// "Environment variables Cargo sets for build scripts"). Those by which a user
/// configures Cargo begin alike, and some of them are secret.
///
/// `CARGO_MAKEFLAGS` is left out: the pipes it names are gone when Cargo is.
/// With what rustup sets for Cargo, another Cargo knows the compiler again, and
/// need not ask it what it is.
pub(crate) fn is_of_cargo(name: &str) -> bool {
    const ALONE: &[&str] = &[
        "CARGO",
        "CARGO_ENCODED_RUSTFLAGS",
        "DEBUG",
        "HOST",
        "NUM_JOBS",
        "OPT_LEVEL",
        "OUT_DIR",
        "PROFILE",
        "RUSTC",
        "RUSTC_LINKER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_WRAPPER",
        "RUSTDOC",
        "RUSTUP_HOME",
        "RUSTUP_TOOLCHAIN",
        "TARGET",
    ];
    const BEGINNINGS: &[&str] = &[
        "CARGO_CFG_",
        "CARGO_FEATURE_",
        "CARGO_MANIFEST_",
        "CARGO_PKG_",
        "DEP_",
    ];
    ALONE.contains(&name) || BEGINNINGS.iter().any(|begin| name.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::is_of_cargo;

    #[test]
    fn what_a_user_configures_cargo_by_is_not_recorded() {
        for name in [
            "CARGO",
            "CARGO_PKG_NAME",
            "CARGO_CFG_UNIX",
            "TARGET",
            "DEP_Z_ROOT",
        ] {
            assert!(is_of_cargo(name), "{name}");
        }
        for name in [
            "CARGO_REGISTRY_TOKEN",
            "CARGO_REGISTRIES_OWN_TOKEN",
            "CARGO_HTTP_PROXY",
            "CARGO_HOME",
            "PATH",
            "RUST_LOG",
        ] {
            assert!(!is_of_cargo(name), "{name}");
        }
    }
}
