//! A case as a script of Rhai.
//!
//! Calls of modules, methods, items and attributes are Rhai's own; functions of the
//! prelude, whose names begin with `py_`, do what Rhai has otherwise.

use crate::language::SyntaxError;
use crate::language::tree::{Block, Does, Expression, Statement, Target};
use crate::translate::{Names, builtin};
use std::fmt::Write;

/// The functions that a translation uses. They call `py_emit`, which takes a line's
/// number and text, and a few functions that make texts and blobs.
pub const PRELUDE: &str = include_str!("rhai/prelude.rhai");

/// Words of Rhai that are names in Python.
const RESERVED: &[&str] = &[
    "Fn",
    "async",
    "await",
    "call",
    "case",
    "catch",
    "const",
    "curry",
    "debug",
    "default",
    "do",
    "each",
    "eval",
    "exit",
    "export",
    "fn",
    "go",
    "goto",
    "is_def_fn",
    "is_def_var",
    "is_shared",
    "let",
    "loop",
    "match",
    "module",
    "new",
    "nil",
    "null",
    "package",
    "print",
    "private",
    "protected",
    "public",
    "shared",
    "spawn",
    "static",
    "super",
    "switch",
    "sync",
    "this",
    "thread",
    "throw",
    "try",
    "type_of",
    "until",
    "use",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Methods that values of Python have, and the prelude for those of Rhai.
const METHODS: &[&str] = &[
    "append", "decode", "encode", "get", "hex", "join", "lower", "upper",
];

/// Translates statements to a script.
///
/// # Errors
///
/// What Rhai cannot say, with its line.
pub fn translate(block: &Block) -> Result<String, SyntaxError> {
    let names = Names::of(block);
    let mut writer = Writer {
        names: &names,
        locals: Vec::new(),
        line: 1,
    };
    let mut text = String::new();
    for name in names.bound.iter().chain(&names.functions) {
        let _ = writeln!(text, "let {} = ();", spelled(name));
    }
    writer.block(block, 0, &mut text)?;
    Ok(text)
}

/// A name as Rhai takes it.
fn spelled(name: &str) -> String {
    match RESERVED.contains(&name) || name.starts_with("py_") {
        true => format!("{name}_"),
        false => name.to_owned(),
    }
}

fn module_name(path: &str) -> String {
    format!("py_{}", path.replace('.', "_"))
}

/// A module as an object.
fn module_object(path: &str) -> String {
    format!("builtin({path:?})")
}

fn text(text: &str) -> String {
    let mut literal = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => literal.extend(['\\', char]),
            ' '..='~' => literal.push(char),
            _ => {
                let _ = write!(literal, "\\U{:08x}", u32::from(char));
            }
        }
    }
    literal.push('"');
    literal
}

fn float(float: f64) -> String {
    let text = format!("{float:?}");
    match text.split_once('e') {
        Some((digits, exponent)) if !digits.contains('.') => format!("({digits}.0e{exponent})"),
        _ => format!("({text})"),
    }
}

struct Writer<'a> {
    names: &'a Names,
    /// The parameters of the functions around.
    locals: Vec<String>,
    line: usize,
}

