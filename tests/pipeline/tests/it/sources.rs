//! Module crates from everywhere Cargo gets them.

use crate::project::{Project, module, printed};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lets crates that name the runtime by version get that of the repository.
fn patch(project: &Project, more: &str) {
    let manifest = project.read("Cargo.toml");
    project.write(
        "Cargo.toml",
        &format!(
            "{manifest}\n[patch.crates-io]\nenroll = {{ path = {:?} }}\nvm = {{ path = {:?} }}\n{more}",
            Project::repository("runtime"),
            Project::repository("tests/pipeline/vm"),
        ),
    );
}

/// A registry of module crates, whose packages lie in `vendor/`.
pub(crate) fn registry(project: &Project) {
    project.write(
        ".cargo/config.toml",
        "[registries.tiny]\nindex = \"https://tiny.invalid/index\"\n\
         [source.tiny]\nregistry = \"https://tiny.invalid/index\"\nreplace-with = \"vendored\"\n\
         [source.vendored]\ndirectory = \"vendor\"\n",
    );
    project.edit("Cargo.toml", "exclude = [", "exclude = [\"vendor\", ");
}

/// Puts a version of `thermo` there.
fn publish(project: &Project, version: &str, table: &str) {
    let folder = format!("vendor/thermo-{version}");
    project.write(
        &format!("{folder}/Cargo.toml"),
        &format!(
            "[package]\nname = \"thermo\"\nversion = {version:?}\nedition = \"2024\"\n\
             [dependencies]\n\
             enroll = {{ version = \"0.1\", registry-index = \"{CRATES_IO}\" }}\n\
             vm = {{ version = \"0.1\", registry-index = \"{CRATES_IO}\" }}\n"
        ),
    );
    project.write(&format!("{folder}/src/lib.rs"), &module("thermo", table));
    project.write(&format!("{folder}/.cargo-checksum.json"), "{\"files\":{}}");
}

const CRATES_IO: &str = "https://github.com/rust-lang/crates.io-index";

/// A home of Cargo that has downloaded packages, but neither unpacked one nor
/// cloned a repository.
pub(crate) fn fresh_home(project: &Project) -> PathBuf {
    let real = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().expect("a home").join(".cargo"),
        PathBuf::from,
    );
    let home = project.dir.join("target/home");
    for folder in ["index", "cache"] {
        let packages = real.join("registry").join(folder);
        link(&packages, &home.join("registry").join(folder));
    }
    home
}

fn link(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().expect("a type").is_dir() {
            link(&from, &to);
        } else {
            fs::hard_link(&from, &to)
                .or_else(|_| fs::copy(&from, &to).map(drop))
                .expect("a copy");
        }
    }
}

/// A repository with a workspace of its own, whose member `gyro` inherits; and
/// `empty`, to clone it without anything else.
fn repository(project: &Project) -> String {
    let folder = "outside/repository";
    for (path, text) in [
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\
             [workspace.package]\nversion = \"3.1.4\"\nedition = \"2024\"\n\
             [workspace.dependencies]\nqstrs = { version = \"0.1\", package = \"enroll\" }\n\
             vm = \"0.1\"\n",
        ),
        (
            "crates/gyro/Cargo.toml",
            "[package]\nname = \"gyro\"\nversion.workspace = true\nedition.workspace = true\n\
             [dependencies]\nqstrs.workspace = true\nvm.workspace = true\n",
        ),
        (
            "crates/gyro/src/lib.rs",
            &module("gyro", "\"axis\" => 3").replace("enroll::", "qstrs::"),
        ),
        (
            "crates/empty/Cargo.toml",
            "[package]\nname = \"empty\"\nversion.workspace = true\nedition.workspace = true\n",
        ),
        ("crates/empty/src/lib.rs", ""),
    ] {
        project.write(&format!("{folder}/{path}"), text);
    }
    let dir = project.dir.join(folder);
    let identity = ["-c", "user.name=t", "-c", "user.email=t@t"];
    for arguments in [
        &["init", "-q", "-b", "main"][..],
        &["add", "."],
        &[&identity[..], &["commit", "-qm", "one"]].concat(),
    ] {
        let git = Command::new("git")
            .args(arguments)
            .current_dir(&dir)
            .output();
        printed(git.expect("git"));
    }
    format!("file://{}", dir.display())
}

