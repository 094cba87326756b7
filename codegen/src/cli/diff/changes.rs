//! The differences between the facts of two plans.

use super::facts::{Fact, Facts, Things, sections};
use crate::cli::recorded::Recorded;
use std::collections::BTreeSet;

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// Only the second has it; the line says what it is.
    Added(String, String),
    /// Only the first has it.
    Removed(String, String),
    /// A field says something else: thing, field, first, second.
    Text(String, &'static str, String, String),
    /// A list has other items: thing, field, those of the first alone, those of
    /// the second alone.
    List(String, &'static str, Vec<String>, Vec<String>),
}

/// All differences, in sections with their titles; an empty section is not
/// there.
pub(super) struct Changes {
    pub(super) sections: Vec<(&'static str, Vec<Change>)>,
}

impl Changes {
    pub(super) fn between(a: &Recorded, b: &Recorded) -> Changes {
        let pairs = sections(a).into_iter().zip(sections(b));
        let sections = pairs.map(|((title, a), (_, b))| (title, compare(&a, &b)));
        Changes {
            sections: sections
                .filter(|(_, changes)| !changes.is_empty())
                .collect(),
        }
    }
}

impl Change {
    /// What it is about.
    pub(super) fn of(&self) -> &str {
        match self {
            Change::Added(of, _)
            | Change::Removed(of, _)
            | Change::Text(of, ..)
            | Change::List(of, ..) => of,
        }
    }
}

fn compare(a: &Things, b: &Things) -> Vec<Change> {
    let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        match (a.get(key), b.get(key)) {
            (None, Some(b)) => changes.push(Change::Added(key.clone(), b.about.clone())),
            (Some(a), None) => changes.push(Change::Removed(key.clone(), a.about.clone())),
            (Some(a), Some(b)) => fields(key, a, b, &mut changes),
            (None, None) => {}
        }
    }
    changes
}

fn fields(of: &str, a: &Facts, b: &Facts, changes: &mut Vec<Change>) {
    for ((field, a), (_, b)) in a.fields.iter().zip(&b.fields) {
        match (a, b) {
            (Fact::Text(a), Fact::Text(b)) if a != b => {
                changes.push(Change::Text(of.to_owned(), field, a.clone(), b.clone()));
            }
            (Fact::List(a), Fact::List(b)) => {
                let alone = |these: &[String], others: &[String]| -> Vec<String> {
                    let these: BTreeSet<&String> = these.iter().collect();
                    let alone = these.into_iter().filter(|item| !others.contains(item));
                    alone.cloned().collect()
                };
                let (lost, won) = (alone(a, b), alone(b, a));
                if !lost.is_empty() || !won.is_empty() {
                    changes.push(Change::List(of.to_owned(), field, lost, won));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Changes};
    use crate::cli::recorded::{Declaration, Module, Name, Package, Recorded};

    fn module(name: &str, package: &str, entries: &[&str]) -> Module {
        Module {
            base: Declaration {
                name: name.to_owned(),
                package: package.to_owned(),
                version: "1.0.0".to_owned(),
                attributes: entries.iter().map(|entry| entry.to_string()).collect(),
                ..Declaration::default()
            },
            class: "builtin".to_owned(),
            ..Module::default()
        }
    }

    #[test]
    fn equal_plans_have_no_difference() {
        let mut a = Recorded {
            modules: vec![module("os", "os", &["a"])],
            ..Recorded::default()
        };
        let mut b = a.clone();
        // A line alone says nothing.
        a.modules[0].base.line = 7;
        b.modules[0].base.attributes = vec!["a".to_owned()];
        assert!(Changes::between(&a, &b).sections.is_empty());
    }

    #[test]
    fn every_kind_of_difference_is_told_in_its_section() {
        let a = Recorded {
            firmware: "fw".to_owned(),
            modules: vec![module("os", "os", &["a", "b"]), module("re", "re", &[])],
            packages: vec![Package {
                name: "os".to_owned(),
                version: "1.0.0".to_owned(),
                features: vec!["std".to_owned()],
                ..Package::default()
            }],
            ..Recorded::default()
        };
        let mut b = a.clone();
        b.salt = 3;
        b.modules[0].base.attributes = vec!["c".to_owned(), "b".to_owned()];
        b.modules[0].class = "extensible".to_owned();
        b.modules[0].extensions = vec![module("os", "more", &[]).base; 2];
        b.modules.remove(1);
        b.packages[0].features.clear();
        b.packages[0].version = "1.1.0".to_owned();
        b.names = vec![Name {
            text: "c".to_owned(),
            ..Name::default()
        }];
        let text = |text: &str| text.to_owned();
        let list = |items: &[&str]| items.iter().map(|item| item.to_string()).collect();
        let changes = Changes::between(&a, &b);
        let expected = [
            (
                "settings",
                vec![Change::Text(text("build.rs"), "salt", text("0"), text("3"))],
            ),
            (
                "modules",
                vec![
                    Change::List(text("os"), "entries", list(&["a"]), list(&["c"])),
                    Change::Text(text("os"), "class", text("builtin"), text("extensible")),
                    Change::Added(text("os by more"), text("extension, more 1.0.0")),
                    Change::Added(text("os by more 2"), text("extension, more 1.0.0")),
                    Change::Removed(text("re"), text("builtin, re 1.0.0")),
                ],
            ),
            (
                "packages",
                vec![
                    Change::Text(text("os"), "version", text("1.0.0"), text("1.1.0")),
                    Change::List(text("os"), "features", list(&["std"]), list(&[])),
                ],
            ),
            ("names", vec![Change::Added(text("c"), text(""))]),
        ];
        assert_eq!(changes.sections, expected);
    }
}
