//! From tokens to statements.

use super::SyntaxError;
use super::token::Token;
use super::tree::{Block, Class, Definition, Expression, From, Handler, Name, Statement, Try};
use std::rc::Rc;

/// Reads tokens from front to back.
pub(crate) struct Parser {
    tokens: Vec<(Token, usize)>,
    place: usize,
}

impl Parser {
    pub(crate) fn new(tokens: Vec<(Token, usize)>) -> Parser {
        Parser { tokens, place: 0 }
    }

    pub(crate) fn script(&mut self) -> Result<Block, SyntaxError> {
        let mut statements = Vec::new();
        while *self.peek() != Token::End {
            self.statement(&mut statements)?;
        }
        Ok(statements.into())
    }

    pub(super) fn peek(&self) -> &Token {
        self.tokens
            .get(self.place)
            .map_or(&Token::End, |(token, _)| token)
    }

    pub(super) fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.place += 1;
        token
    }

    pub(super) fn error<T>(&self, what: impl Into<String>) -> Result<T, SyntaxError> {
        let place = self.place.min(self.tokens.len().saturating_sub(1));
        Err(SyntaxError {
            line: self.tokens.get(place).map_or(0, |(_, line)| *line),
            what: what.into(),
        })
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(name) if &**name == word)
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.place += usize::from(found);
        found
    }

    pub(super) fn is_operator(&self, operator: &str) -> bool {
        matches!(self.peek(), Token::Operator(found) if *found == operator)
    }

    pub(super) fn take_operator(&mut self, operator: &str) -> bool {
        let found = self.is_operator(operator);
        self.place += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, operator: &str) -> Result<(), SyntaxError> {
        if self.take_operator(operator) {
            return Ok(());
        }
        self.error(format!("expected '{operator}', not {:?}", self.peek()))
    }

    fn expect_word(&mut self, word: &str) -> Result<(), SyntaxError> {
        if self.take_word(word) {
            return Ok(());
        }
        self.error(format!("expected '{word}', not {:?}", self.peek()))
    }

    pub(super) fn name(&mut self) -> Result<Name, SyntaxError> {
        match self.next() {
            Token::Name(name) => Ok(name),
            other => {
                self.place -= 1;
                self.error(format!("expected a name, not {other:?}"))
            }
        }
    }

    fn end(&mut self) -> Result<(), SyntaxError> {
        match self.next() {
            Token::Newline => Ok(()),
            Token::Operator(";") => {
                if *self.peek() == Token::Newline {
                    self.place += 1;
                }
                Ok(())
            }
            other => {
                self.place -= 1;
                self.error(format!("expected the end of the line, not {other:?}"))
            }
        }
    }

    fn statement(&mut self, into: &mut Vec<Statement>) -> Result<(), SyntaxError> {
        let word = match self.peek() {
            Token::Name(name) => name.clone(),
            _ => "".into(),
        };
        let compound = match &*word {
            "if" => Some(self.condition()?),
            "for" => Some(self.repetition()?),
            "while" => {
                self.next();
                Some(Statement::While(self.expression()?, self.block()?))
            }
            "def" => Some(Statement::Function(Rc::new(self.function()?))),
            "class" => Some(Statement::Class(self.class()?)),
            "try" => Some(Statement::Try(self.attempt()?)),
            _ => None,
        };
        match compound {
            Some(statement) => into.push(statement),
            None => {
                into.push(self.simple(&word)?);
                self.end()?;
            }
        }
        Ok(())
    }

    fn simple(&mut self, word: &str) -> Result<Statement, SyntaxError> {
        let statement = match word {
            "import" => return self.import(),
            "from" => return self.from(),
            "pass" => Statement::Pass,
            "break" => Statement::Break,
            "continue" => Statement::Continue,
            "del" => {
                self.next();
                return Ok(Statement::Delete(self.list()?.0));
            }
            "return" | "raise" => {
                self.next();
                let is_bare = matches!(self.peek(), Token::Newline | Token::Operator(";"));
                let value = if is_bare { None } else { Some(self.tuple()?) };
                if word == "return" {
                    return Ok(Statement::Return(value));
                }
                if self.take_word("from") {
                    self.expression()?;
                }
                return Ok(Statement::Raise(value));
            }
            "global" => {
                self.next();
                let mut names = vec![self.name()?];
                while self.take_operator(",") {
                    names.push(self.name()?);
                }
                return Ok(Statement::Global(names));
            }
            _ => return self.assignment(),
        };
        self.next();
        Ok(statement)
    }

    fn assignment(&mut self) -> Result<Statement, SyntaxError> {
        let first = self.tuple()?;
        for operator in ["+=", "-="] {
            if self.take_operator(operator) {
                return Ok(Statement::Augment(first, &operator[..1], self.tuple()?));
            }
        }
        let mut parts = vec![first];
        while self.take_operator("=") {
            parts.push(self.tuple()?);
        }
        match parts.pop() {
            Some(value) if parts.is_empty() => Ok(Statement::Expression(value)),
            Some(value) => Ok(Statement::Assign(parts, value)),
            None => self.error("expected an expression"),
        }
    }

    fn dotted(&mut self) -> Result<Name, SyntaxError> {
        let mut name = self.name()?.to_string();
        while self.take_operator(".") {
            name.push('.');
            name.push_str(&self.name()?);
        }
        Ok(name.into())
    }

    fn alias(&mut self) -> Result<Option<Name>, SyntaxError> {
        if self.take_word("as") {
            return self.name().map(Some);
        }
        Ok(None)
    }

    fn import(&mut self) -> Result<Statement, SyntaxError> {
        self.next();
        let mut names = Vec::new();
        loop {
            names.push((self.dotted()?, self.alias()?));
            if !self.take_operator(",") {
                return Ok(Statement::Import(names));
            }
        }
    }

    fn from(&mut self) -> Result<Statement, SyntaxError> {
        self.next();
        let mut level = 0;
        while self.take_operator(".") {
            level += 1;
        }
        let module = if self.is_word("import") {
            "".into()
        } else {
            self.dotted()?
        };
        self.expect_word("import")?;
        if self.take_operator("*") {
            let names = vec![("*".into(), None)];
            return Ok(Statement::From(From {
                level,
                module,
                names,
            }));
        }
        let is_bracketed = self.take_operator("(");
        let mut names = Vec::new();
        loop {
            names.push((self.name()?, self.alias()?));
            if !self.take_operator(",") || (is_bracketed && self.is_operator(")")) {
                break;
            }
        }
        if is_bracketed {
            self.expect(")")?;
        }
        Ok(Statement::From(From {
            level,
            module,
            names,
        }))
    }

    fn block(&mut self) -> Result<Block, SyntaxError> {
        self.expect(":")?;
        let mut statements = Vec::new();
        if *self.peek() != Token::Newline {
            self.statement(&mut statements)?;
            return Ok(statements.into());
        }
        self.next();
        if self.next() != Token::Indent {
            self.place -= 1;
            return self.error("expected an indented block");
        }
        while *self.peek() != Token::Dedent {
            self.statement(&mut statements)?;
        }
        self.next();
        Ok(statements.into())
    }

    fn condition(&mut self) -> Result<Statement, SyntaxError> {
        self.next();
        let condition = self.expression()?;
        let body = self.block()?;
        let otherwise = if self.is_word("elif") {
            Rc::new([self.condition()?])
        } else {
            self.optional_block("else")?
        };
        Ok(Statement::If(condition, body, otherwise))
    }

    fn optional_block(&mut self, word: &str) -> Result<Block, SyntaxError> {
        if self.take_word(word) {
            return self.block();
        }
        Ok(Rc::new([]))
    }

    fn repetition(&mut self) -> Result<Statement, SyntaxError> {
        self.next();
        let target = self.targets()?;
        self.expect_word("in")?;
        let values = self.tuple()?;
        Ok(Statement::For(target, values, self.block()?))
    }

    fn function(&mut self) -> Result<Definition, SyntaxError> {
        self.next();
        let name = self.name()?;
        self.expect("(")?;
        let (parameters, rest) = self.parameters(")")?;
        self.expect(")")?;
        Ok(Definition {
            name,
            parameters,
            rest,
            body: self.block()?,
        })
    }

    fn class(&mut self) -> Result<Class, SyntaxError> {
        self.next();
        let name = self.name()?;
        let mut base = None;
        if self.take_operator("(") && !self.take_operator(")") {
            base = Some(self.expression()?);
            self.expect(")")?;
        }
        Ok(Class {
            name,
            base,
            body: self.block()?,
        })
    }

    fn attempt(&mut self) -> Result<Try, SyntaxError> {
        self.next();
        let body = self.block()?;
        let mut handlers = Vec::new();
        while self.take_word("except") {
            let class = if self.is_operator(":") {
                None
            } else {
                Some(self.expression()?)
            };
            let name = self.alias()?;
            handlers.push(Handler {
                class,
                name,
                body: self.block()?,
            });
        }
        Ok(Try {
            body,
            handlers,
            otherwise: self.optional_block("else")?,
            finally: self.optional_block("finally")?,
        })
    }

    /// Several expressions, and whether there was a comma.
    pub(super) fn list(&mut self) -> Result<(Vec<Expression>, bool), SyntaxError> {
        let mut items = vec![self.expression()?];
        let mut is_several = false;
        while self.take_operator(",") {
            is_several = true;
            let ends = matches!(
                self.peek(),
                Token::Newline | Token::End | Token::Operator("=" | ")" | "]" | ":" | ";")
            );
            if ends {
                break;
            }
            items.push(self.expression()?);
        }
        Ok((items, is_several))
    }
}
