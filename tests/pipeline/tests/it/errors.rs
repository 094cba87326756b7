//! What a build says that fails.

use crate::expect::expect;
use crate::project::Project;

const FIRMWARE: &str = "errno = { path = \"../errno\" }\nos = { path = \"../os\" }";

fn errno() -> Project {
    Project::new()
        .library(
            "errno",
            "",
            "enroll::register_module! {
    /// Standard system error codes.
    pub static ERRNO: Module<vm::Vm> = \"errno\" {
        \"EPERM\" => 1,
        \"ENOENT\" => 2,
    }
}
",
        )
        .library("os", "", "")
        .firmware(FIRMWARE)
}

#[test]
fn every_mistake_is_shown_at_once_sorted_with_its_source_line() {
    let project = errno()
        .file(
            "os/src/lib.rs",
            r#"mod path;

enroll::register_module! {
    pub static OS: Module<vm::Vm> = "os" {
        "name" => 1,
        "getcwd" => 2
        "listdir" => 3,
    }
    clas: extensible,
}

enroll::extend_module! {
    static MORE: Extension<vm::Vm> = "erno" { "EBADF" => 9 }
}

enroll::extend_module! {
    static AGAIN: Extension<vm::Vm> = "errno" {
        "ENOENT" => 3,
        replace "EPREM" => 4,
    }
}
"#,
        )
        .file(
            "os/src/path.rs",
            r#"enroll::register_module! {
    static PATH: Module<vm::Vm> = "os.path" {}
}

enroll::register_module! {
    static OWN: Module<vm::Vm> = "own" {}
}

// Its entry is no mistake of its own: whose it adds to is not known.
enroll::extend_module! {
    static MORE_OWN: Extension<vm::Vm> = "own" { replace "version" => 2 }
}

#[cfg(debug_assertions)]
enroll::register_module! {
    static DEBUG: Module<vm::Vm> = "debug" {}
}

macro_rules! names {
    ($($name:literal)*) => { [$(enroll::qstr!($name)),*] };
}

pub fn separators() -> [enroll::Qstr; 2] {
    names!("sep" "altsep")
}
"#,
        )
        .file(
            "fw/src/main.rs",
            "enroll::include_modules!();

enroll::register_module! {
    static ERRNO: Module<vm::Vm> = \"errno\" {}
    aliases: [\"\"],
}

enroll::register_module! {
    static OWN: Module<vm::Vm> = \"own\" {}
}

fn main() {
    vm::show(&BUILTINS);
}
",
        )
        .file(
            "fw/build.rs",
            "fn main() {
    enroll_codegen::Builder::new(\"vm::Vm\")
        .names([\"ok\", \"\"])
        .names_of(\"erno\", [\"EPIPE\"])
        .assume_cfg(\"zlib\", \"fast\", true)
        .run();
}
",
        );
    expect("mistakes.txt", &project.refused());
}

#[test]
fn a_failed_build_leaves_the_last_good_output() {
    let project = errno();
    let good = project.run();
    let (rust, json) = (project.generated(), project.report());
    project.write(
        "os/src/lib.rs",
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"zlib\" {} }",
    );
    let told = project.refused();
    assert!(
        told.contains("`zlib` is extended, and no crate of this build registers it"),
        "{told}"
    );
    assert_eq!((project.generated(), project.report()), (rust, json));
    assert_eq!(
        project.files_out(),
        [
            "enroll_modules.rs",
            "enroll_plan.json",
            "enroll_script.json"
        ]
    );
    // The same mistake is told again, not taken for done.
    assert_eq!(project.refused(), told);
    project.write("os/src/lib.rs", "");
    assert_eq!(project.run(), good);
}

#[test]
fn a_module_that_is_extended_and_missing_is_named_with_near_names() {
    let project = errno().file(
        "os/src/lib.rs",
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"erno\" { \"x\" => 1 } }",
    );
    let told = project.refused();
    assert!(told.contains("did you mean `errno`?"), "{told}");
    project.edit("os/src/lib.rs", "1 } }", "1 } base: optional }");
    assert_eq!(
        project.run(),
        "errno: ENOENT=2 EPERM=1 __doc__=Standard system error codes.\n"
    );
    project.edit("os/src/lib.rs", "erno", "errno");
    assert_eq!(
        project.run(),
        "errno: ENOENT=2 EPERM=1 __doc__=Standard system error codes. x=1\n"
    );
}

#[test]
fn warnings_do_not_stop_a_build_and_are_shown() {
    let project = errno();
    project.edit(
        "errno/Cargo.toml",
        "[dependencies]",
        "[package.metadata.enroll]\nnmaes = []\n[dependencies]",
    );
    let output = project
        .cargo()
        .args(["build", "--offline", "-p", "fw"])
        .output();
    let output = output.expect("Cargo runs");
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("warning: fw@1.0.0: "), "{told}");
    assert!(told.contains("nmaes"), "{told}");
}
