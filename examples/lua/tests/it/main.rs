//! Lua scripts over modules of this host, in real interpreters.

mod importing;
mod modules;
mod portable;
mod scripts;
mod states;
