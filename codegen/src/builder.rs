//! The one entry from a `build.rs`.

use crate::Class;
use crate::emit;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::examine::{Examined, Source, examine};
use crate::extract::Extraction;
use crate::freeze::{Freeze, FrozenSet};
use crate::graph::{self, Graph, Request};
use crate::plan::Plan;
use crate::report;
use crate::rerun;
use crate::script;
use crate::settings::Settings;
use crate::source::Inputs;
use crate::source::folders::Parent;
use crate::source::predicate::Predicate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Finds the modules of the firmware whose build script this is, and writes
/// its tables.
///
/// ```no_run
/// enroll_codegen::Builder::new("vm::Vm")
///     .host("enroll_portable::Portable")
///     .run();
/// ```
///
/// The file goes to `OUT_DIR`; `enroll::include_modules!()` brings it in.
///
/// What most calls say can stand in the firmware's manifest instead, as
/// [`settings::Data`](crate::settings::Data) shows.
///
/// # Kinds of firmwares
///
/// The table belongs to one crate of the package: its library where it has one,
/// else its only binary, or the one that [`bin`](Builder::bin) names.
///
/// - *A library* (`lib`, `rlib`) holds the table for the crates that use it:
///   `fw::BUILTINS`. Nothing is linked before one of them is a program, so what
///   the linker would tell of a table that does not fit is told there; `cargo
///   enroll verify` tells it of the library alone.
/// - *A library for C* (`cdylib`, `staticlib`) needs nothing more: whoever links it gets
///   the functions that the crate exports.
/// - *Several firmwares* of one workspace have a build script each, and a table
///   each. `cargo build --workspace` unifies their features, which a table is told
///   of where it matters; `-p` builds one as it is meant.
/// - *Without Cargo*, [`graph_file`](Builder::graph_file) and
///   [`out_dir`](Builder::out_dir) take the place of what Cargo tells.
#[derive(Clone, Debug)]
pub struct Builder {
    pub(crate) settings: Settings,
    graph_file: Option<PathBuf>,
    out_dir: Option<PathBuf>,
    bin: Option<String>,
    target_spec: Option<PathBuf>,
    image: Option<String>,
}

/// Everything that was found out, for a caller that does more with it.
#[derive(Clone, Debug)]
pub struct Build {
    /// The crates.
    pub graph: Graph,
    /// What they declare.
    pub extraction: Extraction,
    /// What is in the firmware.
    pub plan: Plan,
    /// What is frozen.
    pub frozen: FrozenSet,
    /// The generated file.
    pub rust: String,
    /// The file that it includes for folders of sources, if there are any.
    pub user_modules: Option<String>,
    /// Warnings.
    pub warnings: Diagnostics,
    /// The sources that the answer depends on.
    pub inputs: Inputs,
}

impl Builder {
    /// A builder for a firmware whose interpreter is `host`: the path of the
    /// host type as the code around `include_modules!` writes it.
    pub fn new(host: impl Into<String>) -> Builder {
        Builder {
            settings: Settings {
                host: host.into(),
                ..Settings::default()
            },
            graph_file: None,
            out_dir: None,
            bin: None,
            target_spec: None,
            image: None,
        }
    }

