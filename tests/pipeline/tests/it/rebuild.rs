//! What Cargo builds again when something has changed: all of it, and no more.

use crate::project::{Project, host, module};

/// `fw` depends on `mid`, which depends on `errno`, and on `random`.
fn project() -> Project {
    Project::new()
        .library("errno", "", &module("errno", "\"EPERM\" => 1"))
        .library("random", "", &module("random", "\"seed\" => 7"))
        .plain(
            "mid",
            "errno = { path = \"../errno\" }",
            "extern crate errno as _;\n",
        )
        .firmware("mid = { path = \"../mid\" }\nrandom = { path = \"../random\" }")
}

const BEFORE: &str = "errno: EPERM=1\nrandom: seed=7\n";

/// Builds `fw`; which packages Cargo compiled, whether the build script ran,
/// and what the firmware prints.
fn built(project: &Project) -> (Vec<String>, bool, String) {
    let before = project.script_time();
    let built = project.must_build(&["-p", "fw"]);
    let ran = project.script_time() != before;
    let compiled = built.compiled.iter().cloned().collect();
    (compiled, ran, built.run("fw"))
}

/// What a change leads to.
#[track_caller]
fn check(project: &Project, compiled: &[&str], ran: bool, printed: &str) {
    let (now, script, text) = built(project);
    assert_eq!((&*text, script), (printed, ran), "printed, script ran");
    assert_eq!(now, compiled, "compiled");
    let (again, script, text) = built(project);
    assert_eq!((&*text, script), (printed, false), "built once more");
    assert!(again.is_empty(), "{again:?} compiled once more");
}

#[test]
fn c21_nothing_is_built_again_when_nothing_changed_or_something_unrelated() {
    let project = project();
    assert_eq!(project.run(), BEFORE);
    check(&project, &[], false, BEFORE);
    project.write("errno/README.md", "# errno");
    project.write("errno/src/orphan.rs", &module("orphan", ""));
    project.write("errno/examples/show.rs", "fn main() {}");
    project.write("errno/tests/all.rs", "#[test] fn all() {}");
    check(&project, &[], false, BEFORE);
}

#[test]
fn c21_a_changed_body_runs_the_script_and_leaves_its_output_alone() {
    let project = project();
    assert_eq!(project.run(), BEFORE);
    let time = || {
        let file = project.out_dir().join("enroll_modules.rs");
        file.metadata().expect("metadata").modified().expect("time")
    };
    let before = time();
    project.edit("errno/src/lib.rs", "=> 1", "=> 10");
    let after = BEFORE.replace("=1", "=10");
    check(&project, &["errno", "fw", "mid"], true, &after);
    assert_eq!(before, time());
}

#[test]
fn c21_a_new_name_builds_its_crate_and_the_crates_above_it() {
    let project = project();
    assert_eq!(project.run(), BEFORE);
    project.edit("errno/src/lib.rs", "=> 1", "=> 1, \"ENOENT\" => 2");
    let after = BEFORE.replace("EPERM", "ENOENT=2 EPERM");
    check(&project, &["errno", "fw", "mid"], true, &after);
    project.write(
        "random/src/lib.rs",
        &(module("random", "\"seed\" => 7")
            + "pub fn name() -> enroll::Qstr { enroll::qstr!(\"new\") }"),
    );
    check(&project, &["fw", "random"], true, &after);
    assert!(project.generated().contains("new"));
}

#[test]
fn c21_a_registration_can_be_added_moved_and_removed() {
    let project = project();
    assert_eq!(project.run(), BEFORE);
    let compiled = &["errno", "fw", "mid"];
    // In a file that had none, and that was not read until now.
    let first = project.read("errno/src/lib.rs");
    project.write("errno/src/lib.rs", &format!("{first}mod more;\nmod rest;"));
    project.write("errno/src/more.rs", "");
    project.write("errno/src/rest.rs", "pub mod deep;");
    project.write("errno/src/rest/deep.rs", "");
    check(&project, compiled, true, BEFORE);
    project.write("errno/src/more.rs", &module("more", ""));
    let after = BEFORE.replace("random", "more:\nrandom");
    check(&project, compiled, true, &after);
    project.write("errno/src/more.rs", "");
    project.write("errno/src/rest/deep.rs", &module("more", ""));
    check(&project, compiled, true, &after);
    project.write("errno/src/lib.rs", &first);
    project.remove("errno/src/rest/deep.rs");
    check(&project, compiled, true, BEFORE);
}

