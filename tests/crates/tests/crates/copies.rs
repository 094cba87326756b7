//! One declaration, compiled more than once into one program.

use crate::symbols;
use crate::workspace::Workspace;

#[test]
fn c09_two_versions_of_a_crate_have_two_symbols() {
    let workspace = Workspace::of("copies", "versions");
    let found = ["1.0.0", "2.0.0"].map(|version| {
        let built = workspace.build(&format!("-p copied@{version}"));
        symbols::defined(&built.succeeded().rlib("copied"))
    });
    assert!(found[0].is_disjoint(&found[1]), "{found:?}");
    assert!(found.iter().all(|symbols| symbols.len() == 2), "{found:?}");
    assert_eq!(workspace.run("run -q -p both"), "side by side\n");
}

#[test]
fn c09_a_crate_and_its_test_copy_link_together() {
    let workspace = Workspace::of("copies", "test");
    let tested = workspace.run("test -p module");
    assert!(
        tested.contains("each_copy_has_its_own_table ... ok"),
        "{tested}"
    );
}
