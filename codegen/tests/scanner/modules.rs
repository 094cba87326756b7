//! Random modules and the files they are in.

use crate::case::DEAD;
use crate::generate::{Attributes, Generator};
use crate::items::raw;
use crate::place::{Place, join, parent};

impl Generator {
    /// A name that fits a file and its module.
    pub(crate) fn module_name(&mut self, place: &Place, folder: &str) -> String {
        if !place.in_function && self.random.percent(15) {
            let name = self.random.pick(&["fn", "mod", "type", "match"]);
            // Taken as a folder, so that no second one appears in the module.
            let mark = format!("{folder}/{}/{name}", place.module.join("/"));
            if self.take(&mark) && !self.case.files.contains_key(&format!("{folder}/{name}.rs")) {
                self.count("raw identifier");
                return name.to_string();
            }
        }
        let number = self.number();
        format!("a{number}")
    }

    fn visibility(&mut self) -> (&'static str, bool) {
        match self.random.below(3) {
            0 => ("", false),
            1 => ("pub ", true),
            _ => ("pub(crate) ", true),
        }
    }

    /// The content of a module's file.
    pub(crate) fn content(&mut self, place: &Place) -> String {
        let mut text = String::new();
        let mut place = place.clone();
        place.quiet = self.budget > 0 && self.random.percent(35);
        if place.quiet && self.random.percent(25) {
            return self.bare_lead(&place);
        }
        if self.random.percent(15) {
            self.count("inner attribute on the first line");
            let (before, after) = (self.space(), self.space());
            text.push_str(&format!("#!{before}[allow(unused)]{after}"));
        }
        if self.random.percent(15) {
            text.push_str(&self.inner_doc());
        }
        if self.random.percent(20) {
            self.count("inner cfg of a file");
            place.sure = false;
            text.push_str(&format!("#![cfg({})]\n", self.predicate(2)));
        }
        text.push_str(&self.items(&place));
        if self.random.percent(10) {
            text.push_str(&self.modules_in_a_block(&place));
        }
        text
    }

    /// `mod name;`
    pub(crate) fn module_file(&mut self, place: &Place) -> String {
        let Some(folder) = place.children() else {
            return self.module_under_path(place);
        };
        let attributes = self.attributes(place);
        let name = self.module_name(place, &folder);
        let (visibility, public) = self.visibility();
        let beside = format!("{folder}/{name}.rs");
        let nested = format!("{folder}/{name}/mod.rs");
        if !self.take(&beside) || !self.take(&nested) {
            return self.register(place);
        }
        let child = place.child(&name, attributes.sure, public);
        let (file, child) = match self.random.percent(60) {
            true => {
                self.count("name.rs");
                (beside.clone(), child.in_named_file(&beside, &name))
            }
            false => {
                self.count("mod.rs");
                (nested.clone(), child.in_file(&nested))
            }
        };
        if self.random.percent(20) {
            // Where another rule would look.
            self.decoy_file(&format!("{}/{name}.rs", place.folder));
            self.decoy_file(&format!("{folder}/{name}/{name}.rs"));
        }
        let content = self.content(&child);
        self.write(&file, &content);
        self.declared(&attributes, visibility, &name)
    }

    /// `mod name;` after its attributes.
    fn declared(&mut self, attributes: &Attributes, visibility: &str, name: &str) -> String {
        let (before, between, after) = (self.space(), self.gap(), self.space());
        let (text, name) = (&attributes.text, raw(name));
        format!("{text}{before}{visibility}mod{between}{name}{after};\n")
    }

    /// `mod name { … }`
    pub(crate) fn inline_module(&mut self, place: &Place) -> String {
        self.count("inline module");
        let attributes = self.attributes(place);
        let name = match self.random.percent(10) {
            true => {
                // A file's module cannot have such a name (E0754).
                self.count("name beyond ASCII");
                format!("größe{}", self.number())
            }
            false => self.module_name(place, &place.folder.clone()),
        };
        let (visibility, public) = self.visibility();
        let mut child = place.child(&name, attributes.sure, public);
        let mut inner = String::new();
        if self.random.percent(15) {
            self.count("inner cfg of an inline module");
            inner = format!("#![cfg({})]", self.predicate(1));
            child.sure = false;
        }
        let child = child.inline(&name);
        let items = self.items(&child);
        self.mark_folder(&child);
        format!(
            "{}{visibility}mod {} {{ {inner}\n{items}}}\n",
            attributes.text,
            raw(&name)
        )
    }

    /// A file below an inline module below a function: the folder of `name.rs`
    /// counts no more there.
    pub(crate) fn modules_in_a_block(&mut self, place: &Place) -> String {
        self.count("file below an inline module in a block");
        let number = self.number();
        let name = format!("g{number}");
        let inside = place.body(true).child(&name, true, false).inline(&name);
        let below = self.module_under_path(&inside);
        format!("fn function{number}() {{ mod {name} {{ {below} }} }}\n")
    }

    /// Paths with `..` need the folder to be there.
    pub(crate) fn mark_folder(&mut self, place: &Place) {
        self.case.folders.insert(place.folder.clone());
    }

