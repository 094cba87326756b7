//! Settings that a build script told as JSON.

use super::{Choice, Origin, Settings};
use crate::place::Place;
use enroll_syntax::Class;
use serde_json::Value;
use std::collections::BTreeMap;

impl Settings {
    /// The same settings again; what is missing is as if it was never said.
    pub(crate) fn from_json(value: &Value) -> Settings {
        let class = |class: &Value| match class.as_str() {
            Some("extensible") => Class::Extensible,
            _ => Class::Builtin,
        };
        let names = value["names"].as_array().into_iter().flatten();
        let salt = value["salt"].as_u64().unwrap_or_default();
        Settings {
            host: text(&value["host"]),
            guests: texts(&value["hosts"]),
            names: names
                .map(|name| {
                    let package = name["package"].as_str().map(str::to_owned);
                    (package, text(&name["name"]))
                })
                .collect(),
            declared: texts(&value["names-of"]),
            assumed: map(&value["assume-cfg"], |of| {
                map(of, |value| value.as_bool().unwrap_or_default())
            }),
            provides: (!value["provides"].is_null()).then(|| texts(&value["provides"])),
            choice: Choice {
                only_modules: texts(&value["only-modules"]),
                only_crates: texts(&value["only-crates"]),
                exclude_modules: texts(&value["exclude-modules"]),
                exclude_crates: texts(&value["exclude-crates"]),
                module_crates: texts(&value["module-crates"]),
                origins: list(&value["origins"]).filter_map(origin).collect(),
                classes: map(&value["class"], class),
                aliases: map(&value["aliases"], text),
            },
            runtime: value["runtime"].as_str().map(str::to_owned),
            salt: u32::try_from(salt).unwrap_or_default(),
            ..Settings::default()
        }
    }
}

/// Who said something, if the call is one of this version's.
fn origin(value: &Value) -> Option<((&'static str, String), Origin)> {
    const CALLS: [&str; 7] = [
        "only_modules",
        "only_crates",
        "exclude_modules",
        "exclude_crates",
        "module_crates",
        "class",
        "alias",
    ];
    let call = CALLS.into_iter().find(|call| value["call"] == *call)?;
    let number = |key: &str| {
        let number = value[key]
            .as_u64()
            .and_then(|number| number.try_into().ok());
        number.unwrap_or_default()
    };
    let place = Place {
        file: text(&value["file"]).into(),
        line: number("line"),
        column: number("column"),
        width: number("width"),
    };
    let key = text(&value["key"]);
    Some(((call, text(&value["name"])), Origin { key, place }))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts<C: FromIterator<String>>(value: &Value) -> C {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn map<T>(value: &Value, of: impl Fn(&Value) -> T) -> BTreeMap<String, T> {
    let entries = value.as_object().into_iter().flatten();
    entries
        .map(|(key, value)| (key.clone(), of(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Builder;

    #[test]
    fn settings_come_back_as_they_went() {
        let mut settings = Builder::new("vm::Vm")
            .host("guest::Guest")
            .names(["one"])
            .names_of("part", ["two"])
            .names_of("quiet", [] as [&str; 0])
            .assume_cfg("part", "all(fast, unix)", true)
            .provides(["float"])
            .only_modules(["os"])
            .only_crates(["part"])
            .exclude_modules(["os.path"])
            .exclude_crates(["other"])
            .module_crates(["beacon"])
            .class("os", Class::Extensible)
            .class("json", Class::Builtin)
            .alias("uos", "os")
            .runtime("vm::enroll")
            .settings;
        settings.salt = 7;
        let place = Place {
            line: 3,
            column: 1,
            width: 4,
            ..Place::file("/w/fw/Cargo.toml")
        };
        let key = "exclude-modules".to_owned();
        let origins = &mut settings.choice.origins;
        origins.insert(("exclude_modules", "os.path".into()), Origin { key, place });
        for settings in [settings, Settings::default()] {
            let back = Settings::from_json(&settings.json());
            assert_eq!(format!("{back:?}"), format!("{settings:?}"));
        }
    }
}
