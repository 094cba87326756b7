//! Random macros: renamed, defined, and around items.

use crate::case::DEAD;
use crate::generate::Generator;
use crate::items::raw;
use crate::place::{Place, parent};

impl Generator {
    /// `use … as`, and calls by the new name.
    pub(crate) fn rename(&mut self, place: &Place) -> String {
        let names = ["reg", "module", "r#fn", "qstr", "register_module"];
        let name = self.random.pick(&names).to_string();
        let bare = name.trim_start_matches("r#").to_string();
        if self.shadowed || place.in_function || !place.reserved.borrow_mut().insert(bare.clone()) {
            return self.register(place);
        }
        if self.random.percent(10) {
            self.count("module of the crate's name");
            let (symbol, decoy) = (self.symbol('k'), self.symbol('d'));
            return format!(
                "mod named{} {{ mod enroll {{ pub(crate) use ::enroll::decoy as register_module; }} enroll::register_module!(\"{decoy}\"); ::enroll::register_module!(\"{symbol}\"); }}\n",
                self.number()
            );
        }
        if self.random.percent(15) {
            self.count("module imported under its name or another");
            let (symbol, decoy) = (self.symbol('k'), self.symbol('d'));
            let number = self.number();
            let (import, short) = match self.random.below(3) {
                0 => ("::{self}", format!("inner{number}")),
                1 => ("::{self as short}", "short".to_string()),
                _ => (" as short", "short".to_string()),
            };
            return format!(
                "mod by{number} {{ mod outer {{ pub(crate) mod inner{number} {{ pub(crate) use enroll::{{decoy as register_module, register_module as other}}; }} }} use outer::inner{number}{import}; {short}::register_module!(\"{decoy}\"); {short}::other!(\"{symbol}\"); }}\n"
            );
        }
        if self.random.percent(25) {
            self.count("use under a cfg");
            let (symbol, predicate) = (self.symbol('k'), self.undecided());
            let mut lines = [
                format!("#[cfg({predicate})] pub(crate) use enroll::register_module as {name};\n"),
                format!("#[cfg(not({predicate}))] pub(crate) use enroll::decoy as {name};\n"),
            ];
            if self.random.percent(50) {
                lines.reverse();
            }
            return format!("{name}!(\"{symbol}\");\n{}", lines.concat());
        }
        let decoy = self.random.percent(25);
        place.aliases.borrow_mut().insert(bare.clone(), !decoy);
        let symbol = self.symbol(if decoy { 'd' } else { 'k' });
        let target = if decoy { "decoy" } else { "register_module" };
        self.count(if decoy {
            "another macro renamed"
        } else {
            "renamed macro"
        });
        if !decoy && place.sure && place.open {
            let mut path = vec!["crate".to_string()];
            path.extend(place.module.iter().map(|segment| raw(segment)));
            path.push(name.clone());
            self.exports.push(path.join("::"));
        }
        let call = format!("{name}!(\"{symbol}\");\n");
        let import = match self.random.below(6) {
            0 => {
                self.count("rename in a nested use");
                format!("pub(crate) use ::enroll::{{self as e_{bare}, {{{target} as {name}}}}};\n")
            }
            1 => {
                self.count("rename in two steps");
                let step = self.number();
                format!(
                    "mod step{step} {{ pub(crate) use enroll::{target} as step; }}\npub(crate) use step{step}::step as {name};\n"
                )
            }
            2 => {
                self.count("renamed crate");
                let step = self.number();
                format!(
                    "extern crate enroll as e{step};\npub(crate) use self::e{step}::{target} as {name};\n"
                )
            }
            _ => format!("pub(crate) use enroll::{target} as {name};\n"),
        };
        let glob = if self.random.percent(30) {
            self.count("renamed macro through a glob");
            let number = self.number();
            let symbol = self.symbol(if decoy { 'd' } else { 'k' });
            format!("mod glob{number} {{ use super::*; {name}!(\"{symbol}\"); }}\n")
        } else {
            String::new()
        };
        match self.random.percent(50) {
            true => format!("{import}{call}{glob}"),
            false => format!("{call}{glob}{import}"),
        }
    }

    pub(crate) fn cfg_if(&mut self, place: &Place) -> String {
        self.count("cfg_if!");
        let (predicate, items) = (self.meta(2), self.items(&place.under(false)));
        let mut text = format!("enroll::cfg_if! {{ if #[cfg({predicate})] {{\n{items}}}");
        for _ in 0..self.random.below(3) {
            let (predicate, items) = (self.meta(1), self.items(&place.under(false)));
            text.push_str(&format!(" else if #[cfg({predicate})] {{\n{items}}}"));
        }
        if self.random.percent(60) {
            let items = self.items(&place.under(false));
            text.push_str(&format!(" else {{\n{items}}}"));
        }
        text + " }\n"
    }

    pub(crate) fn cfg_select(&mut self, place: &Place) -> String {
        if !self.has_cfg_select || place.in_function {
            return self.cfg_if(place);
        }
        self.count("cfg_select!");
        let mut text = String::from("cfg_select! {\n");
        for _ in 0..1 + self.random.below(2) {
            let (predicate, items) = (self.predicate(1), self.items(&place.under(false)));
            text.push_str(&format!("{predicate} => {{ {items} }}\n"));
        }
        text + &format!("_ => {{ {} }} }}\n", self.items(&place.under(false)))
    }

