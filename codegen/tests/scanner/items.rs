//! Random items.

use crate::generate::{Attributes, Generator};
use crate::place::Place;

impl Generator {
    /// Some items of a module.
    pub(crate) fn items(&mut self, place: &Place) -> String {
        if place.quiet {
            return self.quiet_items(place);
        }
        let length = 1 + self.random.below(4);
        (0..length).map(|_| self.item(place)).collect()
    }

    fn item(&mut self, place: &Place) -> String {
        if self.budget == 0 || place.depth > 5 {
            return self.register(place);
        }
        let choice = self.random.below(29);
        if !matches!(choice, 0..=3) {
            self.budget -= 1;
        }
        match choice {
            0 | 1 => self.register(place),
            2 => {
                let attributes = self.attributes(place);
                self.count("cfg on a registration");
                format!("{} {}", attributes.text, self.register(place))
            }
            3 => self.hidden_text(place),
            4..=6 => self.module_file(place),
            7 | 8 => self.inline_module(place),
            9 => self.module_under_path(place),
            10 => self.inline_module_under_path(place),
            11 | 12 => self.module_under_cfg_attr(place),
            13 => self.include_items(place),
            14 | 22 | 23 => self.function(place),
            15 | 24 => self.other_bodies(place),
            16 => self.rename(place),
            17 => self.cfg_if(place),
            18 => self.cfg_select(place),
            19 => self.definition(place),
            20 => self.under_macro(),
            25 => self.module_under_macro(place),
            26 => self.hidden_include(place),
            27 => self.two_roles(place),
            28 => self.inline_module_under_cfg_attr(place),
            _ => self.dead_module(place),
        }
    }

    /// The path by which a marker is called.
    pub(crate) fn path(&mut self, name: &str) -> String {
        match self.random.below(5) {
            0 => {
                self.count("call by ::enroll::");
                format!("::enroll::{name}")
            }
            1 => {
                self.count("call with spaces and comments");
                let (before, after) = (self.space(), self.gap());
                format!("enroll{before}::{after}{name}{before}")
            }
            _ => format!("enroll::{name}"),
        }
    }

    /// A call of `register_module!` as an item.
    pub(crate) fn register(&mut self, place: &Place) -> String {
        if place.quiet {
            return self.puzzle(place);
        }
        let symbol = self.symbol('k');
        self.register_as(place, &symbol)
    }

    pub(crate) fn register_as(&mut self, place: &Place, symbol: &str) -> String {
        self.count("registration");
        let aliases: Vec<String> = {
            let aliases = place.aliases.borrow();
            aliases
                .iter()
                .filter(|(_, marker)| **marker)
                .map(|(name, _)| name.clone())
                .collect()
        };
        let path = if !aliases.is_empty() && self.random.percent(50) {
            self.count("call by a renamed macro");
            raw(&aliases[self.random.below(aliases.len())])
        } else if !self.exports.is_empty() && self.random.percent(15) {
            self.count("call of a macro renamed in another module");
            self.exports[self.random.below(self.exports.len())].clone()
        } else {
            self.path("register_module")
        };
        let literal = match self.random.below(8) {
            0 => {
                self.count("name of two lines");
                let (first, last) = symbol.split_at(symbol.len() - 1);
                format!("r\"{first}\n{last}\"")
            }
            1 => {
                self.count("name with a line continuation");
                let (first, last) = symbol.split_at(symbol.len() - 1);
                format!("\"{first}\\\n    {last}\"")
            }
            2 | 3 => format!("r#\"{symbol}\"#"),
            4 => format!("r\"{symbol}\""),
            _ => format!("\"{symbol}\""),
        };
        match self.random.below(4) {
            0 => format!("{path}! {{ {literal} }}\n"),
            1 => format!("{path}![{literal}];\n"),
            2 => format!("{path} ! (\n{literal},\n) ;\n"),
            _ => format!("{path}!({literal});\n"),
        }
    }

    /// What only looks like code.
    fn hidden_text(&mut self, place: &Place) -> String {
        let symbol = self.symbol('d');
        let number = self.number();
        let call = format!("enroll::register_module!(\"{symbol}\");");
        let folder = place.children().unwrap_or_default();
        if self.random.percent(30) {
            self.decoy_file(&format!("{folder}/hidden{number}.rs"));
        }
        let module = format!("mod hidden{number};");
        match self.random.below(9) {
            0 => {
                self.count("marker in a line comment");
                format!("// {call} {module} {{ \" '\n")
            }
            1 => {
                self.count("marker in a block comment");
                format!("/* {module} /* {call} */ \" {{ {module} */\n")
            }
            2 => {
                self.count("marker in a string");
                let call = call.replace('"', "\\\"");
                format!("const _: &str = \"{{ {call} \\\\\\\" {module}\";\n")
            }
            3 => {
                self.count("marker in a raw string");
                format!("const _: &str = r##\"}} \"# {call} {module} \\\"##;\n")
            }
            4 => {
                self.count("marker in a byte string");
                format!("const _: &[u8] = br#\"{{ {call} {module}\"#;\n")
            }
            5 => {
                self.count("quotes and braces as characters");
                "const _: [char; 4] = ['\"', '\\'', '{', '\\u{7d}'];\nconst _: u8 = b'\"';\n"
                    .to_string()
            }
            6 => {
                self.count("lifetimes");
                format!("fn lifetimes{number}<'a, 'r#b: 'a>(x: &'a str, _: &'r#b u8) -> &'a str {{ 'c: loop {{ break 'c; }} x }}\n")
                    .replace("r#b", if self.case.edition == "2018" { "b" } else { "r#b" })
            }
            7 => {
                self.count("marker in a doc comment");
                format!("/** {module} {call} */\nconst D{number}: u8 = 0;\n")
            }
            _ => {
                self.count("marker in disabled code");
                format!("#[cfg(any())] mod disabled{number} {{ {call} {module} }}\n")
            }
        }
    }

