//! Completion of module and attribute names.

use crate::interpreter::Interpreter;
use enroll::ModuleId;
use enroll_lua::Modules;
use rustyline::Context;
use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;

/// Completes what stands before the cursor. It imports nothing and loads
/// nothing through a hook; only hooks that list names are called.
pub(crate) struct Completion {
    lua: mlua::Lua,
    modules: Modules,
}

impl Completion {
    pub(crate) fn new(interpreter: &Interpreter) -> Completion {
        Completion {
            lua: interpreter.lua().clone(),
            modules: interpreter.modules().clone(),
        }
    }

    /// Where the incomplete word begins, and what it may become, sorted.
    fn candidates(&self, before: &str) -> (usize, Vec<String>) {
        let (start, mut names) = match Place::of(before) {
            Place::Module { start } => (start, self.modules()),
            Place::Attribute { base, start } => (start, self.attributes(base)),
            Place::Word { start } => {
                let globals = mlua::Value::Table(self.lua.globals());
                let mut names = keys(&globals);
                names.extend(KEYWORDS.iter().map(|&word| word.to_owned()));
                (start, names)
            }
        };
        let prefix = before.get(start..).unwrap_or_default();
        // Names that begin with an underscore are shown to those who type it.
        names.retain(|name| {
            name.starts_with(prefix) && (prefix.starts_with('_') || !name.starts_with('_'))
        });
        names.sort_unstable();
        names.dedup();
        (start, names)
    }

    /// What `require` takes without a search: native modules, what is loaded,
    /// and what a script or the host has ready.
    fn modules(&self) -> Vec<String> {
        let mut names = self.modules.names(&self.lua);
        let package = self.lua.globals().raw_get::<mlua::Table>("package");
        for table in ["loaded", "preload"] {
            let table = package.as_ref().map(|package| package.raw_get(table));
            if let Ok(Ok(mlua::Value::Table(table))) = table {
                names.extend(texts(&table));
            }
        }
        names
    }

    /// The attributes of what `base` means.
    fn attributes(&self, base: Base<'_>) -> Vec<String> {
        let module = |name: &str| self.modules.find(name).map(Found::Module);
        match base {
            Base::Require { module: name, path } => self.along(module(name), path),
            Base::Global { path } => {
                let (first, rest) = path.split_once(['.', ':']).unwrap_or((path, ""));
                let global = self.lua.globals().raw_get(first);
                let global = self.found(global.unwrap_or(mlua::Value::Nil));
                let mut names = self.along(global, rest);
                // A module that was not required yet, or sits in a local.
                names.extend(self.along(module(first), rest));
                names
            }
        }
    }

    /// The attributes at the end of a path.
    fn along(&self, from: Option<Found>, path: &str) -> Vec<String> {
        let mut found = from;
        for name in path.split(['.', ':']).filter(|name| !name.is_empty()) {
            found = found.and_then(|found| self.within(&found, name));
        }
        match found {
            Some(Found::Module(id)) => self.modules.dir(&self.lua, id).unwrap_or_default(),
            Some(Found::Value(value)) => {
                let mut names = own(self.modules.methods(&value));
                names.extend(keys(&value));
                names
            }
            None => Vec::new(),
        }
    }

    fn within(&self, found: &Found, name: &str) -> Option<Found> {
        match found {
            Found::Module(id) => match self.modules.submodule(*id, name) {
                Some(submodule) => Some(Found::Module(submodule)),
                None => self.found(self.modules.constant(&self.lua, *id, name).ok()??),
            },
            Found::Value(mlua::Value::Table(table)) => self.found(table.raw_get(name).ok()?),
            Found::Value(_) => None,
        }
    }

    fn found(&self, value: mlua::Value) -> Option<Found> {
        match self.modules.of(&value) {
            Some(id) => Some(Found::Module(id)),
            None if value.is_nil() => None,
            None => Some(Found::Value(value)),
        }
    }
}

