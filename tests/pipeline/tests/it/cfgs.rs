//! What a `#[cfg]` decides, and who knows it.

use crate::project::{Project, host, module, printed};

/// A firmware with the crate `gated`, which has the feature `extra`.
fn gated(source: &str) -> Project {
    let project = Project::new()
        .library("gated", "", source)
        .firmware("gated = { path = \"../gated\" }");
    project.edit(
        "gated/Cargo.toml",
        "[dependencies]",
        "[features]\nextra = []\n[lints.rust]\nunexpected_cfgs = { level = \"allow\" }\n[dependencies]",
    );
    project
}

/// Adds a member whose dependency on `gated` switches the feature on.
fn with_tool(project: Project) -> Project {
    project.plain(
        "tool",
        "gated = { path = \"../gated\", features = [\"extra\"] }",
        "",
    )
}

/// What the firmware prints when all members are built at once.
#[track_caller]
fn run_workspace(project: &Project) -> String {
    let built = project.must_build(&["--workspace"]);
    if let Err(told) = project.verify(&["--workspace"]) {
        panic!("{told}");
    }
    built.run("fw")
}

#[test]
fn c10_rustc_alone_decides_a_cfg_inside_the_macro() {
    let source = "#![forbid(unsafe_code)]
        enroll::register_module! {
            #[cfg(feature = \"extra\")]
            static WHOLE: Module<vm::Vm> = \"whole\" { \"a\" => 1 }
        }
        enroll::register_module! {
            static PART: Module<vm::Vm> = \"part\" {
                \"always\" => 1,
                #[cfg(feature = \"extra\")] \"sometimes\" => 2,
                #[cfg(not(feature = \"extra\"))] \"otherwise\" => 3,
                #[cfg(set_by_nobody_we_know)] \"never\" => 4,
            }
        }
        enroll::extend_module! {
            #[cfg(feature = \"extra\")]
            static MORE: Extension<vm::Vm> = \"part\" { \"more\" => 5 }
        }";
    let project = with_tool(gated(source));
    project.edit(
        "fw/src/main.rs",
        "vm::show(&BUILTINS);",
        "vm::show(&BUILTINS);
         vm::find(&BUILTINS, \"whole\");
         for name in [\"a\", \"sometimes\", \"otherwise\", \"never\", \"more\"] {
             assert!(BUILTINS.pool().get(name).is_some(), \"{name}\");
         }",
    );
    let without = "part: always=1 otherwise=3\nwhole is not there\n";
    let with = "part: always=1 more=5 sometimes=2\nwhole: a=1\nwhole is whole\n";
    // One table for every way to select features; nobody told it of them.
    assert_eq!(project.run(), without);
    let table = project.generated();
    assert_eq!(project.run_with(&["--features", "gated/extra"]), with);
    assert_eq!(run_workspace(&project), with);
    assert_eq!(project.run(), without);
    assert_eq!(project.generated(), table);
    let warned = project
        .cargo()
        .args(["build", "--offline", "-p", "fw"])
        .output();
    let warned = warned.expect("Cargo runs");
    assert!(!String::from_utf8_lossy(&warned.stderr).contains("warning: fw"));
}

#[test]
fn c15_a_module_that_only_a_wider_build_compiles_is_a_warning_with_the_remedy() {
    let source = format!(
        "#[cfg(feature = \"extra\")]\nmod extra {{\n    {}}}\n",
        module("extra", "")
    );
    let project = with_tool(gated(&source));
    let output = project
        .cargo()
        .args(["build", "--offline", "-p", "fw"])
        .output();
    let output = output.expect("Cargo runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    for part in [
        "warning: fw@1.0.0: this registration is compiled with the whole workspace",
        "`gated` has the feature `extra` too",
        "it is not in the table",
        "gated/src/lib.rs:3:13",
        "move the cfg into the macro",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    // What the warning says is so.
    assert_eq!(project.run(), "");
    let told = project.verify(&["--workspace"]).expect_err("a silent miss");
    assert!(told.contains("gated 1.0.0 extra"), "{told}");
    // The remedy.
    project.write(
        "gated/src/lib.rs",
        "enroll::register_module! {
            #[cfg(feature = \"extra\")] static M: Module<vm::Vm> = \"extra\" {}
        }",
    );
    assert_eq!(run_workspace(&project), "extra:\n");
    assert_eq!(project.run(), "");
}

#[test]
fn c15_a_module_that_a_wider_build_leaves_out_is_an_error_with_the_remedy() {
    let source = format!(
        "#[cfg(not(feature = \"extra\"))]\nmod plain {{\n    {}}}\n",
        module("plain", "")
    );
    let project = gated(&source);
    assert_eq!(project.run(), "plain:\n");
    let check = |build: &str| {
        let told = project.refused();
        for part in [
            "error: this registration is compiled for the firmware alone, and not",
            build,
            "the table would refer to nothing",
            "$DIR/gated/src/lib.rs:3:13",
            "1 | #[cfg(not(feature = \"extra\"))]",
            "move the cfg into the macro, where rustc alone decides it",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
    };
    let manifest = project.read("fw/Cargo.toml");
    project.write(
        "fw/Cargo.toml",
        &format!("{manifest}[dev-dependencies]\ngated = {{ path = \"../gated\", features = [\"extra\"] }}\n"),
    );
    check("with the firmware's dev-dependencies (`cargo test`)");
    project.write("fw/Cargo.toml", &manifest);
    assert_eq!(project.run(), "plain:\n");
    let project = with_tool(project);
    let told = project.refused();
    assert!(told.contains("with the whole workspace"), "{told}");
    project.write(
        "gated/src/lib.rs",
        "enroll::register_module! {
            #[cfg(not(feature = \"extra\"))] static M: Module<vm::Vm> = \"plain\" {}
        }",
    );
    assert_eq!(run_workspace(&project), "");
    assert_eq!(project.run(), "plain:\n");
}

#[test]
fn c15_a_test_of_the_firmware_has_the_features_of_its_dev_dependencies() {
    let project = gated(
        "enroll::register_module! {
            #[cfg(feature = \"extra\")] static M: Module<vm::Vm> = \"extra\" {}
        }",
    );
    let manifest = project.read("fw/Cargo.toml");
    project.write(
        "fw/Cargo.toml",
        &format!("{manifest}[dev-dependencies]\ngated = {{ path = \"../gated\", features = [\"extra\"] }}\n"),
    );
    project.write(
        "fw/src/main.rs",
        &format!(
            "{}#[test] fn finds() {{ assert!(BUILTINS.find_text(\"extra\").is_some()); }}",
            project.read("fw/src/main.rs")
        ),
    );
    let output = project
        .cargo()
        .args(["test", "--offline", "-p", "fw"])
        .output();
    let text = printed(output.expect("Cargo runs"));
    assert!(text.contains("test finds ... ok"), "{text}");
    assert_eq!(project.run(), "");
}

