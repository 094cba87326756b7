//! Asks Cargo.

use super::request::Request;
use super::tree::{FORMAT, Tree};
use crate::error::{Diagnostic, Kind};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Which build `cargo tree` is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The firmware alone: what `cargo build -p firmware` compiles.
    Firmware,
    /// With the firmware's dev-dependencies: `cargo test -p firmware`.
    Dev,
    /// All members: `cargo build --workspace`, with or without their default
    /// features.
    Workspace { defaults: bool },
    /// All members with their dev-dependencies: `cargo test --workspace`.
    WorkspaceDev { defaults: bool },
}

/// `cargo tree` for one scope.
///
/// # Errors
///
/// [`Kind::CargoQuery`] with what Cargo said and what to do about it. There is
/// no second way to ask: an answer from elsewhere could be another build's.
pub(super) fn tree(request: &Request, scope: Scope) -> Result<Tree, Diagnostic> {
    let edges = match scope {
        Scope::Firmware | Scope::Workspace { .. } => "normal,no-proc-macro",
        Scope::Dev | Scope::WorkspaceDev { .. } => "normal,dev,no-proc-macro",
    };
    let text = for_target(request, |target| {
        for_members(request, |features| {
            let mut command = command(request, "tree");
            command
                .args(["--edges", edges, "--format", FORMAT, "--charset", "ascii"])
                .args(["--prefix", "indent", "--target"])
                .args(target);
            match scope {
                Scope::Firmware | Scope::Dev => {
                    command
                        .arg("--package")
                        .arg(format!("{}@{}", request.name, request.version))
                        .args(["--no-default-features", "--features", &plain(request)]);
                }
                Scope::Workspace { defaults } | Scope::WorkspaceDev { defaults } => {
                    command.args(["--workspace", "--features", features]);
                    if !defaults {
                        command.arg("--no-default-features");
                    }
                }
            }
            output(command)
        })
    })
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
    if let Some(text) = crate::script::members() {
        return Ok(text);
    }
    let mut command = command(request, "metadata");
    command.args(["--format-version", "1", "--no-deps"]);
    output(command).map_err(|failure| failure.told(request))
}

/// `cargo metadata` of everything, for the folders of packages. `None` if it
/// fails, which it does offline where a dev-dependency was never downloaded.
pub(super) fn packages(request: &Request) -> Option<String> {
    for_target(request, |target| {
        for_members(request, |features| {
            let mut command = command(request, "metadata");
            command
                .args(["--format-version", "1", "--features", features])
                .arg("--filter-platform")
                .args(target);
            output(command)
        })
    })
    .ok()
}

/// Asks about all members with the firmware's features: as `firmware/feature`,
/// so that no other member gets one of that name, or plain for the first
/// resolver, which takes them for the member whose folder Cargo runs in and
/// does not know the other form.
fn for_members(
    request: &Request,
    run: impl Fn(&str) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let name = &request.name;
    let qualified: Vec<String> = request
        .features
        .iter()
        .map(|feature| format!("{name}/{feature}"))
        .collect();
    let refusal = format!("does not have a dependency named `{name}`");
    match run(&qualified.join(",")) {
        Err(failure) if failure.text.contains(&refusal) => run(&plain(request)),
        answer => answer,
    }
}

fn plain(request: &Request) -> String {
    let features: Vec<&str> = request.features.iter().map(String::as_str).collect();
    features.join(",")
}

/// Asks for the target by its name; by its specification if rustc does not
/// know the name. `run` gets the arguments that follow `--target`: newer
/// Cargos want an unstable flag with a specification, older ones refuse it.
fn for_target(
    request: &Request,
    run: impl Fn(&[&OsStr]) -> Result<String, Failure>,
) -> Result<String, Failure> {
    if request.target_spec.is_none() {
        match run(&[OsStr::new(&request.target)]) {
            Err(failure) if failure.unknown_target() => {
                if specification(request).is_none() {
                    return Err(failure);
                }
            }
            answer => return answer,
        }
    }
    let specification = specification(request).unwrap_or_default();
    match run(&[specification.as_os_str()]) {
        Err(failure) if failure.text.contains("json-target-spec") => {
            run(&[specification.as_os_str(), OsStr::new("-Zjson-target-spec")])
        }
        answer => answer,
    }
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
    fn unknown_target(&self) -> bool {
        self.text.contains("loading target specification")
    }

    fn told(self, request: &Request) -> Diagnostic {
        let name = &request.name;
        let mut told = Diagnostic::new(
            Kind::CargoQuery,
            format!("Cargo cannot say which crates are in this build of `{name}`"),
        );
        let says = |words: &str| self.text.contains(words);
        if self.unknown_target() {
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

/// The specification of a target that rustc does not know: the one that was
/// given, else by the target's name in `RUST_TARGET_PATH`, else in the nearest
/// folder from the package upwards.
pub(super) fn specification(request: &Request) -> Option<PathBuf> {
    if request.target_spec.is_some() {
        return request.target_spec.clone();
    }
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