    /// Adds another host whose modules the firmware runs, such as
    /// `enroll_portable::Portable`. The firmware's own implements
    /// `enroll::Adopt` for it.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Builder {
        self.settings.guests.push(host.into());
        self
    }

    /// Adds names to the pool that no source shows.
    #[must_use]
    pub fn names<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Builder {
        let names = names.into_iter().map(|name| (None, name.into()));
        self.settings.names.extend(names);
        self
    }

    /// Says which names a package hides from the scan, in a `macro_rules!` or
    /// in generated sources; an empty list says that it hides none. The
    /// package can say so itself, in `[package.metadata.enroll] names`.
    #[must_use]
    pub fn names_of<N: Into<String>>(
        mut self,
        package: impl Into<String>,
        names: impl IntoIterator<Item = N>,
    ) -> Builder {
        let package = package.into();
        let names = names
            .into_iter()
            .map(|name| (Some(package.clone()), name.into()));
        self.settings.names.extend(names);
        self.settings.declared.insert(package);
        self
    }

    /// Decides a cfg predicate in the sources of one package that cannot be
    /// known here, because the package's own build script sets it. `predicate`
    /// is what stands between the parentheses of `cfg(…)`.
    #[must_use]
    pub fn assume_cfg(
        mut self,
        package: impl Into<String>,
        predicate: impl Into<String>,
        value: bool,
    ) -> Builder {
        let of_package = self.settings.assumed.entry(package.into()).or_default();
        of_package.insert(predicate.into(), value);
        self
    }

    /// Says what the host has (`float`, `alloc`, …): a module that requires
    /// anything else is left out. Without this call no module is.
    #[must_use]
    pub fn provides<N: Into<String>>(mut self, what: impl IntoIterator<Item = N>) -> Builder {
        let provides = self.settings.provides.get_or_insert_with(BTreeSet::new);
        provides.extend(what.into_iter().map(Into::into));
        self
    }

    /// Takes these modules, and what is below them, and no others, unless a
    /// crate of [`only_crates`](Builder::only_crates) has them. A module below a
    /// package needs the package: `os.path` alone is an error of the plan.
    ///
    /// ```no_run
    /// enroll_codegen::Builder::new("vm::Vm")
    ///     .only_modules(["os", "json"])
    ///     .exclude_modules(["os.path"])
    ///     .run();
    /// ```
    ///
    /// Here and in the other choices, a name that matches nothing is an error
    /// with the nearest names. What was left out, and by which call, is in the
    /// report (`cargo enroll modules`).
    #[must_use]
    pub fn only_modules<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Builder {
        let names = names.into_iter().map(Into::into);
        self.settings.choice.only_modules.extend(names);
        self
    }

    /// Takes the modules and extensions of these crates, by the names of their
    /// packages, and no others, unless [`only_modules`](Builder::only_modules)
    /// names them.
    #[must_use]
    pub fn only_crates<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Builder {
        let names = names.into_iter().map(Into::into);
        self.settings.choice.only_crates.extend(names);
        self
    }

    /// Leaves these modules out, what is below them and their extensions.
    #[must_use]
    pub fn exclude_modules<N: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = N>,
    ) -> Builder {
        let names = names.into_iter().map(Into::into);
        self.settings.choice.exclude_modules.extend(names);
        self
    }

    /// Leaves out what these crates declare, by the names of their packages.
    /// Their code is compiled all the same; the linker drops what nothing uses.
    #[must_use]
    pub fn exclude_crates<N: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = N>,
    ) -> Builder {
        let names = names.into_iter().map(Into::into);
        self.settings.choice.exclude_crates.extend(names);
        self
    }

    /// Says which crates are there for their modules, by the names of their
    /// packages: each of them must register or extend one, and
    /// [`only_modules`](Builder::only_modules) and
    /// [`only_crates`](Builder::only_crates) do not leave them out. A firmware
    /// that `cargo enroll build -f` assembles says it of every crate under
    /// `[modules]`.
    #[must_use]
    pub fn module_crates<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Builder {
        let names = names.into_iter().map(Into::into);
        self.settings.choice.module_crates.extend(names);
        self
    }

    /// Gives a module another class than its author did: whether a file of its
    /// name overrides it.
    #[must_use]
    pub fn class(mut self, module: impl Into<String>, class: Class) -> Builder {
        self.settings.choice.classes.insert(module.into(), class);
        self
    }

    /// Gives a module a further name.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>, module: impl Into<String>) -> Builder {
        let aliases = &mut self.settings.choice.aliases;
        aliases.insert(alias.into(), module.into());
        self
    }

    /// Puts a folder of scripts and packages into the image, or a single script:
    /// the generated file then has a `pub static FROZEN`, an
    /// [`enroll::import::FrozenSet`], beside `BUILTINS`. Several calls add up.
    ///
    /// ```no_run
    /// enroll_codegen::Builder::new("vm::Vm").freeze("scripts").run();
    /// ```
    ///
    /// [`Freeze`] has the options: which file is which module, a function that
    /// compiles, names for the pool. The runtime needs its feature `alloc`.
    ///
    /// Equal contents are in the image once. A frozen module that bears the name
    /// of a builtin one is an error; one that hides an extensible one is told by
    /// `cargo enroll why`. The script runs again when anything below the folder
    /// changes.
    ///
    /// [`enroll::import::FrozenSet`]: https://docs.rs/enroll/latest/enroll/import/struct.FrozenSet.html
    #[must_use]
    pub fn freeze(mut self, what: impl Into<Freeze>) -> Builder {
        self.settings.freezes.push(what.into());
        self
    }

    /// Says how scripts are treated that a manifest freezes and not a call
    /// here: with the functions of this one, and with its suffixes and `init`
    /// where the manifest says nothing of these. Its path does not count.
    ///
    /// A firmware that compiles its scripts so lets others add some, in the
    /// `[[freeze]]` of a `firmware.toml`, without a build script of their own.
    ///
    /// ```no_run
    /// use enroll_codegen::{Builder, Freeze, Word};
    ///
    /// let scripts = Freeze::new("scripts").names_by_tokenizer(|script| {
    ///     Word::all(script, char::is_alphabetic, char::is_alphanumeric)
    /// });
    /// Builder::new("vm::Vm")
    ///     .freeze(scripts.clone())
    ///     .freeze_like(scripts)
    ///     .run();
    /// ```
    #[must_use]
    pub fn freeze_like(mut self, template: impl Into<Freeze>) -> Builder {
        self.settings.freeze_like = Some(template.into());
        self
    }

    /// Lets what is frozen be a file as well, which a firmware mounts in place of
    /// what it was built with: `cargo enroll image -o FILE` writes it, without a
    /// new firmware. `tag` says which code it has, in words that change when the
    /// interpreter's code does, `vm 3`: the firmware gives the same to
    /// [`enroll::import::Image::check`].
    ///
    /// ```no_run
    /// enroll_codegen::Builder::new("vm::Vm")
    ///     .freeze("scripts")
    ///     .image("vm 3")
    ///     .run();
    /// ```
    ///
    /// [`enroll::import::Image::check`]: https://docs.rs/enroll/latest/enroll/import/struct.Image.html
    #[must_use]
    pub fn image(mut self, tag: impl Into<String>) -> Builder {
        self.image = Some(tag.into());
        self
    }

    /// Compiles folders of sources into the firmware, as MicroPython's
    /// `USER_C_MODULES` does: each folder below `parent` that has a `mod.rs` or a
    /// `lib.rs` becomes a module of the firmware's crate, and what it registers
    /// is in the table. The manifest stays as it is. Relative paths, here and in
    /// the variable, begin at the workspace's folder; for one of the package
    /// write `concat!(env!("CARGO_MANIFEST_DIR"), "/modules")`.
    ///
    /// ```no_run
    /// enroll_codegen::Builder::new("vm::Vm")
    ///     .user_modules("../our-modules")
    ///     .run();
    /// ```
    ///
    /// The variable `USER_MODULES` names more parents, split as the system's
    /// `PATH` is, for a build of a firmware as it stands. An empty part of it
    /// names nothing. It may stand under `[env]` in `.cargo/config.toml`; every
    /// firmware of the build gets the modules, each a copy of its own:
    ///
    /// ```text
    /// USER_MODULES=../our-modules cargo run
    /// ```
    ///
    /// What such a folder is to rustc: `mod weather;` beside
    /// [`include_modules!`](https://docs.rs/enroll/latest/enroll/macro.include_modules.html),
    /// with the root file given by `#[path]`. So
    ///
    /// - it may have several files, `mod sensor;` for a `sensor.rs` or a
    ///   `sensor/mod.rs`, inner attributes (`#![allow(…)]`) and documentation;
    ///   attributes of a whole crate (`#![no_std]`) mean nothing there;
    /// - `crate::` means the firmware, and its own root is `crate::weather`
    ///   where the table is in the firmware's root: write `super::` and
    ///   `self::`, which hold wherever the folder is compiled;
    /// - it uses the firmware's dependencies, features, edition and lints. A
    ///   crate that the firmware does not depend on is an error here: add it
    ///   there, or make the folder a crate and assemble a firmware with it;
    /// - the Rust module has the folder's name, `-` becoming `_`. What scripts
    ///   import is what `register_module!` says;
    /// - where a macro hides names, the package to give them to
    ///   [`names_of`](Builder::names_of) is the firmware.
    ///
    /// A folder without such a file is skipped, unless it has other sources, as
    /// are folders whose name begins with a dot. Links are followed.
    ///
    /// Cargo is told to watch each parent, with all that is in it: whatever
    /// changes there builds the firmware again, and nothing else. So a parent
    /// best holds its modules only; that of a clone is a folder below its root,
    /// where `.git` is not in it. The variable is watched too.
    ///
    /// # Errors
    ///
    /// The build ends, with the place and a remedy, where
    ///
    /// - a parent is missing, is a module or a package itself, or holds the
    ///   folder that the build writes to;
    /// - a folder has a `Cargo.toml` (it is a crate), both root files, or sources
    ///   without one; its name is none in Rust, or that of another folder or
    ///   of something beside the table;
    /// - it registers nothing, lacks the file of a `mod`, or is in the firmware
    ///   already;
    /// - it needs a crate that the firmware does not depend on. What may be
    ///   something else, such as a name from a glob import, is left to rustc;
    /// - it registers a module that the build has already.
    ///
    /// A parent without any module is a warning.
    #[must_use]
    pub fn user_modules(mut self, parent: impl Into<PathBuf>) -> Builder {
        self.settings.user_modules.push(Parent {
            path: parent.into(),
            by: "Builder::user_modules".to_owned(),
        });
        self
    }

    /// The path of the crate `enroll` in the firmware, where the firmware does
    /// not depend on it directly: `vm::enroll`, say.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Builder {
        self.settings.runtime = Some(path.into());
        self
    }

    /// The binary that is the firmware, in a package without a library and
    /// with several binaries.
    #[must_use]
    pub fn bin(mut self, name: impl Into<String>) -> Builder {
        self.bin = Some(name.into());
        self
    }

    /// The specification of a target that rustc does not know, where it is not
    /// in a folder from the package up to its workspace, nor in
    /// `RUST_TARGET_PATH`. A relative path begins at the package's folder.
    #[must_use]
    pub fn target_spec(mut self, path: impl Into<PathBuf>) -> Builder {
        self.target_spec = Some(path.into());
        self
    }

    /// Reads the crates of the build from a file, and asks no Cargo: for
    /// Bazel, Buck, Nix and other builds that know them by themselves.
    /// [`graph::file`](crate::graph::file) has the format, `cargo enroll graph`
    /// writes one for a firmware that Cargo builds. With
    /// [`out_dir`](Builder::out_dir) it needs none of Cargo's variables either:
    ///
    /// ```no_run
    /// enroll_codegen::Builder::new("vm::Vm")
    ///     .graph_file("firmware.graph.json")
    ///     .out_dir("generated")
    ///     .run();
    /// ```
    ///
    /// The settings of a manifest, `[package.metadata.enroll]`, do not count
    /// then: no manifest is read. `cargo enroll generate` does the same without
    /// a program.
    #[must_use]
    pub fn graph_file(mut self, path: impl Into<PathBuf>) -> Builder {
        self.graph_file = Some(path.into());
        self
    }

    /// Writes to this folder instead of `OUT_DIR`, and tells Cargo nothing: no
    /// `cargo::rerun-if-changed` is printed. The folder must exist. Where the
    /// firmware is compiled, `OUT_DIR` has to name it for
    /// `enroll::include_modules!`.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Builder {
        self.out_dir = Some(path.into());
        self
    }

    /// Writes the tables, and tells Cargo when to run the script again.
    ///
    /// On an error it prints every one, drawn with its source line, and ends
    /// the process with status 1: the build fails once, and nothing is half
    /// written.
    pub fn run(self) {
        if let Err(errors) = self.try_run() {
            eprintln!("{errors}");
            std::process::exit(1);
        }
    }

    /// The same, with the errors returned.
    ///
    /// # Errors
    ///
    /// Everything that was wrong in the crates of the build.
    pub fn try_run(self) -> Result<Build, Diagnostics> {
        let request = match &self.graph_file {
            Some(_) => None,
            None => Some(self.request()?),
        };
        let out = self.out_dir.clone();
        let out = out.or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out.ok_or_else(|| {
            Diagnostic::new(
                Kind::NotABuildScript,
                "OUT_DIR is not set: the builder runs in a build script",
            )
            .help("elsewhere, name a folder: .out_dir(\"generated\")")
        })?;
        if let Some(request) = &request {
            if let Some(file) = script::asked() {
                let examined = examine(
                    self.settings,
                    &Source::Cargo(request),
                    script::out().as_deref(),
                );
                script::answer(&file, request, &examined)?;
                let build = finish(examined)?;
                if let Some(tag) = &self.image {
                    let image = emit::image(&build.frozen, build.plan.salt, tag)?;
                    emit::write(&script::image(&file), image)?;
                }
                return Ok(build);
            }
            script::record(&out, request, &self.settings)?;
        }
        let hosts = self.settings.hosts();
        let source = match (&request, &self.graph_file) {
            (Some(request), _) => Source::Cargo(request),
            (None, file) => Source::File(file.as_deref().unwrap_or(Path::new(""))),
        };
        let build = finish(examine(self.settings, &source, Some(&out)))?;
        emit::write(&out.join("enroll_modules.rs"), &build.rust)?;
        emit::write_or_remove(&out.join(emit::USER_MODULES), build.user_modules.as_deref())?;
        let contents = emit::Contents::of(&build.frozen);
        contents.write(&out)?;
        let json = report::json(&build, &hosts);
        emit::write(&out.join(report::FILE), &json)?;
        if self.out_dir.is_none() {
            rerun::tell(&build);
        }
        Ok(build)
    }

    /// The build that this build script belongs to.
    fn request(&self) -> Result<Request, Diagnostics> {
        let mut request = Request::from_build_script()?;
        request.bin = self.bin.clone();
        let base = graph::base(&request.manifest_dir)?;
        let sources = base
            .as_ref()
            .map_or(&request.manifest_dir, |base| &base.package);
        request.target_spec = self.target_spec.as_ref().map(|path| sources.join(path));
        Ok(request)
    }

    /// Finds out everything for one build, and writes nothing.
    ///
    /// # Errors
    ///
    /// Everything that was wrong in the crates of the build.
    pub fn build(self, request: &Request) -> Result<Build, Diagnostics> {
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from);
        finish(examine(
            self.settings,
            &Source::Cargo(request),
            out.as_deref(),
        ))
    }
}

