//! The kinds of errors: Python's, which most interpreters have a word for.

use core::fmt;

/// What kind of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Occurs when a value has the right type and cannot be used.
    ValueError,
    /// Occurs when a value has the wrong type, or arguments do not fit.
    TypeError,
    /// Occurs when there is no such attribute.
    AttributeError,
    /// Occurs when there is no such key.
    KeyError,
    /// Occurs when an index is out of range.
    IndexError,
    /// Occurs when the system refuses; with its code.
    OSError(i32),
    /// Occurs when there is no memory left.
    MemoryError,
    /// Occurs when an iterator has ended.
    StopIteration,
    /// Occurs when this interpreter cannot do what was asked.
    NotImplementedError,
    /// Occurs when nothing else fits.
    RuntimeError,
    /// Occurs when a number is too large for where it goes.
    OverflowError,
    /// Occurs when something is divided by zero.
    ZeroDivisionError,
    /// Occurs when a module cannot be imported.
    ImportError,
    /// Occurs when an assertion of a script fails.
    AssertionError,
}

impl Kind {
    /// The name of the exception, as Python has it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::ValueError => "ValueError",
            Kind::TypeError => "TypeError",
            Kind::AttributeError => "AttributeError",
            Kind::KeyError => "KeyError",
            Kind::IndexError => "IndexError",
            Kind::OSError(_) => "OSError",
            Kind::MemoryError => "MemoryError",
            Kind::StopIteration => "StopIteration",
            Kind::NotImplementedError => "NotImplementedError",
            Kind::RuntimeError => "RuntimeError",
            Kind::OverflowError => "OverflowError",
            Kind::ZeroDivisionError => "ZeroDivisionError",
            Kind::ImportError => "ImportError",
            Kind::AssertionError => "AssertionError",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
