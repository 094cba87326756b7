//! Folders of sources in every kind of firmware.

use crate::project::{Project, module, printed};
use std::process::Command;

/// A firmware, and the module `weather` in a folder.
fn project() -> Project {
    let mut project = Project::new().firmware("");
    project.write(
        "outside/user/weather/lib.rs",
        &format!(
            "mod wind;\n{}",
            module("weather", "\"degrees\" => crate::BASE + 1")
        ),
    );
    project.write(
        "outside/user/weather/wind.rs",
        &module("wind", "\"knots\" => 5"),
    );
    project.env("USER_MODULES", "outside/user");
    project.edit(
        "fw/src/main.rs",
        "fn main",
        "pub(crate) const BASE: i64 = 20;\nfn main",
    );
    project
}

const PRINTED: &str = "weather: degrees=21\nwind: knots=5\n";

/// Makes a library of the firmware's crate, of these types, with a function for C.
fn library(project: &Project, types: &str) {
    let source = project.read("fw/src/main.rs");
    project.remove("fw/src/main.rs");
    let function = "#[unsafe(no_mangle)] pub extern \"C\" fn modules()";
    project.write("fw/src/lib.rs", &source.replace("fn main()", function));
    project.edit(
        "fw/Cargo.toml",
        "[dependencies]",
        &format!("[lib]\ncrate-type = {types}\n[dependencies]"),
    );
}

#[test]
#[cfg(target_os = "linux")]
fn c08_libraries_for_c_have_the_modules_of_folders() {
    let project = project();
    library(&project, "[\"cdylib\", \"staticlib\"]");
    project.write(
        "main.c",
        "void modules(void); int main(void) { modules(); return 0; }",
    );
    project.must_build(&["-p", "fw"]);
    // Nothing but the linker sees a symbol of these.
    let verified = project.verify(&["-p", "fw"]).unwrap();
    assert!(verified.contains("2 in the firmware itself"), "{verified}");
    let folder = project.target().join("debug");
    let link = |name: &str, libraries: &[&str]| {
        let mut cc = Command::new("cc");
        cc.current_dir(&project.dir)
            .args(["main.c", "-o", name])
            .args(libraries);
        printed(cc.output().expect("a C compiler"));
        let mut program = Command::new(project.dir.join(name));
        printed(
            program
                .env("LD_LIBRARY_PATH", &folder)
                .output()
                .expect("it runs"),
        )
    };
    assert_eq!(link("dynamic", &["-Ltarget/debug", "-lfw"]), PRINTED);
    let archive = [
        "target/debug/libfw.a",
        "-lpthread",
        "-ldl",
        "-lm",
        "-lgcc_s",
    ];
    assert_eq!(link("static", &archive), PRINTED);
}

#[test]
fn the_binary_beside_a_library_takes_the_librarys_table() {
    let project = project();
    library(&project, "[\"lib\"]");
    let main = "fn main() { vm::show(&fw::BUILTINS); }\n";
    project.write("fw/src/main.rs", main);
    assert_eq!(project.run(), PRINTED);
    project.write(
        "fw/tests/table.rs",
        "#[test]\nfn finds() { assert!(fw::BUILTINS.find_text(\"wind\").is_some()); }\n",
    );
    let tested = project.command("test", &["-p", "fw"]);
    assert!(tested.is_ok(), "{tested:?}");
    // Folders belong to the crate that is searched, so does the table.
    project.edit("fw/src/lib.rs", "enroll::include_modules!();", "");
    project.edit("fw/src/lib.rs", "vm::show(&BUILTINS);", "");
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\nfn main() { vm::show(&BUILTINS); }\n",
    );
    let told = project.refused();
    assert!(
        told.contains("include_modules! stands beside the crate of `fw` that registers modules"),
        "{told}"
    );
}

