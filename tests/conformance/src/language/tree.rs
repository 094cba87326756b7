//! What a script is made of.

use std::rc::Rc;

/// A name or attribute.
pub(crate) type Name = Rc<str>;

/// Statements one after the other. Shared: a function holds its body.
pub(crate) type Block = Rc<[Statement]>;

/// A statement.
#[derive(Debug)]
pub(crate) enum Statement {
    Expression(Expression),
    /// `a = b = value`.
    Assign(Vec<Expression>, Expression),
    /// `a += value`, the operator without its `=`.
    Augment(Expression, &'static str, Expression),
    Delete(Vec<Expression>),
    /// `import a.b as c, d`.
    Import(Vec<(Name, Option<Name>)>),
    From(From),
    Function(Rc<Definition>),
    Class(Class),
    If(Expression, Block, Block),
    For(Expression, Expression, Block),
    While(Expression, Block),
    Try(Try),
    Raise(Option<Expression>),
    Return(Option<Expression>),
    Global(Vec<Name>),
    Pass,
    Break,
    Continue,
}

/// `from ..module import a as b, c`.
#[derive(Debug)]
pub(crate) struct From {
    pub(crate) level: usize,
    pub(crate) module: Name,
    /// `*` stands for itself.
    pub(crate) names: Vec<(Name, Option<Name>)>,
}

/// A function or lambda.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) name: Name,
    pub(crate) parameters: Vec<(Name, Option<Expression>)>,
    /// `*args`.
    pub(crate) rest: Option<Name>,
    pub(crate) body: Block,
}

/// A class of at most one base.
#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) name: Name,
    pub(crate) base: Option<Expression>,
    pub(crate) body: Block,
}

/// `try`.
#[derive(Debug)]
pub(crate) struct Try {
    pub(crate) body: Block,
    pub(crate) handlers: Vec<Handler>,
    pub(crate) otherwise: Block,
    pub(crate) finally: Block,
}

/// `except Class as name`.
#[derive(Debug)]
pub(crate) struct Handler {
    pub(crate) class: Option<Expression>,
    pub(crate) name: Option<Name>,
    pub(crate) body: Block,
}

/// An expression; as a target, the ones that can be assigned to.
#[derive(Debug)]
pub(crate) enum Expression {
    None,
    Bool(bool),
    Int(i64),
    Text(Rc<str>),
    Name(Name),
    List(Vec<Expression>),
    Tuple(Vec<Expression>),
    Dict(Vec<(Expression, Expression)>),
    Attribute(Box<Expression>, Name),
    Item(Box<Expression>, Box<Expression>),
    Call(Box<Expression>, Vec<Argument>),
    Negative(Box<Expression>),
    Not(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    /// Arithmetic and comparisons.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    /// `then if condition else otherwise`: condition first.
    If(Box<[Expression; 3]>),
    Lambda(Rc<Definition>),
    Comprehension(Box<Comprehension>),
}

/// An argument of a call.
#[derive(Debug)]
pub(crate) enum Argument {
    Positional(Expression),
    Named(Name, Expression),
    /// `*values`.
    Starred(Expression),
}

/// `[value for target in values if condition]`.
#[derive(Debug)]
pub(crate) struct Comprehension {
    pub(crate) value: Expression,
    pub(crate) target: Expression,
    pub(crate) values: Expression,
    pub(crate) condition: Option<Expression>,
}
