//! The calls that say what the manifest says.

fn main() {
    enroll_codegen::Builder::new("enroll_lua::Lua")
        .host("enroll_portable::Portable")
        .freeze("../../../../../examples/firmware/frozen")
        .freeze("../../../../../examples/product/scripts")
        .user_modules("../../../../../examples/user")
        .alias("uos", "os")
        .run();
}
