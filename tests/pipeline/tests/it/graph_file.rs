//! A build that Cargo does not run: the graph is a file, and plain rustc
//! compiles.

use crate::expect::expect;
use crate::project::{Project, module, printed};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Three crates in a row of private modules, a feature, an extension, a hidden
/// name, a wrapper macro, a frozen script and a user module.
fn project() -> Project {
    let project = Project::new()
        .library(
            "errno",
            "[features]\nmore = []",
            "mod private {
                 #[cfg(feature = \"more\")]
                 enroll::register_module! {
                     static M: Module<vm::Vm> = \"errno\" { \"EPERM\" => 1 }
                     aliases: [\"uerrno\"],
                 }
             }
             #[cfg(target_os = \"none\")]
             enroll::register_module! { static N: Module<vm::Vm> = \"bare\" {} }",
        )
        .library(
            "middle",
            "errno = { path = \"../errno\", features = [\"more\"] }",
            "extern crate errno as _;
             enroll::extend_module! { static X: Extension<vm::Vm> = \"errno\" { \"EIO\" => 5 } }",
        )
        .library(
            "json",
            "",
            "enroll::register_module! {
                 static M: Module<vm::Vm> = \"json\" { \"loads\" => 1 }
                 requires: [\"alloc\"],
             }",
        )
        .firmware("renamed = { path = \"../middle\", package = \"middle\" }\njson = { path = \"../json\" }")
        .file(
            "fw/build.rs",
            "fn main() {
                 enroll_codegen::Builder::new(\"vm::Vm\")
                     .provides([\"float\"])
                     .alias(\"errors\", \"errno\")
                     .names([\"asked\"])
                     .user_modules(\"own\")
                     .run();
             }\n",
        )
        .file("own/local/mod.rs", &module("local", "\"x\" => 3"));
    // No member.
    project.edit("Cargo.toml", "\"outside\"", "\"outside\", \"own\"");
    project
}

const SETTINGS: &str = r#"host = "vm::Vm"
provides = ["float"]
pool-names = ["asked"]
user-modules = ["own"]
aliases = { errors = "errno" }
"#;

/// As somebody would write it who has no Cargo.
const GRAPH: &str = r#"{
  "format": 1,
  "firmware": "fw",
  "workspace": "..",
  "cfgs": ["unix", "target_os=\"linux\""],
  "packages": [
    {
      "name": "fw", "version": "1.0.0", "dir": "../fw", "root": "src/main.rs",
      "enroll": ["enroll"],
      "dependencies": [
        { "package": "middle 1.0.0", "name": "renamed" },
        { "package": "json" },
        { "package": "vm" }
      ]
    },
    { "name": "json", "version": "1.0.0", "dir": "../json", "enroll": ["enroll"],
      "dependencies": [{ "package": "vm" }] },
    { "name": "vm", "version": "0.1.0", "dir": "VM", "enroll": ["enroll"] },
    {
      "name": "errno", "version": "1.0.0", "dir": "../errno",
      "features": ["more"], "enroll": ["enroll"],
      "dependencies": [{ "package": "vm" }]
    },
    {
      "name": "middle", "version": "1.0.0", "dir": "../middle", "enroll": ["enroll"],
      "dependencies": [{ "package": "errno" }, { "package": "vm" }]
    }
  ]
}
"#;

/// `cargo enroll generate` where there is no Cargo, nor anything else.
fn generate(project: &Project, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"))
        .env_clear()
        .arg("generate")
        .args(arguments)
        .current_dir(&project.dir)
        .output()
        .expect("the command runs")
}

const ARGUMENTS: [&str; 6] = [
    "--graph",
    "outside/fw.json",
    "--settings",
    "outside/fw.toml",
    "--out",
    "outside/out",
];

/// The compiler itself, not the one of rustup that chooses it.
fn rustc() -> PathBuf {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output();
    let sysroot = printed(output.expect("rustc runs"));
    Path::new(sysroot.trim_end()).join("bin/rustc")
}

/// Compares with what Cargo's build has generated.
#[track_caller]
fn same(project: &Project, out: &Path) {
    let (own, cargos) = (generated(out), generated(&project.out_dir()));
    assert_eq!(own.len(), cargos.len());
    for ((name, own), (cargos_name, cargos)) in own.iter().zip(&cargos) {
        assert_eq!(name, cargos_name);
        let mut lines = own.lines().zip(cargos.lines()).enumerate();
        let other = lines.find(|(_, (own, cargos))| own != cargos);
        assert_eq!(other, None, "{name}");
        assert_eq!(own, cargos);
    }
}

/// The files of a folder but the record of the build script.
fn generated(dir: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name.starts_with("enroll_script") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a file");
        files.push((name, text));
    }
    files.sort();
    files
}

#[test]
fn a_firmware_is_built_by_rustc_alone_as_cargo_builds_it() {
    let project = project();
    let expected = project.run();
    assert_eq!(expected, "errno: EIO=5 EPERM=1\nlocal: x=3\n");
    project.write(
        "outside/fw.json",
        &GRAPH.replace("VM", &Project::repository("tests/pipeline/vm")),
    );
    project.write("outside/fw.toml", SETTINGS);
    printed(generate(&project, &ARGUMENTS));
    let out = project.dir.join("outside/out");
    same(&project, &out);
    // What another rule has compiled, as every crate comes to a rule.
    let deps = project.target().join("debug/deps");
    let mut cargo = project.cargo();
    cargo.args(["build", "--offline", "-p", "json", "--message-format=json"]);
    let messages = printed(cargo.output().expect("Cargo runs"));
    let messages: Vec<Value> = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    // Not those that build scripts are compiled with.
    let built = |name: &str| -> PathBuf {
        let mut of_name = messages.iter().filter(|of| of["target"]["name"] == name);
        let files = of_name.find_map(|of| of["filenames"].as_array());
        let mut files = files
            .expect("compiled before")
            .iter()
            .filter_map(Value::as_str);
        files
            .find(|file| file.ends_with(".rlib"))
            .expect("a library")
            .into()
    };
    let compile = |name: &str, root: &str, kind: &str, with: &[(&str, PathBuf)], more: &[&str]| {
        let mut command = Command::new(rustc());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("CARGO_PKG_NAME", name)
            .env("CARGO_PKG_VERSION", "1.0.0")
            .env("OUT_DIR", &out)
            .args([
                "--edition",
                "2024",
                "--crate-name",
                name,
                "--crate-type",
                kind,
            ])
            .arg(project.dir.join(root))
            .args(more)
            .arg("-L")
            .arg(format!("dependency={}", deps.display()))
            .arg("-L")
            .arg(format!("dependency={}", out.display()))
            .arg("--out-dir")
            .arg(&out);
        for (name, file) in with {
            command
                .arg("--extern")
                .arg(format!("{name}={}", file.display()));
        }
        printed(command.output().expect("rustc runs"));
        out.join(format!("lib{name}.rlib"))
    };
    let both = [("enroll", built("enroll")), ("vm", built("vm"))];
    let with = |more: &[(&'static str, PathBuf)]| [&both[..], more].concat();
    let json = compile("json", "json/src/lib.rs", "rlib", &with(&[]), &[]);
    let cfg = ["--cfg", "feature=\"more\""];
    let errno = compile("errno", "errno/src/lib.rs", "rlib", &with(&[]), &cfg);
    let middle = compile(
        "middle",
        "middle/src/lib.rs",
        "rlib",
        &with(&[("errno", errno)]),
        &[],
    );
    let firmware = with(&[("renamed", middle), ("json", json)]);
    compile("fw", "fw/src/main.rs", "bin", &firmware, &[]);
    let output = Command::new(out.join("fw")).output();
    assert_eq!(printed(output.expect("it runs")), expected);
}

#[test]
fn the_graph_that_cargo_enroll_writes_is_the_builds_own() {
    let project = project();
    project.run();
    project.write("outside/fw.toml", SETTINGS);
    let output = project.enroll_output("graph", &["-o", "outside/fw.json", "-p", "fw"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let graph = project.read("outside/fw.json");
    assert!(graph.contains("\"dir\": \"../fw\""), "{graph}");
    assert!(
        !graph.contains(&project.dir.display().to_string()),
        "{graph}"
    );
    printed(generate(&project, &ARGUMENTS));
    let out = project.dir.join("outside/out");
    same(&project, &out);
    // The same on stdout, from the folder that one is in.
    let printed = project.enroll_output("graph", &["-p", "fw"]);
    let printed = String::from_utf8(printed.stdout).expect("UTF-8");
    assert!(printed.contains("\"dir\": \"fw\""), "{printed}");
}

#[test]
fn a_build_script_can_take_a_graph_file() {
    let project = project();
    let expected = project.run();
    project.enroll_output("graph", &["-o", "fw/fw.json", "-p", "fw"]);
    project.edit("fw/build.rs", ".run()", ".graph_file(\"fw.json\").run()");
    assert_eq!(project.run(), expected);
}

#[test]
fn mistakes_in_the_files_are_told_with_their_places() {
    let project = project();
    let told = |graph: &str, settings: &str| {
        project.write("outside/fw.json", graph);
        project.write("outside/fw.toml", settings);
        let output = generate(&project, &ARGUMENTS);
        assert_eq!(output.status.code(), Some(101));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let vm = Project::repository("tests/pipeline/vm");
    let graph = GRAPH.replace("VM", &vm);
    let mut all = String::new();
    for (what, graph, settings) in [
        ("no JSON", "{\n  \"format\": 1,\n}", SETTINGS),
        (
            "another format",
            "{ \"format\": 9, \"packages\": [] }",
            SETTINGS,
        ),
        (
            "wrong values",
            &graph
                .replace("\"firmware\": \"fw\"", "\"firmware\": \"fwm\"")
                .replace("{ \"package\": \"json\" }", "{ \"package\": \"jsn\" }")
                .replace("\"features\": [\"more\"]", "\"feature\": [\"more\"]")
                .replace("\"../json\"", "\"../jsn\"")
                .replace("\"root\": \"src/main.rs\"", "\"root\": 1")
                .replace(
                    "{ \"name\": \"json\", \"version\": \"1.0.0\",",
                    "{ \"name\": \"json\",",
                ),
            SETTINGS,
        ),
        (
            "wrong settings",
            &graph,
            "host = \"vm::Vm\"\nhots = []\nexclude-modules = \"json\"\n[aliases]\na = 1\n",
        ),
        ("no host", &graph, ""),
        (
            "a choice of nothing",
            &graph,
            &SETTINGS.replace("provides = [\"float\"]", "exclude-modules = [\"jsno\"]"),
        ),
    ] {
        let text = told(graph, settings).replace(&vm, "VM");
        all.push_str(&format!("# {what}\n{text}\n"));
    }
    expect("graph_file.txt", &all);
    project.remove("outside/fw.json");
    let output = generate(&project, &ARGUMENTS);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(stderr.contains("the graph file cannot be read"), "{stderr}");
    let usage = generate(&project, &["--graph", "outside/fw.json"]);
    let stderr = String::from_utf8_lossy(&usage.stderr).into_owned();
    assert!(stderr.contains("Usage: cargo enroll generate"), "{stderr}");
}
