//! Strings, characters, comments and white space: what a lexer has to get
//! right so that what follows is read as code, and only that.

use crate::generate::Generator;
use crate::place::Place;

/// What changes the meaning of a file where it is read as code.
const PIECES: &[&str] = &[
    "{",
    "}",
    "(",
    "]",
    ";",
    "'",
    "#",
    "* ",
    "/ ",
    "// ",
    "'a",
    "b'",
    "r#",
    "mod x;",
    "mod x {",
    "#![cfg(any())]",
    "#[path = r\"no.rs\"]",
    "#[cfg(any())]",
];

/// Characters; one that ends too early or too late turns the others round.
const CHARACTERS: &[&str] = &[
    "'\"'",
    "'\\''",
    "'\\\\'",
    "'{'",
    "'}'",
    "'('",
    "']'",
    "';'",
    "'#'",
    "'/'",
    "'a'",
    "'_'",
    "'\\n'",
    "'\\x22'",
    "'\\u{7d}'",
    "'\\u{1_F980}'",
    "'é'",
    "'€'",
    "'🦀'",
];

const BYTES: &[&str] = &[
    "b'\"'", "b'\\''", "b'\\\\'", "b'{'", "b'}'", "b'/'", "b'\\n'", "b'\\x22'",
];

/// White space beside blanks and line feeds.
const SPACES: &[&str] = &[
    "\n", "\t", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{200e}", "\u{200f}", "\u{2028}", "\u{2029}",
];

/// Tokens that are no item, each in balance.
const SOUP: &[&str] = &[
    "mod",
    "{ mod }",
    "mod { }",
    "mod x y",
    "{ mod x }",
    "mod x { }",
    "#",
    "{ # }",
    "# { }",
    "# ! { }",
    "# mod",
    "include",
    "{ include }",
    "include { }",
    "{ include ! }",
    "include ! ( )",
    "include ! ( ( ) , { } )",
    "{ #[cfg(any())] x }",
    "#![cfg(any())]",
    "use x as",
    "; ,",
];

impl Generator {
    /// At least one character of white space, or a comment.
    pub(crate) fn gap(&mut self) -> String {
        match self.random.below(10) {
            0..=2 => {
                self.count("unusual white space");
                self.random.pick(SPACES).to_string()
            }
            3 | 4 => self.comment(),
            _ => " ".to_string(),
        }
    }

    /// White space or a comment, mostly nothing.
    pub(crate) fn space(&mut self) -> String {
        match self.random.percent(25) {
            true => self.gap(),
            false => String::new(),
        }
    }

    /// A comment that documents nothing.
    pub(crate) fn comment(&mut self) -> String {
        let (line, block) = (
            ["// ", "//// ", "//\t", "// \r"],
            ["/* ", "/*/ ", "/*** ", "/*\n"],
        );
        self.comment_from(&line, &block)
    }

    /// A comment that documents what follows.
    pub(crate) fn doc(&mut self) -> String {
        self.count("doc comment");
        self.comment_from(&["/// ", "///"], &["/** ", "/**\n"])
    }

    /// A comment that documents what it is in.
    pub(crate) fn inner_doc(&mut self) -> String {
        self.count("inner doc comment");
        self.comment_from(&["//! ", "//!"], &["/*! ", "/*!\n"])
    }

    /// A comment that begins in one of these ways, and may hold more.
    fn comment_from(&mut self, line: &[&str], block: &[&str]) -> String {
        if self.random.percent(40) {
            self.count("line comment");
            let begin = self.random.pick(line).to_string();
            let pieces = self.pieces(&["\"", "\\", "r#\"", "/*", "*/", "\\\""]);
            let end = self.random.pick(&["\n", "\\\n"]);
            return format!("{begin}{pieces}{end}");
        }
        self.count("block comment");
        let begin = self.random.pick(block);
        let end = self.random.pick(&[" */", " **/", "\n*/"]);
        let mut text = String::new();
        for _ in 0..self.random.below(4) {
            match self.random.percent(25) {
                true => {
                    self.count("comment in a comment");
                    let inner = self.pieces(&["\"", "\\"]);
                    text.push_str(&format!("/*{inner} */ "));
                }
                false => {
                    let piece = self.pieces(&["\"", "\\", "r#\"", "\n"]);
                    text.push_str(&format!("{piece} "));
                }
            }
        }
        match self.random.percent(10) {
            true => "/**/".to_string(),
            false => format!("{begin}{text}{end}"),
        }
    }

    /// Up to four pieces, of these too.
    fn pieces(&mut self, more: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..self.random.below(5) {
            text.push_str(match self.random.percent(40) {
                true => self.random.pick(more),
                false => self.random.pick(PIECES),
            });
        }
        text
    }

    /// What stands between the quotes of a string with escapes.
    fn escaped(&mut self) -> String {
        let pieces = self.pieces(&[
            "\\\"",
            "\\\\",
            "\\'",
            "\\n",
            "\\x22",
            "\\\n  ",
            "\n",
            "/*",
            "*/",
            "#[path = \\\"no.rs\\\"]",
        ]);
        // The quotes of the pieces are no end.
        let pieces = pieces.replace("r\"no.rs\"", "no");
        let end = self.random.pick(&["", "\\\\", "\\\""]);
        format!("{pieces}{end}")
    }

