//! A module crate is tested without a firmware, and pays nothing for it in one.

use crate::workspace::Workspace;

const ENTRY: &str = "an_entry_that_stands_nowhere_else";

#[test]
fn c06_a_module_crate_is_tested_without_a_firmware() {
    let workspace = Workspace::of("lone", "test");
    let output = workspace.run("test -p lone");
    assert!(output.contains("test tests::by_name ... ok"), "{output}");
}

#[test]
fn c06_the_text_of_a_name_is_in_the_firmware_once() {
    let workspace = Workspace::of("lone", "text");
    let built = workspace.build("-p lone-firmware").succeeded();
    let count = |path: &std::path::Path| {
        let bytes = std::fs::read(path).unwrap();
        let windows = bytes.windows(ENTRY.len());
        windows.filter(|window| *window == ENTRY.as_bytes()).count()
    };
    assert_eq!(count(&built.executable("lone-firmware")), 1);
    let names = workspace.run("run -q -p lone-firmware");
    for name in [ENTRY, "lone", "delegated"] {
        assert!(names.lines().any(|line| line == name), "{name}:\n{names}");
    }
}
