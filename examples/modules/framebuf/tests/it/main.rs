//! The module `framebuf`, called by name.

mod calls;
mod frame;
mod model;
mod pictures;
mod screen;
