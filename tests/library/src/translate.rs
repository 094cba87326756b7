//! What both translations need: which expressions are modules, which names a program
//! binds.

use crate::language::SyntaxError;
use crate::language::tree::{Block, Does, Expression, Target};
use std::collections::{BTreeMap, BTreeSet};

/// What a program imports and binds.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Modules by the name that they are bound to, in dots where it is one: `os.path`.
    modules: BTreeMap<String, String>,
    /// Variables, loop variables and functions; no modules.
    pub(crate) bound: BTreeSet<String>,
    /// Functions of the program.
    pub(crate) functions: BTreeSet<String>,
}

impl Names {
    pub(crate) fn of(block: &Block) -> Names {
        let mut names = Names::default();
        names.collect(block);
        names
    }

    fn collect(&mut self, block: &Block) {
        for statement in block {
            match &statement.does {
                Does::Import(path, None) => {
                    for end in 1..=path.len() {
                        let path = path[..end].join(".");
                        self.modules.insert(path.clone(), path);
                    }
                }
                Does::Import(path, Some(name)) => {
                    self.modules.insert(name.clone(), path.join("."));
                }
                Does::Assign(Target::Names(names), _) => self.bound.extend(names.iter().cloned()),
                Does::For(names, _, block) => {
                    self.bound.extend(names.iter().cloned());
                    self.collect(block);
                }
                Does::If(_, then, otherwise) => {
                    self.collect(then);
                    self.collect(otherwise);
                }
                Does::Function(name, ..) => {
                    self.functions.insert(name.clone());
                }
                _ => {}
            }
        }
    }

    /// The registered name of the module that an expression is.
    pub(crate) fn module(&self, value: &Expression) -> Option<&str> {
        let path = dotted(value)?;
        self.modules.get(&path).map(String::as_str)
    }

    /// All modules, each once.
    pub(crate) fn modules(&self) -> BTreeSet<&str> {
        self.modules.values().map(String::as_str).collect()
    }
}

fn dotted(value: &Expression) -> Option<String> {
    match value {
        Expression::Name(name) => Some(name.clone()),
        Expression::Attribute(object, name) => Some(format!("{}.{name}", dotted(object)?)),
        _ => None,
    }
}

/// The functions of Python that the preludes have, and how many arguments they take.
const BUILTINS: &[(&str, usize, usize)] = &[
    ("abs", 1, 1),
    ("bytes", 1, 1),
    ("chr", 1, 1),
    ("int", 1, 1),
    ("len", 1, 1),
    ("list", 1, 1),
    ("max", 2, 2),
    ("min", 2, 2),
    ("ord", 1, 1),
    ("range", 1, 3),
    ("sorted", 1, 1),
    ("str", 1, 1),
    ("sum", 1, 1),
    ("tuple", 1, 1),
];

/// Whether a name is a function that the preludes have, called as they can be.
pub(crate) fn builtin(name: &str, arguments: usize, line: usize) -> Result<bool, SyntaxError> {
    match BUILTINS.iter().find(|(known, ..)| *known == name) {
        None => Ok(false),
        Some((_, least, most)) if (*least..=*most).contains(&arguments) => Ok(true),
        Some(_) => Err(SyntaxError::at(
            line,
            format!("{name} takes other arguments in the subset"),
        )),
    }
}

/// `\xHH` where a byte is no printable ASCII, or means something in a literal.
pub(crate) fn escaped(bytes: &[u8], special: &[u8], escape: impl Fn(u8) -> String) -> String {
    let mut text = String::new();
    for &byte in bytes {
        match byte {
            0x20..=0x7e if !special.contains(&byte) => text.push(char::from(byte)),
            _ => text.push_str(&escape(byte)),
        }
    }
    text
}
