//! From tokens to expressions, by precedence.

use super::SyntaxError;
use super::parse::Parser;
use super::token::Token;
use super::tree::Expression;

/// Words of Python that are no names.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Operators that bind alike, from the loosest.
const LEVELS: &[&[&str]] = &[
    &["|"],
    &["^"],
    &["&"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "//", "/", "%"],
];

impl Parser {
    pub(super) fn expression(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_word("lambda") {
            let parameters = self.names(":")?;
            self.expect(":")?;
            let body = self.expression()?;
            return Ok(Expression::Lambda(parameters, Box::new(body)));
        }
        let value = self.logic("or")?;
        if self.is_word("if") {
            return self.error("`a if b else c` is outside of the subset");
        }
        Ok(value)
    }

    fn logic(&mut self, word: &'static str) -> Result<Expression, SyntaxError> {
        let operand = |parser: &mut Parser| match word {
            "or" => parser.logic("and"),
            _ => parser.not(),
        };
        let mut value = operand(self)?;
        while self.take_word(word) {
            let right = operand(self)?;
            // `and` and `or` give an operand in Python, a truth value elsewhere.
            if !is_truth_value(&value) || !is_truth_value(&right) {
                return self.error(format!("`{word}` needs comparisons on both sides"));
            }
            value = Expression::Logic(word, Box::new(value), Box::new(right));
        }
        Ok(value)
    }

    fn not(&mut self) -> Result<Expression, SyntaxError> {
        if self.take_word("not") {
            return Ok(Expression::Not(Box::new(self.not()?)));
        }
        let left = self.level(0)?;
        let Some(operator) = self.comparing()? else {
            return Ok(left);
        };
        let right = self.level(0)?;
        if self.comparing()?.is_some() {
            return self.error("a chain of comparisons is outside of the subset");
        }
        if operator.starts_with("is") && right != Expression::None {
            return self.error("`is` is for None alone");
        }
        Ok(Expression::Binary(
            operator,
            Box::new(left),
            Box::new(right),
        ))
    }

