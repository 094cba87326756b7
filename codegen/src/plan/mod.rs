//! Stage four: what will be in the firmware, decided once for every back end.
//!
//! Declarations are merged into modules with their extensions, conflicts are
//! told with all places, everything is brought into an order that depends on
//! names alone, and the pool is laid out. Nothing here knows the language that
//! is emitted.

mod attributes;
mod choose;
mod frozen;
mod link;
mod modules;
mod names;
mod unmatched;

pub use link::Extern;
pub use names::Pooled;

use crate::error::Diagnostics;
use crate::extract::Extraction;
use crate::freeze::FrozenSet;
use crate::graph::Graph;
use crate::settings::Settings;
use crate::source::folders::Folder;
use enroll_abi::layout::Layout;
use enroll_syntax::Class;

/// A firmware's tables.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The salt of this build.
    pub salt: u32,
    /// The modules, in the order of their names' bytes.
    pub modules: Vec<Module>,
    /// The aliases in the order of their names' bytes, each with the index of
    /// its module.
    pub aliases: Vec<(String, usize)>,
    /// The modules whose class the firmware chose otherwise than their authors,
    /// by index.
    pub classes: Vec<(usize, Class)>,
    /// Pilots and slots of the index over the ids of modules, then aliases.
    pub index: (Vec<u8>, Vec<u16>),
    /// The names of the build.
    pub pool: Layout,
    /// The same for people: by text, with every use.
    pub names: Vec<Pooled>,
    /// The dependencies that the generated code has to name.
    pub externs: Vec<Extern>,
    /// The folders that the generated code has to make modules of.
    pub folders: Vec<Folder>,
    /// Modules that a frozen one of the name hides from import: the name, and
    /// the index of the module in the frozen set.
    pub shadowed: Vec<(String, usize)>,
    /// Declarations that are not in the firmware, and why.
    pub left_out: Vec<LeftOut>,
}

/// A module of the firmware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its registered name.
    pub name: String,
    /// Its class: its author's, unless the firmware chose another.
    pub class: Class,
    /// Index of its declaration in the extraction.
    pub declared: usize,
    /// Its symbol.
    pub symbol: Symbol,
    /// Its extensions, in the order they are asked: indices of declarations,
    /// with their symbols.
    pub extensions: Vec<(usize, Symbol)>,
    /// Index of its package, for a submodule.
    pub parent: Option<usize>,
    /// Its submodules: last component and index.
    pub submodules: Vec<(String, usize)>,
}

/// The symbol of a declaration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol {
    /// As the crate exports it.
    pub plain: String,
    /// As the copy for `cargo test` does, if the declaration is the firmware's
    /// own: then it is under `cfg(test)` as the table is.
    pub test: Option<String>,
}

/// A declaration that is not in the firmware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The name of the module that it declares, or extends.
    pub name: String,
    /// Index of the declaration in the extraction.
    pub declared: usize,
    /// Its symbol, which its crate exports all the same.
    pub symbol: Symbol,
    /// The reason, for a program.
    pub cause: Cause,
    /// The reason, for a person.
    pub reason: String,
}

/// Why a declaration is not in the firmware.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The firmware chose others.
    Choice,
    /// It requires what the host does not provide.
    Requires,
    /// Its own `#[cfg]` is false, and another declaration has the name.
    Cfg,
    /// The module that it belongs to is left out, or is not in the build.
    Base,
}

impl Cause {
    /// As the plan spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Choice => "choice",
            Cause::Requires => "requires",
            Cause::Cfg => "cfg",
            Cause::Base => "base",
        }
    }
}

/// Makes the plan.
///
/// What was wrong goes to `diagnostics`; a plan with errors is not for
/// emitting.
pub fn plan(
    graph: &Graph,
    extraction: &Extraction,
    frozen: &FrozenSet,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Plan {
    unmatched::check(graph, extraction, settings, diagnostics);
    let merged = modules::merge(graph, extraction, settings, diagnostics);
    attributes::check(extraction, &merged, diagnostics);
    let shadowed = frozen::shadowed(extraction, &merged, frozen, diagnostics);
    let pooled = names::collect(extraction, &merged);
    let pool = names::lay_out(&pooled, settings.salt, diagnostics);
    let index = names::index(&merged, settings.salt, diagnostics);
    let classes = merged.modules.iter().enumerate();
    let classes = classes
        .filter(|(_, module)| module.class != extraction.declared[module.declared].class)
        .map(|(at, module)| (at, module.class))
        .collect();
    let externs = link::externs(graph, extraction, &merged, diagnostics);
    Plan {
        salt: settings.salt,
        modules: merged.modules,
        aliases: merged.aliases,
        classes,
        index,
        pool,
        names: pooled,
        externs,
        folders: graph.packages[graph.firmware].folders.clone(),
        shadowed,
        left_out: merged.left_out,
    }
}