    fn function(&mut self, place: &Place) -> String {
        let attributes = self.attributes(place);
        let number = self.number();
        let body = self.body(&place.body(attributes.sure));
        let Attributes { text, .. } = attributes;
        let inner = if self.random.percent(15) {
            self.count("inner cfg of a function");
            format!("#![cfg({})]", self.predicate(1))
        } else {
            String::new()
        };
        match self.random.below(6) {
            0 => {
                self.count("#[test] function");
                format!("{text}#[test] fn test{number}() {{ {body} }}\n")
            }
            1 => format!(
                "{text}pub const fn never{number}<T>() {{ {inner} if false {{ #[allow(unused)] fn f() {{ {body} }} }} }}\n"
            ),
            2 => format!("{text}async fn function{number}() {{ {inner}\n{body} }}\n"),
            _ => format!("{text}fn function{number}<'a, T>(_: &'a T) {{ {inner}\n{body} }}\n"),
        }
    }

    /// Bodies that are no function's.
    fn other_bodies(&mut self, place: &Place) -> String {
        let attributes = self.attributes(place);
        let number = self.number();
        let text = &attributes.text;
        match self.random.below(11) {
            0 => {
                self.count("call in a constant");
                format!("{text}const C{number}: u32 = {};\n", self.qstr(place))
            }
            1 => {
                self.count("call in a static");
                let qstr = self.qstr(place);
                format!(
                    "{text}static S{number}: [u32; 2] = [{qstr}, {}];\n",
                    self.qstr(place)
                )
            }
            2 => {
                self.count("call in an array length");
                format!(
                    "{text}type T{number} = [u8; {{ ({}) as usize }}];\n",
                    self.qstr(place)
                )
            }
            3 => {
                self.count("call in an enum");
                let predicate = self.predicate(1);
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!(
                    "{text}enum E{number} {{ #[cfg({predicate})] A = ({one}) as isize + 7, B = ({two}) as isize }}\n"
                )
            }
            4 => {
                self.count("call in an impl");
                let name = format!("impl{number}");
                let inside = place.child(&name, false, false).inline(&name);
                let body = self.body(&inside.body(false));
                let qstr = self.qstr(&inside);
                self.mark_folder(&inside);
                let (inner, outer) = (self.predicate(1), self.predicate(1));
                format!(
                    "{text}mod {name} {{ struct A; #[cfg({outer})] impl A {{ #[cfg({inner})] fn f(&self) {{ {body} }} const C: u32 = {qstr}; }} }}\n"
                )
            }
            5 => {
                self.count("call in a trait");
                let body = self.body(&place.body(false));
                let predicate = self.predicate(1);
                format!(
                    "{text}trait T{number} {{ #[cfg({predicate})] fn f(&self) {{ {body} }} fn g(); }}\n"
                )
            }
            6 => {
                self.count("cfg on a parameter");
                let predicate = self.predicate(1);
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!(
                    "{text}fn parameters{number}(#[cfg({predicate})] _: [u8; {{ ({one}) as usize }}], _: [u8; {{ ({two}) as usize }}]) {{}}\n"
                )
            }
            7 => {
                self.count("cfg on a generic parameter");
                let predicate = self.predicate(1);
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!(
                    "{text}struct N{number}<#[cfg({predicate})] const N: u32 = {{ {one} }}>;\nstruct P{number}<#[cfg({predicate})] T = [u8; {{ ({two}) as usize }}]>(#[cfg({predicate})] core::marker::PhantomData<T>);\n"
                )
            }
            8 => {
                self.count("cfg on a foreign item");
                let predicate = self.predicate(1);
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!(
                    "{text}unsafe extern \"C\" {{ #[cfg({predicate})] fn foreign{number}(_: [u8; {{ ({one}) as usize }}]); #[cfg({predicate})] static X{number}: [u8; {{ ({two}) as usize }}]; }}\n"
                )
            }
            9 => {
                self.count("registration in a const block");
                let register = self.register(&place.body(false));
                format!("{text}const _: () = {{ {register} }};\n")
            }
            _ => {
                self.count("cfg on fields");
                let predicate = self.predicate(1);
                let (one, two) = (self.qstr(place), self.qstr(place));
                let length = self.qstr(place);
                format!(
                    "{text}mod fields{number} {{ struct F {{ #[cfg({predicate})] a: u32, b: u32 }} const F: F = F {{ #[cfg({predicate})] a: {one}, b: {two} }}; struct G {{ #[cfg({predicate})] a: [u8; {{ ({length}) as usize }}] }} }}\n"
                )
            }
        }
    }

    /// An `include!` that only the compiler can follow.
    pub(crate) fn hidden_include(&mut self, place: &Place) -> String {
        if place.in_function {
            return self.module_under_path(place);
        }
        self.count("include! from OUT_DIR");
        let attributes = self.attributes(place);
        let symbol = self.symbol('u');
        let call = format!("enroll::register_module!(\"{symbol}\");\n");
        (self.case.files).insert(format!("out/{symbol}.rs"), call.into_bytes());
        format!(
            "{}include!(concat!(env!(\"OUT_DIR\"), \"/{symbol}.rs\"));\n",
            attributes.text
        )
    }
}

/// A module's name as it must be written.
pub(crate) fn raw(name: &str) -> String {
    match name {
        "fn" | "mod" | "type" | "match" => format!("r#{name}"),
        name => name.to_string(),
    }
}
