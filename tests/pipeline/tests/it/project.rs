//! A fixture workspace.

use crate::built::Built;
use crate::seed;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

const BUILD_RS: &str = "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").run(); }\n";
const MAIN_RS: &str = "enroll::include_modules!();\nfn main() { vm::show(&BUILTINS); }\n";

/// A workspace in a folder of its own, removed at the end. Every folder in it
/// with a manifest is a member, but those in `outside/`.
pub(crate) struct Project {
    pub(crate) dir: PathBuf,
    env: Vec<(OsString, OsString)>,
    kept: bool,
}

impl Project {
    /// A workspace with the host `vm` and the runtime among its dependencies,
    /// and nothing to compile but its own members.
    pub(crate) fn new() -> Project {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fixture-{}-{count}", std::process::id());
        let mut project = Project::bare(&name);
        project.kept = std::env::var_os("KEEP_FIXTURES").is_some();
        seed::plant(&project.target());
        project
    }

    /// The same, kept, with everything still to compile.
    pub(crate) fn bare(name: &str) -> Project {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&dir).expect("a folder");
        // Cargo prints real paths.
        let dir = dir.canonicalize().expect("a folder");
        let project = Project {
            dir,
            env: Vec::new(),
            kept: true,
        };
        let path = Project::repository;
        project.write(
            "Cargo.toml",
            &format!(
                r#"
                    [workspace]
                    resolver = "3"
                    members = ["*"]
                    exclude = [".cargo", "outside", "target"]
                    [workspace.package]
                    edition = "2024"
                    [workspace.dependencies]
                    enroll = {{ path = {:?} }}
                    enroll-codegen = {{ path = {:?} }}
                    vm = {{ path = {:?} }}
                    [profile.dev]
                    debug = 0
                    incremental = false
                "#,
                path("runtime"),
                path("codegen"),
                path("tests/pipeline/vm"),
            ),
        );
        // The versions that the repository was tested with, and that are here.
        fs::copy(path("Cargo.lock"), project.dir.join("Cargo.lock")).expect("a lock file");
        project
    }

    /// A file or folder of the repository.
    pub(crate) fn repository(path: &str) -> String {
        let repository = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let repository = repository.canonicalize().expect("a folder");
        repository.join(path).display().to_string()
    }

    /// Adds a library that depends on the runtime and the host; `manifest`
    /// goes on in its table of dependencies.
    pub(crate) fn library(self, name: &str, manifest: &str, source: &str) -> Project {
        self.write(
            &format!("{name}/Cargo.toml"),
            &format!(
                "[package]\nname = {name:?}\nversion = \"1.0.0\"\nedition.workspace = true\n\
                 [dependencies]\nenroll.workspace = true\nvm.workspace = true\n{manifest}\n"
            ),
        );
        self.write(&format!("{name}/src/lib.rs"), source);
        self
    }

    /// Adds a library without any dependency but those in `manifest`.
    pub(crate) fn plain(self, name: &str, manifest: &str, source: &str) -> Project {
        self.write(
            &format!("{name}/Cargo.toml"),
            &format!(
                "[package]\nname = {name:?}\nversion = \"1.0.0\"\nedition.workspace = true\n\
                 [dependencies]\n{manifest}\n"
            ),
        );
        self.write(&format!("{name}/src/lib.rs"), source);
        self
    }

    /// Adds the firmware `fw`, which prints its modules; `manifest` goes on in
    /// its table of dependencies.
    pub(crate) fn firmware(self, manifest: &str) -> Project {
        self.write(
            "fw/Cargo.toml",
            &format!(
                "[package]\nname = \"fw\"\nversion = \"1.0.0\"\nedition.workspace = true\n\
                 [build-dependencies]\nenroll-codegen.workspace = true\n\
                 [dependencies]\nenroll.workspace = true\nvm.workspace = true\n{manifest}\n"
            ),
        );
        self.write("fw/build.rs", BUILD_RS);
        self.write("fw/src/main.rs", MAIN_RS);
        self
    }

    /// Adds or replaces a file.
    pub(crate) fn file(self, path: &str, text: &str) -> Project {
        self.write(path, text);
        self
    }

    /// Sets a variable for Cargo.
    pub(crate) fn env(&mut self, name: &str, value: &str) {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.into(), value.into()));
    }

    /// Writes a file; what Cargo built until now is older than it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        // Some file systems count in steps of a few milliseconds.
        thread::sleep(Duration::from_millis(5));
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces `old`, which must be there, in a file.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}:\n{text}");
        self.write(path, &text.replace(old, new));
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.dir.join(path)).expect("a file")
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.dir.join(path)).expect("a file");
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.dir.join("target")
    }

    /// Cargo in the workspace, without what the Cargo that runs the tests has
    /// set.
    pub(crate) fn cargo(&self) -> Command {
        self.clean(Command::new(
            std::env::var_os("CARGO").expect("run by Cargo"),
        ))
    }

    pub(crate) fn clean(&self, command: Command) -> Command {
        let mut command = Project::untold(command);
        command
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", self.target())
            .envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// `cargo enroll COMMAND …` in the repository itself, in the target folder
    /// that this test was built in; returns what it prints.
    #[cfg(unix)]
    pub(crate) fn of_repository(command: &str, arguments: &[&str]) -> String {
        let program = Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        let output = Project::untold(program)
            .current_dir(Project::repository(""))
            .env("CARGO_TARGET_DIR", target.expect("a folder"))
            .env("CARGO_NET_OFFLINE", "true")
            .arg(command)
            .args(arguments)
            .output()
            .expect("the command runs");
        printed(output)
    }

    /// Without what the Cargo that runs the tests has said of itself.
    fn untold(mut command: Command) -> Command {
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let of_cargo = text.starts_with("CARGO_") && text != "CARGO_HOME";
            let of_enroll = text.starts_with("ENROLL_") || text == "USER_MODULES";
            if of_cargo || of_enroll || text == "RUSTFLAGS" {
                command.env_remove(&name);
            }
        }
        command
            .env("CARGO", std::env::var_os("CARGO").expect("run by Cargo"))
            .env("CARGO_TERM_COLOR", "never");
        command
    }

    /// `cargo SUBCOMMAND --offline …`, with Cargo's messages read.
    pub(crate) fn command(&self, subcommand: &str, arguments: &[&str]) -> Result<Built, String> {
        let output = self
            .cargo()
            .args([subcommand, "--offline"])
            .arg("--message-format=json-render-diagnostics")
            .args(arguments)
            .output()
            .expect("Cargo runs");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            Ok(Built::read(&output.stdout))
        } else {
            Err(stderr)
        }
    }

    /// `cargo build …`.
    #[track_caller]
    pub(crate) fn must_build(&self, arguments: &[&str]) -> Built {
        match self.command("build", arguments) {
            Ok(built) => built,
            Err(stderr) => panic!("{stderr}"),
        }
    }

    /// Builds `fw` and returns what it prints.
    #[track_caller]
    pub(crate) fn run(&self) -> String {
        self.run_with(&[])
    }

    /// The same, with more arguments for Cargo.
    ///
    /// What was compiled is compared with the table on the way.
    #[track_caller]
    pub(crate) fn run_with(&self, arguments: &[&str]) -> String {
        let arguments = [&["-p", "fw"], arguments].concat();
        let built = self.must_build(&arguments);
        if let Err(told) = self.verify(&arguments) {
            panic!("{told}");
        }
        built.run("fw")
    }

    /// `cargo enroll verify …`.
    pub(crate) fn verify(&self, arguments: &[&str]) -> Result<String, String> {
        self.enroll("verify", arguments)
    }

    /// `cargo enroll COMMAND …`.
    pub(crate) fn enroll(&self, command: &str, arguments: &[&str]) -> Result<String, String> {
        self.enroll_words(command, &[&["--offline"], arguments].concat())
    }

    /// The same, with nothing but these arguments.
    pub(crate) fn enroll_words(&self, command: &str, arguments: &[&str]) -> Result<String, String> {
        let program = Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"));
        let output = self
            .clean(program)
            .env("CARGO_NET_OFFLINE", "true")
            .arg(command)
            .args(arguments)
            .output()
            .expect("the command runs");
        if output.status.success() {
            return Ok(printed(output));
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// `cargo enroll check …`: what it prints on stdout and on stderr.
    pub(crate) fn check(&self, arguments: &[&str]) -> (String, String) {
        let output = self.enroll_output("check", arguments);
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    }

    /// `cargo enroll COMMAND …`, whether or not it succeeds.
    pub(crate) fn enroll_output(&self, command: &str, arguments: &[&str]) -> Output {
        let program = Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"));
        self.clean(program)
            .arg(command)
            .args(arguments)
            .arg("--offline")
            .output()
            .expect("the command runs")
    }

    /// The same for a command that must succeed: what it says beside its answer.
    #[track_caller]
    pub(crate) fn enroll_with_stderr(&self, command: &str, arguments: &[&str]) -> String {
        let program = Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"));
        let output = self
            .clean(program)
            .args([command, "--offline"])
            .args(arguments)
            .output()
            .expect("the command runs");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{stderr}");
        stderr
    }

    /// Builds `fw`, which must fail in its build script, and returns what that
    /// printed, with `$DIR` for the workspace.
    #[track_caller]
    pub(crate) fn refused(&self) -> String {
        // The script's word is wanted whatever rustc says to another crate.
        match self.command("build", &["-p", "fw", "--keep-going"]) {
            Ok(_) => panic!("the build succeeds"),
            Err(stderr) => self.script_output(&stderr),
        }
    }

    /// What a failed build script printed.
    #[track_caller]
    pub(crate) fn script_output(&self, stderr: &str) -> String {
        let head = "--- stderr\n";
        let Some(start) = stderr.find(head) else {
            panic!("not the build script failed:\n{stderr}");
        };
        stderr[start + head.len()..]
            .lines()
            .take_while(|line| line.is_empty() || line.starts_with("  "))
            .map(|line| line.strip_prefix("  ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
            .replace(&self.dir.display().to_string(), "$DIR")
            .trim_end()
            .to_owned()
    }

    /// The folder into which the firmware's build script writes.
    pub(crate) fn out_dir(&self) -> PathBuf {
        let scripts = self.target().join("debug/build");
        let mut found = Vec::new();
        for entry in fs::read_dir(scripts).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().to_string_lossy().into_owned();
            let out = entry.path().join("out");
            if name.starts_with("fw-") && out.is_dir() {
                found.push(out);
            }
        }
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    /// When the firmware's build script ran last.
    pub(crate) fn script_time(&self) -> SystemTime {
        let output = self.out_dir().with_file_name("output");
        let metadata = output.metadata().expect("the script's output");
        metadata.modified().expect("a time")
    }

    /// The names of the files in it, sorted.
    pub(crate) fn files_out(&self) -> Vec<String> {
        let entries = fs::read_dir(self.out_dir()).expect("a folder");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// What the build says about itself.
    pub(crate) fn report(&self) -> String {
        fs::read_to_string(self.out_dir().join("enroll_plan.json")).expect("a report")
    }

    /// The generated file.
    pub(crate) fn generated(&self) -> String {
        fs::read_to_string(self.out_dir().join("enroll_modules.rs")).expect("a generated file")
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// A declaration without hooks.
pub(crate) fn module(name: &str, table: &str) -> String {
    format!("enroll::register_module! {{ static M: Module<vm::Vm> = {name:?} {{ {table} }} }}\n")
}

/// The target triple of this machine.
pub(crate) fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let output = Command::new(rustc).arg("-vV").output();
        let text = printed(output.expect("rustc runs"));
        let line = text.lines().find_map(|line| line.strip_prefix("host: "));
        line.expect("a line with the host").to_owned()
    })
}

/// The text that a command which must succeed prints.
pub(crate) fn printed(output: Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