#[test]
fn c14_crates_from_everywhere_on_a_fresh_machine_offline() {
    let mut project = Project::new()
        .library(
            "choosy",
            "[features]\ndefault = [\"extra\"]\nextra = []",
            &format!(
                "#[cfg(feature = \"extra\")] mod extra {{ {} }}\n{}",
                module("extra", ""),
                module("choosy", ""),
            ),
        )
        .library("unixy", "", &module("unixy", ""))
        .library("windowsy", "", &module("windowsy", ""));
    project.write(
        "outside/accel/Cargo.toml",
        "[package]\nname = \"accel\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nenroll = \"0.1\"\nvm = \"0.1\"\n",
    );
    project.write(
        "outside/accel/src/lib.rs",
        &module("accel", "\"axis\" => 2"),
    );
    registry(&project);
    publish(&project, "1.0.0", "\"read\" => 1");
    patch(&project, "accel = { path = \"outside/accel\" }");
    let url = repository(&project);
    let home = fresh_home(&project);
    project.env("CARGO_HOME", &home.display().to_string());
    // The only step with a download: from a folder.
    project.write(
        "outside/clone/Cargo.toml",
        &format!(
            "[workspace]\n[package]\nname = \"clone\"\nedition = \"2024\"\n\
             [dependencies]\nempty = {{ git = \"{url}\" }}\n"
        ),
    );
    project.write("outside/clone/src/lib.rs", "");
    let clone = project.dir.join("outside/clone");
    let fetch = project.cargo().arg("fetch").current_dir(clone).output();
    printed(fetch.expect("Cargo runs"));
    let project = project.firmware(&format!(
        "thermo = {{ version = \"1\", registry = \"tiny\" }}\n\
         gyro = {{ git = \"{url}\" }}\n\
         accel = \"1\"\n\
         choosy = {{ path = \"../choosy\", default-features = false }}\n\
         [target.'cfg(unix)'.dependencies]\nunixy = {{ path = \"../unixy\" }}\n\
         [target.'cfg(windows)'.dependencies]\nwindowsy = {{ path = \"../windowsy\" }}\n"
    ));
    let mine = if cfg!(windows) { "windowsy" } else { "unixy" };
    assert_eq!(
        project.run(),
        format!("accel: axis=2\nchoosy:\ngyro: axis=3\nthermo: read=1\n{mine}:\n")
    );
    assert!(project.generated().contains("__gyro__3_o1_o4__gyro"));
    assert!(home.join("registry/src").is_dir(), "unpacked there");
}

#[test]
fn c21_an_updated_crate_of_a_registry_is_read_again() {
    let project = Project::new()
        .library("sibling", "", &module("sibling", ""))
        .firmware(
            "thermo = { version = \"1\", registry = \"tiny\" }\n\
             sibling = { path = \"../sibling\" }",
        );
    registry(&project);
    patch(&project, "");
    publish(&project, "1.0.0", "\"read\" => 1");
    assert_eq!(project.run(), "sibling:\nthermo: read=1\n");
    publish(&project, "1.1.0", "\"read\" => 1, \"write\" => 2");
    // The lock file still says 1.0.0.
    assert_eq!(project.run(), "sibling:\nthermo: read=1\n");
    let update = project
        .cargo()
        .args(["update", "--offline", "-p", "thermo"])
        .output();
    printed(update.expect("Cargo runs"));
    let built = project.must_build(&["-p", "fw"]);
    let compiled: Vec<&str> = built.compiled.iter().map(String::as_str).collect();
    assert_eq!(compiled, ["fw", "thermo"]);
    assert_eq!(project.run(), "sibling:\nthermo: read=1 write=2\n");
}
