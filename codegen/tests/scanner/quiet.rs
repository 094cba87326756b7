//! Files that name no marker and lead to one that does, by one `mod` or
//! `include!` each. Whether the scanner finds that depends on its lexer alone:
//! a file with a marker, or with another lead, is parsed.

use crate::generate::Generator;
use crate::items::raw;
use crate::place::{Place, parent};

impl Generator {
    /// Items of such a file or of a module in it.
    pub(crate) fn quiet_items(&mut self, place: &Place) -> String {
        let before = self.puzzles(place);
        let lead = self.lead(place);
        let after = self.puzzles(place);
        format!("{before}{lead}{after}")
    }

    /// All of such a file: a lead, and no other word that could be taken for
    /// one.
    pub(crate) fn bare_lead(&mut self, place: &Place) -> String {
        self.count("nothing but a lead");
        let spaces = ["", "\n", "\t", "\r", "\u{b}", "\u{2028}", "/**/", "//\n"];
        let [one, two] = [(); 2].map(|()| self.random.pick(&spaces));
        let folder = place.children().unwrap_or_default();
        if self.random.percent(30) {
            let (path, file) = self.new_path(&parent(&place.file));
            let items = self.items(&place.under(true).in_file(&file));
            self.write(&file, &items);
            return format!("include{one}!{two}({path:?});\n");
        }
        let name = self.module_name(place, &folder);
        let file = format!("{folder}/{name}.rs");
        if !self.take(&file) || !self.take(&format!("{folder}/{name}/mod.rs")) {
            return self.module_file(place);
        }
        let child = place.child(&name, true, false).in_named_file(&file, &name);
        let content = self.content(&child);
        self.write(&file, &content);
        let one = if one.is_empty() { " " } else { one };
        format!("mod{one}{}{two};\n", raw(&name))
    }

    fn puzzles(&mut self, place: &Place) -> String {
        let length = self.random.below(5);
        (0..length).map(|_| self.puzzle(place)).collect()
    }

    fn lead(&mut self, place: &Place) -> String {
        self.count("lead in a file without a marker");
        let nested = self.budget > 0 && place.depth <= 5;
        self.budget = self.budget.saturating_sub(1);
        match self.random.below(if nested { 14 } else { 7 }) {
            0 | 1 => self.module_file(place),
            2 => self.module_under_path(place),
            3 => match self.random.percent(50) {
                true => self.module_under_cfg_attr(place),
                false => self.inline_module_under_cfg_attr(place),
            },
            4 => self.include_items(place),
            5 => self.module_under_macro(place),
            6 => self.hidden_include(place),
            7 | 8 => self.inline_module(place),
            9 => self.inline_module_under_path(place),
            10 => {
                let (predicate, items) = (self.meta(1), self.items(&place.under(false)));
                format!("enroll::cfg_if! {{ if #[cfg({predicate})] {{\n{items}}} }}\n")
            }
            _ => self.lead_in_function(place),
        }
    }

    /// A function with the lead in it.
    fn lead_in_function(&mut self, place: &Place) -> String {
        self.count("lead in a function");
        let attributes = self.attributes(place);
        let number = self.number();
        let place = place.body(attributes.sure);
        let (before, lead, after) = (
            self.puzzles(&place),
            self.lead_statement(&place),
            self.puzzles(&place),
        );
        let lifetime = self.lifetime();
        let head = match self.random.below(7) {
            0 | 6 => format!("<'{lifetime}, T>(_: &'{lifetime} T) -> &'{lifetime} T "),
            1 => format!("<'{lifetime}, T>(_: &'{lifetime} T) where T: '{lifetime}"),
            2 => "<r#mod>() -> r#mod where ".to_string(),
            3 => "<include>() -> include ".to_string(),
            4 => "(#[cfg(any())] _: u8) ".to_string(),
            _ => "() ".to_string(),
        };
        format!(
            "{}fn lead{number}{head}{{ {before}{lead}{after} loop {{}} }}\n",
            attributes.text
        )
    }

    fn lead_statement(&mut self, place: &Place) -> String {
        match self.random.below(6) {
            0 => {
                let lead = self.module_under_path(&place.under(true));
                format!("match 'x' {{ '{{' => {{ {lead} }} '\\'' | '\"' => {{}}, _ => {{}} }}\n")
            }
            1 => self.modules_in_a_block(place),
            2 => {
                self.count("include! of an expression");
                let number = self.number();
                let folder = parent(&place.file);
                let file = format!("{folder}/quiet{number}.in");
                self.take(&file);
                let content = self.plain();
                self.write(&file, &content);
                let argument = self.argument(&format!("quiet{number}.in"), &file);
                format!("let _ = include!({argument});\n")
            }
            _ => self.module_under_path(place),
        }
    }
}