    /// `macro_rules!` with a marker in it.
    pub(crate) fn definition(&mut self, place: &Place) -> String {
        let number = self.number();
        let call = if self.random.percent(60) {
            format!("made{number}!();")
        } else {
            String::new()
        };
        let text = match self.random.below(4) {
            0 => {
                self.count("name from a macro's argument");
                let symbol = self.symbol('h');
                let path = self.path("register_module");
                format!(
                    "macro_rules! made{number} {{ ($n:literal) => {{ {path}!($n); }} }}\nmade{number}!(\"{symbol}\");\n"
                )
            }
            1 => {
                self.count("marker in a matcher");
                let symbol = self.symbol('d');
                format!(
                    "macro_rules! made{number} {{ (register_module!(\"{symbol}\")) => {{}}; () => {{}} }}\n{call}\n"
                )
            }
            2 => {
                self.count("call in a macro_rules! body");
                let symbol = self.symbol('m');
                let path = self.path("qstr");
                format!(
                    "macro_rules! made{number} {{ () => {{ const _: u32 = {path}!(\"{symbol}\"); }} }}\n{call}\n"
                )
            }
            _ => {
                self.count("call in a macro_rules! body");
                let symbol = self.symbol('m');
                let path = self.path("register_module");
                let attributes = self.attributes(place).text;
                format!(
                    "macro_rules! made{number} {{ () => {{ {attributes} {path}!(\"{symbol}\"); }} }}\n{call}\n"
                )
            }
        };
        match self.random.percent(20) {
            true => {
                self.count("macro_rules! under a macro");
                format!("enroll::pass! {{ {text} }}\n")
            }
            false => text,
        }
    }

    /// Items in the arguments of a macro that may do anything with them.
    pub(crate) fn under_macro(&mut self) -> String {
        let name = self.random.pick(&["pass", "discard"]);
        let symbol = self.symbol('m');
        let register = format!("enroll::register_module!(\"{symbol}\");");
        let number = self.number();
        self.count("registration under a macro");
        match self.random.below(8) {
            0 => format!("enroll::{name}! {{ mod under{number} {{ {register} }} }}\n"),
            1 => {
                self.count("cfg on a field under a macro");
                let predicate = self.predicate(1);
                format!(
                    "enroll::{name}! {{ struct U{number} {{ #[cfg({predicate})] a: u8, b: [u8; {{ {register} 1 }}] }} }}\n"
                )
            }
            2..=4 => {
                self.count("cfg on an item under a macro");
                let decoy = self.symbol('d');
                let decoy = format!("enroll::register_module!(\"{decoy}\");");
                let dead = self.random.pick(DEAD);
                let item = match self.random.below(4) {
                    0 => decoy,
                    1 => format!("mod gone{number} {{ {decoy} }}"),
                    2 => format!("fn gone{number}() {{ {decoy} }}"),
                    _ => format!("const GONE{number}: u8 = 1;"),
                };
                format!("enroll::{name}! {{ #[cfg({dead})] {item} {register} }}\n")
            }
            5 => {
                self.count("registration behind an element that a macro drops");
                format!("enroll::rest! {{ #[cfg(any())] x, {register} }}\n")
            }
            _ => format!("enroll::{name}! {{ {register} }}\n"),
        }
    }

    /// `mod` in the arguments of such a macro.
    pub(crate) fn module_under_macro(&mut self, place: &Place) -> String {
        let Some(folder) = place.children() else {
            return self.module_under_path(place);
        };
        self.count("mod under a macro");
        let number = self.number();
        let name = self.random.pick(&["pass", "discard", "rest"]);
        let file = format!("{folder}/under{number}.rs");
        self.take(&file);
        if name != "discard" || self.random.percent(50) {
            let symbol = self.symbol('m');
            self.write(&file, &format!("enroll::register_module!(\"{symbol}\");"));
        }
        if name == "pass" && self.random.percent(30) {
            self.count("include! under a macro");
            let (path, file) = self.new_path(&parent(&place.file));
            let symbol = self.symbol('m');
            self.write(&file, &format!("enroll::register_module!(\"{symbol}\");"));
            return format!("enroll::pass! {{ include!({path:?}); }}\n");
        }
        if name != "rest" && self.random.percent(30) {
            self.count("mod in a module under a macro");
            let inside = place.child("", false, false).inline(&format!("in{number}"));
            self.mark_folder(&inside);
            let file = format!("{}/under{number}.rs", inside.folder);
            self.take(&file);
            let symbol = self.symbol('m');
            self.write(&file, &format!("enroll::register_module!(\"{symbol}\");"));
            return format!("enroll::{name}! {{ mod in{number} {{ mod under{number}; }} }}\n");
        }
        match name {
            "rest" => format!("enroll::rest! {{ #[cfg(any())] x, mod under{number}; }}\n"),
            name => format!("enroll::{name}! {{ mod under{number}; }}\n"),
        }
    }
}
