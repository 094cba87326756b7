//! The settings as JSON: how a build script tells them to `cargo enroll`.

use super::Settings;
use enroll_syntax::Class;
use serde_json::{Map, Value, json};

impl Settings {
    /// What the stages up to the plan are told.
    pub(crate) fn json(&self) -> Value {
        let names = self.names.iter();
        let names = names.map(|(package, name)| json!({ "package": package, "name": name }));
        let choice = &self.choice;
        let classes = choice.classes.iter();
        let classes = classes.map(|(module, class)| (module.clone(), json!(spelled(*class))));
        let origins = choice.origins.iter().map(|((call, name), origin)| {
            let place = &origin.place;
            json!({
                "call": call,
                "name": name,
                "key": origin.key,
                "file": place.file,
                "line": place.line,
                "column": place.column,
                "width": place.width,
            })
        });
        json!({
            "host": self.host,
            "hosts": self.guests,
            "names": names.collect::<Vec<_>>(),
            "names-of": self.declared,
            "assume-cfg": self.assumed,
            "provides": self.provides,
            "only-modules": choice.only_modules,
            "only-crates": choice.only_crates,
            "exclude-modules": choice.exclude_modules,
            "exclude-crates": choice.exclude_crates,
            "module-crates": choice.module_crates,
            "class": classes.collect::<Map<String, Value>>(),
            "aliases": choice.aliases,
            "origins": origins.collect::<Vec<_>>(),
            "runtime": self.runtime,
            "salt": self.salt,
        })
    }
}

fn spelled(class: Class) -> &'static str {
    match class {
        Class::Builtin => "builtin",
        Class::Extensible => "extensible",
    }
}
