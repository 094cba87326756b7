fn main() {
    enroll_codegen::Builder::new("enroll_portable::Portable")
        // No clock and no allocator: modules that require one are left out.
        .provides(["float"])
        .run();
}
