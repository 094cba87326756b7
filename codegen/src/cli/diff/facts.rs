//! A plan as facts that can be compared: what has which fields.

use crate::cli::recorded::{Declaration, Recorded};
use std::collections::BTreeMap;

/// A field of something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    Text(String),
    /// Things whose order says nothing.
    List(Vec<String>),
}

/// What is said about one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// A line that says which it is.
    pub(super) about: String,
    pub(super) fields: Vec<(&'static str, Fact)>,
}

/// Things by name.
pub(super) type Things = BTreeMap<String, Facts>;

/// Everything in a plan, by sections with their titles. Two plans have the same
/// sections in the same order.
pub(super) fn sections(plan: &Recorded) -> Vec<(&'static str, Things)> {
    vec![
        ("settings", settings(plan)),
        ("modules", modules(plan)),
        ("left out", left_out(plan)),
        ("packages", packages(plan)),
        ("names", names(plan)),
        ("frozen", frozen(plan)),
        ("data", data(plan)),
        ("hidden by frozen ones", shadowed(plan)),
    ]
}

fn settings(plan: &Recorded) -> Things {
    let fields = vec![
        ("firmware", Fact::Text(plan.firmware.clone())),
        ("hosts", Fact::List(plan.hosts.clone())),
        ("salt", Fact::Text(plan.salt.to_string())),
    ];
    let about = String::new();
    Things::from([("build.rs".to_owned(), Facts { about, fields })])
}

fn modules(plan: &Recorded) -> Things {
    let mut things = Things::new();
    for module in &plan.modules {
        let mut facts = declaration(&module.base);
        facts.about = format!("{}, {}", module.class, facts.about);
        facts
            .fields
            .push(("class", Fact::Text(module.class.clone())));
        facts
            .fields
            .push(("also", Fact::List(module.aliases.clone())));
        things.insert(module.base.name.clone(), facts);
        // One package may extend a module more than once.
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for extension in &module.extensions {
            let count = counts.entry(&extension.package).or_default();
            *count += 1;
            let number = match count {
                1 => String::new(),
                count => format!(" {count}"),
            };
            let name = format!("{} by {}{number}", module.base.name, extension.package);
            let mut facts = declaration(extension);
            facts.about = format!("extension, {}", facts.about);
            things.insert(name, facts);
        }
    }
    things
}

fn declaration(declared: &Declaration) -> Facts {
    Facts {
        about: format!("{} {}", declared.package, declared.version),
        fields: vec![
            ("package", Fact::Text(declared.package.clone())),
            ("version", Fact::Text(declared.version.clone())),
            ("file", Fact::Text(declared.file.clone())),
            ("entries", Fact::List(declared.attributes.clone())),
            ("hooks", Fact::List(declared.hooks.clone())),
            ("requires", Fact::List(declared.requires.clone())),
        ],
    }
}

fn left_out(plan: &Recorded) -> Things {
    let declared = plan.left_out.iter().map(|(out, reason)| {
        let facts = Facts {
            about: reason.clone(),
            fields: vec![("because", Fact::Text(reason.clone()))],
        };
        (format!("{} of {}", out.name, out.package), facts)
    });
    declared.collect()
}

fn packages(plan: &Recorded) -> Things {
    let packages = plan.packages.iter().map(|package| {
        let of_name = plan.packages.iter();
        let is_single = of_name.filter(|known| known.name == package.name).count() == 1;
        let name = match is_single {
            true => package.name.clone(),
            false => package.id(),
        };
        // The versions of what it depends on are told there.
        let dependencies = package.dependencies.iter();
        let dependencies = dependencies.map(|id| match id.split_once(' ') {
            Some((name, _)) => name.to_owned(),
            None => id.clone(),
        });
        let facts = Facts {
            about: package.version.clone(),
            fields: vec![
                ("version", Fact::Text(package.version.clone())),
                ("origin", Fact::Text(package.origin.clone())),
                ("features", Fact::List(package.features.clone())),
                ("depends on", Fact::List(dependencies.collect())),
            ],
        };
        (name, facts)
    });
    packages.collect()
}

/// That an id is another one follows from the salt.
fn names(plan: &Recorded) -> Things {
    let names = plan.names.iter();
    names
        .map(|name| (name.text.clone(), Facts::default()))
        .collect()
}

fn frozen(plan: &Recorded) -> Things {
    let frozen = plan.frozen.iter().map(|frozen| {
        let facts = Facts {
            about: format!("{} bytes", frozen.bytes),
            fields: vec![
                ("class", Fact::Text(frozen.class.clone())),
                ("kind", Fact::Text(frozen.kind())),
                ("also", Fact::List(frozen.aliases.clone())),
                ("bytes", Fact::Text(frozen.bytes.to_string())),
                ("file", Fact::Text(frozen.file.clone())),
            ],
        };
        (frozen.name.clone(), facts)
    });
    frozen.collect()
}

fn data(plan: &Recorded) -> Things {
    let data = plan.data.iter().map(|(path, bytes)| {
        let facts = Facts {
            about: format!("{bytes} bytes"),
            fields: vec![("bytes", Fact::Text(bytes.to_string()))],
        };
        (path.clone(), facts)
    });
    data.collect()
}

fn shadowed(plan: &Recorded) -> Things {
    let shadowed = plan.shadowed.iter().map(|(name, by)| {
        let facts = Facts {
            about: by.clone(),
            fields: vec![("by", Fact::Text(by.clone()))],
        };
        (name.clone(), facts)
    });
    shadowed.collect()
}
