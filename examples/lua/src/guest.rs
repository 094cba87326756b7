//! Portable modules in Lua.
//!
//! | portable | in Lua |
//! |---|---|
//! | `None`, `bool`, `int`, `float` | nil, boolean, integer, float |
//! | `str`, `bytes` | string; back, UTF-8 is a `str` and anything else `bytes` |
//! | `tuple`, `list`, `dict` made at run time | a new table; where the module keeps a list or dict, an object (see [`object`]), so that both change the same one |
//! | the same in read-only memory | a table that cannot be changed |
//! | function | function; see [`call`] for arguments by name |
//! | module | the module, imported |
//! | type, object | userdata; see [`object`] |
//! | foreign | the very Lua value that a script gave: every table, function, thread and userdata of a script is one |

mod adopt;
mod call;
mod foreign;
mod keep;
mod object;
mod types;
mod vm;

pub(crate) use keep::{Guests, Lent};
pub(crate) use object::{methods, register};
pub(crate) use types::Types;
