//! Finds the modules of this extension module.

fn main() {
    enroll_codegen::Builder::new("enroll_cpython::CPython")
        .host("enroll_portable::Portable")
        .run();
}
