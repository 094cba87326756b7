//! Folders of sources at the edges: what the scanner has to see in them, and
//! what it must not take for a mistake.

use crate::project::{Project, module};

/// A firmware, and `outside/user`, which `USER_MODULES` names.
fn project(files: &[(&str, &str)]) -> Project {
    let mut project = Project::new().firmware("");
    for (path, text) in files {
        project.write(&format!("outside/user/{path}"), text);
    }
    project.env("USER_MODULES", "outside/user");
    project
}

#[test]
fn a_macro_may_have_another_name_in_a_folder() {
    let project = project(&[
        (
            "renamed/mod.rs",
            "use enroll::register_module as reg;\n\
             reg! { static M: Module<vm::Vm> = \"renamed\" { \"a\" => 1 } }\n",
        ),
        // The name is the firmware's.
        (
            "borrowed/mod.rs",
            "use crate::table::declare;\n\
             declare! { static M: Module<vm::Vm> = \"borrowed\" { \"b\" => 2 } }\n",
        ),
        // Of the module above, which is the one with the table.
        (
            "nested/mod.rs",
            "super::declare! { static M: Module<vm::Vm> = \"nested\" { \"c\" => 3 } }\n",
        ),
    ]);
    project.write(
        "fw/src/main.rs",
        "mod table {\n    pub(crate) use enroll::register_module as declare;\n    \
         enroll::include_modules!();\n}\nfn main() { vm::show(&table::BUILTINS); }\n",
    );
    assert_eq!(project.run(), "borrowed: b=2\nnested: c=3\nrenamed: a=1\n");
}

#[test]
fn a_file_that_is_missing_below_a_file_without_declarations_is_told() {
    let project = project(&[
        (
            "weather/mod.rs",
            &format!("mod units;\n{}", module("weather", "")),
        ),
        (
            "weather/units.rs",
            "pub mod metric;\n#[cfg(windows)] mod imperial;\n",
        ),
    ]);
    let told = project.refused();
    assert!(
        told.contains("a file of the user module `weather` is missing")
            && told.contains("$DIR/outside/user/weather/units.rs:1:9")
            && told.contains("add `units/metric.rs` or `units/metric/mod.rs`")
            && !told.contains("imperial"),
        "{told}"
    );
}

#[test]
fn a_module_of_the_firmware_is_not_compiled_twice() {
    let mut project = Project::new()
        .firmware("")
        .file("fw/src/weather/mod.rs", &module("weather", "\"a\" => 1"));
    project.edit("fw/src/main.rs", "fn main", "mod weather;\nfn main");
    project.env("USER_MODULES", "fw/src");
    let told = project.refused();
    assert!(
        told.contains("the user module `weather` is a module of the firmware already")
            && told.contains("$DIR/fw/src/weather/mod.rs"),
        "{told}"
    );
}

#[test]
fn c18_the_firmwares_features_decide_in_a_folder() {
    let project = project(&[(
        "weather/lib.rs",
        &format!(
            "#[cfg(feature = \"wind\")] mod wind;\n{}",
            module("weather", "")
        ),
    )]);
    project.write("outside/user/weather/wind.rs", &module("wind", ""));
    project.edit(
        "fw/Cargo.toml",
        "[dependencies]",
        "[features]\nwind = []\n[dependencies]",
    );
    assert_eq!(project.run(), "weather:\n");
    assert_eq!(
        project.run_with(&["--features", "wind"]),
        "weather:\nwind:\n"
    );
}

/// What looks like a crate that the firmware lacks, and is none.
#[test]
fn what_is_no_missing_crate_is_let_pass() {
    let project = project(&[
        (
            "uses/mod.rs",
            &format!(
                "mod helper;\nmod inner;\nmod made;\n{}\
                 use bsp::LED;\nuse aliased::THREE;\nuse rooted::LED as THIRD;\n\
                 pub const ALL: i64 = LED + THREE + THIRD + inner::X + made::Y;\n\
                 #[cfg(test)] mod tests {{ use checker::*; #[test] fn f() {{ check(); }} }}\n",
                module("uses", "\"all\" => ALL")
            ),
        ),
        ("uses/helper.rs", "pub const X: i64 = 1;\n"),
        // By a glob, from the module above.
        (
            "uses/inner.rs",
            "use super::*;\nuse helper::X as H;\npub const X: i64 = H;\n",
        ),
        // By a macro.
        (
            "uses/made.rs",
            "macro_rules! make { ($n:ident) => { mod $n { pub const Y: i64 = 5; } } }\n\
             make!(made_up);\nuse made_up::Y as Z;\npub const Y: i64 = Z;\n",
        ),
    ]);
    project.write(
        "board-support/Cargo.toml",
        "[package]\nname = \"board-support\"\nversion = \"1.0.0\"\nedition = \"2024\"\n[lib]\nname = \"bsp\"\n",
    );
    project.write("board-support/src/lib.rs", "pub const LED: i64 = 7;\n");
    project.write(
        "checker/Cargo.toml",
        "[package]\nname = \"checker\"\nversion = \"1.0.0\"\nedition = \"2024\"\n",
    );
    project.write("checker/src/lib.rs", "pub fn check() {}\n");
    let project = project.plain("plain", "", "pub const THREE: i64 = 3;");
    project.edit(
        "fw/Cargo.toml",
        "[dependencies]",
        "[dev-dependencies]\nchecker = { path = \"../checker\" }\n[dependencies]\n\
         board-support = { path = \"../board-support\" }\n\
         aliased = { package = \"plain\", path = \"../plain\" }",
    );
    project.edit(
        "fw/src/main.rs",
        "fn main",
        "extern crate bsp as rooted;\nfn main",
    );
    assert_eq!(project.run(), "uses: all=23\n");
    let tested = project.command("test", &["-p", "fw"]);
    assert!(tested.is_ok(), "{tested:?}");
}