#[test]
fn c21_a_file_that_appears_for_a_module_is_read() {
    let project = project();
    project.edit("errno/src/lib.rs", "enroll::", "pub mod later;\nenroll::");
    // rustc refuses it; the build script may have finished before.
    let told = project.command("build", &["-p", "fw", "--keep-going"]);
    let told = told.expect_err("a missing file");
    assert!(told.contains("E0583"), "{told}");
    project.write("errno/src/later.rs", &module("later", ""));
    let after = BEFORE.replace("random", "later:\nrandom");
    assert_eq!(project.run(), after);
    check(&project, &[], false, &after);
}

#[test]
fn c21_a_file_that_appears_below_an_inactive_module_is_read() {
    let project = project();
    // Whether the module is active is known to rustc alone, so its file may
    // be missing.
    project.edit(
        "errno/src/lib.rs",
        "enroll::",
        "#[cfg(not(debug_assertions))] mod release;\nenroll::",
    );
    assert_eq!(project.run(), BEFORE);
    project.write("errno/src/release.rs", &module("release", ""));
    let told = project.refused();
    assert!(
        told.contains("whether `release` is in the build depends on a cfg"),
        "{told}"
    );
}

#[test]
fn c21_a_dependency_can_be_added_to_and_removed_from_a_crate_in_between() {
    let project = project();
    project.write(
        "time/Cargo.toml",
        &project.read("errno/Cargo.toml").replace("errno", "time"),
    );
    project.write("time/src/lib.rs", &module("time", ""));
    assert_eq!(project.run(), BEFORE);
    let (manifest, root) = (
        project.read("mid/Cargo.toml"),
        project.read("mid/src/lib.rs"),
    );
    project.write(
        "mid/Cargo.toml",
        &format!("{manifest}time = {{ path = \"../time\" }}\n"),
    );
    project.write("mid/src/lib.rs", &format!("{root}extern crate time as _;"));
    let after = format!("{BEFORE}time:\n");
    check(&project, &["fw", "mid", "time"], true, &after);
    project.write("mid/Cargo.toml", &manifest);
    project.write("mid/src/lib.rs", &root);
    check(&project, &["fw", "mid"], true, BEFORE);
}

#[test]
fn c21_a_dependency_can_be_added_to_a_crate_that_had_nothing_to_do_with_modules() {
    // No source of `helper` is read before: it reaches no runtime.
    let project = project().plain("helper", "", "");
    project.edit(
        "mid/Cargo.toml",
        "[dependencies]",
        "[dependencies]\nhelper = { path = \"../helper\" }",
    );
    project.edit(
        "mid/src/lib.rs",
        "extern",
        "extern crate helper as _;\nextern",
    );
    project.write(
        "time/Cargo.toml",
        &project.read("errno/Cargo.toml").replace("errno", "time"),
    );
    project.write("time/src/lib.rs", &module("time", ""));
    assert_eq!(project.run(), BEFORE);
    let manifest = project.read("helper/Cargo.toml");
    project.write(
        "helper/Cargo.toml",
        &format!("{manifest}time = {{ path = \"../time\" }}\n"),
    );
    project.write("helper/src/lib.rs", "extern crate time as _;");
    let after = format!("{BEFORE}time:\n");
    check(&project, &["fw", "helper", "mid", "time"], true, &after);
}

#[test]
fn c21_a_new_version_of_a_module_crate_is_built() {
    let project = project();
    assert_eq!(project.run(), BEFORE);
    project.edit("errno/Cargo.toml", "1.0.0", "1.0.1");
    check(&project, &["errno", "fw", "mid"], true, BEFORE);
    assert!(project.generated().contains("__errno__1_o0_o1__errno"));
}

