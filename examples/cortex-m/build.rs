fn main() {
    enroll_codegen::Builder::new("enroll_portable::Portable").run();
}
