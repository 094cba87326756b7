//! A pattern in the syntax of the engine.
//!
//! Every character is written as what it is in both, and what means something
//! else, or nothing, to the engine is spelled out.
//!
//! `$` of one line matches before a newline at the end, which takes a look-ahead.
//! At the end of a pattern or of an alternative there is nothing that could take
//! that newline, so it is taken here, behind a group that marks where the match
//! ends: `(?:\z|()\n\z)`. Anywhere else `$` is refused.

use crate::syntax::{At, Node, Parsed, Set};
use crate::syntax::{Item, Mode};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use enroll_portable::{Error, Kind};

/// A pattern for the engine.
pub(crate) struct Written {
    pub(crate) text: String,
    /// Which groups of the engine each group of the script is: of several, one
    /// matches. The first is the whole.
    pub(crate) groups: Vec<Vec<usize>>,
    /// The groups that mark where a match ends.
    pub(crate) marks: Vec<usize>,
}

/// Writes a pattern; with `full` it matches a whole text alone.
///
/// # Errors
///
/// ValueError for a `$` that would need a look-ahead.
pub(crate) fn write(parsed: &Parsed, full: bool) -> Result<Written, Error> {
    let mut writer = Writer {
        written: Written {
            text: String::new(),
            groups: Vec::from([Vec::from([0])]),
            marks: Vec::new(),
        },
        captures: 0,
        full,
    };
    writer.written.groups.resize(parsed.groups + 1, Vec::new());
    if full {
        writer.put("(?:");
    }
    writer.sequence(&parsed.nodes, true)?;
    if full {
        writer.put(r")\z");
    }
    Ok(writer.written)
}

struct Writer {
    written: Written,
    captures: usize,
    full: bool,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.written.text.push_str(text);
    }

    /// `last` where nothing can follow.
    fn sequence(&mut self, nodes: &[Node], last: bool) -> Result<(), Error> {
        for (position, node) in nodes.iter().enumerate() {
            let rest = nodes.get(position + 1..).unwrap_or_default();
            self.node(node, last && rest.iter().all(is_nothing))?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Node, last: bool) -> Result<(), Error> {
        match node {
            Node::One(set) => self.set(set),
            Node::At(At::LastLine) if !last => {
                return Err(Error::new(
                    Kind::ValueError,
                    "$ before more of the pattern needs a look-ahead, which this engine has not: \\Z is the end alone",
                ));
            }
            Node::At(At::LastLine) if self.full => self.put(r"\z"),
            Node::At(At::LastLine) => {
                self.captures += 1;
                self.written.marks.push(self.captures);
                self.put(r"(?:\z|()\n\z)");
            }
            Node::At(at) => self.put(match at {
                At::Start => r"\A",
                At::LineStart => "(?m:^)",
                At::End | At::LastLine => r"\z",
                At::LineEnd => "(?m:$)",
                At::Word(true) => r"\b",
                At::Word(false) => r"(?-u:\b)",
                At::NoWord(true) => r"\B",
                At::NoWord(false) => r"(?-u:\B)",
            }),
            Node::Group(number, nodes) => {
                match number {
                    Some(number) => {
                        self.captures += 1;
                        if let Some(group) = self.written.groups.get_mut(*number) {
                            group.push(self.captures);
                        }
                        self.put("(");
                    }
                    None => self.put("(?:"),
                }
                self.sequence(nodes, last)?;
                self.put(")");
            }
            Node::Either(all) => {
                self.put("(?:");
                for (position, one) in all.iter().enumerate() {
                    if position > 0 {
                        self.put("|");
                    }
                    self.sequence(one, last)?;
                }
                self.put(")");
            }
            Node::Repeat {
                of,
                least,
                most,
                greedy,
            } => {
                self.put("(?:");
                self.sequence(of, last && *most == Some(1))?;
                self.put(")");
                // A `String` takes everything.
                let _ = match most {
                    None => write!(self.written.text, "{{{least},}}"),
                    Some(most) => write!(self.written.text, "{{{least},{most}}}"),
                };
                if !greedy {
                    self.put("?");
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, set: &Set) {
        let Mode {
            unicode,
            ignore_case,
        } = set.mode;
        if set.items.is_empty() {
            return self.put("(?s:.)");
        }
        // Beyond ASCII, the engine knows which characters are the same.
        let wrapped = unicode && ignore_case;
        self.put(if wrapped { "(?i:[" } else { "[" });
        if set.negated {
            self.put("^");
        }
        for item in &set.items {
            match *item {
                Item::Range(first, last) => {
                    self.range(first, last);
                    if ignore_case && !unicode {
                        self.other_case(first, last);
                    }
                }
                Item::Class(class) => {
                    self.put(if class.negated { "[^" } else { "[" });
                    self.put(match (class.letter, unicode) {
                        ('d', true) => r"\d",
                        ('d', false) => "0-9",
                        // Separators of files, groups, records and units are
                        // blank to Python alone.
                        ('s', true) => r"\s\x1c-\x1f",
                        ('s', false) => r"\x09-\x0d\x20",
                        (_, true) => r"\p{L}\p{N}_",
                        (_, false) => "0-9A-Za-z_",
                    });
                    self.put("]");
                }
            }
        }
        self.put(if wrapped { "])" } else { "]" });
    }

    fn range(&mut self, first: char, last: char) {
        for (char, before) in [(first, ""), (last, "-")] {
            if before == "-" && first == last {
                break;
            }
            self.put(before);
            let code = u32::from(char);
            // A `String` takes everything; and a byte is one in this form alone.
            let _ = match code {
                _ if char.is_ascii_alphanumeric() => write!(self.written.text, "{char}"),
                ..0x100 => write!(self.written.text, "\\x{code:02x}"),
                _ => write!(self.written.text, "\\x{{{code:x}}}"),
            };
        }
    }

    /// What a range has in the other case, within ASCII.
    fn other_case(&mut self, first: char, last: char) {
        for (low, high) in [('a', 'z'), ('A', 'Z')] {
            let (from, to) = (first.max(low), last.min(high));
            if from <= to {
                let other = |char: char| char::from(u8::try_from(char).unwrap_or(0) ^ 0x20);
                self.range(other(from), other(to));
            }
        }
    }
}

/// Whether it takes no character and looks at none behind `$`.
fn is_nothing(node: &Node) -> bool {
    match node {
        Node::At(At::LastLine) => true,
        Node::Group(_, nodes) => nodes.iter().all(is_nothing),
        _ => false,
    }
}