    fn comparing(&mut self) -> Result<Option<&'static str>, SyntaxError> {
        for operator in ["==", "!=", "<=", ">=", "<", ">"] {
            if self.take_operator(operator) {
                return Ok(Some(operator));
            }
        }
        if self.take_word("in") {
            return Ok(Some("in"));
        }
        if self.take_word("is") {
            let is_not = self.take_word("not");
            return Ok(Some(if is_not { "is not" } else { "is" }));
        }
        if self.take_word("not") {
            if !self.take_word("in") {
                return self.error("expected `in`");
            }
            return Ok(Some("not in"));
        }
        Ok(None)
    }

    fn level(&mut self, level: usize) -> Result<Expression, SyntaxError> {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let mut value = self.level(level + 1)?;
        while let Some(operator) = operators.iter().find(|op| self.is_operator(op)) {
            self.next();
            let right = self.level(level + 1)?;
            value = Expression::Binary(operator, Box::new(value), Box::new(right));
        }
        Ok(value)
    }

    fn unary(&mut self) -> Result<Expression, SyntaxError> {
        for operator in ["-", "~"] {
            if self.take_operator(operator) {
                return Ok(match (operator, self.unary()?) {
                    ("-", Expression::Int(int)) => Expression::Int(-int),
                    ("-", Expression::Float(float)) => Expression::Float(-float),
                    (_, value) => Expression::Unary(operator, Box::new(value)),
                });
            }
        }
        self.postfix()
    }

    pub(super) fn postfix(&mut self) -> Result<Expression, SyntaxError> {
        let mut value = self.atom()?;
        loop {
            if self.take_operator(".") {
                value = Expression::Attribute(Box::new(value), self.name()?);
            } else if self.take_operator("(") {
                value = self.call(value)?;
            } else if self.take_operator("[") {
                value = self.subscript(value)?;
            } else {
                return Ok(value);
            }
        }
    }

    fn subscript(&mut self, object: Expression) -> Result<Expression, SyntaxError> {
        let object = Box::new(object);
        let mut from = None;
        if !self.is_operator(":") {
            let key = Box::new(self.expression()?);
            if self.take_operator("]") {
                return Ok(Expression::Item(object, key));
            }
            from = Some(key);
        }
        self.expect(":")?;
        let mut to = None;
        if !self.is_operator("]") {
            to = Some(Box::new(self.expression()?));
        }
        self.expect("]")?;
        Ok(Expression::Slice(object, from, to))
    }

    fn call(&mut self, callee: Expression) -> Result<Expression, SyntaxError> {
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        while !self.is_operator(")") {
            if self.is_operator("*") {
                return self.error("`*` in a call is outside of the subset");
            }
            match self.expression()? {
                Expression::Name(name) if self.take_operator("=") => {
                    named.push((name, self.expression()?));
                }
                _ if !named.is_empty() => {
                    return self.error("a positional argument after a named one");
                }
                value => positional.push(value),
            }
            if !self.take_operator(",") {
                break;
            }
        }
        self.expect(")")?;
        if let (Expression::Attribute(object, name), [Expression::Str(text)]) =
            (&callee, &positional[..])
            && **object == Expression::Name("bytes".into())
            && name == "fromhex"
        {
            return match from_hex(text) {
                Some(bytes) => Ok(Expression::Bytes(bytes)),
                None => self.error("no hexadecimal digits"),
            };
        }
        Ok(Expression::Call(Box::new(callee), positional, named))
    }

    fn atom(&mut self) -> Result<Expression, SyntaxError> {
        match self.next() {
            Token::Int(number) => Ok(Expression::Int(number)),
            Token::Float(number) => Ok(Expression::Float(number)),
            // Neighbours are one text.
            Token::Str(mut text) => {
                while let Token::Str(more) = self.peek() {
                    text.push_str(more);
                    self.next();
                }
                Ok(Expression::Str(text))
            }
            Token::Bytes(mut bytes) => {
                while let Token::Bytes(more) = self.peek() {
                    bytes.extend_from_slice(more);
                    self.next();
                }
                Ok(Expression::Bytes(bytes))
            }
            Token::Name(name) => match name.as_str() {
                "None" => Ok(Expression::None),
                "True" => Ok(Expression::Bool(true)),
                "False" => Ok(Expression::Bool(false)),
                word if KEYWORDS.contains(&word) => {
                    self.error(format!("`{word}` is outside of the subset, or not here"))
                }
                _ => Ok(Expression::Name(name)),
            },
            Token::Operator("(") => {
                let (mut items, is_several) = self.items(")")?;
                match items.pop() {
                    Some(single) if !is_several => Ok(single),
                    last => {
                        items.extend(last);
                        Ok(Expression::Tuple(items))
                    }
                }
            }
            Token::Operator("[") => Ok(Expression::List(self.items("]")?.0)),
            Token::Operator("{") => self.dict(),
            other => self.error(format!("expected an expression, found {other:?}")),
        }
    }

    /// Expressions up to a bracket, and whether a comma stood behind one.
    fn items(&mut self, end: &str) -> Result<(Vec<Expression>, bool), SyntaxError> {
        let (mut items, mut is_several) = (Vec::new(), false);
        while !self.is_operator(end) {
            items.push(self.expression()?);
            if self.is_word("for") {
                return self.error("a comprehension is outside of the subset: write a loop");
            }
            if !self.take_operator(",") {
                break;
            }
            is_several = true;
        }
        self.expect(end)?;
        Ok((items, is_several))
    }

    fn dict(&mut self) -> Result<Expression, SyntaxError> {
        let mut pairs = Vec::new();
        while !self.is_operator("}") {
            let key = self.expression()?;
            self.expect(":")?;
            pairs.push((key, self.expression()?));
            if !self.take_operator(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok(Expression::Dict(pairs))
    }
}

fn is_truth_value(value: &Expression) -> bool {
    match value {
        Expression::Bool(_) | Expression::Not(_) | Expression::Logic(..) => true,
        Expression::Binary(operator, ..) => matches!(
            *operator,
            "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not"
        ),
        _ => false,
    }
}

/// As `bytes.fromhex`, which skips blanks.
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let pairs = digits.chunks(2).map(|pair| {
        let pair: String = pair.iter().collect();
        (pair.len() == 2).then_some(())?;
        u8::from_str_radix(&pair, 16).ok()
    });
    pairs.collect()
}
