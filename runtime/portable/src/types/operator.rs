//! The operators a type may answer.

/// An operator of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unary {
    /// Truth: the answer is a `Value::Bool`.
    Bool,
    /// `+x`.
    Positive,
    /// `-x`.
    Negative,
    /// `~x`.
    Invert,
    /// `abs(x)`.
    Absolute,
    /// `int(x)`.
    Int,
    /// `float(x)`.
    Float,
}

/// An operator of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Binary {
    /// `x + y`.
    Add,
    /// `x - y`.
    Subtract,
    /// `x * y`.
    Multiply,
    /// `x / y`.
    Divide,
    /// `x // y`.
    FloorDivide,
    /// `x % y`.
    Modulo,
    /// `x ** y`.
    Power,
    /// `x << y`.
    ShiftLeft,
    /// `x >> y`.
    ShiftRight,
    /// `x & y`.
    And,
    /// `x | y`.
    Or,
    /// `x ^ y`.
    Xor,
    /// `x < y`.
    Less,
    /// `x <= y`.
    LessEqual,
    /// `x > y`.
    Greater,
    /// `x >= y`.
    GreaterEqual,
    /// `y in x`.
    Contains,
}
