//! Finds the modules of the library.

fn main() {
    enroll_codegen::Builder::new("enroll_lua::Lua")
        .host("enroll_portable::Portable")
        .run();
}
