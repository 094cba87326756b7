//! Portable modules on Rhai.

mod adopt;
mod buffer;
mod call;
mod foreign;
mod item;
mod iterate;
mod iteration;
mod method;
mod native;
mod operator;
mod script;
mod vm;

pub(crate) use adopt::{adopt, enter, receive};
pub(crate) use buffer::bytearray;
pub(crate) use call::{Named, arities, call, is_called};
pub(crate) use item::{
    delete_attribute, delete_item, load_attribute, load_item, store_attribute, store_item,
};
pub(crate) use iterate::{items, steps};
pub(crate) use method::{call_method, missing};
pub(crate) use native::{Native, callable, carried, module, native};
pub(crate) use operator::{ASSIGNMENTS, COMPARISONS, binary, binary_of, compare, text};
