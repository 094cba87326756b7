//! Messages, kept as their parts until somebody shows them.

use crate::Function;
#[cfg(feature = "alloc")]
use alloc::{rc::Rc, string::String};
#[cfg(feature = "alloc")]
use core::any::Any;
use core::fmt;
use enroll::Broken;

/// What an error says.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    Static(&'static str),
    #[cfg(feature = "alloc")]
    Text(String),
    #[cfg(feature = "alloc")]
    Foreign(String, Rc<dyn Any>),
    /// An argument of the wrong type.
    Argument {
        place: Place,
        expected: &'static str,
        found: &'static str,
    },
    /// An integer that the parameter's type cannot hold.
    Range {
        place: Place,
        value: i64,
        min: i64,
        max: i64,
    },
    /// Too many arguments, or too few without a name for what is missing.
    Count {
        function: Function,
        min: u8,
        max: Option<u8>,
        given: u8,
    },
    /// A parameter without an argument.
    Missing(Place),
    /// A parameter with two.
    Twice(Place),
    /// A keyword that is no parameter; its text only where there is memory.
    Keyword(Function, #[cfg(feature = "alloc")] String),
    /// An operation on a type that has none like it.
    Unsupported {
        what: &'static str,
        found: &'static str,
    },
    /// A binary operator that neither operand answers.
    #[cfg(feature = "alloc")]
    Operands {
        left: &'static str,
        right: &'static str,
    },
    /// A part of [`Vm`](crate::Vm) that an interpreter does not have.
    Unable(&'static str),
    Broken(Broken),
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) function: Function,
    /// From 0, the receiver of a method counted.
    pub(crate) index: u8,
    /// Whether argument 0 is what a method was called on.
    pub(crate) method: bool,
}

impl Message {
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Message::Static(""))
    }
}

/// `add() argument 2 ('b')`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place {
            function, index, ..
        } = *self;
        write!(f, "{}() ", function.name())?;
        if self.method && index == 0 {
            return f.write_str("receiver");
        }
        self.position(f)
    }
}

impl Place {
    fn position(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u16::from(self.index) + u16::from(!self.method);
        write!(f, "argument {number}")?;
        match self.function.params().get(usize::from(self.index)) {
            Some(param) => write!(f, " ('{}')", param.name()),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Message::Static(text) => f.write_str(text),
            #[cfg(feature = "alloc")]
            Message::Text(text) | Message::Foreign(text, _) => f.write_str(text),
            Message::Argument {
                place,
                expected,
                found,
            } => write!(f, "{place}: expected {expected}, not {found}"),
            Message::Range {
                place,
                value,
                min,
                max,
            } => write!(f, "{place}: {value} is not in {min}..={max}"),
            Message::Count {
                function,
                min,
                max,
                given,
            } => {
                write!(f, "{}() takes ", function.name())?;
                let one = match *max {
                    Some(0) => f.write_str("no").map(|()| false)?,
                    Some(max) if max == *min => write!(f, "{max}").map(|()| max == 1)?,
                    Some(max) => write!(f, "from {min} to {max}").map(|()| false)?,
                    None => write!(f, "at least {min}").map(|()| *min == 1)?,
                };
                let plural = if one { "" } else { "s" };
                write!(f, " argument{plural}, {given} given")
            }
            Message::Missing(place) => {
                write!(f, "{}() is missing ", place.function.name())?;
                place.position(f)
            }
            Message::Twice(place) => write!(f, "{place}: got two values"),
            #[cfg(feature = "alloc")]
            Message::Keyword(function, name) => write!(
                f,
                "{}() got an unexpected keyword argument '{name}'",
                function.name()
            ),
            #[cfg(not(feature = "alloc"))]
            Message::Keyword(function) => write!(
                f,
                "{}() got an unexpected keyword argument",
                function.name()
            ),
            Message::Unsupported { what, found } => write!(f, "'{found}' {what}"),
            #[cfg(feature = "alloc")]
            Message::Operands { left, right } => {
                write!(f, "'{left}' and '{right}' do not support this operator")
            }
            Message::Unable(what) => write!(f, "this interpreter gives portable modules no {what}"),
            Message::Broken(broken) => broken.fmt(f),
        }
    }
}
