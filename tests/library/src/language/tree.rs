//! What a case is made of.

/// Statements one after the other.
pub type Block = Vec<Statement>;

/// A statement, with the lines it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its first line, counted from 1.
    pub line: usize,
    /// Its last one; of a loop or a condition, that of its last statement.
    pub last: usize,
    /// The last line before its block; the same as `last` where it has none.
    pub head: usize,
    /// What it does.
    pub does: Does,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// `import a.b`, which binds `a`, or `import a.b as c`.
    Import(Vec<String>, Option<String>),
    /// `target = value`.
    Assign(Target, Expression),
    /// `del object[key]`, `del object.name`.
    Delete(Target),
    /// `show(value)`.
    Show(Expression),
    /// `fails(lambda: value)`: prints the kind and the message of the error.
    Fails(Expression),
    /// `raises(lambda: value)`: prints the kind alone.
    Raises(Expression),
    /// A call, for what it does.
    Expression(Expression),
    /// `for a, b in value:`.
    For(Vec<String>, Expression, Block),
    /// `if condition:`, and `else:`.
    If(Expression, Block, Block),
    /// `def f(a, b): return value`.
    Function(String, Vec<String>, Expression),
}

/// What can be assigned to.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A name, or several that the items of a sequence go to.
    Names(Vec<String>),
    /// `object[key]`.
    Item(Expression, Expression),
    /// `object.name`.
    Attribute(Expression, String),
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `None`.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A variable or a builtin function.
    Name(String),
    /// `[a, b]`.
    List(Vec<Expression>),
    /// `(a, b)`.
    Tuple(Vec<Expression>),
    /// `{a: b}`.
    Dict(Vec<(Expression, Expression)>),
    /// `object.name`.
    Attribute(Box<Expression>, String),
    /// `object[key]`.
    Item(Box<Expression>, Box<Expression>),
    /// `object[from:to]`.
    Slice(
        Box<Expression>,
        Option<Box<Expression>>,
        Option<Box<Expression>>,
    ),
    /// A call with positional and named arguments.
    Call(Box<Expression>, Vec<Expression>, Vec<(String, Expression)>),
    /// `-a`, `~a`.
    Unary(&'static str, Box<Expression>),
    /// `not a`.
    Not(Box<Expression>),
    /// `a and b`, `a or b`, of truth values.
    Logic(&'static str, Box<Expression>, Box<Expression>),
    /// Arithmetic and comparisons.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    /// `lambda a: value`.
    Lambda(Vec<String>, Box<Expression>),
}
