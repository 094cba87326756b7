//! C14: packages from everywhere Cargo gets them, on machines that have
//! everything and on fresh ones.

use crate::fixture::{Fixture, RUNTIME, manifest, named, run};
use enroll_codegen::graph::{Answer, Origin, Package};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The runtime and a module crate in one repository, and its URL.
fn repository() -> (Fixture, String) {
    let repository = Fixture::new(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]
            [workspace.package]\nversion = \"0.2.0\"\nedition = \"2021\"
            [workspace.dependencies]\nrt = { path = \"crates/enroll\", package = \"enroll\" }",
        ),
        ("crates/enroll/Cargo.toml", RUNTIME),
        (
            "crates/errno/Cargo.toml",
            "[package]\nname = \"errno\"\nversion.workspace = true\nedition.workspace = true
            [features]\ntable = []\n[dependencies]\nrt.workspace = true",
        ),
    ]);
    let identity = ["-c", "user.name=t", "-c", "user.email=t@t"];
    for arguments in [
        &["init", "-q", "-b", "main"][..],
        &["add", "."],
        &[&identity[..], &["commit", "-qm", "one"]].concat(),
    ] {
        run(Command::new("git")
            .args(arguments)
            .current_dir(&repository.dir));
    }
    let url = format!("file://{}", repository.dir.display());
    (repository, url)
}

#[test]
fn c14_a_repository_with_its_own_workspace() {
    let (_repository, url) = repository();
    let home = Fixture::new(&[]);
    let body = format!(
        "[dependencies]\nerrno = {{ git = \"{url}\", branch = \"main\", features = [\"table\"] }}"
    );
    let fixture =
        Fixture::new(&[("Cargo.toml", &manifest("fw", &body))]).with_env("CARGO_HOME", &home.dir);
    run(fixture.cargo("").arg("generate-lockfile"));
    let graph = fixture.load("", &[]);
    let errno = named(&graph, "errno");
    assert_eq!((errno.origin, errno.local), (Origin::Git, false));
    assert_eq!(
        (errno.version.as_str(), errno.edition.as_str()),
        ("0.2.0", "2021")
    );
    assert_eq!(errno.runtime_names, ["rt"]);
    assert!(
        errno.dir.starts_with(home.dir.join("git/checkouts")),
        "{:?}",
        errno.dir
    );
    assert!(errno.root.is_file());
    assert!(!graph.inputs.files.contains(&errno.manifest));
}

#[test]
fn c14_a_vendored_repository() {
    let (_repository, url) = repository();
    let home = Fixture::new(&[]);
    let body = format!("[dependencies]\nerrno = {{ git = \"{url}\" }}");
    let fixture = Fixture::new(&[("fw/Cargo.toml", &manifest("fw", &body))])
        .with_env("CARGO_HOME", &home.dir);
    run(fixture.cargo("fw").arg("generate-lockfile"));
    let config = run(fixture.cargo("fw").args(["vendor", "../vendor"]));
    let config = String::from_utf8(config).expect("UTF-8");
    fixture.write(".cargo/config.toml", &config.replace("../vendor", "vendor"));
    fs::remove_dir_all(&home.dir).expect("it is there");
    let graph = fixture.load("fw", &[]);
    let errno = named(&graph, "errno");
    assert_eq!(errno.dir, fixture.dir.join("vendor/errno"));
    assert_eq!(errno.origin, Origin::Git);
    assert_eq!(errno.runtime_names, ["rt"]);
    let config = fixture.dir.join(".cargo/config.toml");
    assert!(graph.inputs.files.contains(&config));
}

