//! What an import does, as a table of cases.
//!
//! A case is a few small modules and a script, with the output and the source of
//! that outcome: a page of CPython, a PEP, a file of MicroPython, a rule of enroll
//! (`README.md` has them). The interpreter of this package runs all of them, CPython
//! those that Python can express (`cpython/`), and the outputs are compared.
//!
//! The interpreter is a complete host of enroll for a language that has
//! everything Python's imports have, and small enough to be read: [`host`] is
//! what enroll asks of it, [`vm`] runs scripts, [`modules`] are its native
//! modules, the language is in `language`.

pub mod case;
pub mod host;
mod language;
pub mod modules;
pub mod suite;
pub mod vm;

/// The interpreter behind a call: what native functions are handed.
pub type Running<'b, 'vm> = enroll::Cx<'b, 'vm, host::Script>;
