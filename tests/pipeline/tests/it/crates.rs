//! Which crates count, and which copies of them.

use crate::project::{Project, module};

/// Two versions of `clock` in one build: `fw` uses the first, `mid` the second.
fn two_versions(first: &str, second: &str) -> Project {
    let project = Project::new();
    for (version, source) in [("1.0.0", first), ("2.0.0", second)] {
        project.write(
            &format!("outside/clock-{version}/Cargo.toml"),
            &format!(
                "[package]\nname = \"clock\"\nversion = {version:?}\nedition = \"2024\"\n\
                 [dependencies]\nenroll = {{ path = {0:?} }}\nvm = {{ path = {1:?} }}\n",
                Project::repository("runtime"),
                Project::repository("tests/pipeline/vm"),
            ),
        );
        project.write(&format!("outside/clock-{version}/src/lib.rs"), source);
    }
    project
        .plain(
            "mid",
            "clock = { path = \"../outside/clock-2.0.0\" }",
            "extern crate clock as _;\n",
        )
        .firmware("clock = { path = \"../outside/clock-1.0.0\" }\nmid = { path = \"../mid\" }")
}

#[test]
fn c09_two_versions_of_a_crate_that_register_one_name_are_an_error() {
    let source = module("clock", "\"now\" => 1");
    let project = two_versions(&source, &source);
    let told = project.refused();
    for part in [
        "error: the module `clock` is registered twice",
        "$DIR/outside/clock-2.0.0/src/lib.rs:1:55",
        "$DIR/outside/clock-1.0.0/src/lib.rs:1:55",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn c09_two_versions_of_a_crate_are_two_modules_under_two_names() {
    let project = two_versions(
        &module("clock", "\"now\" => 1"),
        &module("clock2", "\"now\" => 2"),
    );
    assert_eq!(project.run(), "clock: now=1\nclock2: now=2\n");
    // One static and one module name in both, extended by each.
    project.write(
        "outside/clock-1.0.0/src/lib.rs",
        &(module("clock", "")
            + "enroll::extend_module! { static X: Extension<vm::Vm> = \"clock\" { \"a\" => 1 } }"),
    );
    project.write(
        "outside/clock-2.0.0/src/lib.rs",
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"clock\" { \"b\" => 2 } }",
    );
    assert_eq!(project.run(), "clock: a=1 b=2\n");
}

#[test]
fn c09_a_version_that_only_a_build_script_uses_does_not_count() {
    let source = module("clock", "\"now\" => 1");
    let project = two_versions(&source, &source);
    project.edit("mid/Cargo.toml", "[dependencies]", "[build-dependencies]");
    project.write("mid/src/lib.rs", "");
    project.write("mid/build.rs", "extern crate clock as _; fn main() {}");
    assert_eq!(project.run(), "clock: now=1\n");
}

#[test]
fn c14_only_normal_dependencies_of_the_firmware_count() {
    let project = Project::new()
        .library("real", "", &module("real", ""))
        .library("script", "", &module("script", ""))
        .library("testing", "", &module("testing", ""))
        .library("unrelated", "", &module("unrelated", ""))
        .library("helped", "", &module("helped", ""))
        .library(
            "derive",
            "helped = { path = \"../helped\" }\n[lib]\nproc-macro = true",
            "extern crate helped as _;
             #[proc_macro]
             pub fn nothing(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
                 Default::default()
             }",
        )
        .firmware(
            "real = { path = \"../real\" }\nderive = { path = \"../derive\" }\n\
             [dev-dependencies]\ntesting = { path = \"../testing\" }",
        );
    project.edit(
        "fw/Cargo.toml",
        "[build-dependencies]",
        "[build-dependencies]\nscript = { path = \"../script\" }",
    );
    project.edit(
        "fw/build.rs",
        "fn main",
        "extern crate script as _;\nfn main",
    );
    project.edit("fw/src/main.rs", "fn main", "derive::nothing!();\nfn main");
    assert_eq!(project.run(), "real:\n");
}

#[test]
fn a_registration_in_another_target_of_the_firmware_is_an_error() {
    let project = Project::new().firmware("").file("fw/src/lib.rs", "");
    project.edit(
        "fw/src/main.rs",
        "enroll::include",
        &format!("{}enroll::include", module("stray", "")),
    );
    let told = project.refused();
    for part in [
        "error: register_module! stands in a target of `fw` that the table cannot refer to",
        "$DIR/fw/src/main.rs:1:9",
        "$DIR/fw/src/lib.rs",
        "move it into that crate",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    // Its library is the crate that counts, and the table stands there.
    project.edit("fw/src/main.rs", &module("stray", ""), "");
    project.write("fw/src/lib.rs", &module("own", ""));
    let told = project.refused();
    for part in [
        "error: include_modules! stands beside the crate of `fw` that registers modules",
        "$DIR/fw/src/main.rs:1:9",
        "write `fw::BUILTINS` here",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    project.edit(
        "fw/src/main.rs",
        "enroll::include_modules!();",
        "use fw::BUILTINS;",
    );
    project.write(
        "fw/src/lib.rs",
        &format!("enroll::include_modules!();\n{}", module("own", "")),
    );
    assert_eq!(project.run(), "own:\n");
    project.write(
        "fw/examples/show.rs",
        &format!("{}fn main() {{}}", module("stray", "")),
    );
    project.edit("fw/src/lib.rs", "enroll::include", "\nenroll::include");
    let told = project.refused();
    assert!(told.contains("$DIR/fw/examples/show.rs:1:9"), "{told}");
}
