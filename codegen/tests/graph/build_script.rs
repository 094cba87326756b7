//! C14, C16: the graph as a real build script sees it, under the commands and
//! settings that change what Cargo tells a build script.
//!
//! The build script of the fixture starts this test binary again, in its own
//! environment, where [`inside_a_build_script`] writes down what it finds.

use crate::fixture::{Fixture, host, named, run};
use enroll_codegen::graph::{self, Answer, Request};
use std::fmt::Write;
use std::fs;
use std::process::Command;

#[test]
#[ignore = "started by the build script of a fixture"]
fn inside_a_build_script() {
    let Some(out) = std::env::var_os("ENROLL_TEST_OUT") else {
        return;
    };
    let mut text = String::new();
    match Request::from_build_script().and_then(|request| graph::load(&request)) {
        Err(told) => text = told.to_string(),
        Ok(graph) => {
            for package in &graph.packages {
                writeln!(
                    text,
                    "{} {} {} test {} workspace {}",
                    package.name,
                    package.version,
                    list(&Answer::Features(package.features.clone())),
                    list(&package.answers.with_dev),
                    list(&package.answers.workspace),
                )
                .expect("text");
            }
        }
    }
    fs::write(out, text).expect("a file");
}

fn list(answer: &Answer) -> String {
    match answer {
        Answer::Features(features) => {
            let features: Vec<&str> = features.iter().map(String::as_str).collect();
            format!("[{}]", features.join(","))
        }
        other => format!("{other:?}"),
    }
}

const SCRIPT: &str = r#"
fn main() {
    let status = std::process::Command::new(std::env::var_os("ENROLL_TEST_EXE").unwrap())
        .args(["--exact", "build_script::inside_a_build_script", "--ignored", "--quiet"])
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}
"#;

/// A firmware whose module crate gets a feature from everywhere it can come
/// from: a feature of the firmware, a build-dependency, a dev-dependency,
/// another member.
fn workspace() -> Fixture {
    let enroll = "[dependencies]\nenroll = { path = \"../enroll\" }";
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[features]\ndefault = [\"usual\"]\nusual = [\"errno/usual\"]\nmore = [\"errno/more\"]
            [dependencies]\nerrno = { path = \"../errno\", default-features = false }
            [target.'cfg(special)'.dependencies]\nboard = { path = \"../board\" }
            [build-dependencies]\nerrno = { path = \"../errno\", features = [\"host\"] }
            [dev-dependencies]\ntester = { path = \"../tester\" }",
        ),
        (
            "errno",
            &format!(
                "[features]\ndefault = []\nusual = []\nmore = []\nhost = []\ntested = []\nwide = []\n{enroll}"
            ),
        ),
        ("board", enroll),
        (
            "tester",
            "[dependencies]\nerrno = { path = \"../errno\", features = [\"tested\"] }",
        ),
        (
            "sibling",
            "[dependencies]\nerrno = { path = \"../errno\", features = [\"wide\"] }",
        ),
    ]);
    fixture.write("fw/build.rs", SCRIPT);
    fixture.write("fw/src/main.rs", "fn main() {}");
    fixture
}

/// What the build script wrote down under a command. The build itself may
/// fail later (there may be no `core` for its target).
fn told(fixture: &Fixture, dir: &str, arguments: &[&str], env: &[(&str, &str)]) -> String {
    let out = fixture.dir.join("told.txt");
    let _ = fs::remove_file(&out);
    // Cargo would not run the script a second time.
    for folder in ["target", "elsewhere"] {
        let _ = fs::remove_dir_all(fixture.dir.join(folder));
    }
    let output = fixture
        .cargo(dir)
        .args(arguments)
        .arg("--offline")
        .env("ENROLL_TEST_EXE", std::env::current_exe().expect("a path"))
        .env("ENROLL_TEST_OUT", &out)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .envs(env.iter().copied())
        .output()
        .expect("Cargo runs");
    fs::read_to_string(&out)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
        .replace(&*fixture.dir.to_string_lossy(), "DIR")
}

const USUAL: &str = "\
errno 0.1.0 [usual] test [default,tested,usual] workspace [default,tested,usual,wide]
fw 0.1.0 [default,usual] test [default,usual] workspace [default,usual]
";

#[test]
fn c14_one_answer_under_every_command() {
    let fixture = workspace();
    let elsewhere = fixture.dir.join("elsewhere").display().to_string();
    let root = fixture.dir.join("root").display().to_string();
    let commands = [
        ("fw", "check -p fw".to_owned()),
        ("", "check -p fw".to_owned()),
        ("sibling", "check -p fw --locked".to_owned()),
        ("", "check --workspace".to_owned()),
        ("", "build -p fw --release".to_owned()),
        ("", format!("check -p fw --target {}", host())),
        (
            "",
            "check -p fw --target thumbv7m-none-eabi --keep-going".to_owned(),
        ),
        ("", "test -p fw --no-run".to_owned()),
        ("", "doc -p fw".to_owned()),
        ("", "clippy -p fw".to_owned()),
        ("", format!("check -p fw --target-dir {elsewhere}")),
        ("", format!("install --path fw --locked --root {root}")),
    ];
    for (dir, command) in &commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        assert_eq!(told(&fixture, dir, &arguments, &[]), USUAL, "{command}");
    }
    let variables = [
        ("CARGO_TARGET_DIR", &*elsewhere),
        ("CARGO_TERM_COLOR", "always"),
        ("CARGO_TERM_VERBOSE", "true"),
    ];
    for variable in variables {
        let arguments = ["check", "-p", "fw"];
        let answer = told(&fixture, "", &arguments, &[variable]);
        assert_eq!(answer, USUAL, "{variable:?}");
    }
}

#[test]
fn c14_features_of_the_command_line() {
    let fixture = workspace();
    let told = |arguments: &[&str]| {
        let all = [&["check", "--package", "fw"], arguments].concat();
        let text = told(&fixture, "", &all, &[]);
        text.lines().next().expect("a line").to_owned()
    };
    assert_eq!(
        told(&["--no-default-features"]),
        "errno 0.1.0 [] test [default,tested] workspace [default,tested,wide]"
    );
    assert_eq!(
        told(&["--no-default-features", "--features", "more"]),
        "errno 0.1.0 [more] test [default,more,tested] workspace [default,more,tested,wide]"
    );
    assert_eq!(
        told(&["--all-features"]),
        "errno 0.1.0 [more,usual] test [default,more,tested,usual] \
         workspace [default,more,tested,usual,wide]"
    );
}

#[test]
fn c14_flags_of_the_compiler_decide_tables() {
    let fixture = workspace();
    let board = |arguments: &[&str], env: &[(&str, &str)]| {
        let all = [&["check", "--package", "fw"], arguments].concat();
        told(&fixture, "", &all, env).starts_with("board 0.1.0 []")
    };
    let flags = "build.rustflags = [\"--cfg\", \"special\"]";
    assert!(!board(&[], &[]));
    assert!(board(&[], &[("RUSTFLAGS", "--cfg special")]));
    assert!(board(
        &[],
        &[("CARGO_ENCODED_RUSTFLAGS", "--cfg\u{1f}special")]
    ));
    assert!(board(&["--config", flags], &[]));
    assert!(board(&["--config", flags, "--target", host()], &[]));
    fixture.write(".cargo/config.toml", &format!("{flags}\n"));
    assert!(board(&[], &[]));
    assert!(!board(&[], &[("RUSTFLAGS", "--cfg other")]));
}

#[cfg(unix)]
#[test]
fn c14_a_wrapper_around_the_compiler() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = workspace();
    fixture.write("wrapper", "#!/bin/sh\nexec \"$@\"\n");
    let wrapper = fixture.dir.join("wrapper");
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("a mode");
    let wrapper = wrapper.to_string_lossy();
    for variable in ["RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        let env = [(variable, &*wrapper)];
        let arguments = ["check", "--package", "fw"];
        assert_eq!(told(&fixture, "", &arguments, &env), USUAL, "{variable}");
    }
}