    /// A file that is taken in as `name.rs` and by a path: its child is another
    /// file in each role.
    pub(crate) fn two_roles(&mut self, place: &Place) -> String {
        let Some(folder) = place.children() else {
            return self.module_under_path(place);
        };
        self.count("one file in two roles");
        let number = self.number();
        let file = format!("{folder}/r{number}.rs");
        self.take(&file);
        self.write(&file, &format!("mod child{number};\n"));
        let named = place.child(&format!("r{number}"), true, false);
        let moved = place.child(&format!("s{number}"), true, false);
        let roles = [
            named.in_named_file(&file, &format!("r{number}")),
            moved.in_file(&file),
        ];
        self.children_in(roles, number);
        let up = folder[place.folder.len()..].trim_start_matches('/');
        let path = join(up, &format!("r{number}.rs"));
        format!("mod r{number};\n#[path = {path:?}] mod s{number};\n")
    }

    /// Files for `mod child;` in each of these; one without a marker does not
    /// speak for the other.
    fn children_in(&mut self, places: [Place; 2], number: usize) {
        for place in places {
            let file = format!("{}/child{number}.rs", place.children().unwrap_or_default());
            self.take(&file);
            let content = match self.random.percent(60) {
                true => self.register(&place.in_file(&file)),
                false => String::new(),
            };
            self.write(&file, &content);
        }
    }

    /// A path for a new file, relative to a folder, and the file.
    pub(crate) fn new_path(&mut self, folder: &str) -> (String, String) {
        loop {
            let number = self.number();
            let path = match self.random.below(8) {
                // No name of a file elsewhere.
                5 if cfg!(unix) => {
                    self.count("line feed in a path");
                    format!("p\n{number}.rs")
                }
                0 => format!("moved/p{number}.rs"),
                1 if folder.contains('/') => format!("../up{number}/p{number}.rs"),
                2 => format!("./p{number}.txt"),
                3 => format!("größe{number}/mod.rs"),
                _ => format!("p{number}.rs"),
            };
            self.case.folders.insert(folder.to_string());
            let file = join(folder, &path);
            if self.take(&file) {
                return (path, file);
            }
        }
    }

    /// `#[path = "…"] mod name;`
    pub(crate) fn module_under_path(&mut self, place: &Place) -> String {
        self.count("#[path] on a file module");
        if place.in_function {
            self.count("#[path] in a block");
        }
        if place.below.as_ref().is_some_and(|below| !below.is_empty()) {
            self.count("#[path] in name.rs");
        }
        let attributes = self.attributes(place);
        let number = self.number();
        let (visibility, public) = self.visibility();
        let (path, file) = self.new_path(&place.folder);
        if let Some(folder) = place.children() {
            self.decoy_file(&format!("{folder}/b{number}.rs"));
            if folder != place.folder {
                let wrong = join(&folder, &path);
                self.decoy_file(&wrong);
            }
        }
        if let Some(folder) = &place.outside {
            self.decoy_file(&join(folder, &path));
        }
        let child = place
            .child(&format!("b{number}"), attributes.sure, public)
            .in_file(&file);
        let content = self.content(&child);
        self.write(&file, &content);
        let path = match path.contains('\n') || self.random.percent(30) {
            true => format!("r#\"{path}\"#"),
            false => format!("{path:?}"),
        };
        let name = format!("b{number}");
        let [one, two, three] = [self.space(), self.space(), self.space()];
        format!("{}#{one}[path{two}={three}{path}]", attributes.text)
            + &self.declared(&Attributes::default(), visibility, &name)
    }

    /// `#[path = "…"] mod name { … }`
    pub(crate) fn inline_module_under_path(&mut self, place: &Place) -> String {
        self.count("#[path] on an inline module");
        let attributes = self.attributes(place);
        let number = self.number();
        let path = match self.random.below(3) {
            0 => format!("dir{number}"),
            1 => format!("dir{number}/sub"),
            _ => format!("./dir{number}/"),
        };
        let child = place
            .child(&format!("c{number}"), attributes.sure, false)
            .inline_under(&path);
        self.mark_folder(&child);
        let mut items = match place.quiet {
            true => self.items(&child),
            false => self.module_file(&child),
        };
        if self.random.percent(60) && !place.quiet {
            self.count("nested inline modules under #[path]");
            let nested = self.inline_module(&child);
            items.push_str(&nested);
        }
        let text = attributes.text;
        match self.random.percent(20) {
            true => {
                self.count("#![path] in an inline module");
                format!("{text}mod c{number} {{ #![path = {path:?}]\n{items}}}\n")
            }
            false => format!("{text}#[path = {path:?}] mod c{number} {{\n{items}}}\n"),
        }
    }

