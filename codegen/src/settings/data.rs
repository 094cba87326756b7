//! Settings as data: what the firmware's own `[package.metadata.enroll]` says
//! of what the builder's calls say.

use super::Settings;
use crate::Class;
use crate::freeze::Freeze;
use crate::place::Place;
use crate::source::folders::Parent;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What a firmware's manifest says beside its `build.rs`.
///
/// It adds to the calls, as a second call of the same name would. Each key has
/// the name of the call; the firmware's manifest alone may have them:
///
/// ```toml
/// [package.metadata.enroll]
/// only-modules = ["os", "json"]        # Builder::only_modules
/// only-crates = ["re-module"]          # Builder::only_crates
/// exclude-modules = ["os.path"]        # Builder::exclude_modules
/// exclude-crates = ["os-extra"]        # Builder::exclude_crates
/// module-crates = ["beacon"]           # Builder::module_crates
/// provides = ["float", "alloc"]        # Builder::provides
/// pool-names = ["pin0", "pin1"]        # Builder::names
/// user-modules = ["../our-modules"]    # Builder::user_modules
///
/// [package.metadata.enroll.class]      # Builder::class
/// json = "extensible"
///
/// [package.metadata.enroll.aliases]    # Builder::alias
/// ujson = "json"
///
/// [[package.metadata.enroll.freeze]]   # Builder::freeze
/// path = "scripts"                     # Freeze::new
/// suffixes = [".lua"]                  # Freeze::suffix
/// init = "init"                        # Freeze::init
/// below = "vendor"                     # Freeze::below
/// class = "extensible"                 # Freeze::class
/// aliases = { start = "boot" }         # Freeze::alias
/// only = ["net"]                       # Freeze::only
/// exclude = ["net/tests"]              # Freeze::exclude
/// data = false                         # Freeze::without_data
/// packages = false                     # Freeze::without_packages
/// ```
///
/// What a function does to the scripts, [`Builder::freeze_like`] says.
///
/// [`Builder::freeze_like`]: crate::Builder::freeze_like
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    /// `only-modules`
    pub only_modules: Vec<Said>,
    /// `only-crates`
    pub only_crates: Vec<Said>,
    /// `exclude-modules`
    pub exclude_modules: Vec<Said>,
    /// `exclude-crates`
    pub exclude_crates: Vec<Said>,
    /// `module-crates`
    pub module_crates: Vec<Said>,
    /// `provides`; `None` if the key is missing.
    pub provides: Option<Vec<Said>>,
    /// `pool-names`
    pub pool_names: Vec<Said>,
    /// `user-modules`
    pub user_modules: Vec<Said>,
    /// `class`, by module.
    pub classes: Vec<(Said, Class)>,
    /// `aliases`: each alias, with its module.
    pub aliases: Vec<(String, Said)>,
    /// `freeze`
    pub frozen: Vec<Frozen>,
    /// `base`: whose sources these are, where `cargo enroll build -f` has
    /// written the manifest.
    pub base: Option<Base>,
}

/// One text of the data, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Where a person wrote it.
    pub origin: Origin,
}

/// Where a setting was made that no call of the builder made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The key, as that file has it.
    pub key: String,
    /// The file and the place in it.
    pub place: Place,
}

impl Origin {
    /// The key and the name of its file: the same words in any folder.
    pub(crate) fn words(&self) -> String {
        let file = self.place.file.file_name().unwrap_or_default();
        format!("`{}` of {}", self.key, file.to_string_lossy())
    }
}

/// An entry of `freeze`: a [`Freeze`] without functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// `path`
    pub path: PathBuf,
    /// `suffixes`
    pub suffixes: Vec<String>,
    /// `init`
    pub init: Option<String>,
    /// `below`
    pub below: Option<String>,
    /// `class`
    pub class: Class,
    /// `aliases`
    pub aliases: Vec<(String, String)>,
    /// `only`
    pub only: Vec<String>,
    /// `exclude`
    pub exclude: Vec<String>,
    /// `data`
    pub data: bool,
    /// `packages`
    pub packages: bool,
}

impl Frozen {
    /// The same with the functions of `template`, and its suffixes and `init`
    /// where there are none here.
    fn like(&self, template: Option<&Freeze>) -> Freeze {
        let mut freeze = Freeze::new(&self.path).class(self.class);
        for suffix in &self.suffixes {
            freeze = freeze.suffix(suffix);
        }
        for (alias, module) in &self.aliases {
            freeze = freeze.alias(alias, module);
        }
        freeze = freeze.only(&self.only).exclude(&self.exclude);
        if let Some(init) = &self.init {
            freeze = freeze.init(init);
        }
        if let Some(below) = &self.below {
            freeze = freeze.below(below);
        }
        if !self.data {
            freeze = freeze.without_data();
        }
        if !self.packages {
            freeze = freeze.without_packages();
        }
        match template {
            Some(template) => freeze.like(template),
            None => freeze,
        }
    }
}

/// The firmware that an assembled one was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The folder of its manifest, to which the paths in its `build.rs` are
    /// relative.
    pub package: PathBuf,
    /// The folder of its workspace.
    pub workspace: PathBuf,
}

impl Settings {
    /// Adds what the firmware's manifest says.
    pub(crate) fn add(&mut self, data: &Data) {
        let choice = &mut self.choice;
        for (call, said, known) in [
            (
                "only_modules",
                &data.only_modules,
                &mut choice.only_modules as &mut BTreeSet<String>,
            ),
            ("only_crates", &data.only_crates, &mut choice.only_crates),
            (
                "exclude_modules",
                &data.exclude_modules,
                &mut choice.exclude_modules,
            ),
            (
                "exclude_crates",
                &data.exclude_crates,
                &mut choice.exclude_crates,
            ),
            (
                "module_crates",
                &data.module_crates,
                &mut choice.module_crates,
            ),
        ] {
            for one in said {
                // What a call says already stays the call's.
                if known.insert(one.text.clone()) {
                    let origins = &mut choice.origins;
                    origins.insert((call, one.text.clone()), one.origin.clone());
                }
            }
        }
        for (module, class) in &data.classes {
            choice.classes.insert(module.text.clone(), *class);
            let at = ("class", module.text.clone());
            choice.origins.insert(at, module.origin.clone());
        }
        for (alias, module) in &data.aliases {
            choice.aliases.insert(alias.clone(), module.text.clone());
            let at = ("alias", module.text.clone());
            choice.origins.insert(at, module.origin.clone());
        }
        if let Some(provides) = &data.provides {
            let known = self.provides.get_or_insert_with(BTreeSet::new);
            known.extend(provides.iter().map(|said| said.text.clone()));
        }
        let names = data.pool_names.iter();
        self.names
            .extend(names.map(|said| (None, said.text.clone())));
        let template = self.freeze_like.as_ref();
        let frozen = data.frozen.iter().map(|frozen| frozen.like(template));
        self.freezes.extend(frozen);
        if let Some(base) = &data.base {
            // What `build.rs` says is relative to the base's workspace.
            for parent in &mut self.user_modules {
                parent.path = base.workspace.join(&parent.path);
            }
        }
        let parents = data.user_modules.iter().map(|said| Parent {
            path: PathBuf::from(&said.text),
            by: said.origin.words(),
        });
        self.user_modules.extend(parents);
    }
}