    /// A raw string, from the quote or the first `#` on.
    fn unescaped(&mut self) -> String {
        let hashes = "#".repeat(self.random.below(4));
        let pieces = match hashes.len() {
            0 => self.pieces(&["\\", "\n", "/*"]).replace('"', ""),
            1 => self.pieces(&["\\", "\n", "*/", "\" "]),
            _ => self.pieces(&["\\", "\n", "*/", "\"# ", "\" "]),
        };
        let end = self.random.pick(&["", "\\"]);
        format!("{hashes}\"{pieces}{end}\"{hashes}")
    }

    /// A string, for an attribute as well.
    pub(crate) fn text(&mut self) -> String {
        match self.random.percent(50) {
            true => {
                self.count("string with escapes");
                format!("\"{}\"", self.escaped())
            }
            false => {
                self.count("raw string");
                format!("r{}", self.unescaped())
            }
        }
    }

    /// A literal and its type.
    fn literal(&mut self) -> (&'static str, String) {
        // Before, these are words with a string behind.
        let has_c = self.case.edition != "2018";
        match self.random.below(8) {
            0 => {
                self.count("byte string");
                ("&[u8]", format!("b\"{}\"", self.escaped()))
            }
            1 => {
                self.count("raw byte string");
                ("&[u8]", format!("br{}", self.unescaped()))
            }
            2 if has_c => {
                self.count("C string");
                ("&core::ffi::CStr", format!("c\"{}\"", self.escaped()))
            }
            3 if has_c => {
                self.count("raw C string");
                ("&core::ffi::CStr", format!("cr{}", self.unescaped()))
            }
            4 | 5 => {
                self.count("character");
                ("char", self.random.pick(CHARACTERS).to_string())
            }
            6 => {
                self.count("byte");
                ("u8", self.random.pick(BYTES).to_string())
            }
            _ => ("&str", self.text()),
        }
    }

    /// A lifetime's name.
    pub(crate) fn lifetime(&mut self) -> String {
        self.count("lifetime");
        let names = ["a", "amod", "größe", "r#mod", "r#mod", "r#a"];
        let raw = self.case.edition != "2018";
        let names = if raw { &names[..] } else { &names[..3] };
        self.random.pick(names).to_string()
    }

    /// An item without a marker that has something in it for the lexer.
    pub(crate) fn puzzle(&mut self, place: &Place) -> String {
        let number = self.number();
        match self.random.below(12) {
            0 | 1 => {
                let (kind, literal) = self.literal();
                let attributes = self.attributes(place).text;
                format!("{attributes}const _: {kind} = {literal};\n")
            }
            2 => {
                let mut literals = String::new();
                for _ in 0..1 + self.random.below(5) {
                    let literal = match self.random.below(10) {
                        0..=6 => self.literal().1,
                        7 if self.case.edition == "2018" => {
                            self.count("word beside a literal");
                            format!("x\"{}\"", self.escaped())
                        }
                        _ => format!("'{}", self.lifetime()),
                    };
                    let space = self.space();
                    literals.push_str(&format!("{literal},{space}"));
                }
                format!("enroll::discard!({literals});\n")
            }
            10 => {
                self.count("characters side by side");
                let length = 2 + self.random.below(6);
                let list = match self.random.percent(70) {
                    true => CHARACTERS,
                    false => BYTES,
                };
                let list: Vec<&str> = (0..length).map(|_| self.random.pick(list)).collect();
                format!("enroll::discard!({});\n", list.join(","))
            }
            3 => self.comment() + "\n",
            4 => {
                self.count("tokens that are no item");
                let soup = self.soup();
                match self.random.below(3) {
                    0 => format!("enroll::discard!({soup});\n"),
                    1 => format!("enroll::discard! {{ {soup} }}\n"),
                    _ => format!("macro_rules! soup{number} {{ ({soup}) => {{ {soup} }} }}\n"),
                }
            }
            5 => {
                let lifetime = self.lifetime();
                let (before, after) = (self.space(), self.space());
                format!(
                    "fn lifetimes{number}<'{lifetime}, T>(x: &'{lifetime} T) -> &'{lifetime} T where T: '{lifetime}{before}{{'{lifetime}: loop{{break '{lifetime}{after}}} x}}\n"
                )
            }
            6 => {
                self.count("keyword as a raw identifier");
                format!("struct R{number} {{ r#mod: u8, include: u8 }}\n")
            }
            7 | 11 if self.budget > 0 => {
                self.budget -= 1;
                self.count("module without a file");
                let (one, two) = (self.puzzle(place), self.puzzle(place));
                format!("mod still{number} {{ {one} {two} }}\n")
            }
            8 => format!("#[cfg(any())] mod gone{number};\n"),
            _ => {
                let attributes = self.attributes(place).text;
                let variants = self
                    .random
                    .pick(&["#[cfg(any())] A, B", "A, #[cfg(any())] B"]);
                format!("{attributes}enum E{number} {{ {variants} }}\n")
            }
        }
    }

    fn soup(&mut self) -> String {
        let mut soup = String::new();
        for _ in 0..1 + self.random.below(5) {
            let gap = self.gap();
            soup.push_str(self.random.pick(SOUP));
            soup.push_str(&gap);
        }
        soup
    }
}
