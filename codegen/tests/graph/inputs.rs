//! C21: what a build script has to watch for the graph.

use crate::fixture::{Fixture, RUNTIME, manifest};

#[test]
fn c21_every_file_that_decides_the_graph() {
    let dependencies = "[dependencies]\nboard = { path = \"../../outside/board\" }
        plain = { path = \"../../plain\" }";
    let fixture = Fixture::new(&[
        (
            "ws/Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"fw\", \"sibling\"]",
        ),
        ("ws/fw/Cargo.toml", &manifest("fw", dependencies)),
        ("ws/sibling/Cargo.toml", &manifest("sibling", "")),
        ("ws/.cargo/config.toml", "include = [\"more.toml\"]\n"),
        ("ws/.cargo/more.toml", "[env]\nENROLL_QSTR_SALT = \"7\"\n"),
        (
            "outside/Cargo.toml",
            "[workspace]\nmembers = [\"board\"]\n[workspace.package]\nedition = \"2021\"\n",
        ),
        (
            "outside/board/Cargo.toml",
            "[package]\nname = \"board\"\nversion = \"0.1.0\"\nedition.workspace = true
            [dependencies]\nenroll = { path = \"../../enroll\" }",
        ),
        ("plain/Cargo.toml", &manifest("plain", "")),
        ("enroll/Cargo.toml", RUNTIME),
        ("home/config.toml", ""),
    ]);
    let home = fixture.dir.join("home");
    let fixture = fixture.with_env("CARGO_HOME", home);
    fixture.lock("ws");
    let graph = fixture.load("ws/fw", &[]);
    let below: Vec<String> = graph
        .inputs
        .files
        .iter()
        .filter_map(|path| path.strip_prefix(&fixture.dir).ok())
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        below,
        [
            "enroll/Cargo.toml",
            "home/config.toml",
            "outside/Cargo.toml",
            "outside/board/Cargo.toml",
            "plain/Cargo.toml",
            "ws/.cargo/config.toml",
            "ws/.cargo/more.toml",
            "ws/Cargo.lock",
            "ws/Cargo.toml",
            "ws/fw/Cargo.toml",
            "ws/sibling/Cargo.toml",
        ]
    );
    assert!(graph.inputs.files.iter().all(|path| path.is_file()));
}
