//! Finds the modules of the library.

fn main() {
    enroll_codegen::Builder::new("enroll_cpython::CPython")
        .host("enroll_portable::Portable")
        .run();
}
