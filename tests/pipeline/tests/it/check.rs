//! `cargo enroll check`: what a build would refuse, without building.

use crate::project::{Project, host, module};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const FIRMWARE: &str = "errno = { path = \"../errno\" }\nos = { path = \"../os\" }";

/// A firmware with two module crates, built.
fn project() -> Project {
    let project = Project::new()
        .library("errno", "", &module("errno", "\"EPERM\" => 1"))
        .library("os", "", &module("os", "\"sep\" => 2"))
        .firmware(FIRMWARE);
    project.must_build(&["-p", "fw"]);
    project
}

/// Every file below a folder with its content and time.
fn files(dir: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let time = path.metadata().and_then(|metadata| metadata.modified());
            let content = fs::read(&path).expect("a file");
            let name = path.display().to_string();
            all.insert(name, (content, time.expect("a time")));
        }
    }
    all
}

/// What is printed on stdout by a check that says nothing else.
#[track_caller]
fn quiet(project: &Project, arguments: &[&str]) -> String {
    let (stdout, stderr) = project.check(arguments);
    assert_eq!(stderr, "");
    stdout
}

#[test]
fn what_would_be_built_is_counted_and_nothing_is_written() {
    let project = project();
    // What else a script does is done again, elsewhere.
    project.write(
        "fw/build.rs",
        "fn main() {
             enroll_codegen::Builder::new(\"vm::Vm\").run();
             let own = std::path::Path::new(&std::env::var_os(\"OUT_DIR\").unwrap()).join(\"own\");
             assert!(!own.exists());
             std::fs::write(own, format!(\"{:?}\", std::time::SystemTime::now())).unwrap();
         }\n",
    );
    project.must_build(&["-p", "fw"]);
    let before = files(&project.target());
    let has = |end: &str| before.keys().any(|name| name.ends_with(end));
    assert!(has("out/enroll_script.json") && has("out/own"));
    assert_eq!(quiet(&project, &["-p", "fw"]), "fw: 2 modules, 17 names\n");
    // A change that nobody has built yet.
    let more = module("errno", "\"EPERM\" => 1, \"EIO\" => 5");
    project.write("errno/src/lib.rs", &more);
    assert_eq!(quiet(&project, &["-p", "fw"]), "fw: 2 modules, 18 names\n");
    let mut after = files(&project.target());
    // `cargo metadata` asks the compiler for its version.
    after.retain(|name, _| before.contains_key(name) || !name.ends_with("rustc_info.json"));
    assert!(after == before, "something was written");
}

/// Sources of `os` and `build.rs` that a build refuses, one for each place that
/// finds something wrong.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "a declaration",
        "enroll::register_module! { static M: Module<vm::Vm> = 1 {} }",
        "",
    ),
    (
        "two modules",
        "enroll::register_module! { static M: Module<vm::Vm> = \"errno\" {} }",
        "",
    ),
    (
        "an extension of nothing",
        "enroll::extend_module! { static M: Extension<vm::Vm> = \"zlib\" {} }",
        "",
    ),
    (
        "an entry twice",
        "enroll::extend_module! { static M: Extension<vm::Vm> = \"errno\" { \"EPERM\" => 2 } }",
        "",
    ),
    (
        "a package that is not there",
        "enroll::register_module! { static M: Module<vm::Vm> = \"a.b\" {} }",
        "",
    ),
    (
        "a cfg of the profile",
        "#[cfg(debug_assertions)] enroll::register_module! { static M: Module<vm::Vm> = \"a\" {} }",
        "",
    ),
    (
        "a hidden name",
        "macro_rules! n { ($n:literal) => { enroll::qstr!($n) }; }\npub fn f() -> enroll::Qstr { n!(\"x\") }",
        "",
    ),
    (
        "a broken file",
        "enroll::register_module! { static M: Module<vm::Vm> = \"a\" {",
        "",
    ),
    ("a choice of nothing", "", ".exclude_modules([\"oss\"])"),
    ("a name", "", ".names([\"\"])"),
    ("a host", "", ".host(\"vm::\")"),
    ("a binary", "", ".bin(\"other\")"),
    ("scripts around the output", "", ".freeze(\"..\")"),
    (
        "user modules around the output",
        "",
        ".user_modules(\"target\")",
    ),
    ("a predicate", "", ".assume_cfg(\"os\", \"cfg(x\", true)"),
];

#[test]
fn what_is_refused_is_told_as_the_build_tells_it() {
    let project = project();
    for (what, source, calls) in REFUSED {
        project.write("os/src/lib.rs", source);
        project.write(
            "fw/build.rs",
            &format!("fn main() {{ enroll_codegen::Builder::new(\"vm::Vm\"){calls}.run(); }}\n"),
        );
        let refused = project.refused();
        assert!(refused.contains("error: "), "{what}: {refused}");
        // Cargo's run has left a record, though it failed.
        let output = project.enroll_output("check", &["-p", "fw"]);
        assert_eq!(output.status.code(), Some(101), "{what}");
        assert_eq!(output.stdout, b"", "{what}");
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        let told = told.replace(&project.dir.display().to_string(), "$DIR");
        assert_eq!(told.trim_end(), refused, "{what}");
    }
}

#[test]
fn cargos_own_refusal_is_told_as_well() {
    let project = project();
    // Two of them, which no lock file can have unseen.
    project.write(
        "fw/Cargo.toml",
        "[package]\nname = \"fw\"\n[dependencies]\nnobody = \"=9\"\n",
    );
    let told = project
        .enroll("check", &["-p", "fw"])
        .expect_err("no build");
    assert!(told.contains("nobody"), "{told}");
}

#[test]
fn warnings_are_drawn_and_refuse_nothing() {
    let project = project();
    project.write(
        "os/Cargo.toml",
        &format!(
            "{}\n[package.metadata.enroll]\nnmaes = []\n",
            project.read("os/Cargo.toml")
        ),
    );
    project.must_build(&["-p", "fw"]);
    let (stdout, stderr) = project.check(&["-p", "fw"]);
    assert_eq!(stdout, "fw: 2 modules, 17 names, 1 warning\n");
    assert!(
        stderr.starts_with("warning: `nmaes` is not a key of `package.metadata.enroll`\n")
            && stderr.contains("nmaes = []")
            && stderr.contains("did you mean `names`?"),
        "{stderr}"
    );
}

#[test]
fn a_build_script_that_is_out_of_date_is_compiled_again() {
    let project = project();
    let check = || {
        let (stdout, stderr) = project.check(&["-p", "fw"]);
        (stdout, stderr.replace('\\', "/"))
    };
    let newer = "is newer than the compiled build script: asking Cargo\n";
    project.edit("fw/build.rs", ".run()", ".exclude_modules([\"os\"]).run()");
    let once = check();
    assert_eq!(
        once,
        (
            "fw: 1 module, 17 names\n".into(),
            format!("fw/build.rs {newer}")
        )
    );
    assert_eq!(check(), (once.0.clone(), String::new()));
    // A file that it takes in.
    project.write("fw/settings.rs", "const OUT: [&str; 1] = [\"errno\"];");
    project.write(
        "fw/build.rs",
        "include!(\"settings.rs\");
         fn main() { enroll_codegen::Builder::new(\"vm::Vm\").exclude_modules(OUT).run(); }\n",
    );
    check();
    project.edit("fw/settings.rs", "errno", "os");
    let told = check().1;
    assert_eq!(told, format!("fw/settings.rs {newer}"));
    // What decides which crates there are.
    project.edit("fw/Cargo.toml", "os = { path = \"../os\" }", "");
    let told = check().1;
    let begin = "fw/Cargo.toml is newer than the last run of the build script: asking Cargo\n\
                 error: Builder::exclude_modules was given `os`, and no crate of this build";
    assert!(told.starts_with(begin), "{told}");
    // Cargo's run is the last one now.
    assert!(check().1.starts_with("error: Builder::exclude_modules"));
}

#[test]
fn a_build_that_never_was_is_asked_for_without_compiling_the_firmware() {
    let project = Project::new()
        .library("errno", "", &module("errno", "\"EPERM\" => 1"))
        .firmware("errno = { path = \"../errno\" }")
        // Would fail the check of everything.
        .file(
            "fw/src/main.rs",
            "enroll::include_modules!(); fn main() { broken }",
        );
    let (stdout, stderr) = project.check(&["-p", "fw"]);
    assert_eq!(stdout, "fw: 1 module, 15 names\n");
    let never = "no run of the build script of `fw` fits: asking Cargo\n";
    assert_eq!(stderr, never);
    assert_eq!(quiet(&project, &["-p", "fw"]), stdout);
}

#[test]
fn a_script_with_an_opinion_of_its_own_is_heard() {
    let project = project();
    project.write(
        "fw/build.rs",
        "fn main() {
             enroll_codegen::Builder::new(\"vm::Vm\").run();
             eprintln!(\"not on a Wednesday\");
             std::process::exit(3);
         }\n",
    );
    project.refused();
    let told = project
        .enroll("check", &["-p", "fw"])
        .expect_err("no build");
    assert_eq!(told, "not on a Wednesday\n");
    project.write(
        "fw/build.rs",
        "fn main() { panic!(\"before the builder\"); }\n",
    );
    let told = project
        .enroll("check", &["-p", "fw"])
        .expect_err("no build");
    assert!(told.contains("before the builder"), "{told}");
}

#[test]
fn features_and_targets_select_as_in_a_build() {
    let project = project();
    project.write(
        "fw/Cargo.toml",
        &project.read("fw/Cargo.toml").replace(
            "os = { path = \"../os\" }",
            "os = { path = \"../os\", optional = true }\n[features]\ndefault = [\"files\"]\nfiles = [\"dep:os\"]",
        ),
    );
    let two = "fw: 2 modules, 17 names\n";
    let one = "fw: 1 module, 15 names\n";
    for arguments in [
        &["-p", "fw"][..],
        &["-p", "fw", "--no-default-features"],
        &["-p", "fw", "--no-default-features", "--features", "files"],
        &["-p", "fw", "--target", host()],
    ] {
        let expected = match arguments.len() {
            3 => one,
            _ => two,
        };
        assert_eq!(project.check(arguments).0, expected, "{arguments:?}");
        assert_eq!(quiet(&project, arguments), expected, "{arguments:?}");
    }
    // Each run is remembered beside the others.
    assert_eq!(quiet(&project, &["-p", "fw"]), two);
    assert_eq!(quiet(&project, &["-p", "fw", "--no-default-features"]), one);
}

#[test]
fn several_firmwares_are_told_apart() {
    let project = project();
    project.write(
        "fw2/Cargo.toml",
        &project.read("fw/Cargo.toml").replace("\"fw\"", "\"fw2\""),
    );
    project.write("fw2/src/main.rs", &project.read("fw/src/main.rs"));
    project.write(
        "fw2/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").exclude_modules([\"os\"]).run(); }\n",
    );
    project.must_build(&["--workspace"]);
    let (first, second) = ("fw: 2 modules, 17 names\n", "fw2: 1 module, 17 names\n");
    assert_eq!(
        quiet(&project, &["--workspace"]),
        format!("{first}{second}")
    );
    assert_eq!(quiet(&project, &[]), format!("{first}{second}"));
    assert_eq!(quiet(&project, &["-p", "fw2"]), second);
    assert_eq!(quiet(&project, &["--workspace", "--exclude", "fw2"]), first);
    // One is refused, with the text of that one alone.
    project.write("os/src/lib.rs", "");
    let told = project.enroll("check", &[]).expect_err("no build");
    assert_eq!(told.matches("error: ").count(), 1, "{told}");
    assert!(told.contains("exclude_modules was given `os`"), "{told}");
    let told = project
        .enroll("check", &["-p", "nobody"])
        .expect_err("no package");
    assert!(told.contains("nobody"), "{told}");
    let told = project
        .enroll("check", &["-p", "errno"])
        .expect_err("no firmware");
    assert!(told.contains("is the firmware selected (-p)?"), "{told}");
}

#[test]
fn the_environment_of_the_build_is_that_of_the_check() {
    let mut project = project();
    project.write(
        ".cargo/config.toml",
        "[env]\nENROLL_QSTR_SALT = \"seven\"\n",
    );
    project.refused();
    let told = project
        .enroll("check", &["-p", "fw"])
        .expect_err("no build");
    assert!(told.contains("must be a decimal number"), "{told}");
    // The environment wins over the file.
    project.env("ENROLL_QSTR_SALT", "7");
    assert_eq!(quiet(&project, &["-p", "fw"]), "fw: 2 modules, 17 names\n");
    project.env("USER_MODULES", "nowhere");
    let told = project
        .enroll("check", &["-p", "fw"])
        .expect_err("no build");
    assert!(told.contains("nowhere"), "{told}");
}

#[test]
fn programs_read_it_as_json() {
    let project = project();
    let json = |code: i32| -> Value {
        let output = project.enroll_output("check", &["-p", "fw", "--json"]);
        assert_eq!(output.status.code(), Some(code));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let value = json(0);
    assert_eq!(value["format"], 1);
    let firmware = &value["firmwares"][0];
    assert_eq!(firmware["firmware"], "fw");
    assert_eq!(firmware["ok"], true);
    assert_eq!(firmware["target"], host());
    assert_eq!(firmware["modules"], 2);
    assert_eq!(firmware["diagnostics"], serde_json::json!([]));
    project.write("os/src/lib.rs", &module("errno", ""));
    let firmware = &json(101)["firmwares"][0];
    assert_eq!(firmware["ok"], false);
    let told = &firmware["diagnostics"][0];
    assert_eq!(told["kind"], "duplicate-module");
    assert_eq!(told["level"], "error");
    assert_eq!(told["message"], "the module `errno` is registered twice");
    let file = told["places"][0]["file"].as_str().expect("a file");
    assert!(Path::new(file).ends_with("os/src/lib.rs"), "{file}");
    assert_eq!(told["places"][0]["line"], 1);
    assert_eq!(told["places"][0]["label"], "registered here");
    assert_eq!(told["help"].as_array().map(Vec::len), Some(1));
    let rendered = told["rendered"].as_str().expect("a text");
    assert!(
        rendered.starts_with("error: the module `errno`"),
        "{rendered}"
    );
}
