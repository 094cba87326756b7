//! What to freeze, and how.

use super::hook::{Compile, CompileError, Compiled, Hook, Source, Tokenize, Word};
use enroll_syntax::Class;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Suffixes of scripts where none was named.
const SUFFIXES: &[&str] = &[".lua", ".py", ".rhai"];

/// A folder, or a single script, that goes into the image.
///
/// ```no_run
/// use enroll_codegen::{Builder, Class, Freeze};
///
/// Builder::new("vm::Vm")
///     .freeze("scripts")
///     .freeze(
///         Freeze::new("vendor/net")
///             .suffix(".py")
///             .below("vendor")
///             .class(Class::Extensible)
///             .exclude(["tests"]),
///     )
///     .run();
/// ```
///
/// # Which file is which module
///
/// | below the folder | module |
/// |---|---|
/// | `boot.py` | `boot` |
/// | `net/__init__.py` | the package `net` |
/// | `net/wifi.py` | `net.wifi` |
/// | `net/README` | no module: a data file, `net/README` |
///
/// A file with one of the [suffixes](Freeze::suffix) is a module, and every other a
/// data file of its package, unless [`without_data`](Freeze::without_data). The
/// file of a package itself is `__init__`, in Lua `init`
/// ([`init`](Freeze::init) names another). Files and folders whose names begin with a
/// dot are not there, nor is `__pycache__`. Links are followed. A folder around the
/// one that the build writes to is an error, named or linked to: each build would
/// freeze what the one before wrote.
///
/// A module in a folder without an `__init__` is an error, since importing `net.wifi`
/// imports `net` first; [`without_packages`](Freeze::without_packages) is for
/// interpreters that look for full names alone, as Lua does: for `.lua` it is so
/// already.
#[derive(Clone, Debug)]
pub struct Freeze {
    pub(super) path: PathBuf,
    pub(super) suffixes: Vec<String>,
    pub(super) init: Option<String>,
    pub(super) below: Option<String>,
    pub(super) class: Class,
    pub(super) aliases: BTreeMap<String, String>,
    pub(super) only: BTreeSet<String>,
    pub(super) exclude: BTreeSet<String>,
    pub(super) has_data: bool,
    pub(super) has_packages: bool,
    pub(super) compile: Option<Hook<Compile>>,
    pub(super) tokenizers: Vec<Hook<Tokenize>>,
}

impl Freeze {
    /// A folder, or a single script. A relative path begins at the folder of the
    /// firmware's package.
    pub fn new(path: impl Into<PathBuf>) -> Freeze {
        Freeze {
            path: path.into(),
            suffixes: Vec::new(),
            init: None,
            below: None,
            class: Class::Builtin,
            aliases: BTreeMap::new(),
            only: BTreeSet::new(),
            exclude: BTreeSet::new(),
            has_data: true,
            has_packages: true,
            compile: None,
            tokenizers: Vec::new(),
        }
    }

