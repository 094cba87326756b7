//! A Lua state with the firmware's modules.

use enroll::import::OnClash;
use enroll_lua::Modules;
use mlua::{MultiValue, Value};
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

/// A Lua state with the firmware's modules.
pub(crate) struct Interpreter {
    lua: mlua::Lua,
    modules: Modules,
    /// As Lua had it at the start: a script may have another by now.
    print: mlua::Function,
    arguments: Vec<mlua::LuaString>,
}

/// Something failed, in words for the person who started it.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure(message.into())
    }
}

impl From<enroll_lua::Error> for Failure {
    fn from(error: enroll_lua::Error) -> Failure {
        Failure(error.to_string())
    }
}

impl From<mlua::Error> for Failure {
    /// The message and where it came from, without the frames that belong to
    /// the host.
    fn from(error: mlua::Error) -> Failure {
        let text = match &error {
            mlua::Error::RuntimeError(text) | mlua::Error::MemoryError(text) => text.clone(),
            mlua::Error::SyntaxError { message, .. } => message.clone(),
            error => error.to_string(),
        };
        let lines: Vec<&str> = text.lines().filter(|line| !is_noise(line)).collect();
        Failure(lines.join("\n"))
    }
}

/// A frame of a traceback that says nothing about the script: the host's own,
/// the call of `error`, and the program that started the script.
fn is_noise(line: &str) -> bool {
    line.starts_with("\t[enroll]:")
        || matches!(
            line,
            "\t[C]: in ?" | "\t[C]: in function 'error'" | "\t(...tail calls...)"
        )
}

/// What a piece of source is for the prompt.
pub(crate) enum Piece {
    Complete(mlua::Function),
    Incomplete,
}

impl Interpreter {
    /// A state in which scripts find `arguments` as `arg` and `...`; the first
    /// is the script's name.
    pub(crate) fn new(arguments: &[OsString]) -> Result<Interpreter, Failure> {
        let lua = mlua::Lua::new();
        let options = enroll_lua::Options::new().frozen(&crate::FROZEN);
        let modules = options.install(&lua, &crate::BUILTINS)?;
        let arg = lua.create_table()?;
        let mut strings = Vec::new();
        for (position, argument) in arguments.iter().enumerate() {
            let text = lua.create_string(argument.as_encoded_bytes())?;
            arg.raw_set(position, &text)?;
            strings.push(text);
        }
        let globals = lua.globals();
        globals.set("arg", arg)?;
        Ok(Interpreter {
            print: globals.get("print")?,
            lua,
            modules,
            arguments: strings.into_iter().skip(1).collect(),
        })
    }

    pub(crate) fn lua(&self) -> &mlua::Lua {
        &self.lua
    }

    pub(crate) fn modules(&self) -> &Modules {
        &self.modules
    }

    /// Prints as Lua does, so that the order is right where the output is a
    /// pipe.
    pub(crate) fn print(&self, values: impl mlua::IntoLuaMulti) -> Result<(), Failure> {
        Ok(self.print.call(values)?)
    }

    /// Lets an image take the place of frozen modules.
    pub(crate) fn mount(&self, file: &Path) -> Result<(), Failure> {
        let told = |why: &dyn fmt::Display| Failure(format!("image {}: {why}", file.display()));
        let image = std::fs::read(file).map_err(|error| told(&error))?;
        // For as long as the program runs, as one in the flash would be there.
        let image = Box::leak(image.into_boxed_slice());
        let mounted = self.modules.mount(image, OnClash::Patch);
        mounted.map(drop).map_err(|why| told(&why))
    }

    /// Runs a script. `name` is how Lua names it in messages.
    pub(crate) fn run(&self, source: &str, name: &str) -> Result<(), Failure> {
        self.execute(source.as_bytes(), name)
    }

    /// Runs a file.
    pub(crate) fn run_file(&self, path: &Path) -> Result<(), Failure> {
        let source = std::fs::read(path)
            .map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))?;
        // As Lua does: a first line for Unix is no Lua, but counts as a line.
        let skip = match source.first() {
            Some(b'#') => source.iter().position(|&byte| byte == b'\n'),
            _ => None,
        };
        self.execute(
            source.get(skip.unwrap_or(0)..).unwrap_or_default(),
            &format!("@{}", path.display()),
        )
    }

    fn execute(&self, source: &[u8], name: &str) -> Result<(), Failure> {
        let chunk = self.lua.load(source).set_name(name);
        let arguments = self.arguments.iter().cloned().map(Value::String);
        // Text only: precompiled code can break the interpreter.
        Ok(chunk
            .set_mode(mlua::chunk::ChunkMode::Text)
            .call(MultiValue::from_iter(arguments))?)
    }

    /// Compiles what was typed: an expression, else statements.
    pub(crate) fn compile(&self, typed: &str) -> Result<Piece, Failure> {
        let load = |source: &str| {
            self.lua
                .load(source)
                .set_name("=stdin")
                .set_mode(mlua::chunk::ChunkMode::Text)
                .into_function()
        };
        if let Ok(function) = load(&format!("return {typed}")) {
            return Ok(Piece::Complete(function));
        }
        match load(typed) {
            Ok(function) => Ok(Piece::Complete(function)),
            Err(mlua::Error::SyntaxError {
                incomplete_input: true,
                ..
            }) => Ok(Piece::Incomplete),
            Err(error) => Err(error.into()),
        }
    }

    /// Runs a compiled piece and prints what it gives.
    pub(crate) fn show(&self, piece: &mlua::Function) -> Result<(), Failure> {
        let values: MultiValue = piece.call(())?;
        if values.is_empty() {
            return Ok(());
        }
        self.print(values)
    }

    /// Shows what was written so far.
    pub(crate) fn flush(&self) {
        let flush = self.lua.load("io.flush()").set_name("=[enroll]").exec();
        // A script may have taken `io` away; then there is nothing to show.
        drop(flush);
    }

    /// The text of a module's attribute, if there is one.
    pub(crate) fn attribute(&self, module: &str, name: &str) -> Option<String> {
        let require: mlua::Function = self.lua.globals().get("require").ok()?;
        let module: mlua::Table = require.call(module).ok()?;
        module.get(name).ok()
    }

    /// Runs the `deinit` of every module that was imported.
    pub(crate) fn shutdown(&self) -> Result<(), Failure> {
        Ok(self.modules.shutdown(&self.lua)?)
    }
}
