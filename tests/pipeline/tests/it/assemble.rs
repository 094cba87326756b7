//! Firmwares from a manifest: `cargo enroll build -f firmware.toml`.

use crate::project::{Project, module, printed};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A base `fw` with `os`, `json` and `extra`, and crates of another workspace in
/// `outside/`.
fn project() -> Project {
    let extension =
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"os\" { \"z\" => 3 } }";
    let project = Project::new()
        .library(
            "os",
            "[features]\ndefault = [\"sep\"]\nsep = []\nlinesep = []",
            &module(
                "os",
                "#[cfg(feature = \"sep\")] \"sep\" => 1, #[cfg(feature = \"linesep\")] \"linesep\" => 2",
            ),
        )
        .library("json", "", &module("json", "\"loads\" => 4"))
        .library("extra", "", extension)
        .firmware(
            "os = { path = \"../os\" }\njson = { path = \"../json\" }\n\
             extra = { path = \"../extra\", optional = true }\n\
             [features]\ndefault = []\nmore = [\"dep:extra\"]",
        );
    outside(&project, "beacon", "", &module("beacon", "\"encode\" => 7"));
    project
}

/// A crate in the workspace `outside/`, which the base's does not know.
fn outside(project: &Project, name: &str, manifest: &str, source: &str) {
    project.write(
        "outside/Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"product\"]\n\
         [workspace.package]\nedition = \"2024\"\n",
    );
    let path = Project::repository;
    project.write(
        &format!("outside/{name}/Cargo.toml"),
        &format!(
            "[package]\nname = {name:?}\nversion = \"0.3.0\"\nedition.workspace = true\n\
             [dependencies]\nenroll = {{ path = {:?} }}\nvm = {{ path = {:?} }}\n{manifest}\n",
            path("runtime"),
            path("tests/pipeline/vm"),
        ),
    );
    project.write(&format!("outside/{name}/src/lib.rs"), source);
}

/// The manifest of the product, over the base.
fn product(project: &Project, text: &str) {
    let head = "[firmware]\nname = \"station\"\nbase = { path = \"../../fw\" }\n";
    // Keys of the top stand before the first table.
    let (top, tables) = match text.split_once("---\n") {
        Some((top, tables)) => (top, tables),
        None => ("", text),
    };
    project.write("outside/product/firmware.toml", &format!("{top}{head}{tables}"));
}

const FILE: &str = "outside/product/firmware.toml";
const BEACON: &str = "[modules]\nbeacon = { path = \"../beacon\" }\n";

/// Assembles, runs, and returns what the firmware prints.
#[track_caller]
fn run(project: &Project, arguments: &[&str]) -> String {
    let arguments = [&["-f", FILE, "--quiet"], arguments].concat();
    match project.enroll("run", &arguments) {
        Ok(printed) => printed,
        Err(told) => panic!("{told}"),
    }
}

/// What stops the assembling or the build, with `$DIR` for the workspace.
#[track_caller]
fn refused(project: &Project, arguments: &[&str]) -> String {
    let arguments = [&["-f", FILE], arguments].concat();
    let told = project.enroll("build", &arguments).expect_err("an error");
    told.replace(&project.dir.display().to_string(), "$DIR")
}

/// The generated project's file.
fn generated(project: &Project, path: &str) -> String {
    project.read(&format!("outside/product/target/enroll/{path}"))
}

/// The table that a build script of `package` wrote last.
fn table(project: &Project, of: &str) -> String {
    let scripts = fs::read_dir(project.target().join("debug/build")).expect("a folder");
    let tables = scripts
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("fw-")
        })
        .filter_map(|path| {
            let output = fs::read_to_string(path.join("output")).ok()?;
            let table = fs::read_to_string(path.join("out/enroll_modules.rs")).ok()?;
            output.contains(of).then_some(table)
        });
    let tables: Vec<String> = tables.collect();
    assert_eq!(tables.len(), 1, "{of}");
    tables.into_iter().next().unwrap_or_default()
}

#[test]
fn a_firmware_is_assembled_as_if_it_had_been_written_by_hand() {
    let project = project();
    product(&project, BEACON);
    let before = project.read("fw/Cargo.toml");
    let all = "beacon: encode=7\njson: loads=4\nos: sep=1\n";
    assert_eq!(run(&project, &[]), all);
    assert_eq!(project.read("fw/Cargo.toml"), before);

    // The same by hand: another package over the same sources.
    project.write(
        "outside/hand/Cargo.toml",
        &format!(
            "[package]\nname = \"fw\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\
             build = \"../../fw/build.rs\"\n[workspace]\n\
             [[bin]]\nname = \"fw\"\npath = \"../../fw/src/main.rs\"\n\
             [dependencies]\nenroll = {{ path = {:?} }}\nvm = {{ path = {:?} }}\n\
             os = {{ path = \"../../os\" }}\njson = {{ path = \"../../json\" }}\n\
             beacon = {{ path = \"../beacon\" }}\n\
             [build-dependencies]\nenroll-codegen = {{ path = {:?} }}\n\
             [profile.dev]\ndebug = 0\nincremental = false\n",
            Project::repository("runtime"),
            Project::repository("tests/pipeline/vm"),
            Project::repository("codegen"),
        ),
    );
    let lock = project.read("outside/product/firmware.lock");
    project.write("outside/hand/Cargo.lock", &lock);
    let built = project.must_build(&["--manifest-path", "outside/hand/Cargo.toml"]);
    assert_eq!(built.run("fw"), all);
    let by_hand = table(&project, "outside/hand/Cargo.toml");
    assert_eq!(table(&project, "enroll/station/station"), by_hand);
}
