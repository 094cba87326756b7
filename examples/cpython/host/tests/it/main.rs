//! Python scripts over native modules, in a real CPython.

mod own;
mod portable;
mod scripts;
mod table;
mod types;
