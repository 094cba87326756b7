//! Generates the table, with the names whose ids are written down.

#[path = "../../runtime/abi/tests/known/mod.rs"]
mod known;

use known::KNOWN;

fn main() {
    let names = KNOWN.iter().map(|(text, _, _)| *text);
    // Says of a flag that no compiler gets that it is set. So the table has a
    // module that was not compiled.
    let missing = std::env::var_os("CARGO_FEATURE_MISSING").is_some();
    enroll_codegen::Builder::new("cross_vm::Vm")
        .names(names.filter(|text| !text.is_empty()))
        .assume_cfg("cross-sensor", "never_set", missing)
        .run();
}
