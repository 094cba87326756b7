//! The module `io`, called by name.

mod buffered;
mod model;
mod streams;

use enroll::testing::Kit;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};

fn interp() -> Interp {
    let kit = Kit::new()
        .declared::<io_module::IO>()
        .declared::<array_module::ARRAY>()
        .declared::<buffered::STREAMS>();
    Interp::new(kit).unwrap()
}

fn string_io(interp: &mut Interp, text: &'static str) -> Value<'static> {
    interp.call("io.StringIO", args![text]).unwrap()
}

fn bytes_io(interp: &mut Interp, bytes: &'static [u8]) -> Value<'static> {
    interp.call("io.BytesIO", args![bytes]).unwrap()
}
