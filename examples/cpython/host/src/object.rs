//! Native types and their instances as Python classes and objects.
//!
//! Which of Python's methods asks which slot is in the documentation of the
//! crate.

mod attribute;
pub(crate) mod class;
mod collect;
mod held;
pub(crate) mod instance;
pub(crate) mod operator;

pub(crate) use class::Classes;
pub(crate) use held::Held;
pub(crate) use instance::{Instance, replace};
