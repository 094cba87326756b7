//! Finds the modules of the library.

fn main() {
    enroll_codegen::Builder::new("enroll_rhai::Rhai")
        .host("enroll_portable::Portable")
        .run();
}
