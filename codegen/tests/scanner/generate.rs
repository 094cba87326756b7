//! Random crates that hold every construct the scanner has to understand.

use crate::case::{Case, MADE_FLAGS, ROOT};
use crate::place::Place;
use crate::random::Random;
use std::collections::BTreeSet;

/// A crate from a seed.
pub(crate) fn generate(seed: u64, number: usize, has_cfg_select: bool) -> Case {
    let mut random =
        Random::new(seed.wrapping_add((number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d)));
    let mut case = Case {
        number,
        edition: random.pick(&["2018", "2021", "2024"]),
        has_build_script: random.percent(30),
        debug_assertions: random.percent(50),
        ..Case::default()
    };
    for feature in ["std", "größe", "a-b"] {
        if random.percent(50) {
            case.features.insert(feature.to_string());
        }
    }
    let mut generator = Generator {
        shadowed: random.percent(4),
        random,
        case,
        next: 0,
        budget: 12,
        taken: BTreeSet::from([ROOT.to_string()]),
        exports: Vec::new(),
        has_cfg_select,
    };
    generator.root();
    generator.case
}

pub(crate) struct Generator {
    pub(crate) random: Random,
    pub(crate) case: Case,
    /// For names that no other has.
    next: usize,
    /// How many more constructs that hold others.
    pub(crate) budget: usize,
    /// Files that were written or must not be there.
    taken: BTreeSet<String>,
    /// Renamed markers that every module can name, by path.
    pub(crate) exports: Vec<String>,
    /// Whether the root defines a `register_module!` of its own.
    pub(crate) shadowed: bool,
    pub(crate) has_cfg_select: bool,
}

impl Generator {
    pub(crate) fn count(&mut self, construct: &'static str) {
        *self.case.counts.entry(construct).or_default() += 1;
    }

    /// A number that was not used before.
    pub(crate) fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// The name of a symbol of this kind.
    pub(crate) fn symbol(&mut self, kind: char) -> String {
        let number = self.number();
        format!("{kind}{}_{number}", self.case.number)
    }

    /// Takes a path for a file, unless it is taken.
    pub(crate) fn take(&mut self, path: &str) -> bool {
        // Names that differ in case only are one file on some systems.
        self.taken.insert(path.to_lowercase())
    }

    /// Writes a source file, disguised in ways that change nothing.
    pub(crate) fn write(&mut self, path: &str, content: &str) {
        let mut content = content.to_string();
        // rustc takes it for Rust where an expression is included.
        if self.random.percent(10) && !path.ends_with(".in") {
            self.count("shebang");
            let shebang = [
                "#!/usr/bin/env run-cargo-script \"",
                "#!/bin/sh /* '",
                "#!x mod y;",
            ];
            content = format!("{}\n{content}", self.random.pick(&shebang));
        }
        if self.random.percent(20) {
            self.count("CRLF");
            content = content.replace('\n', "\r\n");
        }
        if self.random.percent(10) {
            self.count("byte order mark");
            content.insert(0, '\u{feff}');
        }
        self.case
            .files
            .insert(path.to_string(), content.into_bytes());
    }

    /// Writes a file that no one may take up, unless the path is taken.
    pub(crate) fn decoy_file(&mut self, path: &str) {
        if self.take(path) {
            self.count("decoy file");
            let symbol = self.symbol('d');
            // Without a marker nothing speaks for the file beside the right one.
            let content = match self.random.percent(50) {
                true => format!("enroll::register_module!(\"{symbol}\");\n"),
                false => String::new(),
            };
            self.case
                .files
                .insert(path.to_string(), content.into_bytes());
        }
    }

    fn root(&mut self) {
        let mut text = String::new();
        if self.random.percent(3) {
            self.count("inner cfg of the crate");
            let predicate = self.predicate(2);
            text.push_str(&format!("#![cfg({predicate})]\n"));
        }
        let mut place = Place::root(ROOT);
        place.quiet = !self.shadowed && self.random.percent(30);
        if self.random.percent(30) && !place.quiet {
            let symbol = self.symbol('d');
            text.push_str(&format!("//! enroll::register_module!(\"{symbol}\");\n"));
        }
        if self.shadowed {
            self.count("own macro of a marker's name");
            let wraps = self.random.percent(50);
            let body = if wraps {
                "enroll::register_module! { $($t)* }"
            } else {
                ""
            };
            text.push_str(&format!(
                "macro_rules! register_module {{ ($($t:tt)*) => {{ {body} }} }}\n"
            ));
            let symbol = self.symbol(if wraps { 'k' } else { 'd' });
            text.push_str(&format!("register_module!(\"{symbol}\");\n"));
        }
        for _ in 0..3 {
            text.push_str(&self.items(&place));
        }
        self.write(ROOT, &text);
        if self.random.percent(30) {
            self.count("file that no mod names");
            self.decoy_file("src/unused.rs");
            self.decoy_file("src/unused/mod.rs");
            self.decoy_file("examples/lib.rs");
        }
    }