#[test]
fn every_firmware_of_a_workspace_has_the_folders_as_modules_of_its_own() {
    let project = project();
    let other = |path: &str| {
        project
            .read(&format!("fw/{path}"))
            .replace("\"fw\"", "\"gw\"")
    };
    project.write("gw/Cargo.toml", &other("Cargo.toml"));
    project.write(
        "gw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").exclude_modules([\"wind\"]).run(); }\n",
    );
    project.write("gw/src/main.rs", &other("src/main.rs").replace("20", "30"));
    let built = project.must_build(&["--workspace"]);
    assert_eq!(built.run("fw"), PRINTED);
    assert_eq!(built.run("gw"), "weather: degrees=31\n");
    let verified = project.verify(&["--workspace"]).unwrap();
    assert_eq!(verified.lines().count(), 2, "{verified}");
    // A change is both firmwares', and nobody else's.
    project.edit("outside/user/weather/lib.rs", "+ 1", "+ 2");
    let built = project.must_build(&["--workspace"]);
    let compiled: Vec<&String> = built.compiled.iter().collect();
    assert_eq!(compiled, ["fw", "gw"]);
    assert_eq!(built.run("gw"), "weather: degrees=32\n");
}

#[test]
fn a_firmware_in_a_workspace_of_folders_names_them_from_its_root() {
    let mut project = project();
    project.env("USER_MODULES", "");
    // From Cargo's configuration, which names it from its own folder.
    project.write(
        ".cargo/config.toml",
        "[env]\nUSER_MODULES = { value = \"outside/user\", relative = true, force = true }\n",
    );
    assert_eq!(project.run(), PRINTED);
    // The working folder is no matter.
    let mut cargo = project.cargo();
    cargo
        .current_dir(project.dir.join("fw"))
        .args(["run", "--offline", "-q"]);
    assert_eq!(printed(cargo.output().expect("Cargo runs")), PRINTED);
}

#[test]
fn c21_another_value_of_the_variable_builds_the_firmware_again_and_nothing_else() {
    let mut project = project();
    project.write(
        "outside/more/tide/mod.rs",
        &module("tide", "\"height\" => 4"),
    );
    assert_eq!(project.run(), PRINTED);
    let generated = |project: &Project| {
        let files = [
            "enroll_modules.rs",
            "enroll_user_modules.rs",
            "enroll_plan.json",
        ];
        files.map(|file| {
            let metadata = project.out_dir().join(file).metadata().expect("a file");
            metadata.modified().expect("a time")
        })
    };
    // The same folders in other words: nothing is written, and Cargo cannot know.
    let before = generated(&project);
    let twice = std::env::join_paths(["outside/user", "outside/../outside/user"]).unwrap();
    project.env("USER_MODULES", twice.to_str().unwrap());
    assert_eq!(project.run(), PRINTED);
    assert_eq!(generated(&project), before);
    // A changed body is no change of the table.
    project.edit("outside/user/weather/wind.rs", "=> 5", "=> 6");
    let windy = PRINTED.replace('5', "6");
    assert_eq!(project.run(), windy);
    assert_eq!(generated(&project), before);
    let both = std::env::join_paths(["outside/user", "outside/more"]).unwrap();
    for (value, printed) in [
        ("outside/more", "tide: height=4\n".to_owned()),
        (both.to_str().unwrap(), format!("tide: height=4\n{windy}")),
        ("outside/user", windy.clone()),
    ] {
        project.env("USER_MODULES", value);
        let built = project.must_build(&["-p", "fw"]);
        assert_eq!(built.compiled.iter().collect::<Vec<_>>(), ["fw"], "{value}");
        assert_eq!(built.run("fw"), printed, "{value}");
        let again = project.must_build(&["-p", "fw"]);
        assert!(again.compiled.is_empty(), "{value}: {again:?}");
    }
}

#[test]
fn c22_the_table_and_the_report_are_the_same_wherever_the_folders_are() {
    let texts = |named: &str| {
        let mut project = project();
        let from = project.dir.join("outside/user");
        let to = project.dir.join(named);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(from, &to).unwrap();
        // Absolute, too.
        project.env("USER_MODULES", to.to_str().unwrap());
        assert_eq!(project.run(), PRINTED);
        (project.generated(), project.report())
    };
    let (here, there) = (texts("outside/user"), texts("fw/deep/down"));
    assert_eq!(here, there);
    assert!(here.1.contains("\"weather/wind.rs\""), "{}", here.1);
}
