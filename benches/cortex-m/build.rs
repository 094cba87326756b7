//! Real identifiers for the firmware, and the tables that are weighed.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use enroll_abi::layout::layout;

#[path = "../build/real.rs"]
#[allow(dead_code, reason = "the list of all identifiers is not wanted here")]
mod real;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../build");
    println!("cargo::rerun-if-env-changed=TABLE");
    println!("cargo::rerun-if-env-changed=NAMES");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    fs::copy("memory.x", out.join("memory.x")).expect("memory.x is here");
    println!("cargo::rustc-link-search={}", out.display());
    println!("cargo::rustc-link-arg=-Tlink.x");

    let names = real::shared(&real::identifiers());
    assert!(names.len() > 200, "the sources of the dependencies are not there");
    let list = |names: &[String]| format!("&{names:?}");
    fs::write(out.join("asked.rs"), list(&names[..200])).expect("OUT_DIR is writable");
    fs::write(out.join("others.rs"), list(&names[200..400])).expect("OUT_DIR is writable");
    fs::write(out.join("pool.rs"), pool(&names[..200])).expect("OUT_DIR is writable");

    let count = match env::var("NAMES") {
        Ok(count) => count.parse().expect("NAMES is a number"),
        Err(_) => 100,
    };
    let names = &names[..count];
    let table = match env::var("TABLE").as_deref() {
        Ok("pool") => format!(
            "static POOL: enroll::Pool = {};
            fn find(text: &str) -> Option<u32> {{ POOL.get(text).map(enroll::Qstr::raw) }}",
            pool(names)
        ),
        Ok("phf") => format!(
            "static MAP: phf::Map<&str, u32> = {};
            fn find(text: &str) -> Option<u32> {{ MAP.get(text).copied() }}",
            phf(names)
        ),
        Ok("slices") => format!(
            "static NAMES: [&str; {}] = {:?};
            fn find(text: &str) -> Option<u32> {{
                Some(NAMES.iter().position(|name| *name == text)? as u32)
            }}",
            names.len(),
            names
        ),
        _ => "fn find(text: &str) -> Option<u32> { (text.len() == 77).then_some(1) }".into(),
    };
    fs::write(out.join("table.rs"), table).expect("OUT_DIR is writable");
    let bytes: usize = names.iter().map(String::len).sum();
    fs::write(out.join(format!("text-{count}")), format!("{bytes}\n")).expect("OUT_DIR is writable");
}

fn pool(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let layout = layout(&names, 0).expect("names without a collision");
    let width = if layout.is_narrow() { "U16" } else { "U32" };
    let mut code = String::new();
    let _ = write!(
        code,
        "enroll::Pool::new({}, {}, {:?}, enroll::Offsets::{width}(&{:?}), &{:?})",
        layout.salt, layout.len, layout.text, layout.offsets, layout.pilots
    );
    code
}

fn phf(names: &[String]) -> String {
    let mut map = phf_codegen::Map::new();
    for name in names {
        map.entry(name, enroll_abi::hash::hash(name, 0).to_string());
    }
    map.build().to_string()
}
