//! The finders of this crate, asked by an interpreter.

mod counted;
mod folder;
mod host;

mod failing;
mod lazy;
mod shutdown;

mod finders_files;
mod finders_frozen;
mod finders_memory;
mod finders_order;
mod finders_path;
mod finders_python;
mod finders_zip;
