//! Reads what one crate declares.

use super::declared::Declared;
use super::{Extraction, Use, folders, hidden, wider};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::{Graph, Package};
use crate::place::Place;
use crate::settings::Settings;
use crate::source::cfg::{Context, Truth};
use crate::source::marker::{Marker, Markers};
use crate::source::{Found, Inputs, What, walk, walk_with};
use enroll_syntax::{Declaration, Form, Name};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::Lit;

/// One crate on its way into an [`Extraction`].
pub(super) struct Reader<'a> {
    pub(super) graph: &'a Graph,
    pub(super) settings: &'a Settings,
    pub(super) markers: &'a Markers,
    pub(super) package: &'a Package,
    pub(super) index: usize,
    pub(super) extraction: &'a mut Extraction,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// What is known about the configuration of a package of the graph.
pub(super) fn context<'a>(
    graph: &'a Graph,
    settings: &'a Settings,
    package: &'a Package,
    none: &'a BTreeMap<String, bool>,
) -> Context<'a> {
    Context {
        package: &package.dir,
        cfgs: &graph.cfgs,
        features: &package.features,
        has_build_script: package.has_build_script,
        assumed: settings.assumed.get(&package.name).unwrap_or(none),
        open: false,
    }
}

impl Reader<'_> {
    /// Reads it; returns what the answer depends on.
    pub(super) fn read(mut self) -> Inputs {
        let none = BTreeMap::new();
        let cx = context(self.graph, self.settings, self.package, &none);
        let package = self.package;
        let mut read = walk_with(&package.root, &package.folders, &cx, self.markers);
        self.diagnostics
            .extend(std::mem::take(&mut read.diagnostics));
        for found in &read.found {
            self.found(found, &cx);
        }
        for unseen in &read.unseen {
            if let Some(diagnostic) = hidden::unseen(unseen, self.package, self.settings) {
                self.diagnostics.push(diagnostic);
            }
        }
        let lacking = folders::check(
            self.graph,
            package,
            self.settings,
            &read,
            &cx,
            self.diagnostics,
        );
        self.extraction.lacking.extend(lacking);
        let wider = wider::compare(
            self.package,
            &cx,
            self.markers,
            &read.found,
            self.diagnostics,
        );
        for (text, place) in self.package.metadata.names.iter().flatten() {
            match enroll_syntax::check_name(text) {
                Ok(()) => self.name(text.clone(), place.clone()),
                Err(message) => self
                    .diagnostics
                    .push(Diagnostic::new(Kind::Grammar, message).at(place.clone(), "")),
            }
        }
        let mut inputs = read.inputs;
        inputs.extend(wider);
        if self.index == self.graph.firmware {
            // Where it appears it takes the binary's place.
            let library = self.package.dir.join("src").join("lib.rs");
            if !library.exists() {
                inputs.missing.insert(library);
            }
        }
        for target in &self.package.other_targets {
            let other = walk(&target.root, &cx, self.markers);
            for found in &other.found {
                self.other_target(found);
            }
            inputs.extend(other.inputs);
        }
        inputs
    }

    fn name(&mut self, text: String, place: Place) {
        self.extraction.names.push(Use {
            text,
            place: Some(place),
        });
    }

    fn found(&mut self, found: &Found, cx: &Context<'_>) {
        let form = match found.marker {
            Marker::Register => Form::Module,
            Marker::Extend => Form::Extension,
            Marker::Qstr => return self.qstr(found),
            Marker::IncludeModules => return,
        };
        if let Some(within) = &found.within {
            if !hidden::is_shell(found, within, &self.package.metadata.macros) {
                self.diagnostics
                    .push(hidden::registration(found, within, form));
            }
            return;
        }
        let declaration = match Declaration::parse(form, found.tokens.clone()) {
            Ok(declaration) => declaration,
            Err(errors) => {
                self.extraction.unreadable.extend(first_text(&found.tokens));
                for error in errors {
                    let place = Place::of(&found.file, error.span());
                    self.diagnostics
                        .push(Diagnostic::new(Kind::Grammar, error.to_string()).at(place, ""));
                }
                return;
            }
        };
        if found.presence == Truth::Unknown {
            self.undecided(found, &declaration);
        }
        for name in declaration.names() {
            self.name(name.text.clone(), Place::of(&found.file, name.span()));
        }
        self.extraction
            .declared
            .push(Declared::new(self.index, &declaration, found, cx));
    }

    fn qstr(&mut self, found: &Found) {
        match syn::parse2::<Name>(found.tokens.clone()) {
            Ok(name) => self.name(name.text.clone(), Place::of(&found.file, name.span())),
            Err(error) => {
                let shell = found.within.as_ref().is_some_and(|within| {
                    hidden::is_shell(found, within, &self.package.metadata.macros)
                });
                if !shell && !hidden::is_declared(self.package, self.settings) {
                    self.diagnostics
                        .push(hidden::name(found, self.package, &error));
                }
            }
        }
    }

    /// A registration whose enclosing cfg nobody but rustc knows.
    fn undecided(&mut self, found: &Found, declaration: &Declaration) {
        let mut diagnostic = Diagnostic::new(
            Kind::UndecidedCfg,
            format!(
                "whether `{}` is in the build depends on a cfg that only the compiler of `{}` knows",
                declaration.name.text, self.package.name
            ),
        )
        .at(found.place.clone(), "this registration");
        let mut remedies = BTreeSet::new();
        for condition in &found.conditions {
            if condition.truth != Truth::Unknown {
                continue;
            }
            let (label, remedy) = match &condition.what {
                What::Cfg(predicate) => (
                    "undecided".to_owned(),
                    format!(
                        "move the cfg into {}!, or decide it in build.rs: \
                         .assume_cfg({:?}, {predicate:?}, true)",
                        declaration.form.macro_name(),
                        self.package.name,
                    ),
                ),
                What::Macro(name) => (
                    format!("the tokens of `{name}!`, which may drop it"),
                    format!("move the declaration out of `{name}!`"),
                ),
            };
            diagnostic = diagnostic.at(condition.place.clone(), label);
            remedies.insert(remedy);
        }
        diagnostic.help.extend(remedies);
        self.diagnostics.push(diagnostic);
    }

    /// A registration in a binary, example or test of the firmware's package,
    /// or the table itself.
    fn other_target(&mut self, found: &Found) {
        if found.within.is_some() {
            return;
        }
        let (message, help) = match found.marker {
            Marker::Register | Marker::Extend => (
                format!(
                    "{}! stands in a target of `{}` that the table cannot refer to",
                    found.name, self.package.name
                ),
                "move it into that crate".to_owned(),
            ),
            // Another target may not link it, and a test of that target has
            // the table of a test.
            Marker::IncludeModules if self.declares() => (
                format!(
                    "{}! stands beside the crate of `{}` that registers modules of its own",
                    found.name, self.package.name
                ),
                format!(
                    "move it into that crate, and write `{}::BUILTINS` here",
                    self.package.crate_name
                ),
            ),
            Marker::IncludeModules | Marker::Qstr => return,
        };
        self.diagnostics.push(
            Diagnostic::new(Kind::Misplaced, message)
                .at(found.place.clone(), "not in the crate that is searched")
                .at(Place::file(&self.package.root), "this crate is")
                .help(help),
        );
    }

    /// Whether this package declares anything.
    fn declares(&self) -> bool {
        let declared = &self.extraction.declared;
        declared.iter().any(|one| one.package == self.index)
    }
}

/// The first string literal outside attributes and tables: the module's name,
/// if the declaration got that far.
fn first_text(tokens: &TokenStream) -> Option<String> {
    tokens.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Literal(literal) => match Lit::new(literal) {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}
