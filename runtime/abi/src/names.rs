//! Names that the runtime itself asks for, and so every pool holds.

/// In the order of their text; the plan adds them to every pool.
pub const CORE: &[&str] = &[
    "__all__",
    "__dict__",
    "__dir__",
    "__doc__",
    "__file__",
    "__getattr__",
    "__init__",
    "__loader__",
    "__main__",
    "__name__",
    "__package__",
    "__path__",
    "__spec__",
];
