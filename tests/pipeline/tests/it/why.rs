//! `cargo enroll why NAME`: a fixture for each reason.

use crate::expect::expect;
use crate::project::{Project, host, module};
use serde_json::Value;

/// What the command says, whether or not it succeeds; `$DIR` for the workspace.
fn why(project: &Project, name: &str, more: &[&str]) -> String {
    let arguments = [&[name, "-p", "fw"], more].concat();
    let output = project.enroll_output("why", &arguments);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let asking = |line: &&str| !line.ends_with(": asking Cargo");
    let stderr: Vec<&str> = stderr.lines().filter(asking).collect();
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let text = format!("{stdout}{}\n", stderr.join("\n"));
    let text = text.replace(&project.dir.display().to_string(), "$DIR");
    let text = text.replace(host(), "$TARGET");
    text.replace('\\', "/").trim_end().to_owned()
}

/// What programs are told: the exit code and the reasons.
fn reasons(project: &Project, name: &str) -> (Option<i32>, Vec<(bool, String)>) {
    let output = project.enroll_output("why", &[name, "-p", "fw", "--json"]);
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["name"], name);
    let answers = value["answers"].as_array().expect("a list");
    let answer = |answer: &Value| {
        let reason = answer["reason"].as_str().expect("a reason");
        (answer["in"] == true, reason.to_owned())
    };
    (output.status.code(), answers.iter().map(answer).collect())
}

/// A workspace with a crate for every reason that a build may have and still
/// succeed.
fn project() -> Project {
    let os = "enroll::register_module! {
    /// The operating system.
    pub static OS: Module<vm::Vm> = \"os\" {
        \"sep\" => 1,
        \"name\" => 2,
        #[cfg(windows)]
        \"drive\" => 3,
    }
    aliases: [\"uos\"],
}
enroll::register_module! {
    static PATH: Module<vm::Vm> = \"os.path\" {}
    class: extensible,
}
";
    let extra = "enroll::extend_module! {
    static X: Extension<vm::Vm> = \"os\" { replace \"sep\" => 9, \"urandom\" => 4 }
}
enroll::extend_module! {
    static Y: Extension<vm::Vm> = \"gone\" { \"more\" => 1 }
    base: optional,
}
";
    let archive = "#[cfg(feature = \"zlib\")]
