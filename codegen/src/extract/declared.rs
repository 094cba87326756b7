//! One declaration as plain data.

use crate::place::Place;
use crate::source::Found;
use crate::source::cfg::{Context, Truth};
use crate::source::predicate::Predicate;
use enroll_syntax::{Cfgs, Class, Declaration, Form, Name};
use std::path::Path;

/// A module or extension that a crate declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Index of the package in the graph.
    pub package: usize,
    /// Module or extension.
    pub form: Form,
    /// The name of its static.
    pub ident: String,
    /// The registered name, or that of the module which is extended.
    pub module: Spelled,
    /// Where import finds it.
    pub class: Class,
    /// Other names it is found by.
    pub aliases: Vec<Spelled>,
    /// What it needs of the host.
    pub requires: Vec<Spelled>,
    /// Its table.
    pub entries: Vec<Item>,
    /// The fields with a function: `init`, `attr`, …
    pub hooks: Vec<String>,
    /// Whether an extension may stay without its base.
    pub optional: bool,
    /// Whether its own `#[cfg]` holds; `True` where there is none. The symbol
    /// exists in every case.
    pub presence: Truth,
    /// The module it stands in, from the crate's root.
    pub module_path: Vec<String>,
}

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled {
    /// The text.
    pub text: String,
    /// The literal.
    pub place: Place,
}

/// An entry of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: Spelled,
    /// The syntactic kind of its value.
    pub kind: String,
    /// Whether it replaces one of the base.
    pub replace: bool,
    /// Whether its `#[cfg]` holds; `True` where there is none.
    pub presence: Truth,
}

impl Declared {
    pub(super) fn new(
        package: usize,
        declaration: &Declaration,
        found: &Found,
        cx: &Context<'_>,
    ) -> Declared {
        let spelled = |name: &Name| Spelled::new(name, &found.file);
        let fields = &declaration.fields;
        let entries = declaration.entries.iter().map(|entry| Item {
            name: spelled(&entry.name),
            kind: entry.kind.as_str().to_owned(),
            replace: entry.replace,
            presence: truth(&entry.cfgs, cx),
        });
        Declared {
            package,
            form: declaration.form,
            ident: declaration.ident.to_string(),
            module: spelled(&declaration.name),
            class: fields.class,
            aliases: fields.aliases.iter().map(spelled).collect(),
            requires: fields.requires.iter().map(spelled).collect(),
            entries: entries.collect(),
            hooks: fields.hooks().map(|hook| hook.key.to_string()).collect(),
            optional: fields.optional,
            presence: truth(&declaration.cfgs, cx),
            module_path: found.module_path.clone(),
        }
    }
}

impl Spelled {
    fn new(name: &Name, file: &Path) -> Spelled {
        Spelled {
            text: name.text.clone(),
            place: Place::of(file, name.span()),
        }
    }
}

/// Whether all of them hold. One that does not parse is rustc's to report.
fn truth(cfgs: &Cfgs, cx: &Context<'_>) -> Truth {
    cfgs.predicates.iter().fold(Truth::True, |all, tokens| {
        let one = match syn::parse2::<Predicate>(tokens.clone()) {
            Ok(predicate) => cx.truth(&predicate),
            Err(_) => Truth::Unknown,
        };
        all.and(one)
    })
}
