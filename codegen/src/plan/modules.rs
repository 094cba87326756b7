//! Merges declarations into modules.

use super::choose::choose;
use super::{Cause, LeftOut, Module, Symbol};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::{Declared, Extraction, Spelled};
use crate::graph::Graph;
use crate::near::near;
use crate::settings::Settings;
use enroll_abi::symbol;
use enroll_syntax::Form;
use std::collections::{BTreeMap, BTreeSet};

/// Modules and aliases in name order, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) modules: Vec<Module>,
    pub(super) aliases: Vec<(String, usize)>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Merged {
    fn find(&self, name: &str) -> Option<usize> {
        let found = self
            .modules
            .binary_search_by(|module| module.name.as_str().cmp(name));
        found.ok()
    }

    /// The module that answers a name, its own or an alias.
    pub(super) fn answering(&self, name: &str) -> Option<&Module> {
        let alias = || {
            let mut aliases = self.aliases.iter();
            Some(aliases.find(|(alias, _)| alias == name)?.1)
        };
        self.find(name)
            .or_else(alias)
            .and_then(|at| self.modules.get(at))
    }

    fn near(&self, name: &str) -> Option<String> {
        near(name, self.modules.iter().map(|module| module.name.as_str()))
    }
}

pub(super) fn merge(
    graph: &Graph,
    extraction: &Extraction,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Merged {
    let mut merged = Merged::default();
    let mut left_out = Vec::new();
    let chosen = choose(graph, extraction, settings, &mut left_out);
    let spell = |declared: &Declared| symbol(graph, settings, declared);
    for (at, cause, reason) in left_out {
        merged.left_out.push(LeftOut {
            name: extraction.declared[at].module.text.clone(),
            declared: at,
            symbol: spell(&extraction.declared[at]),
            cause,
            reason,
        });
    }
    one_symbol(extraction, &chosen, diagnostics);
    // A BTreeMap is in the order of bytes, which is that of the table.
    for (name, at) in unique(extraction, &chosen, diagnostics) {
        merged.modules.push(Module {
            name: name.to_owned(),
            class: match settings.choice.classes.get(name) {
                Some(chosen) => *chosen,
                None => extraction.declared[at].class,
            },
            declared: at,
            symbol: spell(&extraction.declared[at]),
            extensions: Vec::new(),
            parent: None,
            submodules: Vec::new(),
        });
    }
    attach_submodules(extraction, &mut merged, diagnostics);
    for at in extensions(graph, extraction, &chosen) {
        let declared = &extraction.declared[at];
        let symbol = spell(declared);
        attach_extension(extraction, at, symbol, &mut merged, diagnostics);
    }
    alias(extraction, settings, &mut merged, diagnostics);
    merged
}

/// The one declaration of each module name.
fn unique<'e>(
    extraction: &'e Extraction,
    chosen: &BTreeSet<usize>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'e str, usize> {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in chosen {
        let declared = &extraction.declared[at];
        if declared.form != Form::Module {
            continue;
        }
        if let Some(&first) = by_name.get(declared.module.text.as_str()) {
            let first = &extraction.declared[first].module;
            diagnostics.push(
                Diagnostic::new(
                    Kind::DuplicateModule,
                    format!("the module `{}` is registered twice", first.text),
                )
                .at(declared.module.place.clone(), "registered here")
                .at(first.place.clone(), "and here")
                .help("rename one of them, or turn one into extend_module!"),
            );
            continue;
        }
        by_name.insert(&declared.module.text, at);
    }
    by_name
}

/// Two declarations of one module in one crate export one symbol, whatever
/// their cfgs: rustc refuses them and says no more than that.
fn one_symbol(extraction: &Extraction, chosen: &BTreeSet<usize>, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (at, declared) in extraction.declared.iter().enumerate() {
        if declared.form != Form::Module {
            continue;
        }
        let twin = *first
            .entry((declared.package, &declared.module.text))
            .or_insert(at);
        // Two that are both in the table are told below.
        if twin == at || (chosen.contains(&twin) && chosen.contains(&at)) {
            continue;
        }
        let twin = &extraction.declared[twin].module;
        diagnostics.push(
            Diagnostic::new(
                Kind::DuplicateModule,
                format!("one crate declares the module `{}` twice", twin.text),
            )
            .at(declared.module.place.clone(), "declared here")
            .at(twin.place.clone(), "and here")
            .help("write one declaration, with #[cfg] on its entries and fields"),
        );
    }
}