/// What a path means.
enum Found {
    Module(ModuleId),
    Value(mlua::Value),
}

/// What stands before the cursor.
#[derive(Debug, PartialEq, Eq)]
enum Place<'l> {
    /// The text of a `require`.
    Module { start: usize },
    /// A name after a dot or colon.
    Attribute { base: Base<'l>, start: usize },
    /// A name.
    Word { start: usize },
}

/// What the attribute belongs to.
#[derive(Debug, PartialEq, Eq)]
enum Base<'l> {
    /// `require "module"`, then `path`.
    Require { module: &'l str, path: &'l str },
    /// A path from a global name.
    Global { path: &'l str },
}

impl<'l> Place<'l> {
    fn of(before: &'l str) -> Place<'l> {
        if let Some(start) = open_require(before) {
            return Place::Module { start };
        }
        let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':');
        let path = before.trim_end_matches(is_path).len();
        let (head, path) = before.split_at(path);
        let Some(end) = path.rfind(['.', ':']) else {
            return Place::Word { start: head.len() };
        };
        let start = head.len() + end + 1;
        let path = path.get(..end).unwrap_or_default();
        let base = match closed_require(head) {
            Some(module) => Base::Require { module, path },
            None => Base::Global { path },
        };
        Place::Attribute { base, start }
    }
}

/// Where the text begins in `… require "er`, quote still open.
fn open_require(before: &str) -> Option<usize> {
    let start = before.rfind(['"', '\''])?;
    let head = before.get(..start)?;
    ends_with_require(head.trim_end().trim_end_matches('(')).then_some(start + 1)
}

/// The module in `… require("errno")` or `… require "errno"`.
fn closed_require(before: &str) -> Option<&str> {
    let text = before.trim_end().trim_end_matches(')').trim_end();
    let text = text.strip_suffix(['"', '\''])?;
    let start = open_require(text)?;
    text.get(start..)
}