#[test]
fn c21_a_feature_of_a_crate_in_between_is_seen() {
    let project = project();
    project.edit(
        "errno/Cargo.toml",
        "[dependencies]",
        "[features]\nmore = []\n[dependencies]",
    );
    project.edit(
        "errno/src/lib.rs",
        "enroll::",
        &format!(
            "#[cfg(feature = \"more\")] mod more {{ {} }}\nenroll::",
            module("more", "")
        ),
    );
    assert_eq!(project.run(), BEFORE);
    project.edit("mid/Cargo.toml", "\" }", "\", features = [\"more\"] }");
    let after = BEFORE.replace("random", "more:\nrandom");
    check(&project, &["errno", "fw", "mid"], true, &after);
    project.edit("mid/Cargo.toml", "[\"more\"]", "[]");
    // Cargo has kept the crates without the feature.
    check(&project, &["fw"], true, BEFORE);
}

#[test]
fn c21_another_salt_builds_every_crate_with_a_name() {
    let mut project = project();
    assert_eq!(project.run(), BEFORE);
    project.env("ENROLL_QSTR_SALT", "5");
    let (compiled, ran, text) = built(&project);
    assert_eq!((&*text, ran), (BEFORE, true));
    for package in ["enroll", "errno", "fw", "random"] {
        assert!(
            compiled.iter().any(|known| known == package),
            "{compiled:?}"
        );
    }
    assert!(project.generated().contains("enroll1__5__errno"));
    check(&project, &[], false, BEFORE);
    // And from where it is best set.
    project.env("ENROLL_QSTR_SALT", "");
    project.write(
        ".cargo/config.toml",
        "[env]\nENROLL_QSTR_SALT = { value = \"6\", force = true }\n",
    );
    assert_eq!(project.run(), BEFORE);
    assert!(project.generated().contains("enroll1__6__errno"));
}

#[test]
fn c21_another_target_has_a_table_of_its_own() {
    let project = project();
    assert_eq!(project.run(), BEFORE);
    assert_eq!(project.run_with(&["--target", host()]), BEFORE);
    check(&project, &[], false, BEFORE);
    project.edit("errno/src/lib.rs", "=> 1", "=> 1, \"ENOENT\" => 2");
    let after = BEFORE.replace("EPERM", "ENOENT=2 EPERM");
    assert_eq!(project.run_with(&["--target", host()]), after);
    assert_eq!(project.run(), after);
}

#[test]
fn c21_a_library_that_appears_beside_the_binary_is_searched() {
    let project = Project::new().firmware("");
    assert_eq!(project.run(), "");
    project.write("fw/src/lib.rs", &module("own", "\"a\" => 1"));
    let told = project.refused();
    assert!(told.contains("write `fw::BUILTINS` here"), "{told}");
    project.edit(
        "fw/src/main.rs",
        "enroll::include_modules!();",
        "use fw::BUILTINS;",
    );
    project.edit(
        "fw/src/lib.rs",
        "enroll::reg",
        "enroll::include_modules!();\nenroll::reg",
    );
    assert_eq!(project.run(), "own: a=1\n");
}

#[test]
fn c21_a_file_that_only_a_wider_build_compiles_is_watched() {
    let project = Project::new()
        .library("gated", "", "#[cfg(feature = \"extra\")]\nmod extra;\n")
        .file("gated/src/extra.rs", "")
        .plain(
            "tool",
            "gated = { path = \"../gated\", features = [\"extra\"] }",
            "",
        )
        .firmware("gated = { path = \"../gated\" }");
    project.edit(
        "gated/Cargo.toml",
        "[dependencies]",
        "[features]\nextra = []\n[dependencies]",
    );
    assert_eq!(project.run(), "");
    let before = project.script_time();
    // Cargo compiles nothing but the firmware: the warning is all there is.
    project.write("gated/src/extra.rs", &module("late", ""));
    assert_eq!(project.run(), "");
    assert_ne!(project.script_time(), before);
}