    /// A suffix of scripts, with its dot; several calls add up. Without any
    /// they are `.lua`, `.py` and `.rhai`.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Freeze {
        self.suffixes.push(suffix.into());
        self
    }

    /// The name, without suffix, of the file that is a package's own code.
    #[must_use]
    pub fn init(mut self, stem: impl Into<String>) -> Freeze {
        self.init = Some(stem.into());
        self
    }

    /// Puts everything below a package, `a.b`, which is another's or this
    /// folder's own `__init__`.
    #[must_use]
    pub fn below(mut self, package: impl Into<String>) -> Freeze {
        self.below = Some(package.into());
        self
    }

    /// Whether files take the place of these modules: [`Class::Builtin`], the
    /// default, says no.
    #[must_use]
    pub fn class(mut self, class: Class) -> Freeze {
        self.class = class;
        self
    }

    /// Gives a module of this folder a further full name, which no other frozen
    /// module may have, of whatever folder.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>, module: impl Into<String>) -> Freeze {
        self.aliases.insert(alias.into(), module.into());
        self
    }

    /// Takes these files and folders only: paths below the folder, `net/wifi.py`. One
    /// that is not there is an error.
    #[must_use]
    pub fn only<P: Into<String>>(mut self, paths: impl IntoIterator<Item = P>) -> Freeze {
        self.only.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Leaves these files and folders out, likewise.
    #[must_use]
    pub fn exclude<P: Into<String>>(mut self, paths: impl IntoIterator<Item = P>) -> Freeze {
        self.exclude.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Freezes scripts alone.
    #[must_use]
    pub fn without_data(mut self) -> Freeze {
        self.has_data = false;
        self
    }

    /// Lets a folder without an `__init__` have modules.
    #[must_use]
    pub fn without_packages(mut self) -> Freeze {
        self.has_packages = false;
        self
    }

    /// Compiles each script: what the function gives goes into the image in its
    /// place. The function belongs to the build script, which so needs the
    /// interpreter's compiler among its dependencies.
    ///
    /// ```no_run
    /// use enroll_codegen::{CompileError, Compiled, Freeze};
    /// # mod vm { pub struct Unit { pub code: Vec<u8>, pub names: Vec<String> }
    /// # pub fn compile(_: &[u8]) -> Result<Unit, (usize, String)> { todo!() } }
    ///
    /// Freeze::new("scripts").compile(|script| {
    ///     let unit = vm::compile(script.bytes)
    ///         .map_err(|(line, message)| CompileError::at(line, message))?;
    ///     Ok(Compiled {
    ///         code: unit.code,
    ///         suffix: Some(".vmc".to_owned()),
    ///         names: unit.names,
    ///     })
    /// });
    /// ```
    #[must_use]
    pub fn compile<F>(mut self, compile: F) -> Freeze
    where
        F: Fn(&Source<'_>) -> Result<Compiled, CompileError> + Send + Sync + 'static,
    {
        self.compile = Some(Hook(Arc::new(compile)));
        self
    }

    /// Lets names of the scripts join the pool, so that none of them is made at
    /// run time: those that the function finds in a script, before it is
    /// compiled. [`Word::all`] finds those of most languages.
    ///
    /// A name that nothing looks up only takes room.
    #[must_use]
    pub fn names_by_tokenizer<F>(mut self, words: F) -> Freeze
    where
        F: Fn(&str) -> Vec<Word> + Send + Sync + 'static,
    {
        self.tokenizers.push(Hook(Arc::new(words)));
        self
    }

    /// The same by a regular expression: its first group where it has one, else
    /// all of it. `r"\.(\w+)"` finds attributes.
    ///
    /// Needs the feature `regex`.
    ///
    /// # Errors
    ///
    /// Why this is no regular expression.
    #[cfg(feature = "regex")]
    pub fn names_by(self, regex: &str) -> Result<Freeze, regex::Error> {
        let regex = regex::Regex::new(regex)?;
        Ok(self.names_by_tokenizer(move |script| {
            let found = regex.captures_iter(script);
            found
                .filter_map(|found| found.get(1).or_else(|| found.get(0)))
                .map(|found| Word {
                    text: found.as_str().to_owned(),
                    offset: found.start(),
                })
                .collect()
        }))
    }

    /// Takes the functions of another, and its suffixes and `init` where this has
    /// none.
    pub(crate) fn like(mut self, template: &Freeze) -> Freeze {
        if self.suffixes.is_empty() {
            self.suffixes.clone_from(&template.suffixes);
        }
        self.init = self.init.or_else(|| template.init.clone());
        self.has_packages &= template.has_packages;
        self.compile = self.compile.or_else(|| template.compile.clone());
        self.tokenizers.extend(template.tokenizers.iter().cloned());
        self
    }

    pub(super) fn suffixes(&self) -> Vec<&str> {
        match self.suffixes.is_empty() {
            true => SUFFIXES.to_vec(),
            false => self.suffixes.iter().map(String::as_str).collect(),
        }
    }

    /// The stem of a package's own file of this suffix.
    pub(super) fn init_of(&self, suffix: &str) -> &str {
        match (&self.init, suffix) {
            (Some(init), _) => init,
            (None, ".lua") => "init",
            (None, _) => "__init__",
        }
    }

    /// Whether a module of this suffix needs its package.
    pub(super) fn needs_packages(&self, suffix: &str) -> bool {
        self.has_packages && suffix != ".lua"
    }
}

impl<P: AsRef<Path>> From<P> for Freeze {
    fn from(path: P) -> Freeze {
        Freeze::new(path.as_ref())
    }
}