#[test]
fn c18_a_cfg_of_a_dependencys_build_script_is_an_error_until_it_is_decided() {
    let source = format!(
        "#[cfg(fancy)]\nmod fancy {{\n    {}}}\n",
        module("fancy", "")
    );
    let project = gated(&source).file(
        "gated/build.rs",
        "fn main() { println!(\"cargo::rustc-cfg=fancy\"); }",
    );
    let told = project.refused();
    for part in [
        "error: whether `fancy` is in the build depends on a cfg that only the compiler of \
         `gated` knows",
        "$DIR/gated/src/lib.rs:3:13",
        "1 | #[cfg(fancy)]",
        "undecided",
        "move the cfg into register_module!, or decide it in build.rs: \
         .assume_cfg(\"gated\", \"fancy\", true)",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let script = project.read("fw/build.rs");
    project.edit(
        "fw/build.rs",
        ".run",
        ".assume_cfg(\"gated\", \"fancy\", true).run",
    );
    assert_eq!(project.run(), "fancy:\n");
    // A wrong decision does not go unnoticed either.
    project.edit("fw/build.rs", "true", "false");
    project.must_build(&["-p", "fw"]);
    let told = project.verify(&["-p", "fw"]).expect_err("a wrong decision");
    assert!(told.contains("gated 1.0.0 fancy"), "{told}");
    project.write("fw/build.rs", &script);
    project.write(
        "gated/src/lib.rs",
        "enroll::register_module! { #[cfg(fancy)] static M: Module<vm::Vm> = \"fancy\" {} }",
    );
    assert_eq!(project.run(), "fancy:\n");
}

#[test]
fn c18_the_targets_own_cfgs_are_known() {
    let source = format!(
        "#[cfg(all(unix, target_os = \"linux\"))] mod a {{ {} }}
         #[cfg(not(all(unix, target_os = \"linux\")))] mod b {{ {} }}
         #[cfg_attr(any(unix, windows), cfg(target_pointer_width = \"16\"))] mod c {{ {} }}",
        module("linux", ""),
        module("other", ""),
        module("small", ""),
    );
    let project = gated(&source);
    let expected = if cfg!(target_os = "linux") {
        "linux:\n"
    } else {
        "other:\n"
    };
    assert_eq!(project.run(), expected);
    assert_eq!(project.run_with(&["--target", host()]), expected);
}

#[test]
fn declarations_that_their_own_cfgs_part_do_not_meet() {
    let absent = "enroll::register_module! {
            #[cfg(windows)] static M: Module<vm::Vm> = \"net\" { \"a\" => 1 }
        }";
    let os = "enroll::register_module! { static OS: Module<vm::Vm> = \"os\" { \"sep\" => 1 } }
        enroll::register_module! {
            #[cfg(windows)] static REG: Module<vm::Vm> = \"registry\" { \"root\" => 1 }
        }
        enroll::extend_module! {
            #[cfg(not(windows))] static ONE: Extension<vm::Vm> = \"os\" { \"cpus\" => 1 }
        }
        enroll::extend_module! {
            #[cfg(windows)] static TWO: Extension<vm::Vm> = \"os\" { \"cpus\" => 2, \"sep\" => 3 }
        }
        enroll::extend_module! {
            static ROOT: Extension<vm::Vm> = \"registry\" { replace \"root\" => 2 }
        }";
    let project = Project::new()
        .library("one", "", absent)
        .library("two", "", absent)
        .library("os", "", os)
        .firmware(
            "one = { path = \"../one\" }\ntwo = { path = \"../two\" }\nos = { path = \"../os\" }",
        );
    assert_eq!(project.run(), "os: cpus=1 sep=1\n");
    // Without the cfgs the extensions do meet.
    let parted = project.read("os/src/lib.rs");
    project.write(
        "os/src/lib.rs",
        &parted.replace("#[cfg(windows)] static TWO", "static TWO"),
    );
    let told = project.refused();
    for part in [
        "error: `cpus` of `os` is given twice",
        "rename one of them: an extension replaces what the module has",
        "error: `sep` of `os` is given twice",
        "to replace the base's, write: replace \"sep\" => …",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    project.write("os/src/lib.rs", &parted);
    // In one crate both would export one symbol.
    project.write(
        "one/src/lib.rs",
        &format!("{absent}\n{}", absent.replace("windows", "not(windows)")),
    );
    let told = project.refused();
    for part in [
        "error: one crate declares the module `net` twice",
        "$DIR/one/src/lib.rs:5:61",
        "write one declaration, with #[cfg] on its entries and fields",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}