#[test]
fn a_folder_has_the_name_of_a_dependency_unless_the_firmware_uses_it() {
    let project = project(&[("quiet/mod.rs", &module("quiet", "\"a\" => quiet::A"))]).plain(
        "quiet",
        "",
        "pub const A: i64 = 3;",
    );
    project.edit(
        "fw/Cargo.toml",
        "[dependencies]",
        "[dependencies]\nquiet = { path = \"../quiet\" }",
    );
    // In the folder the name means the crate.
    assert_eq!(project.run(), "quiet: a=3\n");
    let before = project.read("fw/src/main.rs");
    project.write("fw/src/main.rs", &format!("use quiet::A as _;\n{before}"));
    let told = project.refused();
    assert!(
        told.contains("the user module `quiet` has the name of a crate that `fw` uses")
            && told.contains("$DIR/fw/src/main.rs:2:9")
            && told.contains("$DIR/outside/user/quiet/mod.rs"),
        "{told}"
    );
}

#[test]
fn a_name_beside_the_table_is_told_wherever_the_table_is() {
    let project = project(&[
        ("weather/mod.rs", &module("weather", "")),
        ("tide/mod.rs", &module("tide", "")),
        ("other/mod.rs", &module("other", "\"a\" => 1")),
    ]);
    project.write(
        "fw/src/main.rs",
        "mod table {\n    use super::tide;\n    enroll::include_modules!();\n    \
         mod weather {}\n    #[cfg(windows)] mod other {}\n}\nmod tide {}\nmod other {}\n\
         fn main() { vm::show(&table::BUILTINS); }\n",
    );
    let told = project.refused();
    for expected in [
        "`fw` has something of the user module's name `weather`",
        "$DIR/fw/src/main.rs:4:9",
        "`fw` has something of the user module's name `tide`",
        "$DIR/fw/src/main.rs:2:16",
    ] {
        assert!(told.contains(expected), "{expected:?} is not in\n{told}");
    }
    assert!(!told.contains("`other`"), "{told}");
}

#[test]
#[cfg(unix)]
fn folders_are_followed_through_links() {
    use std::os::unix::fs::symlink;
    let project = project(&[("README.md", "")]);
    project.write(
        "outside/far/weather/mod.rs",
        &format!("mod wind;\n{}", module("weather", "\"a\" => 1")),
    );
    project.write("outside/far/weather/wind.rs", "");
    let link = project.dir.join("outside/user/weather");
    symlink("../far/weather", &link).unwrap();
    assert_eq!(project.run(), "weather: a=1\n");
    project.edit("outside/far/weather/mod.rs", "=> 1", "=> 2");
    assert_eq!(project.run(), "weather: a=2\n");
    std::fs::remove_file(&link).unwrap();
    symlink("../gone", &link).unwrap();
    let told = project.refused();
    assert!(
        told.contains("`weather` beside the user modules is a link to nothing"),
        "{told}"
    );
}

#[test]
fn a_parent_that_cannot_be_one_is_refused() {
    let mut project = project(&[("weather/mod.rs", &module("weather", ""))]);
    project.write("outside/beside/single.rs", "");
    project.write("outside/beside/gen/mod.rs", &module("gen", ""));
    project.write("outside/file", "");
    for (named, expected) in [
        ("fw", "names `fw`, which is the folder of a package"),
        ("target", "which holds the folder that this build writes to"),
        ("outside/file", "names `outside/file`, which is no folder"),
        (
            "outside/user/weather/",
            "names `outside/user/weather/`, which is a module itself",
        ),
        (
            "outside/beside",
            "if it is a module, move it to single/mod.rs",
        ),
        ("outside/beside", "`gen` is no name of a Rust module"),
    ] {
        project.env("USER_MODULES", named);
        let told = project.refused();
        assert!(told.contains(expected), "{expected:?} is not in\n{told}");
    }
    project.write(
        "fw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").user_modules(\"\").run(); }\n",
    );
    project.env("USER_MODULES", "");
    let told = project.refused();
    assert!(
        told.contains("Builder::user_modules was given an empty path"),
        "{told}"
    );
}

#[test]
fn a_parent_without_a_module_is_a_warning_until_there_is_one() {
    let project = project(&[("README.md", "")]);
    let built = || {
        let output = project
            .cargo()
            .args(["build", "--offline", "-p", "fw"])
            .output();
        let output = output.expect("Cargo runs");
        assert!(output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let warning = "names `outside/user`, and no folder in it is a module";
    assert!(built().contains(warning), "{}", built());
    project.write("outside/user/weather/mod.rs", &module("weather", ""));
    assert!(!built().contains(warning));
    assert_eq!(project.run(), "weather:\n");
}

#[test]
fn a_declaration_to_which_no_mod_leads_is_pointed_at() {
    let project = project(&[
        ("weather/mod.rs", "mod used;\n"),
        ("weather/used.rs", ""),
        ("weather/deep/sensor.rs", &module("weather", "")),
    ]);
    let told = project.refused();
    assert!(
        told.contains("the user module `weather` registers nothing")
            && told.contains("$DIR/outside/user/weather/deep/sensor.rs")
            && told.contains("no `mod` leads to this declaration"),
        "{told}"
    );
}