fn attach_submodules(extraction: &Extraction, merged: &mut Merged, diagnostics: &mut Diagnostics) {
    for at in 0..merged.modules.len() {
        let name = merged.modules[at].name.clone();
        let Some((package, last)) = name.rsplit_once('.') else {
            continue;
        };
        if let Some(parent) = merged.find(package) {
            merged.modules[at].parent = Some(parent);
            merged.modules[parent]
                .submodules
                .push((last.to_owned(), at));
            continue;
        }
        if extraction.unreadable.contains(package) {
            continue;
        }
        let declared = &extraction.declared[merged.modules[at].declared];
        let mut diagnostic = Diagnostic::new(
            Kind::MissingModule,
            format!("`{name}` is a submodule of `{package}`, which is not in this build"),
        )
        .at(declared.module.place.clone(), "")
        .help(format!(
            "register `{package}`, if only with an empty table, or use a name without a dot"
        ));
        // What lies below the missing package is always near, and never meant.
        let below = format!("{package}.");
        let others = merged.modules.iter().map(|module| module.name.as_str());
        let others = others.filter(|other| !other.starts_with(&below));
        diagnostic.help.extend(near(package, others));
        diagnostics.push(diagnostic);
    }
}

/// The extensions in the order of their packages' names; within a package, in
/// that of their statics.
fn extensions(graph: &Graph, extraction: &Extraction, chosen: &BTreeSet<usize>) -> Vec<usize> {
    let mut extensions: Vec<usize> = chosen
        .iter()
        .copied()
        .filter(|&at| extraction.declared[at].form == Form::Extension)
        .collect();
    extensions.sort_by_key(|&at| {
        let declared = &extraction.declared[at];
        let package = &graph.packages[declared.package];
        (&package.name, &package.version, &declared.ident)
    });
    extensions
}

fn attach_extension(
    extraction: &Extraction,
    at: usize,
    symbol: Symbol,
    merged: &mut Merged,
    diagnostics: &mut Diagnostics,
) {
    let declared = &extraction.declared[at];
    let base = &declared.module;
    let Some(module) = merged.find(&base.text) else {
        if declared.optional {
            merged.left_out.push(LeftOut {
                name: base.text.clone(),
                declared: at,
                symbol,
                cause: Cause::Base,
                reason: format!("its base `{}` is not in this build", base.text),
            });
            return;
        }
        if extraction.unreadable.contains(&base.text) {
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Kind::MissingModule,
            format!(
                "`{}` is extended, and no crate of this build registers it",
                base.text
            ),
        )
        .at(base.place.clone(), "extended here")
        .help("add the crate that registers it, or write `base: optional`");
        diagnostic.help.extend(merged.near(&base.text));
        diagnostics.push(diagnostic);
        return;
    };
    let known = &mut merged.modules[module].extensions;
    if let Some((twin, _)) = known.iter().find(|(_, other)| *other == symbol) {
        let twin = &extraction.declared[*twin];
        diagnostics.push(
            Diagnostic::new(
                Kind::DuplicateModule,
                format!(
                    "two extensions of `{}` in one package have the static `{}`",
                    base.text, declared.ident
                ),
            )
            .at(base.place.clone(), "this one")
            .at(twin.module.place.clone(), "and this one")
            .help("give one of the statics another name"),
        );
        return;
    }
    known.push((at, symbol));
}

fn alias(
    extraction: &Extraction,
    settings: &Settings,
    merged: &mut Merged,
    diagnostics: &mut Diagnostics,
) {
    let declared = |module: &Module| &extraction.declared[module.declared];
    let mut known: BTreeMap<&str, &Spelled> = BTreeMap::new();
    for module in &merged.modules {
        known.insert(&declared(module).module.text, &declared(module).module);
    }
    let mut aliases = BTreeMap::new();
    for (at, module) in merged.modules.iter().enumerate() {
        for alias in &declared(module).aliases {
            if let Some(first) = known.insert(&alias.text, alias) {
                diagnostics.push(
                    Diagnostic::new(
                        Kind::DuplicateModule,
                        format!("`{}` stands for two modules", alias.text),
                    )
                    .at(alias.place.clone(), "an alias here")
                    .at(first.place.clone(), "and another meaning here")
                    .help("remove the alias, or rename the module"),
                );
                continue;
            }
            aliases.insert(alias.text.clone(), at);
        }
    }
    for (alias, module) in &settings.choice.aliases {
        // A module that nobody registers, or that is left out, is told already.
        let Some(at) = merged.find(module) else {
            continue;
        };
        if let Some(first) = known.get(alias.as_str()) {
            diagnostics.push(
                Diagnostic::new(
                    Kind::DuplicateModule,
                    format!("`{alias}` stands for two modules"),
                )
                .at(first.place.clone(), "one meaning here")
                .help("give Builder::alias another name"),
            );
            continue;
        }
        aliases.insert(alias.clone(), at);
    }
    merged.aliases = aliases.into_iter().collect();
}

fn symbol(graph: &Graph, settings: &Settings, declared: &Declared) -> Symbol {
    let package = &graph.packages[declared.package];
    let spell = |test| {
        symbol::Symbol {
            salt: settings.salt,
            package: &package.name,
            version: &package.version,
            module: &declared.module.text,
            declared: match declared.form {
                Form::Module => symbol::Declared::Module,
                Form::Extension => symbol::Declared::Extension(&declared.ident),
            },
            test,
        }
        .to_string()
    };
    Symbol {
        plain: spell(false),
        test: (declared.package == graph.firmware).then(|| spell(true)),
    }
}
