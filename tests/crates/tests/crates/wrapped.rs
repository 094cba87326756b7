//! An interpreter's crate stands between a module crate and enroll.

use crate::workspace::Workspace;

#[test]
fn c24_module_crates_depend_on_the_interpreter_alone() {
    let tested = Workspace::of("wrapped", "alone").run("test -p clock --lib");
    let passed = "modules_of_an_interpreter_work_without_enroll ... ok";
    assert!(tested.contains(passed), "{tested}");
}

#[test]
fn c24_dependencies_may_be_renamed() {
    let tested = Workspace::of("wrapped", "renamed").run("test -p renamed --lib");
    let passed = "modules_work_under_a_renamed_dependency ... ok";
    assert!(tested.contains(passed), "{tested}");
}
