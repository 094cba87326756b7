//! The plan as the build script wrote it down.

use crate::report::FORMAT;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

/// A firmware's plan. What is missing in the file is empty here: the number of
/// the format says that nothing is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Recorded {
    pub(super) firmware: String,
    pub(super) hosts: Vec<String>,
    pub(super) salt: u64,
    pub(super) modules: Vec<Module>,
    /// Declarations with the reason.
    pub(super) left_out: Vec<(Declaration, String)>,
    pub(super) packages: Vec<Package>,
    pub(super) names: Vec<Name>,
    pub(super) frozen: Vec<Frozen>,
    /// Path and bytes.
    pub(super) data: Vec<(String, u64)>,
    /// Extensible modules that a frozen one hides: name, and the frozen file.
    pub(super) shadowed: Vec<(String, String)>,
}

/// A module of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Module {
    pub(super) base: Declaration,
    pub(super) class: String,
    pub(super) aliases: Vec<String>,
    pub(super) extensions: Vec<Declaration>,
}

/// A module or an extension, as a crate declares it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Declaration {
    pub(super) name: String,
    pub(super) package: String,
    pub(super) version: String,
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) attributes: Vec<String>,
    pub(super) hooks: Vec<String>,
    pub(super) requires: Vec<String>,
    /// The folder it stands in, for a user module.
    pub(super) user_module: Option<String>,
}

/// A package that reaches the runtime.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) origin: String,
    pub(super) features: Vec<String>,
    /// Name and version of each.
    pub(super) dependencies: Vec<String>,
}

/// A name of the pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) id: u64,
    pub(super) uses: Vec<Use>,
}

/// Where a name is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// None for a file that is in no package.
    pub(super) package: Option<String>,
    pub(super) file: String,
    pub(super) line: u64,
}

/// A script in the image.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Frozen {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) suffix: String,
    pub(super) is_package: bool,
    pub(super) aliases: Vec<String>,
    pub(super) bytes: u64,
    /// How many names its code refers to by index.
    pub(super) names: u64,
    pub(super) file: String,
}

impl Recorded {
    /// Reads the file of a build script, or a copy of it.
    pub(super) fn read(path: &Path) -> Result<Recorded, String> {
        value(path).map(|value| Recorded::of(&value))
    }

    pub(super) fn of(value: &Value) -> Recorded {
        let left_out = items(&value["left_out"])
            .map(|out| (Declaration::of(out), text(&out["reason"])))
            .collect();
        let data = items(&value["data"])
            .map(|data| (text(&data["path"]), number(&data["bytes"])))
            .collect();
        let shadowed = items(&value["shadowed"])
            .map(|shadowed| (text(&shadowed["name"]), text(&shadowed["by"])))
            .collect();
        Recorded {
            firmware: text(&value["firmware"]),
            hosts: texts(&value["hosts"]),
            salt: number(&value["salt"]),
            modules: items(&value["modules"]).map(Module::of).collect(),
            left_out,
            packages: items(&value["packages"]).map(Package::of).collect(),
            names: items(&value["names"]).map(Name::of).collect(),
            frozen: items(&value["frozen"]).map(Frozen::of).collect(),
            data,
            shadowed,
        }
    }

    /// The shortest way of dependencies from the firmware to a package, both
    /// ends in it, by name. That of a package which nothing leads to is the
    /// firmware alone.
    pub(super) fn way(&self, package: &str) -> Vec<&str> {
        let of_id: BTreeMap<String, usize> = self
            .packages
            .iter()
            .enumerate()
            .map(|(at, package)| (package.id(), at))
            .collect();
        let named = |name: &str| self.packages.iter().position(|known| known.name == name);
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue: VecDeque<usize> = named(&self.firmware).into_iter().collect();
        let first = queue.front().copied();
        while let Some(from) = queue.pop_front() {
            if self.packages[from].name == package {
                let steps = std::iter::successors(Some(from), |at| before.get(at).copied());
                let mut way: Vec<&str> = steps.map(|at| &*self.packages[at].name).collect();
                way.reverse();
                return way;
            }
            for on in &self.packages[from].dependencies {
                if let Some(&on) = of_id.get(on)
                    && Some(on) != first
                    && !before.contains_key(&on)
                {
                    before.insert(on, from);
                    queue.push_back(on);
                }
            }
        }
        vec![&self.firmware]
    }
}

/// A plan as it stands in its file, or as it comes in where the file is `-`.
pub(super) fn value(path: &Path) -> Result<Value, String> {
    let failed = |error: &dyn std::fmt::Display| {
        format!("error: could not read {}: {error}", path.display())
    };
    let text = match path.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin()),
        _ => std::fs::read_to_string(path),
    };
    let text = text.map_err(|error| failed(&error))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    if value["firmware"].is_null() {
        return Err(failed(&"it is no plan of a firmware"));
    }
    let format = &value["format"];
    if *format != FORMAT {
        return Err(failed(&format!(
            "it has format {format}, and this command reads {FORMAT}: the firmware's \
             enroll-codegen and this command have to be of one version"
        )));
    }
    Ok(value)
}

