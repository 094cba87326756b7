//! The grammar of enroll's declarations.
//!
//! The macros and the code generator read a declaration with this one parser,
//! so they cannot disagree about what it says. It knows the syntax alone: what
//! a value means is rustc's business, whether a module may exist the plan's.
//!
//! ```text
//! declaration = attribute* visibility "static" IDENT ":" class "<" host ">"
//!               "=" name "{" entry,* "}" field,*
//! class       = "Module" (register_module!) | "Extension" (extend_module!)
//! entry       = cfg* "replace"? name "=>" expression
//! field       = cfg* IDENT ":" value
//! name        = string literal
//! ```
//!
//! ```
//! let declaration = enroll_syntax::Declaration::parse(
//!     enroll_syntax::Form::Module,
//!     r#" pub static ERRNO: Module<Portable> = "errno" {
//!             "EPERM" => Rom::Int(1),
//!         }
//!         init: setup, "#.parse().unwrap(),
//! ).unwrap();
//! assert_eq!(declaration.name.text, "errno");
//! assert_eq!(declaration.entries[0].name.text, "EPERM");
//! assert_eq!(declaration.entries[0].kind.as_str(), "int");
//! ```

mod cfg;
mod declaration;
mod duplicate;
mod entry;
mod errors;
mod field;
mod key;
mod kind;
mod name;

pub use cfg::Cfgs;
pub use declaration::{Declaration, Form};
pub use duplicate::{Overlap, overlaps};
pub use entry::Entry;
pub use field::{Class, Fields, Hook};
pub use kind::ValueKind;
pub use name::{Name, check_module_name, check_name};