    /// `#[cfg_attr(…, path = "…")] mod name { … }` with files for both cases.
    pub(crate) fn inline_module_under_cfg_attr(&mut self, place: &Place) -> String {
        if place.in_function {
            return self.module_under_path(place);
        }
        self.count("cfg_attr(…, path = …) on an inline module");
        let number = self.number();
        let child = place.child(&format!("c{number}"), false, false);
        let moved = child.clone().inline_under(&format!("dir{number}"));
        let plain = child.inline(&format!("c{number}"));
        self.mark_folder(&plain);
        self.children_in([moved, plain], number);
        let predicate = self.undecided();
        format!(
            "#[cfg_attr({predicate}, path = \"dir{number}\")] mod c{number} {{ mod child{number}; }}\n"
        )
    }

    /// `#[cfg_attr(…, path = "…")] mod name;` with files for both cases.
    pub(crate) fn module_under_cfg_attr(&mut self, place: &Place) -> String {
        let Some(folder) = place.children() else {
            return self.module_under_path(place);
        };
        self.count("cfg_attr(…, path = …)");
        let number = self.number();
        let name = format!("d{number}");
        let mut text = String::new();
        for _ in 0..1 + self.random.below(2) {
            let (path, file) = self.new_path(&place.folder);
            let child = place.child(&name, false, false).in_file(&file);
            let content = match self.random.percent(70) {
                true => self.content(&child),
                false => String::new(),
            };
            self.write(&file, &content);
            let (first, second) = (self.undecided(), self.predicate(1));
            text.push_str(&match self.random.below(4) {
                0 => {
                    self.count("nested cfg_attr");
                    format!("#[cfg_attr({first}, cfg_attr({second}, path = {path:?}))]\n")
                }
                1 => {
                    self.count("cfg_attr with several attributes");
                    format!(
                        "#[cfg_attr({first}, allow(unused), path = {path:?}, cfg({second}),)]\n"
                    )
                }
                _ => format!("#[cfg_attr({first}, path = {path:?})]\n"),
            });
        }
        let beside = format!("{folder}/{name}.rs");
        self.take(&beside);
        self.take(&format!("{folder}/{name}/mod.rs"));
        let child = place
            .child(&name, false, false)
            .in_named_file(&beside, &name);
        let content = self.content(&child);
        self.write(&beside, &content);
        format!("{text}mod {name};\n")
    }

    /// `include!` where items stand.
    pub(crate) fn include_items(&mut self, place: &Place) -> String {
        if place.in_function {
            return self.module_under_path(place);
        }
        self.count("include! of items");
        let attributes = self.attributes(place);
        let (path, file) = self.new_path(&parent(&place.file));
        let mut inside = place.under(attributes.sure).in_file(&file);
        inside.aliases = place.under(true).aliases;
        let items = self.items(&inside);
        self.write(&file, &items);
        let argument = self.argument(&path, &file);
        let name = self.random.pick(&["include", "core::include", "r#include"]);
        let [one, two, three] = [self.space(), self.space(), self.space()];
        let comma = self.random.pick(&["", "", ","]);
        format!(
            "{}{name}{one}!{two}({three}{argument}{comma}{two});\n",
            attributes.text
        )
    }

    /// The argument of an `include!`.
    pub(crate) fn argument(&mut self, path: &str, file: &str) -> String {
        match self.random.below(5) {
            0 => {
                self.count("include! of a concat!");
                let (first, last) = path.split_at(path.rfind('/').map_or(1, |at| at + 1));
                format!("concat!({first:?}, {last:?})")
            }
            1 => {
                self.count("include! from CARGO_MANIFEST_DIR");
                format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{file}\")")
            }
            _ => format!("{path:?}"),
        }
    }

    /// A module that is not compiled, so that its file may be missing or no
    /// Rust at all.
    pub(crate) fn dead_module(&mut self, place: &Place) -> String {
        let number = self.number();
        let dead = self.random.pick(DEAD);
        let Some(folder) = place.children() else {
            self.count("disabled mod without a file");
            return format!("#[cfg({dead})] mod e{number};\n");
        };
        let file = format!("{folder}/e{number}.rs");
        match self.random.below(3) {
            0 => {
                self.count("disabled mod without a file");
                format!("#[cfg({dead})] mod e{number};\n")
            }
            1 => {
                self.count("disabled file that does not parse");
                let symbol = self.symbol('d');
                self.take(&file);
                let content = format!("enroll::register_module!(\"{symbol}\"); mod ) x");
                self.case.files.insert(file, content.into_bytes());
                format!("#[cfg({dead})] mod e{number};\n")
            }
            _ => {
                self.count("one file for two cfgs");
                self.take(&file);
                let child = place
                    .child(&format!("f{number}"), false, false)
                    .in_file(&file);
                // Its module's name differs with the cfg, and so does nothing else.
                let content = self.register(&child);
                self.write(&file, &content);
                let predicate = self.predicate(1);
                let path = join("", &format!("e{number}.rs"));
                let up = if folder == place.folder {
                    path
                } else {
                    self.case.folders.insert(folder.clone());
                    format!(
                        "{}/{path}",
                        folder
                            .trim_start_matches(&place.folder)
                            .trim_start_matches('/')
                    )
                };
                format!(
                    "#[cfg({predicate})] #[path = {up:?}] mod e{number};\n#[cfg(not({predicate}))] #[path = {up:?}] mod f{number};\n"
                )
            }
        }
    }
}
