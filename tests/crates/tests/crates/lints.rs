//! An expansion is clean under the lints of a crate that denies all of them.

use crate::workspace::Workspace;

#[test]
fn expansions_give_no_warning_in_either_edition() {
    let checked = Workspace::of("strict", "rustc").run("check --workspace");
    assert!(!checked.contains("warning"), "{checked}");
}

#[test]
fn expansions_give_no_warning_to_clippy() {
    let workspace = Workspace::of("strict", "clippy");
    if !workspace.cargo("clippy --version").status.success() {
        eprintln!("cargo clippy is not installed: nothing was checked");
        return;
    }
    let checked = workspace.run("clippy --workspace");
    assert!(!checked.contains("warning"), "{checked}");
}
