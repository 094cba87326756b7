//! Finds the modules of this firmware.
//!
//! `STATION_WITHOUT` in the environment leaves modules out, separated by commas:
//! what the image is smaller by is what they cost.

fn main() {
    println!("cargo::rerun-if-env-changed=STATION_WITHOUT");
    let without = std::env::var("STATION_WITHOUT").unwrap_or_default();
    let without = without.split(',').filter(|name| !name.is_empty());
    enroll_codegen::Builder::new("enroll_rhai::Rhai")
        .host("enroll_portable::Portable")
        .provides(["alloc", "clock", "float"])
        .exclude_modules(without)
        .run();
}
