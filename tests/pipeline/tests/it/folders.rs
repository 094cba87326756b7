//! Folders of sources that become modules of the firmware.

use crate::expect::expect;
use crate::project::{Project, module};

const ERRNO: &str = "errno: EPERM=1\n";

/// A firmware with `errno`, and the folders `outside/user/…` that it knows
/// nothing of.
fn project(folders: &[(&str, &str)]) -> Project {
    let project = Project::new()
        .library("errno", "", &module("errno", "\"EPERM\" => 1"))
        .firmware("errno = { path = \"../errno\" }");
    for (path, text) in folders {
        project.write(&format!("outside/user/{path}"), text);
    }
    project
}

/// The same with the variable set.
fn with_variable(folders: &[(&str, &str)]) -> Project {
    let mut project = project(folders);
    project.env("USER_MODULES", "outside/user");
    project
}

const WEATHER: &str = r#"#![allow(dead_code, reason = "an inner attribute of a module")]
//! The weather.

mod sensor;
mod tables;

fn unused() {}

enroll::register_module! {
    /// The weather here.
    static WEATHER: Module<vm::Vm> = "weather" {
        "degrees" => sensor::DEGREES,
        "errors" => super::TWO + crate::TWO - 4 + tables::ERRORS.len() as i64,
    }
}
"#;

/// A module of several files, each found as rustc finds it.
fn weather() -> Project {
    let project = with_variable(&[
        ("weather/mod.rs", WEATHER),
        ("weather/sensor.rs", "mod raw; pub use raw::DEGREES;"),
        ("weather/sensor/raw.rs", "pub const DEGREES: i64 = 21;"),
        (
            "weather/tables/mod.rs",
            "enroll::extend_module! { static X: Extension<vm::Vm> = \"errno\" { \"EWIND\" => 99 } }\n\
             pub const ERRORS: [i64; 3] = [0; 3];",
        ),
        // Not a module, and nothing is said about it.
        ("README.md", "# Ours"),
        ("scripts/run.sh", "true"),
        (".git/mod.rs", "not rust"),
    ]);
    project.edit("fw/src/main.rs", "fn main", "const TWO: i64 = 2;\nfn main");
    project
}

const ALL: &str =
    "errno: EPERM=1 EWIND=99\nweather: __doc__=The weather here. degrees=21 errors=3\n";

#[test]
fn a_folder_is_compiled_into_the_firmware_by_a_variable() {
    let mut project = weather();
    assert_eq!(project.run(), ALL);
    assert_eq!(
        project.files_out(),
        [
            "enroll_modules.rs",
            "enroll_plan.json",
            "enroll_script.json",
            "enroll_user_modules.rs"
        ]
    );
    let generated = project.generated();
    let dir = project.dir.display().to_string();
    assert!(!generated.contains(&dir), "{generated}");
    let modules = project.enroll("modules", &["-p", "fw"]).unwrap();
    assert!(
        modules.contains("weather/mod.rs:11 (user module)"),
        "{modules}"
    );
    assert!(modules.contains("weather/tables/mod.rs:1"), "{modules}");

    // Without it, as if it had never been there.
    project.env("USER_MODULES", "");
    assert_eq!(project.run(), ERRNO);
    assert_eq!(
        project.files_out(),
        [
            "enroll_modules.rs",
            "enroll_plan.json",
            "enroll_script.json"
        ]
    );
}