#[test]
fn c16_a_custom_target() {
    let fixture = workspace();
    let specification = run(Command::new("rustc")
        .args(["--print", "target-spec-json", "-Zunstable-options"])
        .args(["--target", "thumbv7m-none-eabi"])
        .env("RUSTC_BOOTSTRAP", "1"));
    let text = String::from_utf8(specification).expect("UTF-8");
    fixture.write(
        "board-m3.json",
        &text.replace("\"is-builtin\": true", "\"is-builtin\": false"),
    );
    let mut arguments = vec!["check", "--package", "fw", "--keep-going"];
    arguments.extend(["--target", "board-m3.json"]);
    let flags = run(fixture
        .cargo("")
        .args(["-Z", "help"])
        .env("RUSTC_BOOTSTRAP", "1"));
    if String::from_utf8_lossy(&flags).contains("json-target-spec") {
        arguments.push("-Zjson-target-spec");
    }
    let bootstrap = [("RUSTC_BOOTSTRAP", "1")];
    assert_eq!(told(&fixture, "", &arguments, &bootstrap), USUAL);

    let mut request = fixture.request("fw", &["default", "usual"]);
    request.target = "board-m3".into();
    request.env.push(("RUSTC_BOOTSTRAP".into(), "1".into()));
    let graph = fixture.graph(&request);
    let found = fixture.dir.join("board-m3.json");
    assert!(graph.inputs.files.contains(&found));
    let moved = fixture.dir.join("far.json");
    fs::rename(&found, &moved).expect("a move");
    let told = fixture.refused(&request);
    assert!(
        told.contains("put `board-m3.json` next to the package"),
        "{told}"
    );
    request.target_spec = Some(moved);
    assert!(!named(&fixture.graph(&request), "errno").features.is_empty());
}

#[test]
fn c16_outside_a_build_script() {
    // Cargo sets some of the variables for a test, but not this one.
    let told = Request::from_build_script().expect_err("no build script");
    let text = told.render();
    assert!(
        text.contains("error: Cargo's variable TARGET cannot be read"),
        "{text}"
    );
    assert!(text.contains("help: call this from `build.rs`"), "{text}");
}
