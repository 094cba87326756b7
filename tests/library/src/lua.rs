//! A case as a program of Lua 5.4.
//!
//! What Lua has otherwise is done by functions of the prelude, the table `py`.

use crate::language::SyntaxError;
use crate::language::tree::{Block, Does, Expression, Statement, Target};
use crate::translate::{Names, builtin, escaped};
use std::fmt::Write;

/// The functions that a translation uses. It is a chunk that is given the function
/// which takes a line's number and text, and gives the table `py`.
pub const PRELUDE: &str = include_str!("lua/prelude.lua");

/// Lua allows 200 local variables.
const LOCALS: usize = 180;

/// Words of Lua that are names in Python, and names that the translation uses.
const RESERVED: &[&str] = &[
    "do", "elseif", "end", "function", "goto", "local", "nil", "py", "py_item", "repeat",
    "require", "then", "until",
];

/// Translates statements; the result is a chunk that is given `py`.
///
/// # Errors
///
/// What Lua cannot say, with its line.
pub fn translate(block: &Block) -> Result<String, SyntaxError> {
    let names = Names::of(block);
    let mut writer = Writer {
        names: &names,
        locals: Vec::new(),
        line: 1,
    };
    let mut text = String::from("local py = ...\n");
    let modules = names.modules();
    let locals = names.bound.len() + names.functions.len() + modules.len();
    if locals > LOCALS {
        return Err(SyntaxError::at(1, "too many variables for Lua"));
    }
    for module in modules {
        let _ = writeln!(text, "local {}", module_name(module));
    }
    for name in names.bound.iter().chain(&names.functions) {
        let _ = writeln!(text, "local {}", variable(name));
    }
    writer.block(block, 0, &mut text)?;
    Ok(text)
}

fn variable(name: &str) -> String {
    match RESERVED.contains(&name) || name.starts_with("m_") {
        true => format!("{name}_"),
        false => name.to_owned(),
    }
}

/// The variable that a module is in.
fn module_name(path: &str) -> String {
    format!("m_{}", path.replace('.', "_"))
}