fn ends_with_require(head: &str) -> bool {
    let head = head.trim_end();
    head.strip_suffix("require")
        .is_some_and(|head| !head.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The keys of a table that can be written after a dot.
fn keys(value: &mlua::Value) -> Vec<String> {
    let mlua::Value::Table(table) = value else {
        return Vec::new();
    };
    texts(table).filter(|key| is_name(key)).collect()
}

/// The keys of a table that are texts.
fn texts(table: &mlua::Table) -> impl Iterator<Item = String> {
    let pairs = table.pairs::<mlua::Value, mlua::Value>();
    pairs.filter_map(|pair| Some(pair.ok()?.0.as_string()?.to_str().ok()?.to_owned()))
}

fn is_name(key: &str) -> bool {
    !key.starts_with(|c: char| c.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&key)
}

fn own(names: Vec<&'static str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Lua 5.4 Reference Manual, § 3.1.
const KEYWORDS: &[&str] = &[
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

impl Completer for Completion {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.candidates(line.get(..position).unwrap_or(line)))
    }
}

impl Hinter for Completion {
    type Hint = String;
}
impl Highlighter for Completion {}
impl Validator for Completion {}
impl rustyline::Helper for Completion {}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `line` is completed to, where its last word begins.
    fn complete(interpreter: &Interpreter, line: &str) -> String {
        let (start, names) = Completion::new(interpreter).candidates(line);
        format!("{}|{}", &line[start..], names.join(" "))
    }

    #[test]
    fn modules_and_attributes_are_completed() {
        let interpreter = Interpreter::new(&[]).unwrap();
        interpreter
            .run(
                "fw = require 'firmware'; deque = require 'collections'.deque {}; own = { alpha = { beta = 1 }, ['no name'] = 1 }",
                "=t",
            )
            .unwrap();
        for (line, expected) in [
            (r#"require "fir"#, "fir|firmware"),
            (r#"x = require ( 'firm"#, "firm|firmware"),
            (r#"require "zzz"#, "zzz|"),
            ("firmware.me", "me|memory memory_limit"),
            ("print(fw.ver", "ver|version"),
            ("fw.__", "__|__doc__ __name__"),
            (r#"require("firmware").na"#, "na|names"),
            (r#"require "firmware".na"#, "na|names"),
            ("own.", "|alpha"),
            ("own.alpha.b", "b|beta"),
            ("own.alpha.beta.", "|"),
            ("nothing.x", "x|"),
            ("string.rep", "rep|rep"),
            ("errno.EP", "EP|EPERM"),
            (r#"require "e"#, "e|enroll errno"),
            (r#"require "str"#, "str|string"),
            (r#"require "lua."#, "lua.|lua.io lua.os"),
            (r#"require "rand"#, "rand|random"),
            ("usys.ver", "ver|version version_info"),
            ("os.path.ba", "ba|basename"),
            (r#"require("os").path.ba"#, "ba|basename"),
            (r#"require "os.p"#, "os.p|os.path"),
            ("deque.pop", "pop|pop popleft"),
            ("collections.deque.ext", "ext|extend"),
            // What a hook lists, once the module is imported.
            ("sys.ps", "ps|"),
            ("retur", "retur|return"),
            ("coll", "coll|collectgarbage"),
            (r#"required "fi"#, "fi|"),
            (r#"print "fi"#, "fi|"),
        ] {
            assert_eq!(complete(&interpreter, line), expected, "{line}");
        }
    }

    #[test]
    fn names_that_a_hook_lists_are_completed() {
        let interpreter = Interpreter::new(&[]).unwrap();
        interpreter.run("sys = require 'sys'", "=t").unwrap();
        assert_eq!(complete(&interpreter, "sys.ps"), "ps|ps1 ps2");
        interpreter.run("sys.ps2 = nil", "=t").unwrap();
        assert_eq!(complete(&interpreter, "sys.ps"), "ps|ps1");
    }

    #[test]
    fn patched_names_are_completed_and_hidden_ones_are_not() {
        let interpreter = Interpreter::new(&[]).unwrap();
        interpreter
            .run(
                "errno, enroll = require 'errno', require 'enroll'
                 enroll.patch(errno, 'EPATCHED', { deep = 1 })
                 errno.EPERM = nil",
                "=t",
            )
            .unwrap();
        for (line, expected) in [
            ("errno.EP", "EP|EPATCHED"),
            ("errno.EPATCHED.d", "d|deep"),
            ("enroll.lazy.in", "in|install"),
        ] {
            assert_eq!(complete(&interpreter, line), expected, "{line}");
        }
    }

    #[test]
    fn completion_loads_no_lazy_module() {
        let interpreter = Interpreter::new(&[]).unwrap();
        interpreter
            .run(
                "enroll = require 'enroll'
                 enroll.lazy.install()
                 package.preload.config = function() error 'loaded' end
                 config, errno, sys = require 'config', require 'errno', require 'sys'",
                "=t",
            )
            .unwrap();
        assert_eq!(complete(&interpreter, "config."), "|");
        assert_eq!(complete(&interpreter, "errno.EP"), "EP|EPERM");
        assert_eq!(complete(&interpreter, "sys.ps"), "ps|");
        interpreter
            .run(
                "for _, name in ipairs { 'config', 'errno', 'sys' } do
                   assert(enroll.lazy.is_waiting(name), name)
                 end",
                "=t",
            )
            .unwrap();
    }

    #[test]
    fn completion_imports_nothing() {
        let interpreter = Interpreter::new(&[]).unwrap();
        complete(&interpreter, "firmware.mem");
        let loaded: mlua::Table = interpreter.lua().globals().get("package").unwrap();
        let loaded: mlua::Table = loaded.get("loaded").unwrap();
        assert!(loaded.get::<mlua::Value>("firmware").unwrap().is_nil());
    }
}
