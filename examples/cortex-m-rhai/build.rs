fn main() {
    enroll_codegen::Builder::new("enroll_rhai::Rhai")
        .host("enroll_portable::Portable")
        .provides(["alloc", "clock", "float"])
        .run();
}
