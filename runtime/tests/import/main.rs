//! The importer and the finders of this crate, used by small interpreters.

mod by_hand;
mod codeless;
mod collected;
mod counted;
mod dotted;
mod folder;
mod guide;
mod host;
mod standard;

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
mod releasing;
mod unknown_names;