/// `walkdir`, from the registry, reaches the runtime through a patched
/// `same-file`: registry crates that this workspace needs anyway.
fn patched(more: &str) -> Fixture {
    let body = format!(
        "[dependencies]\nwalk = {{ version = \"2\", package = \"walkdir\" }}\n{more}
        [patch.crates-io]\nsame-file = {{ path = \"same\" }}"
    );
    let fixture = Fixture::new(&[
        ("Cargo.toml", &manifest("fw", &body)),
        ("enroll/Cargo.toml", RUNTIME),
        (
            "same/Cargo.toml",
            "[package]\nname = \"same-file\"\nversion = \"1.0.6\"
            [dependencies]\nenroll = { path = \"../enroll\" }",
        ),
    ]);
    fixture.lock("");
    fixture
}

#[test]
fn c14_a_registry_crate_and_a_patch() {
    let fixture = patched("");
    let graph = fixture.load("", &[]);
    let walkdir = named(&graph, "walkdir");
    assert_eq!((walkdir.origin, walkdir.local), (Origin::Registry, false));
    assert_eq!(walkdir.root, walkdir.dir.join("src/lib.rs"));
    assert!(walkdir.root.is_file());
    assert_eq!(walkdir.dependencies[0].extern_name, "same_file");
    let same = named(&graph, "same-file");
    assert_eq!((same.origin, same.local), (Origin::Path, true));
    assert_eq!(named(&graph, "fw").dependencies[0].extern_name, "walk");
}

#[test]
fn c14_a_vendored_registry_crate() {
    let fixture = patched("");
    let config = run(fixture.cargo("").args(["vendor", "--offline"]));
    let config = String::from_utf8(config).expect("UTF-8");
    fixture.write(".cargo/config.toml", &config);
    let graph = fixture.load("", &[]);
    let walkdir = named(&graph, "walkdir");
    assert_eq!(walkdir.dir, fixture.dir.join("vendor/walkdir"));
    assert_eq!((walkdir.origin, walkdir.local), (Origin::Registry, false));
}

/// A home of Cargo that holds the index of crates.io as this machine has it,
/// and of all packages this one alone: a fresh machine after a first build.
fn home_with(package: &str) -> Fixture {
    let home = Fixture::new(&[]);
    let real = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().expect("a home").join(".cargo"),
        PathBuf::from,
    );
    for entry in walkdir::WalkDir::new(real.join("registry")) {
        let entry = entry.expect("an entry");
        let path = entry.path().strip_prefix(&real).expect("a path below");
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        let wanted = match &parts[..] {
            [_, kind, ..] if kind == "index" => true,
            [_, _, _, file, ..] => file.starts_with(package),
            _ => false,
        };
        if wanted && entry.file_type().is_file() {
            let to = home.dir.join(path);
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
    home
}

#[test]
fn c14_a_dev_dependency_that_was_never_downloaded() {
    let fixture = patched("[dev-dependencies]\nstrsim = \"0.11\"");
    let home = home_with("walkdir-");
    let fixture = fixture.with_env("CARGO_HOME", &home.dir);
    let arguments = ["metadata", "--offline", "--format-version", "1"];
    let metadata = fixture
        .cargo("")
        .args(arguments)
        .output()
        .expect("Cargo runs");
    assert!(!metadata.status.success(), "not the case that is meant");
    let graph = fixture.graph(&fixture.request("", &[]));
    let walkdir = named(&graph, "walkdir");
    let registry = home.dir.join("registry/src");
    assert!(walkdir.dir.starts_with(&registry), "{:?}", walkdir.dir);
    assert_eq!(walkdir.answers.with_dev, Answer::Unknown);

    leave_behind(&home, walkdir);
    let told = fixture.refused(&fixture.request("", &[]));
    let title = "error: two folders could hold the sources of `walkdir 2.";
    assert!(told.starts_with(title), "{told}");
    assert!(told.contains("help: they are "), "{told}");
}

#[test]
fn c14_a_folder_that_another_cargo_left_is_not_taken() {
    let fixture = patched("");
    let home = home_with("walkdir-");
    let fixture = fixture.with_env("CARGO_HOME", &home.dir);
    let before = fixture.load("", &[]);
    leave_behind(&home, named(&before, "walkdir"));
    let after = fixture.load("", &[]);
    assert_eq!(named(&after, "walkdir").dir, named(&before, "walkdir").dir);
}

/// A second folder for a registry crate, as an older Cargo called it.
fn leave_behind(home: &Fixture, package: &Package) {
    let name = package.dir.file_name().expect("a name").to_string_lossy();
    let copy = format!("registry/src/github.com-1ecc6299db9ec823/{name}/Cargo.toml");
    let text = fs::read_to_string(&package.manifest).expect("a manifest");
    home.write(&copy, &text);
}
