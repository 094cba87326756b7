//! From tokens to expressions, by precedence.

use super::SyntaxError;
use super::statement::Parser;
use super::token::Token;
use super::tree::{Argument, Comprehension, Definition, Expression, Name, Statement};
use std::rc::Rc;

/// Names with their defaults, and the name of `*args`.
type Parameters = (Vec<(Name, Option<Expression>)>, Option<Name>);

const KEYWORDS: &[&str] = &[
    "and", "as", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "lambda", "not", "or", "pass", "raise",
    "return", "try", "while",
];

impl Parser {
    /// An expression, or several with commas as a tuple.
    pub(super) fn tuple(&mut self) -> Result<Expression, SyntaxError> {
        let (mut items, is_several) = self.list()?;
        match items.pop() {
            Some(single) if !is_several => Ok(single),
            last => {
                items.extend(last);
                Ok(Expression::Tuple(items))
            }
        }
    }

    /// What a `for` assigns to: no comparison, whose `in` is the loop's.
    pub(super) fn targets(&mut self) -> Result<Expression, SyntaxError> {
        let first = self.postfix()?;
        if !self.is_operator(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.take_operator(",") {
            items.push(self.postfix()?);
        }
        Ok(Expression::Tuple(items))
    }

    pub(super) fn expression(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_word("lambda") {
            let (parameters, rest) = self.parameters(":")?;
            self.expect(":")?;
            let body = Statement::Return(Some(self.expression()?));
            return Ok(Expression::Lambda(Rc::new(Definition {
                name: "<lambda>".into(),
                parameters,
                rest,
                body: Rc::new([body]),
            })));
        }
        let value = self.or()?;
        if self.take_word("if") {
            let condition = self.or()?;
            if !self.take_word("else") {
                return self.error("expected 'else' after 'if' expression");
            }
            let otherwise = self.expression()?;
            return Ok(Expression::If(Box::new([condition, value, otherwise])));
        }
        Ok(value)
    }

    pub(super) fn parameters(&mut self, end: &str) -> Result<Parameters, SyntaxError> {
        let mut parameters = Vec::new();
        let mut rest = None;
        while !self.is_operator(end) {
            if self.take_operator("*") {
                rest = Some(self.name()?);
            } else {
                let name = self.name()?;
                let default = if self.take_operator("=") {
                    Some(self.expression()?)
                } else {
                    None
                };
                parameters.push((name, default));
            }
            if !self.take_operator(",") {
                break;
            }
        }
        Ok((parameters, rest))
    }

    fn or(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.and()?;
        while self.take_word("or") {
            value = Expression::Or(Box::new(value), Box::new(self.and()?));
        }
        Ok(value)
    }

    fn and(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.not()?;
        while self.take_word("and") {
            value = Expression::And(Box::new(value), Box::new(self.not()?));
        }
        Ok(value)
    }

    fn not(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_word("not") {
            return Ok(Expression::Not(Box::new(self.not()?)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.sum()?;
        while let Some(operator) = self.comparing() {
            value = Expression::Binary(operator, Box::new(value), Box::new(self.sum()?));
        }
        Ok(value)
    }

    fn comparing(&mut self) -> Option<&'static str> {
        for operator in ["==", "!=", "<=", ">=", "<", ">"] {
            if self.take_operator(operator) {
                return Some(operator);
            }
        }
        if self.take_word("in") {
            return Some("in");
        }
        if self.take_word("is") {
            return Some(if self.take_word("not") {
                "is not"
            } else {
                "is"
            });
        }
        if self.take_word("not") {
            self.take_word("in");
            return Some("not in");
        }
        None
    }

    fn sum(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.product()?;
        loop {
            let operator = match self.peek() {
                Token::Operator(found @ ("+" | "-")) => *found,
                _ => return Ok(value),
            };
            self.next();
            value = Expression::Binary(operator, Box::new(value), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.unary()?;
        loop {
            let operator = match self.peek() {
                Token::Operator(found @ ("*" | "%")) => *found,
                _ => return Ok(value),
            };
            self.next();
            value = Expression::Binary(operator, Box::new(value), Box::new(self.unary()?));
        }
    }

    fn unary(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_operator("-") {
            return Ok(Expression::Negative(Box::new(self.unary()?)));
        }
        self.postfix()
    }

    fn postfix(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.atom()?;
        loop {
            if self.take_operator(".") {
                value = Expression::Attribute(Box::new(value), self.name()?);
            } else if self.take_operator("(") {
                value = Expression::Call(Box::new(value), self.arguments()?);
            } else if self.take_operator("[") {
                value = Expression::Item(Box::new(value), Box::new(self.tuple()?));
                self.expect("]")?;
            } else {
                return Ok(value);
            }
        }
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, SyntaxError> {
        let mut arguments = Vec::new();
        while !self.is_operator(")") {
            if self.take_operator("*") {
                arguments.push(Argument::Starred(self.expression()?));
            } else {
                let value = self.expression()?;
                arguments.push(match value {
                    Expression::Name(name) if self.take_operator("=") => {
                        Argument::Named(name, self.expression()?)
                    }
                    value => Argument::Positional(value),
                });
            }
            if !self.take_operator(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(arguments)
    }

    fn atom(&mut self) -> Result<Expression, SyntaxError> {
        match self.next() {
            Token::Int(number) => Ok(Expression::Int(number)),
            Token::Text(text) => {
                let mut whole = text.to_string();
                // Neighbours are one text.
                while let Token::Text(more) = self.peek() {
                    whole.push_str(more);
                    self.next();
                }
                Ok(Expression::Text(whole.into()))
            }
            Token::Name(name) => match &*name {
                "None" => Ok(Expression::None),
                "True" => Ok(Expression::Bool(true)),
                "False" => Ok(Expression::Bool(false)),
                word if KEYWORDS.contains(&word) => self.error(format!("invalid syntax at {word}")),
                _ => Ok(Expression::Name(name)),
            },
            Token::Operator("(") => self.bracketed(),
            Token::Operator("[") => self.bracketed_list(),
            Token::Operator("{") => self.dict(),
            other => self.error(format!("invalid syntax at {other:?}")),
        }
    }

    fn bracketed(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_operator(")") {
            return Ok(Expression::Tuple(Vec::new()));
        }
        let value = self.tuple()?;
        self.expect(")")?;
        Ok(value)
    }

    fn bracketed_list(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_operator("]") {
            return Ok(Expression::List(Vec::new()));
        }
        let (mut items, is_several) = self.list()?;
        if !is_several && self.take_word("for") {
            let target = self.targets()?;
            if !self.take_word("in") {
                return self.error("expected 'in'");
            }
            let values = self.or()?;
            let condition = if self.take_word("if") {
                Some(self.or()?)
            } else {
                None
            };
            self.expect("]")?;
            let Some(value) = items.pop() else {
                return self.error("expected an expression");
            };
            return Ok(Expression::Comprehension(Box::new(Comprehension {
                value,
                target,
                values,
                condition,
            })));
        }
        self.expect("]")?;
        Ok(Expression::List(items))
    }

    fn dict(&mut self) -> Result<Expression, SyntaxError> {
        let mut items = Vec::new();
        while !self.take_operator("}") {
            let key = self.expression()?;
            self.expect(":")?;
            items.push((key, self.expression()?));
            if !self.take_operator(",") {
                self.expect("}")?;
                break;
            }
        }
        Ok(Expression::Dict(items))
    }
}
