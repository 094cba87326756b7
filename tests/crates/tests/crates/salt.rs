//! `ENROLL_QSTR_SALT` in `[env]` of `.cargo/config.toml` moves every id.

use crate::symbols;
use crate::workspace::Workspace;
use enroll_abi::hash::hash;

const CONFIG: &str = ".cargo/config.toml";

fn salt(value: &str) -> String {
    format!("[env]\nENROLL_QSTR_SALT = \"{value}\"\n")
}

/// The program's line where every crate of it uses `salt`.
fn printed(salt: u32) -> String {
    let id = hash("EPERM", salt);
    format!("{id} {id} {id}\n")
}

#[test]
fn c01_a_salt_moves_ids_and_symbols_and_rebuilds_what_has_names() {
    let workspace = Workspace::alone("salted", "moved");
    for (config, number, compiled) in [
        ("", 0, None),
        ("# Nothing that matters.\n", 0, Some(&[][..])),
        (&salt("5"), 5, Some(&WITH_NAMES[..])),
        (&salt("5"), 5, Some(&[])),
        (&salt("4294967295"), u32::MAX, Some(&WITH_NAMES)),
        (&salt("0"), 0, Some(&WITH_NAMES)),
        ("", 0, Some(&WITH_NAMES)),
    ] {
        workspace.write(CONFIG, config);
        let built = workspace.build("").succeeded();
        if let Some(compiled) = compiled {
            assert_eq!(built.compiled(), compiled, "{config}");
        }
        let symbols = symbols::defined(&built.rlib("names"));
        assert!(
            symbols
                .iter()
                .eq([&symbols::of("names", "0.1.0", "errno", number)])
        );
        assert_eq!(workspace.run("run -q"), printed(number), "{config}");
    }
}

/// Not `plain`, nor the macros and what these depend on.
const WITH_NAMES: [&str; 4] = ["enroll", "firmware", "names", "ui"];

#[test]
fn c01_a_malformed_salt_is_shown_with_what_it_must_be() {
    let workspace = Workspace::of("salted", "malformed");
    for value in ["0x5", "4294967296", "-1", " 5"] {
        workspace.write(CONFIG, &salt(value));
        let built = workspace.build("");
        let message = "ENROLL_QSTR_SALT must be a decimal number from 0 to 4294967295";
        assert!(!built.success, "{value}");
        assert!(built.stderr.contains(message), "{value}: {}", built.stderr);
    }
}

#[test]
fn c01_a_crate_of_another_salt_does_not_link() {
    let workspace = Workspace::of("salted", "stale");
    workspace.write(CONFIG, &salt("5"));
    let main = |symbol: &str| {
        format!(
            "extern crate names as _;
             enroll::__symbols! {{ ERRNO = \"{symbol}\"; }}
             #[used]
             static TABLE: enroll::__private::Symbol = ERRNO;
             fn main() {{}}"
        )
    };
    let symbol = |salt| symbols::of("names", "0.1.0", "errno", salt);
    workspace.write("firmware/src/main.rs", &main(&symbol(5)));
    workspace.build("").succeeded();
    workspace.write("firmware/src/main.rs", &main(&symbol(6)));
    let built = workspace.build("");
    assert!(!built.success);
    assert!(built.stderr.contains(&symbol(6)), "{}", built.stderr);
}