enroll::register_module! { static Z: Module<vm::Vm> = \"zlib\" {} }
enroll::register_module! {
    #[cfg(all(feature = \"tar\", unix))]
    static T: Module<vm::Vm> = \"tarfile\" {}
}
#[cfg(windows)]
mod registry;
#[cfg(test)]
enroll::register_module! { static F: Module<vm::Vm> = \"fake\" {} }
pub fn name() -> enroll::Qstr { enroll::qstr!(\"gzip\") }
";
    let timer = "enroll::register_module! {
    static M: Module<vm::Vm> = \"timer\" { \"now\" => 1 }
    requires: [\"clock\"],
}
";
    let firmware = "os = { path = \"../os\" }
extra = { path = \"../extra\" }
middle = { path = \"../middle\" }
timer = { path = \"../timer\" }
json = { path = \"../json\" }
optional = { path = \"../optional\", optional = true }
[dev-dependencies]
dev = { path = \"../dev\" }
[target.'cfg(windows)'.dependencies]
foreign = { path = \"../foreign\" }
[target.thumbv7m-none-eabi.dependencies]
board = { path = \"../board\" }
[features]
more = [\"dep:optional\"]
";
    let project = Project::new()
        .library("os", "", os)
        .library("extra", "", extra)
        .library("archive", "[features]\nzlib = []\ntar = []", archive)
        .file(
            "archive/src/registry.rs",
            "enroll::register_module! { static R: Module<vm::Vm> = \"winreg\" {} }\n",
        )
        .library(
            "middle",
            "archive = { path = \"../archive\" }",
            "extern crate archive as _;\n",
        )
        .library("timer", "", timer)
        .library("json", "", &module("json", "\"loads\" => 1"))
        .library("dev", "", &module("fixtures", ""))
        .library("tool", "", &module("generator", ""))
        .library("foreign", "", &module("win32", ""))
        .library("board", "", &module("board", ""))
        .library(
            "optional",
            "deep = { path = \"../deep\" }",
            &module("extras", ""),
        )
        .library("deep", "", &module("deepest", ""))
        .library("other", "", &module("random", "\"seed\" => 1"))
        .firmware(firmware);
    project.edit(
        "fw/Cargo.toml",
        "enroll-codegen.workspace = true\n",
        "enroll-codegen.workspace = true\ntool = { path = \"../tool\" }\n",
    );
    project.write(
        "fw/build.rs",
        "fn main() {
             enroll_codegen::Builder::new(\"vm::Vm\")
                 .names([\"asked\"])
                 .provides([\"float\"])
                 .exclude_modules([\"json\"])
                 .alias(\"posix\", \"os\")
                 .run();
         }\n",
    );
    project
}

#[test]
fn each_reason_has_its_place_and_its_remedy() {
    let project = project();
    let mut all = String::new();
    for (name, is_in, reason) in [
        // In.
        ("os", true, "module"),
        ("os.path", true, "module"),
        ("uos", true, "alias"),
        ("posix", true, "alias"),
        ("os.name", true, "attribute"),
        ("uos.name", true, "attribute"),
        ("os.urandom", true, "attribute"),
        ("os.sep", true, "replaced-by-extension"),
        ("gzip", true, "name"),
        ("asked", true, "name"),
        // Kept out by a cfg.
        ("zlib", false, "feature-off"),
        ("tarfile", false, "feature-off"),
        ("winreg", false, "cfg-false"),
        ("fake", false, "cfg-false"),
        ("os.drive", false, "cfg-false"),
        // By the settings.
        ("json", false, "excluded"),
        ("json.loads", false, "excluded"),
        ("timer", false, "host-lacks"),
        ("gone.more", false, "base-missing"),
        // By what the firmware depends on.
        ("extras", false, "feature-off"),
        ("deepest", false, "feature-off"),
        ("fixtures", false, "dev-dependency"),
        ("generator", false, "build-dependency"),
        ("win32", false, "other-target"),
        ("board", false, "other-target"),
        ("random", false, "not-a-dependency"),
        ("random.seed", false, "not-a-dependency"),
        ("seed", false, "not-a-dependency"),
        // By nothing.
        ("rnadom", false, "unknown"),
        ("os.sepp", false, "unknown"),
        ("other", false, "unknown"),
    ] {
        let text = why(&project, name, &[]);
        let code = Some(if reason == "unknown" { 101 } else { 0 });
        let told = (code, vec![(is_in, reason.to_owned())]);
        assert_eq!(reasons(&project, name), told, "{name}: {text}");
        all.push_str(&format!("$ cargo enroll why {name}\n{text}\n\n"));
    }
    expect("why.txt", &all);
}

#[test]
fn a_feature_that_is_asked_for_is_on() {
    let project = project();
    let text = why(&project, "extras", &["--features", "more"]);
    assert!(
        text.starts_with("`extras` is in `fw`: a builtin module of optional 1.0.0\n"),
        "{text}"
    );
    let way = "fw 1.0.0 → optional 1.0.0 → deep 1.0.0";
    let text = why(&project, "deepest", &["--features", "more"]);
    // Nothing names it.
    assert!(
        text.contains("no code names the crate deep 1.0.0"),
        "{text}"
    );
    assert!(text.contains(way), "{text}");
}

#[test]
fn a_build_that_is_refused_is_answered_for_all_the_same() {
    let project = Project::new()
        .library(
            "part",
            "",
            "#[cfg(made)]
enroll::register_module! { static M: Module<vm::Vm> = \"made\" {} }
enroll::register_module! { static N: Module<vm::Vm> = \"plain\" {} aliases: [\"other\"], }
enroll::register_module! { static O: Module<vm::Vm> = \"other\" {} }
",
        )
        .file(
            "part/build.rs",
            "fn main() { println!(\"cargo::rustc-cfg=made\"); }\n",
        )
        .library("quiet", "", &module("quiet", ""))
        .library("middle", "quiet = { path = \"../quiet\" }", "")
        .firmware("part = { path = \"../part\" }\nmiddle = { path = \"../middle\" }");
    project.refused();
    let mut all = String::new();
    for (name, expected) in [
        ("made", &[(false, "cfg-undecided")][..]),
        ("plain", &[(true, "module")]),
        ("other", &[(true, "module"), (false, "shadowed")]),
        ("quiet", &[(false, "not-named")]),
    ] {
        let text = why(&project, name, &[]);
        let expected = expected
            .iter()
            .map(|(is, reason)| (*is, (*reason).to_owned()));
        let told = (Some(0), expected.collect::<Vec<_>>());
        assert_eq!(reasons(&project, name), told, "{name}: {text}");
        all.push_str(&format!("$ cargo enroll why {name}\n{text}\n\n"));
    }
    expect("why_refused.txt", &all);
}

#[test]
fn frozen_modules_and_native_ones_shadow_each_other() {
    let project = Project::new()
        .library(
            "native",
            "",
            "enroll::register_module! { static A: Module<vm::Vm> = \"soft\" {} class: extensible, }
enroll::register_module! { static B: Module<vm::Vm> = \"hard\" {} }
",
        )
        .firmware("native = { path = \"../native\" }")
        .file("fw/scripts/soft.py", "")
        .file("fw/scripts/app/__init__.py", "")
        .file("fw/scripts/app/main.py", "");
    project.write(
        "fw/build.rs",
        "fn main() {
             enroll_codegen::Builder::new(\"vm::Vm\").freeze(\"scripts\").run();
         }\n",
    );
    let mut all = String::new();
    let mut ask = |name: &str, expected: &[(bool, &str)]| {
        let text = why(&project, name, &[]);
        let expected = expected
            .iter()
            .map(|(is, reason)| (*is, (*reason).to_owned()));
        let told = (Some(0), expected.collect::<Vec<_>>());
        assert_eq!(reasons(&project, name), told, "{name}: {text}");
        all.push_str(&format!("$ cargo enroll why {name}\n{text}\n\n"));
    };
    ask("app", &[(true, "frozen")]);
    ask("app.main", &[(true, "frozen")]);
    ask("soft", &[(false, "shadowed"), (true, "frozen")]);
    ask("hard", &[(true, "module")]);
    // The build is refused.
    project.write("fw/scripts/hard.py", "");
    ask("hard", &[(true, "module"), (false, "shadowed")]);
    expect("why_frozen.txt", &all);
}

#[test]
fn a_question_without_a_name_is_told_how_to_ask() {
    let project = project();
    let told = project
        .enroll("why", &["-p", "fw"])
        .expect_err("no name is given");
    assert!(told.contains("Usage: cargo enroll why NAME"), "{told}");
}
