//! Everything that a crate declares under any cfg.

use crate::graph::Package;
use crate::place::Place;
use crate::source::cfg::{CfgSet, Context};
use crate::source::marker::{Marker, Markers};
use crate::source::predicate::Predicate;
use crate::source::{Found, What, walk_with};
use enroll_syntax::{Cfgs, Declaration, Form, Name};
use std::collections::{BTreeMap, BTreeSet};

/// A name in a crate's sources.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) what: Subject,
    pub(super) place: Place,
    /// The cfgs around it and on it, outermost first.
    pub(super) conditions: Vec<(Predicate, Place)>,
    /// How many of these are around the macro, where the build decides them.
    pub(super) around: usize,
    /// The macro that it stands in the tokens of, and that may drop it.
    pub(super) within: Option<String>,
}

/// What a name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A module, by its registered name.
    Module(String),
    /// A further name of a module.
    Alias { name: String, of: String },
    /// An entry of a module, or of an extension of it.
    Attribute { module: String, name: String },
    /// A name alone.
    Name(String),
}

impl Subject {
    /// How well it fits what was asked for; the least is best.
    pub(super) fn fits(&self, asked: &str) -> Option<u8> {
        let fits = |name: &str, rank: u8| (name == asked).then_some(rank);
        match self {
            Subject::Module(name) => fits(name, 0),
            Subject::Alias { name, .. } => fits(name, 1),
            Subject::Attribute { module, name } => {
                let rest = asked.strip_prefix(module.as_str())?.strip_prefix('.')?;
                (rest == name).then_some(2)
            }
            Subject::Name(name) => fits(name, 3),
        }
    }

    /// In a sentence.
    pub(super) fn is_what(&self) -> String {
        match self {
            Subject::Module(_) => "registered here".to_owned(),
            Subject::Alias { of, .. } => format!("an alias of `{of}` here"),
            Subject::Attribute { module, .. } => format!("an entry of `{module}` here"),
            Subject::Name(_) => "used here".to_owned(),
        }
    }

    /// All that it can be asked for by.
    pub(super) fn asked(&self) -> String {
        match self {
            Subject::Module(name) | Subject::Alias { name, .. } | Subject::Name(name) => {
                name.clone()
            }
            Subject::Attribute { module, name } => format!("{module}.{name}"),
        }
    }
}

/// The context of a package, with its cfgs or, if `open`, with every one of
/// them looked behind.
pub(super) fn context<'a>(
    package: &'a Package,
    cfgs: &'a CfgSet,
    assumed: &'a BTreeMap<String, bool>,
    open: bool,
) -> Context<'a> {
    Context {
        package: &package.dir,
        cfgs,
        features: &package.features,
        has_build_script: package.has_build_script,
        assumed,
        open,
    }
}

/// Scans a package. What is wrong in it is not what was asked for.
pub(super) fn sites(package: &Package, cfgs: &CfgSet, markers: &Markers) -> Vec<Site> {
    let none = BTreeMap::new();
    let cx = context(package, cfgs, &none, true);
    let read = walk_with(&package.root, &package.folders, &cx, markers);
    let mut sites = Vec::new();
    for found in &read.found {
        match found.marker {
            Marker::Register => declaration(found, Form::Module, &mut sites),
            Marker::Extend => declaration(found, Form::Extension, &mut sites),
            Marker::Qstr => {
                if let Ok(name) = syn::parse2::<Name>(found.tokens.clone()) {
                    sites.push(site(found, Subject::Name(name.text.clone()), &name, &[]));
                }
            }
            Marker::IncludeModules => {}
        }
    }
    sites
}

fn declaration(found: &Found, form: Form, sites: &mut Vec<Site>) {
    let Ok(declaration) = Declaration::parse(form, found.tokens.clone()) else {
        return;
    };
    let module = declaration.name.text.clone();
    let own = &declaration.cfgs;
    let what = match form {
        Form::Module => Subject::Module(module.clone()),
        Form::Extension => Subject::Name(module.clone()),
    };
    sites.push(site(found, what, &declaration.name, &[own]));
    for alias in &declaration.fields.aliases {
        let what = Subject::Alias {
            name: alias.text.clone(),
            of: module.clone(),
        };
        sites.push(site(found, what, alias, &[own]));
    }
    for entry in &declaration.entries {
        let what = Subject::Attribute {
            module: module.clone(),
            name: entry.name.text.clone(),
        };
        sites.push(site(found, what, &entry.name, &[own, &entry.cfgs]));
        let what = Subject::Name(entry.name.text.clone());
        sites.push(site(found, what, &entry.name, &[own, &entry.cfgs]));
    }
}

fn site(found: &Found, what: Subject, name: &Name, own: &[&Cfgs]) -> Site {
    let place = Place::of(&found.file, name.span());
    let mut conditions = Vec::new();
    let mut within = None;
    for condition in &found.conditions {
        match &condition.what {
            What::Cfg(text) => {
                if let Ok(predicate) = text.parse() {
                    conditions.push((predicate, condition.place.clone()));
                }
            }
            What::Macro(name) => within = Some(name.clone()),
        }
    }
    let around = conditions.len();
    for cfgs in own {
        for tokens in &cfgs.predicates {
            if let Ok(predicate) = syn::parse2::<Predicate>(tokens.clone()) {
                let span = tokens.clone().into_iter().next().map(|first| first.span());
                let place = span.map_or(place.clone(), |span| Place::of(&found.file, span));
                conditions.push((predicate, place));
            }
        }
    }
    Site {
        what,
        place,
        conditions,
        around,
        within,
    }
}

/// The features that a predicate asks about.
pub(super) fn features(predicate: &Predicate) -> BTreeSet<String> {
    match predicate {
        Predicate::Pair(key, value) if key == "feature" => BTreeSet::from([value.clone()]),
        Predicate::Not(of) => features(of),
        Predicate::All(of) | Predicate::Any(of) => of.iter().flat_map(features).collect(),
        _ => BTreeSet::new(),
    }
}
