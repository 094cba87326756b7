//! Finds the modules of this firmware, and puts the scripts of `frozen/` into it.

fn main() {
    enroll_codegen::Builder::new("enroll_lua::Lua")
        .host("enroll_portable::Portable")
        .freeze("frozen")
        .image("Lua 5.4 source")
        .run();
}