impl Module {
    fn of(value: &Value) -> Module {
        let extensions = items(&value["extensions"]);
        Module {
            base: Declaration::of(value),
            class: text(&value["class"]),
            aliases: texts(&value["aliases"]),
            extensions: extensions.map(Declaration::of).collect(),
        }
    }

    /// Itself, then its extensions.
    pub(super) fn declarations(&self) -> impl Iterator<Item = &Declaration> {
        [&self.base].into_iter().chain(&self.extensions)
    }
}

impl Declaration {
    fn of(value: &Value) -> Declaration {
        Declaration {
            name: text(&value["name"]),
            package: text(&value["package"]),
            version: text(&value["version"]),
            file: text(&value["file"]),
            line: number(&value["line"]),
            attributes: items(&value["entries"])
                .map(|entry| text(&entry["name"]))
                .collect(),
            hooks: texts(&value["hooks"]),
            requires: texts(&value["requires"]),
            user_module: value["user_module"].as_str().map(str::to_owned),
        }
    }

    /// File and line.
    pub(super) fn place(&self) -> String {
        // The file of a user module is not below the package that it is
        // compiled into.
        let of_folder = match self.user_module {
            Some(_) => " (user module)",
            None => "",
        };
        format!("{}:{}{of_folder}", self.file, self.line)
    }
}

impl Package {
    fn of(value: &Value) -> Package {
        Package {
            name: text(&value["name"]),
            version: text(&value["version"]),
            origin: text(&value["origin"]),
            features: texts(&value["features"]),
            dependencies: texts(&value["dependencies"]),
        }
    }

    pub(super) fn id(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

impl Name {
    fn of(value: &Value) -> Name {
        let uses = items(&value["uses"]).map(|used| Use {
            package: used["package"].as_str().map(str::to_owned),
            file: text(&used["file"]),
            line: number(&used["line"]),
        });
        Name {
            text: text(&value["text"]),
            id: number(&value["id"]),
            uses: uses.collect(),
        }
    }
}

impl Use {
    /// Package, file and line.
    pub(super) fn place(&self) -> String {
        let package = self.package.iter().map(|package| format!("{package} "));
        format!("{}{}:{}", package.collect::<String>(), self.file, self.line)
    }
}

impl Frozen {
    fn of(value: &Value) -> Frozen {
        Frozen {
            name: text(&value["name"]),
            class: text(&value["class"]),
            suffix: text(&value["suffix"]),
            is_package: value["package"].as_bool().unwrap_or_default(),
            aliases: texts(&value["aliases"]),
            names: number(&value["names"]),
            bytes: number(&value["bytes"]),
            file: text(&value["file"]),
        }
    }
}

impl Frozen {
    /// `package` or `module`, and the suffix of its code.
    pub(super) fn kind(&self) -> String {
        let kind = if self.is_package { "package" } else { "module" };
        format!("{kind} {}", self.suffix)
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    items(value).map(text).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Package, Recorded, value};
    use std::path::Path;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            dependencies: dependencies
                .iter()
                .map(|on| format!("{on} 1.0.0"))
                .collect(),
            ..Package::default()
        }
    }

    #[test]
    fn the_way_to_a_package_is_the_shortest() {
        let plan = Recorded {
            firmware: "fw".to_owned(),
            packages: vec![
                package("a", &["b"]),
                package("b", &["c", "fw"]),
                package("c", &[]),
                package("fw", &["a", "b"]),
            ],
            ..Recorded::default()
        };
        assert_eq!(plan.way("c"), ["fw", "b", "c"]);
        assert_eq!(plan.way("a"), ["fw", "a"]);
        assert_eq!(plan.way("fw"), ["fw"]);
        assert_eq!(plan.way("nowhere"), ["fw"]);
        assert_eq!(Recorded::default().way("a"), [""]);
    }

    #[test]
    fn a_file_that_is_no_plan_of_this_format_is_refused() {
        let folder = std::env::temp_dir().join(format!("enroll-recorded-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let told = |content: &str| {
            let file = folder.join("plan.json");
            std::fs::write(&file, content).unwrap();
            let told = value(&file).map(drop);
            told.map_err(|told| told.replace(&*file.display().to_string(), "FILE"))
        };
        for (content, expected) in [
            ("{", "error: could not read FILE: EOF while parsing"),
            (
                "{}",
                "error: could not read FILE: it is no plan of a firmware",
            ),
            (
                r#"{"firmware": "fw", "format": 1}"#,
                "error: could not read FILE: it has format 1, and this command reads 2",
            ),
        ] {
            let told = told(content).unwrap_err();
            assert!(told.starts_with(expected), "{told}");
        }
        assert_eq!(told(r#"{"firmware": "fw", "format": 2}"#), Ok(()));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(value(Path::new("/no/such/plan")).is_err());
    }
}