    /// A predicate; one that the compiler alone decides only if the case has a
    /// build script.
    pub(crate) fn predicate(&mut self, depth: usize) -> String {
        let list = |generator: &mut Generator, name: &str| {
            let length = generator.random.below(4);
            let of: Vec<String> = (0..length)
                .map(|_| generator.predicate(depth - 1))
                .collect();
            let comma = if length > 0 && generator.random.percent(20) {
                ","
            } else {
                ""
            };
            let raw = if generator.random.percent(5) {
                "r#"
            } else {
                ""
            };
            format!("{raw}{name}({}{comma})", of.join(", "))
        };
        match self.random.below(if depth == 0 { 4 } else { 7 }) {
            0 => {
                self.count("cfg of a feature");
                let feature = self.random.pick(&["std", "größe", "a-b", "never"]);
                format!("feature = \"{feature}\"")
            }
            1 if self.case.has_build_script => {
                self.count("cfg of a build script");
                let flags = [
                    "made_a",
                    "made_b",
                    "made_kind = \"x\"",
                    "made_kind = \"y\"",
                    "debug_assertions",
                ];
                self.random.pick(&flags).to_string()
            }
            1 | 2 => {
                self.count("cfg of the target");
                let flags = [
                    "unix",
                    "windows",
                    "target_os = \"linux\"",
                    "target_os = \"none\"",
                    "target_pointer_width = \"64\"",
                    "target_family=\"unix\"",
                    "target_env = \"\"",
                    "target_abi = \"\"",
                    "target_has_atomic = \"8\"",
                    "target_feature = \"sse2\"",
                    "target_feature = \"avx512f\"",
                ];
                self.random.pick(&flags).to_string()
            }
            3 => {
                self.count("cfg flag");
                let flags = [
                    "my_flag",
                    "level = \"two\"",
                    "level = \"one\"",
                    "test",
                    "doc",
                    "r#my_flag",
                    "true",
                    "false",
                    "r#true",
                    "level = r\"two\"",
                ];
                match self.random.pick(&flags) {
                    // A flag of that name, which a build script could set.
                    "r#true" if self.case.has_build_script => "false".to_string(),
                    flag => flag.to_string(),
                }
            }
            4 => {
                self.count("not");
                format!("not({})", self.predicate(depth - 1))
            }
            5 => {
                self.count("all");
                list(self, "all")
            }
            _ => {
                self.count("any");
                list(self, "any")
            }
        }
    }

    /// A predicate that the compiler alone decides, if it can be.
    pub(crate) fn undecided(&mut self) -> String {
        if !self.case.has_build_script || self.random.percent(40) {
            return self.predicate(2);
        }
        self.count("cfg of a build script");
        let (flag, _) = MADE_FLAGS[self.random.below(MADE_FLAGS.len())];
        match self.random.percent(70) {
            true => flag.to_string(),
            false => format!("not({flag})"),
        }
    }

    /// A predicate that a macro takes as `$_:meta`.
    pub(crate) fn meta(&mut self, depth: usize) -> String {
        match self.predicate(depth) {
            constant if matches!(&*constant, "true" | "false") => format!("all({constant})"),
            predicate => predicate,
        }
    }

    /// Outer attributes: nothing, or what decides presence.
    pub(crate) fn attributes(&mut self, place: &Place) -> Attributes {
        let mut text = String::new();
        let mut sure = true;
        if self.random.percent(15) && !place.quiet {
            self.count("marker in a doc comment");
            let symbol = self.symbol('d');
            text.push_str(&format!("/// `register_module!(\"{symbol}\")` mod x;\n"));
        }
        if self.random.percent(35) {
            sure = false;
            let first = self.predicate(2);
            match self.random.below(6) {
                0 => {
                    self.count("cfg_attr(…, cfg(…))");
                    let second = self.predicate(1);
                    text.push_str(&format!(
                        "#[cfg_attr({first}, cfg({second}), allow(unused))]\n"
                    ));
                }
                1 => {
                    self.count("two cfgs");
                    let second = self.predicate(1);
                    text.push_str(&format!(
                        "#[cfg({first})]\n#[allow(unused)] #[cfg({second})]\n"
                    ));
                }
                2 => {
                    self.count("cfg with a comma");
                    text.push_str(&format!("#[cfg({first},)] "));
                }
                _ => {
                    self.count("cfg");
                    text.push_str(&format!("#[cfg({first})] "));
                }
            }
        }
        if self.random.percent(10) && !place.quiet {
            self.count("marker in an attribute");
            let symbol = self.symbol('d');
            text.push_str(&format!("#[doc = \"register_module!(\\\"{symbol}\\\")\"] "));
        }
        if self.random.percent(10) {
            text.push_str(&self.doc());
        }
        if self.random.percent(15) {
            self.count("string in an attribute");
            let (space, string) = (self.space(), self.text());
            text.push_str(&format!("#{space}[doc ={string}] "));
        }
        Attributes { text, sure }
    }
}

/// Attributes as text.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) text: String,
    /// Whether they always let the node be compiled.
    pub(crate) sure: bool,
}