impl Writer<'_> {
    fn error<T>(&self, what: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError::at(self.line, what))
    }

    fn block(&mut self, block: &Block, depth: usize, out: &mut String) -> Result<(), SyntaxError> {
        for statement in block {
            self.line = statement.line;
            out.push_str(&"  ".repeat(depth));
            self.statement(statement, depth, out)?;
            out.push('\n');
        }
        Ok(())
    }

    fn statement(
        &mut self,
        statement: &Statement,
        depth: usize,
        out: &mut String,
    ) -> Result<(), SyntaxError> {
        let line = statement.line;
        let indent = "  ".repeat(depth);
        let text = match &statement.does {
            Does::Import(path, _) => {
                let path = path.join(".");
                format!("import {path:?} as {};", module_name(&path))
            }
            Does::Assign(target, value) => {
                let value = self.expression(value)?;
                self.assignment(target, &value)?
            }
            Does::Delete(Target::Item(object, key)) => format!(
                "{}.py_delete({});",
                self.expression(object)?,
                self.expression(key)?
            ),
            Does::Delete(Target::Attribute(object, name)) => {
                format!("delete_attribute({}, {name:?});", self.expression(object)?)
            }
            Does::Delete(Target::Names(_)) => return self.error("a variable cannot be deleted"),
            Does::Show(value) => format!("py_show({line}, {});", self.expression(value)?),
            Does::Fails(value) => self.caught(line, true, value)?,
            Does::Raises(value) => self.caught(line, false, value)?,
            Does::Expression(value) => self.expression(value)? + ";",
            Does::For(names, values, block) => {
                let values = self.expression(values)?;
                let mut text = format!("for py_item in py_each({values}) {{ ");
                text.push_str(&self.assignment(&Target::Names(names.clone()), "py_item")?);
                text.push('\n');
                self.block(block, depth + 1, &mut text)?;
                format!("{text}{indent}{}", "}")
            }
            Does::If(condition, then, otherwise) => {
                let mut text = format!("if py_truth({}) {{\n", self.expression(condition)?);
                self.block(then, depth + 1, &mut text)?;
                if !otherwise.is_empty() {
                    text = format!("{text}{indent}{}", "} else {\n");
                    self.block(otherwise, depth + 1, &mut text)?;
                }
                format!("{text}{indent}{}", "}")
            }
            Does::Function(name, parameters, value) => {
                format!("{} = {};", spelled(name), self.function(parameters, value)?)
            }
        };
        out.push_str(&text);
        Ok(())
    }

    fn caught(
        &mut self,
        line: usize,
        with_message: bool,
        value: &Expression,
    ) -> Result<String, SyntaxError> {
        let value = self.expression(value)?;
        Ok(format!(
            "try {{ py_went_well({line}, {value}); }} \
             catch (py_error) {{ py_failed({line}, {with_message}, py_error); }}"
        ))
    }

    fn assignment(&mut self, target: &Target, value: &str) -> Result<String, SyntaxError> {
        Ok(match target {
            Target::Names(names) => match &names[..] {
                [name] => format!("{} = {value};", spelled(name)),
                several => {
                    let mut text = format!("let py_items = py_unpack({value}, {});", several.len());
                    for (place, name) in several.iter().enumerate() {
                        let _ = write!(text, " {} = py_items[{place}];", spelled(name));
                    }
                    text
                }
            },
            Target::Item(object, key) => {
                format!(
                    "{}[{}] = {value};",
                    self.expression(object)?,
                    self.expression(key)?
                )
            }
            Target::Attribute(object, name) => match self.names.module(object) {
                Some(module) => format!("py_set({}, {name:?}, {value});", module_object(module)),
                None => format!("{}.{} = {value};", self.expression(object)?, spelled(name)),
            },
        })
    }

    fn function(
        &mut self,
        parameters: &[String],
        value: &Expression,
    ) -> Result<String, SyntaxError> {
        let outer = self.locals.len();
        self.locals.extend_from_slice(parameters);
        let value = self.expression(value);
        self.locals.truncate(outer);
        let parameters: Vec<String> = parameters.iter().map(|name| spelled(name)).collect();
        Ok(format!("|{}| {}", parameters.join(", "), value?))
    }

    fn expression(&mut self, value: &Expression) -> Result<String, SyntaxError> {
        if let Some(module) = self.names.module(value) {
            return Ok(module_object(module));
        }
        Ok(match value {
            Expression::None => "()".into(),
            Expression::Bool(value) => value.to_string(),
            Expression::Int(i64::MIN) => "(-9223372036854775807 - 1)".into(),
            Expression::Int(int) if *int < 0 => format!("({int})"),
            Expression::Int(int) => int.to_string(),
            Expression::Float(value) => float(*value),
            Expression::Str(value) => text(value),
            Expression::Bytes(bytes) => {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("py_blob(\"{digits}\")")
            }
            Expression::Name(name) => {
                let is_bound = self.names.bound.contains(name)
                    || self.names.functions.contains(name)
                    || self.locals.contains(name);
                match is_bound {
                    true => spelled(name),
                    false => return self.error(format!("nothing is called {name}")),
                }
            }
            Expression::List(items) | Expression::Tuple(items) => {
                format!("[{}]", self.expressions(items)?.join(", "))
            }
            Expression::Dict(pairs) => {
                let mut items = Vec::new();
                for (key, value) in pairs {
                    let Expression::Str(key) = key else {
                        return self.error("the keys of a map are texts, in Rhai");
                    };
                    items.push(format!("{}: {}", text(key), self.expression(value)?));
                }
                format!("#{{{}}}", items.join(", "))
            }
            Expression::Attribute(object, name) => {
                format!("{}.{}", self.expression(object)?, spelled(name))
            }
            Expression::Item(object, key) => {
                format!(
                    "py_item({}, {})",
                    self.expression(object)?,
                    self.expression(key)?
                )
            }
            Expression::Slice(object, from, to) => {
                let object = self.expression(object)?;
                let mut end = |end: &Option<Box<Expression>>| match end {
                    Some(end) => self.expression(end),
                    None => Ok("()".into()),
                };
                format!("py_slice({object}, {}, {})", end(from)?, end(to)?)
            }
            Expression::Call(callee, arguments, named) => self.call(callee, arguments, named)?,
            Expression::Unary("~", value) => format!("(-1 - {})", self.expression(value)?),
            Expression::Unary(operator, value) => {
                format!("({operator}{})", self.expression(value)?)
            }
            Expression::Not(value) => format!("(!py_truth({}))", self.expression(value)?),
            Expression::Logic(word, left, right) => {
                let operator = if *word == "and" { "&&" } else { "||" };
                format!(
                    "({} {operator} {})",
                    self.expression(left)?,
                    self.expression(right)?
                )
            }
            Expression::Binary(operator, left, right) => self.binary(operator, left, right)?,
            Expression::Lambda(parameters, value) => self.function(parameters, value)?,
        })
    }

    fn expressions(&mut self, values: &[Expression]) -> Result<Vec<String>, SyntaxError> {
        values.iter().map(|value| self.expression(value)).collect()
    }

    fn call(
        &mut self,
        callee: &Expression,
        arguments: &[Expression],
        named: &[(String, Expression)],
    ) -> Result<String, SyntaxError> {
        let mut given = self.expressions(arguments)?;
        let mut pairs = Vec::new();
        for (name, value) in named {
            pairs.push(format!("{}: {}", text(name), self.expression(value)?));
        }
        if !pairs.is_empty() {
            given.push(format!("named(#{{{}}})", pairs.join(", ")));
        }
        let given = given.join(", ");
        if let Expression::Attribute(object, name) = callee {
            let name_here = spelled(name);
            if let Some(module) = self.names.module(object) {
                return Ok(format!("{}::{name_here}({given})", module_name(module)));
            }
            let object = self.expression(object)?;
            return Ok(match METHODS.contains(&name.as_str()) {
                true => format!("{object}.py_do({name:?}, [{given}])"),
                false => format!("{object}.{name_here}({given})"),
            });
        }
        if let Expression::Name(name) = callee
            && !self.names.bound.contains(name)
            && builtin(name, arguments.len(), self.line)?
        {
            return Ok(format!("py_{name}({given})"));
        }
        Ok(format!("py_call({}, [{given}])", self.expression(callee)?))
    }

    fn binary(
        &mut self,
        operator: &str,
        left: &Expression,
        right: &Expression,
    ) -> Result<String, SyntaxError> {
        let (left, right) = (self.expression(left)?, self.expression(right)?);
        let function = match operator {
            "*" => "mul",
            "/" => "div",
            "//" => "floordiv",
            "%" => "mod",
            "is" => return Ok(format!("(type_of({left}) == \"()\")")),
            "is not" => return Ok(format!("(type_of({left}) != \"()\")")),
            "in" => "contains",
            "not in" => return Ok(format!("(!py_contains({left}, {right}))")),
            other => return Ok(format!("({left} {other} {right})")),
        };
        Ok(format!("py_{function}({left}, {right})"))
    }
}
