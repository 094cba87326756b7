//! From tokens to statements.

use super::SyntaxError;
use super::parse::Parser;
use super::token::Token;
use super::tree::{Block, Does, Expression, Statement, Target};

impl Parser {
    pub(super) fn program(&mut self) -> Result<Block, SyntaxError> {
        let mut statements = Vec::new();
        while *self.peek() != Token::End {
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn block(&mut self) -> Result<Block, SyntaxError> {
        self.expect(":")?;
        if !self.take(&Token::Newline) || !self.take(&Token::Indent) {
            return self.error("expected an indented block");
        }
        let mut statements = Vec::new();
        while !self.take(&Token::Dedent) {
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn statement(&mut self) -> Result<Statement, SyntaxError> {
        let line = self.line();
        if self.take_word("for") {
            let names = self.for_names()?;
            let values = self.expression()?;
            let head = self.last_line();
            let block = self.block()?;
            return Ok(compound(line, head, Does::For(names, values, block)));
        }
        if self.take_word("if") {
            let condition = self.expression()?;
            let head = self.last_line();
            let then = self.block()?;
            let mut otherwise = Vec::new();
            if self.take_word("else") {
                otherwise = self.block()?;
            }
            return Ok(compound(line, head, Does::If(condition, then, otherwise)));
        }
        let does = self.simple()?;
        let last = self.last_line();
        if !self.take(&Token::Newline) {
            let found = self.next();
            return self.error(format!("expected the end of a statement, found {found:?}"));
        }
        Ok(Statement {
            line,
            last,
            head: last,
            does,
        })
    }

    fn for_names(&mut self) -> Result<Vec<String>, SyntaxError> {
        let mut names = vec![self.name()?];
        while self.take_operator(",") {
            names.push(self.name()?);
        }
        if !self.take_word("in") {
            return self.error("expected `in`");
        }
        Ok(names)
    }

    fn simple(&mut self) -> Result<Does, SyntaxError> {
        if self.take_word("import") {
            let mut path = vec![self.name()?];
            while self.take_operator(".") {
                path.push(self.name()?);
            }
            let mut name = None;
            if self.take_word("as") {
                name = Some(self.name()?);
            }
            return Ok(Does::Import(path, name));
        }
        if self.take_word("def") {
            return self.function();
        }
        if self.take_word("del") {
            let value = self.postfix()?;
            return match target(value) {
                Some(Target::Names(_)) | None => {
                    self.error("only items and attributes are deleted")
                }
                Some(target) => Ok(Does::Delete(target)),
            };
        }
        let value = self.expression()?;
        if self.is_operator(",") {
            return self.several(value);
        }
        if self.take_operator("=") {
            let Some(target) = target(value) else {
                return self.error("cannot assign to this");
            };
            return Ok(Does::Assign(target, self.expression()?));
        }
        self.intrinsic(value)
    }

    /// `a, b = value`.
    fn several(&mut self, first: Expression) -> Result<Does, SyntaxError> {
        let Expression::Name(first) = first else {
            return self.error("a tuple needs brackets");
        };
        let mut names = vec![first];
        while self.take_operator(",") {
            names.push(self.name()?);
        }
        self.expect("=")?;
        Ok(Does::Assign(Target::Names(names), self.expression()?))
    }

    fn function(&mut self) -> Result<Does, SyntaxError> {
        let name = self.name()?;
        self.expect("(")?;
        let parameters = self.names(")")?;
        self.expect(")")?;
        self.expect(":")?;
        if !self.take_word("return") {
            return self.error("a function is one line here: def f(x): return …");
        }
        Ok(Does::Function(name, parameters, self.expression()?))
    }

    /// A call, or one of the functions that print.
    fn intrinsic(&mut self, value: Expression) -> Result<Does, SyntaxError> {
        let Expression::Call(callee, mut arguments, named) = value else {
            return self.error("only a call is a statement");
        };
        let name = match &*callee {
            Expression::Name(name) if named.is_empty() => name.as_str(),
            _ => "",
        };
        let is_single = arguments.len() == 1;
        match (name, arguments.pop()) {
            ("show", Some(value)) if is_single => Ok(Does::Show(value)),
            ("fails" | "raises", Some(Expression::Lambda(names, body)))
                if is_single && names.is_empty() =>
            {
                Ok(match name {
                    "fails" => Does::Fails(*body),
                    _ => Does::Raises(*body),
                })
            }
            ("show", _) => self.error("show takes one value"),
            ("fails" | "raises", _) => self.error(format!("write {name}(lambda: …)")),
            (_, last) => {
                arguments.extend(last);
                Ok(Does::Expression(Expression::Call(callee, arguments, named)))
            }
        }
    }
}

fn compound(line: usize, head: usize, does: Does) -> Statement {
    let last = match &does {
        Does::For(_, _, block) => block.last(),
        Does::If(_, then, otherwise) => otherwise.last().or(then.last()),
        _ => None,
    };
    Statement {
        line,
        last: last.map_or(head, |statement| statement.last),
        head,
        does,
    }
}

fn target(value: Expression) -> Option<Target> {
    match value {
        Expression::Name(name) => Some(Target::Names(vec![name])),
        Expression::Item(object, key) => Some(Target::Item(*object, *key)),
        Expression::Attribute(object, name) => Some(Target::Attribute(*object, name)),
        _ => None,
    }
}