#[test]
fn the_same_by_the_builder_from_a_library_that_forbids_much() {
    let project = weather();
    project.write(
        "fw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").user_modules(\"outside/user\").run(); }",
    );
    // The table in a module below the root of a library.
    project.write(
        "fw/src/lib.rs",
        "#![forbid(unsafe_code)]\n#![deny(warnings, missing_docs)]\n//! A firmware.\n\
         const TWO: i64 = 2;\npub mod table;\n",
    );
    project.write(
        "fw/src/table.rs",
        "//! The table.\nuse crate::TWO;\nenroll::include_modules!();\n",
    );
    project.write(
        "fw/src/main.rs",
        "fn main() { vm::show(&fw::table::BUILTINS); }\n",
    );
    // Named by both, a folder is there once.
    assert_eq!(project.run(), ALL);
    let tested = project.command("test", &["-p", "fw"]);
    assert!(tested.is_ok(), "{tested:?}");
    let checked = project.command("clippy", &["-p", "fw"]);
    assert!(checked.is_ok(), "{checked:?}");
}

#[test]
fn several_parents_are_named_as_in_a_path() {
    let mut project = project(&[
        ("weather/mod.rs", &module("weather", "\"degrees\" => 21")),
        (
            "../more/our-tide/lib.rs",
            &module("tide", "\"height\" => 4"),
        ),
    ]);
    let second = project.dir.join("outside/more");
    let both = std::env::join_paths(["outside/user".as_ref(), "".as_ref(), second.as_os_str()]);
    let both = both.unwrap();
    project.env("USER_MODULES", both.to_str().unwrap());
    assert_eq!(
        project.run(),
        format!("{ERRNO}tide: height=4\nweather: degrees=21\n")
    );
}

#[test]
fn c21_a_folder_is_built_again_when_it_changed() {
    let project = weather();
    assert_eq!(project.run(), ALL);
    let built = || {
        let built = project.must_build(&["-p", "fw"]);
        let compiled: Vec<String> = built.compiled.iter().cloned().collect();
        (compiled.join(" "), built.run("fw"))
    };
    let unchanged = (String::new(), ALL.to_owned());
    assert_eq!(built(), unchanged);
    let changed = |text: &str| ("fw".to_owned(), text.to_owned());
    project.edit("outside/user/weather/sensor/raw.rs", "21", "22");
    let warmer = ALL.replace("21", "22");
    assert_eq!(built(), changed(&warmer));
    assert_eq!(built().0, "");
    project.write("outside/user/tide/lib.rs", &module("tide", ""));
    let more = warmer.replace("weather:", "tide:\nweather:");
    assert_eq!(built(), changed(&more));
    assert_eq!(built().0, "");
    std::fs::remove_dir_all(project.dir.join("outside/user/tide")).unwrap();
    assert_eq!(built(), changed(&warmer));
    assert_eq!(built().0, "");
    // A file that no module names belongs to nothing.
    project.write("outside/user/weather/orphan.rs", "not rust");
    assert_eq!(built().1, warmer);
}

#[test]
fn every_mistake_is_told_at_once() {
    let mut project = project(&[
        ("a-crate/Cargo.toml", "[package]\nname = \"a-crate\""),
        ("a-crate/src/lib.rs", ""),
        ("both/lib.rs", &module("both", "")),
        ("both/mod.rs", ""),
        ("half/helper.rs", ""),
        ("2nd/mod.rs", &module("second", "")),
        ("silent/mod.rs", "pub fn unused() {}\n"),
        (
            "broken/mod.rs",
            &format!("{}mod gone;\n", module("broken", "")),
        ),
        (
            "hungry/mod.rs",
            &format!(
                "{}use sr::Port;\nuse vm::Vm;\nuse std::fmt;\n",
                module("hungry", "")
            ),
        ),
        ("again/mod.rs", &module("again", "")),
        ("twice/mod.rs", &module("errno", "")),
        ("table/mod.rs", &module("table", "")),
        ("../other/again/mod.rs", &module("more", "")),
        ("../direct/mod.rs", ""),
    ]);
    project.edit("fw/src/main.rs", "fn main", "mod table {}\nfn main");
    let named = ["outside/user", "outside/other", "outside/direct", "nowhere"];
    let named = std::env::join_paths(named).unwrap();
    project.env("USER_MODULES", named.to_str().unwrap());
    expect("user_modules", &project.refused());
}
