//! Random statements and expressions.

use crate::generate::Generator;
use crate::place::{Place, parent};

impl Generator {
    /// A call of `qstr!`, or an expression with one in it.
    pub(crate) fn qstr(&mut self, place: &Place) -> String {
        self.count("call in an expression");
        let symbol = self.symbol('k');
        let path = self.path("qstr");
        let call = format!("{path}!(\"{symbol}\")");
        match self.random.below(6) {
            0 => format!("({call} + 1)"),
            1 => format!("{{ {call} }}"),
            2 if self.budget > 0 => {
                self.budget -= 1;
                self.count("include! of an expression");
                let number = self.number();
                let folder = parent(&place.file);
                let file = format!("{folder}/expression{number}.in");
                self.take(&file);
                let content = match self.random.percent(50) {
                    true => call,
                    false => format!("{{ let x = {call};\n x }}"),
                };
                self.write(&file, &content);
                let argument = self.argument(&format!("./expression{number}.in"), &file);
                format!("include!({argument})")
            }
            _ => call,
        }
    }

    /// Statements of a function.
    pub(crate) fn body(&mut self, place: &Place) -> String {
        let length = 1 + self.random.below(3);
        (0..length).map(|_| self.statement(place)).collect()
    }

    fn statement(&mut self, place: &Place) -> String {
        self.count("statement");
        if self.budget == 0 || place.depth > 5 {
            return format!("let _ = {};\n", self.qstr(place));
        }
        let number = self.number();
        let predicate = self.predicate(1);
        match self.random.below(23) {
            0 => {
                self.count("registration in a function");
                self.register(place)
            }
            1 => {
                self.count("cfg on a statement");
                format!("#[cfg({predicate})] let _ = {};\n", self.qstr(place))
            }
            2 => {
                self.count("cfg on a block");
                let body = self.body(&place.under(false));
                format!("#[cfg({predicate})] {{ {body} }}\n")
            }
            3 => {
                self.count("cfg on a match arm");
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!(
                    "let _ = match 1u8 {{ #[cfg({predicate})] 1 => {one}, _ => {{ {two} }} }};\n"
                )
            }
            4 => {
                self.count("cfg on a call");
                let (one, two) = (self.qstr(place), self.qstr(place));
                let call = match self.random.below(5) {
                    0 => format!("u32::from({one}).max({two})"),
                    1 => format!("drop({one})"),
                    2 => format!("[0u32; 3][({one}) as usize]"),
                    3 => format!("({one}, {two}).1"),
                    _ => format!("[Some({one})].len()"),
                };
                format!("#[cfg({predicate})] {call};\n")
            }
            5 => {
                self.count("call in println!");
                format!("println!(\"{{}} {{}}\", {}, 'x');\n", self.plain())
            }
            6 => {
                self.count("call in nested macros");
                let (one, two) = (self.plain(), self.plain());
                format!("assert!(vec![vec![{one}], vec![{two}; 1]].len() == 2, \"{{{{\");\n")
            }
            7 => {
                self.count("call in a closure");
                format!("let _ = |_: &'static str| {};\n", self.qstr(place))
            }
            8 => {
                self.count("rename in a block");
                let symbol = self.symbol('k');
                format!("{{ let _ = q{number}!(\"{symbol}\"); use enroll::qstr as q{number}; }}\n")
            }
            9 => {
                self.count("renamed crate in a block");
                let symbol = self.symbol('k');
                format!(
                    "{{ use enroll as e{number}; e{number}::register_module!(\"{symbol}\"); }}\n"
                )
            }
            10 => {
                self.count("another macro renamed in a block");
                let symbol = self.symbol('d');
                format!(
                    "{{ use enroll::decoy as register_module; register_module!(\"{symbol}\"); }}\n"
                )
                .replace(
                    "register_module",
                    if self.shadowed {
                        "other"
                    } else {
                        "register_module"
                    },
                )
            }
            11 => {
                self.count("function in a function");
                let body = self.body(&place.under(false));
                format!("#[cfg({predicate})] fn inner{number}() {{ {body} }}\n")
            }
            12 => {
                self.budget -= 1;
                self.count("module in a block");
                self.inline_module(place)
            }
            13 => {
                self.budget -= 1;
                self.module_under_path(place)
            }
            14 => {
                self.count("cfg on an element");
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!("let _: &[u32] = &[{one}, #[cfg({predicate})] {two}];\n")
            }
            15 => {
                self.count("loops and labels");
                format!(
                    "'a: loop {{ let _ = ('\\'', b'\"', {}); break 'a; }}\n",
                    self.qstr(place)
                )
            }
            16 => {
                self.count("cfg on a macro statement");
                format!(
                    "#[cfg({predicate})] println!(\"{{}}\", {});\n",
                    self.plain()
                )
            }
            17 => {
                self.count("cfg_if! in a function");
                let (place, predicate) = (place.under(false), self.meta(1));
                let (one, two) = (self.body(&place), self.body(&place));
                format!(
                    "enroll::cfg_if! {{ if #[cfg({predicate})] {{ {one} }} else {{ {two} }} }}\n"
                )
            }
            18 => {
                self.count("inline module under #[path] in a block");
                self.inline_module_under_path(place)
            }
            19 => {
                self.count("use under two cfgs in a block");
                let (symbol, second) = (self.symbol('k'), self.predicate(1));
                format!(
                    "{{ #[cfg({predicate})] #[cfg({second})] use enroll::register_module as u{number}; #[cfg(not(all({predicate}, {second})))] use enroll::decoy as u{number}; u{number}!(\"{symbol}\"); }}\n"
                )
            }
            20 => {
                self.count("renames of one name around each other");
                let (symbol, decoy) = (self.symbol('k'), self.symbol('d'));
                let (register, drop) = (
                    format!("use enroll::register_module as n{number}; n{number}!(\"{symbol}\");"),
                    format!("use enroll::decoy as n{number}; n{number}!(\"{decoy}\");"),
                );
                match self.random.below(4) {
                    0 => format!("{{ {register} {{ {drop} }} }}\n"),
                    1 => format!("{{ {drop} {{ {register} }} }}\n"),
                    2 => format!("{{ {register} mod n{number} {{ {drop} }} }}\n"),
                    _ => format!("{{ {drop} mod n{number} {{ {register} }} }}\n"),
                }
            }
            21 if self.has_cfg_select => {
                self.count("cfg_select! of an expression");
                let (one, two) = (self.qstr(place), self.qstr(place));
                format!("let _: u32 = cfg_select! {{ {predicate} => {one}, _ => {two} }};\n")
            }
            _ => format!("let _ = if true {{ {} }} else {{ 0 }};\n", self.qstr(place)),
        }
    }

    /// A call without anything around it, for the arguments of macros.
    pub(crate) fn plain(&mut self) -> String {
        let symbol = self.symbol('k');
        let path = self.path("qstr");
        format!("{path}!(\"{symbol}\")")
    }
}