fn literal(bytes: &[u8]) -> String {
    let text = escaped(bytes, b"\"\\", |byte| format!("\\x{byte:02x}"));
    format!("\"{text}\"")
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
                // A package comes before what is in it.
                let imports = (1..=path.len()).map(|end| {
                    let path = path[..end].join(".");
                    format!("{} = require {path:?}", module_name(&path))
                });
                match self.names.modules().len() {
                    0 => return self.error("an import of nothing"),
                    _ => imports
                        .skip(match &statement.does {
                            Does::Import(path, Some(_)) => path.len() - 1,
                            _ => 0,
                        })
                        .collect::<Vec<_>>()
                        .join("; "),
                }
            }
            Does::Assign(target, value) => {
                let value = self.expression(value)?;
                self.assignment(target, &value)?
            }
            Does::Delete(Target::Item(object, key)) => format!(
                "py.delete({}, {})",
                self.expression(object)?,
                self.expression(key)?
            ),
            Does::Delete(Target::Attribute(object, name)) => {
                format!("{}.{name} = nil", self.expression(object)?)
            }
            Does::Delete(Target::Names(_)) => return self.error("a variable cannot be deleted"),
            Does::Show(value) => format!("py.show({line}, {})", self.expression(value)?),
            Does::Fails(value) => format!(
                "py.fails({line}, true, function() return {} end)",
                self.expression(value)?
            ),
            Does::Raises(value) => format!(
                "py.fails({line}, false, function() return {} end)",
                self.expression(value)?
            ),
            Does::Expression(value) => self.expression(value)?,
            Does::For(names, values, block) => {
                let values = self.expression(values)?;
                let mut text = format!("for _, py_item in py.each({values}) do ");
                text.push_str(&self.assignment(&Target::Names(names.clone()), "py_item")?);
                text.push('\n');
                self.block(block, depth + 1, &mut text)?;
                format!("{text}{indent}{}", "end")
            }
            Does::If(condition, then, otherwise) => {
                let mut text = format!("if py.truth({}) then\n", self.expression(condition)?);
                self.block(then, depth + 1, &mut text)?;
                if !otherwise.is_empty() {
                    text = format!("{text}{indent}{}", "else\n");
                    self.block(otherwise, depth + 1, &mut text)?;
                }
                format!("{text}{indent}{}", "end")
            }
            Does::Function(name, parameters, value) => {
                format!("{} = {}", variable(name), self.function(parameters, value)?)
            }
        };
        out.push_str(&text);
        Ok(())
    }

    fn assignment(&mut self, target: &Target, value: &str) -> Result<String, SyntaxError> {
        Ok(match target {
            Target::Names(names) => match &names[..] {
                [name] => format!("{} = {value}", variable(name)),
                several => {
                    let names: Vec<String> = several.iter().map(|name| variable(name)).collect();
                    format!("{} = py.unpack({value}, {})", names.join(", "), names.len())
                }
            },
            Target::Item(object, key) => format!(
                "py.store({}, {}, {value})",
                self.expression(object)?,
                self.expression(key)?
            ),
            Target::Attribute(object, name) => {
                format!("{}.{name} = {value}", self.expression(object)?)
            }
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
        let parameters: Vec<String> = parameters.iter().map(|name| variable(name)).collect();
        Ok(format!(
            "function({}) return {} end",
            parameters.join(", "),
            value?
        ))
    }

    fn expression(&mut self, value: &Expression) -> Result<String, SyntaxError> {
        if let Some(module) = self.names.module(value) {
            return Ok(module_name(module));
        }
        Ok(match value {
            Expression::None => "nil".into(),
            Expression::Bool(value) => value.to_string(),
            Expression::Int(i64::MIN) => "math.mininteger".into(),
            Expression::Int(int) if *int < 0 => format!("({int})"),
            Expression::Int(int) => int.to_string(),
            Expression::Float(float) => format!("({float:?})"),
            Expression::Str(text) => literal(text.as_bytes()),
            Expression::Bytes(bytes) => literal(bytes),
            Expression::Name(name) => {
                let is_bound = self.names.bound.contains(name)
                    || self.names.functions.contains(name)
                    || self.locals.contains(name);
                match is_bound {
                    true => variable(name),
                    false => return self.error(format!("nothing is called {name}")),
                }
            }
            Expression::List(items) | Expression::Tuple(items) => {
                if items.contains(&Expression::None) {
                    return self.error("a list ends where nil is, in Lua");
                }
                format!("{{{}}}", self.expressions(items)?.join(", "))
            }
            Expression::Dict(pairs) => {
                let mut items = Vec::new();
                for (key, value) in pairs {
                    if *value == Expression::None || *key == Expression::None {
                        return self.error("a table cannot hold nil, in Lua");
                    }
                    let (key, value) = (self.expression(key)?, self.expression(value)?);
                    items.push(format!("[{key}] = {value}"));
                }
                format!("{{{}}}", items.join(", "))
            }
            Expression::Attribute(object, name) => {
                format!("({}).{name}", self.expression(object)?)
            }
            Expression::Item(object, key) => {
                format!(
                    "py.item({}, {})",
                    self.expression(object)?,
                    self.expression(key)?
                )
            }
            Expression::Slice(object, from, to) => {
                let object = self.expression(object)?;
                let mut end = |end: &Option<Box<Expression>>| match end {
                    Some(end) => self.expression(end),
                    None => Ok("nil".into()),
                };
                format!("py.slice({object}, {}, {})", end(from)?, end(to)?)
            }
            Expression::Call(callee, arguments, named) => self.call(callee, arguments, named)?,
            Expression::Unary(operator, value) => {
                format!("({operator}{})", self.expression(value)?)
            }
            Expression::Not(value) => format!("(not py.truth({}))", self.expression(value)?),
            Expression::Logic(word, left, right) => format!(
                "({} {word} {})",
                self.expression(left)?,
                self.expression(right)?
            ),
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
            if *value == Expression::None {
                return self.error("an argument by name cannot be None, in Lua");
            }
            pairs.push(format!("{name} = {}", self.expression(value)?));
        }
        if !pairs.is_empty() {
            given.push(format!("{{{}}}", pairs.join(", ")));
        }
        if let Expression::Attribute(object, name) = callee {
            if let Some(module) = self.names.module(object) {
                return Ok(format!(
                    "{}.{name}({})",
                    module_name(module),
                    given.join(", ")
                ));
            }
            given.insert(0, format!("{name:?}"));
            given.insert(0, self.expression(object)?);
            return Ok(format!("py.call({})", given.join(", ")));
        }
        if let Expression::Name(name) = callee
            && !self.names.bound.contains(name)
            && builtin(name, arguments.len(), self.line)?
        {
            return Ok(format!("py.{name}({})", given.join(", ")));
        }
        Ok(format!(
            "{}({})",
            self.expression(callee)?,
            given.join(", ")
        ))
    }

    fn binary(
        &mut self,
        operator: &str,
        left: &Expression,
        right: &Expression,
    ) -> Result<String, SyntaxError> {
        let (left, right) = (self.expression(left)?, self.expression(right)?);
        let function = match operator {
            "+" => "add",
            "*" => "mul",
            "/" => "div",
            "//" => "floordiv",
            "%" => "mod",
            "==" | "is" => "eq",
            "!=" | "is not" => return Ok(format!("(not py.eq({left}, {right}))")),
            "in" => "contains",
            "not in" => return Ok(format!("(not py.contains({left}, {right}))")),
            "^" => return Ok(format!("({left} ~ {right})")),
            other => return Ok(format!("({left} {other} {right})")),
        };
        Ok(format!("py.{function}({left}, {right})"))
    }
}
