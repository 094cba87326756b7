//! Finds the modules of this firmware.

fn main() {
    enroll_codegen::Builder::new("enroll_rhai::Rhai")
        .host("enroll_portable::Portable")
        .run();
}
