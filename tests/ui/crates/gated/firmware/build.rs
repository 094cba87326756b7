fn main() {
    enroll_codegen::Builder::new("ui::Tiny").run();
}
