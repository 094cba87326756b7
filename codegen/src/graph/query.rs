//! Asks Cargo.

use super::request::Request;
use super::tree::{FORMAT, Tree};
use crate::error::{Diagnostic, Kind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which build `cargo tree` is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The firmware alone: what `cargo build -p firmware` compiles.
    Firmware,
    /// With the firmware's dev-dependencies: `cargo test -p firmware`.
    Dev,
    /// All members: `cargo build --workspace`.
    Workspace,
    /// All members with their dev-dependencies: `cargo test --workspace`.
    WorkspaceDev,
}

/// `cargo tree` for one scope.
///
/// # Errors
///
/// [`Kind::CargoQuery`] with what Cargo said and what to do about it. There is
/// no second way to ask: an answer from elsewhere could be another build's.
pub(super) fn tree(request: &Request, scope: Scope) -> Result<Tree, Diagnostic> {
    let run = |target: &Path, json: bool| {
        let edges = match scope {
            Scope::Firmware | Scope::Workspace => "normal,no-proc-macro",
            Scope::Dev | Scope::WorkspaceDev => "normal,dev,no-proc-macro",
        };
        let mut command = command(request, "tree");
        command
            .args(["--edges", edges, "--format", FORMAT, "--charset", "ascii"])
            .args(["--prefix", "indent"])
            .arg("--target")
            .arg(target);
        if json {
            command.arg("-Zjson-target-spec");
        }
        match scope {
            Scope::Firmware | Scope::Dev => {
                let features: Vec<&str> = request.features.iter().map(String::as_str).collect();
                command
                    .arg("--package")
                    .arg(format!("{}@{}", request.name, request.version))
                    .args(["--no-default-features", "--features", &features.join(",")]);
            }
            // The firmware's features on top of every member's default ones.
            Scope::Workspace | Scope::WorkspaceDev => {
                let features: Vec<String> = request
                    .features
                    .iter()
                    .map(|feature| format!("{}/{feature}", request.name))
                    .collect();
                command.args(["--workspace", "--features", &features.join(",")]);
            }
        }
        output(command)
    };
    let target = PathBuf::from(&request.target);
    let text = match &request.target_spec {
        Some(path) => specified(path, &run),
        None => run(&target, false).or_else(|failure| {
            if !failure.text.contains("loading target specification") {
                return Err(failure);
            }
            match specification(request) {
                Some(path) => specified(&path, &run),
                None => Err(failure),
            }
        }),
    }
    .map_err(|failure| failure.told(request))?;
    Tree::parse(&text).map_err(|line| {
        Diagnostic::new(
            Kind::CargoQuery,
            "`cargo tree` printed a line that cannot be read",
        )
        .help("use a version of Cargo that this version of enroll-codegen knows")
        .cause(line)
    })
}

/// `cargo metadata` of the workspace's members, without any dependency.
///
/// # Errors
///
/// [`Kind::CargoQuery`], as [`tree`].
pub(super) fn members(request: &Request) -> Result<String, Diagnostic> {
    let mut command = command(request, "metadata");
    command.args(["--format-version", "1", "--no-deps"]);
    output(command).map_err(|failure| failure.told(request))
}

/// `cargo metadata` of everything, for the folders of packages. `None` if it
/// fails, which it does offline where a dev-dependency was never downloaded.
pub(super) fn packages(request: &Request) -> Option<String> {
    let features: Vec<String> = request
        .features
        .iter()
        .map(|feature| format!("{}/{feature}", request.name))
        .collect();
    let mut command = command(request, "metadata");
    command
        .args(["--format-version", "1", "--features", &features.join(",")])
        .args(["--filter-platform", &request.target]);
    output(command).ok()
}

/// A Cargo that answers for the lock file of the build that is running.
///
/// The child inherits the environment of the build script, where Cargo has set
/// `CARGO_ENCODED_RUSTFLAGS` to the flags of the target (they decide
/// `[target.'cfg(…)'.dependencies]`, whatever configuration they came from),
/// `RUSTC` and the wrappers. It takes the lock of the package cache, which the
/// Cargo that waits for the build script does not hold.
fn command(request: &Request, subcommand: &str) -> Command {
    let mut command = Command::new(&request.cargo);
    command
        .arg(subcommand)
        .args(["--offline", "--locked", "--color", "never"])
        .current_dir(&request.manifest_dir)
        .envs(request.env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null());
    command
}

fn output(mut command: Command) -> Result<String, Failure> {
    let line = || {
        let arguments: Vec<_> = command.get_args().map(|a| a.to_string_lossy()).collect();
        format!("cargo {}", arguments.join(" "))
    };
    let line = line();
    let output = command.output().map_err(|cause| Failure {
        text: format!("{}: {cause}", command.get_program().display()),
        line: line.clone(),
    })?;
    if !output.status.success() {
        return Err(Failure {
            text: String::from_utf8_lossy(&output.stderr).into_owned(),
            line,
        });
    }
    String::from_utf8(output.stdout).map_err(|cause| Failure {
        text: format!("the answer is not UTF-8: {cause}"),
        line,
    })
}

/// A question that Cargo did not answer.
struct Failure {
    /// The command, as one would type it.
    line: String,
    /// What Cargo printed.
    text: String,
}

impl Failure {
    fn told(self, request: &Request) -> Diagnostic {
        let name = &request.name;
        let mut told = Diagnostic::new(
            Kind::CargoQuery,
            format!("Cargo cannot say which crates are in this build of `{name}`"),
        );
        let says = |words: &str| self.text.contains(words);
        if says("loading target specification") || says(".json` target spec") {
            told = told.help(format!(
                "`{}` is a custom target: put `{}.json` next to the package or its workspace, \
                 or say where it is with `Builder::target_spec`",
                request.target, request.target
            ));
        } else if says("did not match any packages") || says("believes it's in a workspace") {
            told = told.help(format!(
                "`{name}` must be a member of the workspace that is being built"
            ));
        } else if says("--locked") {
            told = told
                .help("`cargo install` and `cargo package` need `--locked` here")
                .help(format!(
                    "`{name}` must be a member of the workspace that is being built, \
                     with its Cargo.lock on disk and up to date"
                ));
        } else if says("--offline") || says("offline") {
            told =
                told.help("run `cargo fetch` once with a network: the answer is asked for offline");
        } else {
            told = told.help(format!(
                "`{name}` must be a member of the workspace that is being built, and \
                 `cargo install` needs `--locked`"
            ));
        }
        told.cause(format!("`{}` failed\n{}", self.line, self.text.trim_end()))
    }
}

/// Asks with a specification file. Newer Cargos want an unstable flag for one,
/// older ones refuse that flag.
fn specified(
    path: &Path,
    run: &dyn Fn(&Path, bool) -> Result<String, Failure>,
) -> Result<String, Failure> {
    run(path, false).or_else(|failure| {
        if failure.text.contains("json-target-spec") {
            run(path, true)
        } else {
            Err(failure)
        }
    })
}

/// The specification of a target that rustc does not know, by its name: in
/// `RUST_TARGET_PATH`, else in the nearest folder from the package upwards.
fn specification(request: &Request) -> Option<PathBuf> {
    let name = format!("{}.json", request.target);
    let listed = std::env::var_os("RUST_TARGET_PATH").unwrap_or_default();
    let listed: Vec<PathBuf> = std::env::split_paths(&listed).collect();
    listed
        .iter()
        .map(PathBuf::as_path)
        .chain(request.manifest_dir.ancestors())
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}
