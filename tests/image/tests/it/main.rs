//! Images of frozen modules, from the code generator's set to a finder.

mod crafted;
mod damaged;
mod finding;
mod mounting;
mod shown;