/// The build with its files, unless something is wrong.
fn finish(examined: Examined) -> Result<Build, Diagnostics> {
    let Examined {
        settings,
        found,
        runtime,
        diagnostics,
    } = examined;
    let (Some(mut build), false) = (found, diagnostics.has_errors()) else {
        return Err(diagnostics);
    };
    // Where there is none, an error says so.
    let runtime = runtime.unwrap_or_default();
    let contents = emit::Contents::of(&build.frozen);
    build.rust = emit::rust(&build.plan, &settings, &runtime)
        + &emit::frozen(&build.frozen, &contents, &settings, &runtime);
    build.user_modules = emit::user_modules(&build.plan);
    build.warnings = diagnostics;
    Ok(build)
}

/// The same predicates in the one spelling that the sources are compared in.
pub(crate) fn spelled(
    assumed: &BTreeMap<String, BTreeMap<String, bool>>,
) -> Result<BTreeMap<String, BTreeMap<String, bool>>, Diagnostics> {
    let mut errors = Diagnostics::new();
    let mut out: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
    for (package, predicates) in assumed {
        let of_package = out.entry(package.clone()).or_default();
        for (text, value) in predicates {
            match text.parse::<Predicate>() {
                Ok(predicate) => {
                    of_package.insert(predicate.to_string(), *value);
                }
                Err(error) => errors.push(
                    Diagnostic::new(
                        Kind::Setting,
                        format!("Builder::assume_cfg was given `{text}`: {error}"),
                    )
                    .help("write what stands between the parentheses of cfg(…)"),
                ),
            }
        }
    }
    if errors.has_errors() {
        return Err(errors);
    }
    Ok(out)
}

/// The path of the runtime in the firmware.
pub(crate) fn runtime(graph: &Graph, settings: &Settings) -> Result<String, Diagnostic> {
    if let Some(path) = &settings.runtime {
        return Ok(path.clone());
    }
    let firmware = &graph.packages[graph.firmware];
    match firmware.runtime_names.first() {
        Some(name) => Ok(format!("::{name}")),
        None => Err(Diagnostic::new(
            Kind::Setting,
            format!("`{}` does not depend on enroll directly", firmware.name),
        )
        .help("cargo add enroll")
        .help("or name its path in build.rs, where the host's crate re-exports it: .runtime(\"vm::enroll\")")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c18_an_assumed_predicate_is_compared_in_one_spelling() {
        let assumed = |predicate: &str| {
            let builder = Builder::new("Vm").assume_cfg("part", predicate, true);
            spelled(&builder.settings.assumed)
        };
        let known = assumed("all( unix,feature=\"std\" )").unwrap();
        assert!(known["part"]["all(unix, feature = \"std\")"]);
        let error = assumed("cfg(unix").unwrap_err().to_string();
        assert!(error.contains("assume_cfg was given `cfg(unix`"), "{error}");
    }
}
