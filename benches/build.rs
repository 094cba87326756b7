//! Collects real identifiers and writes the tables that other crates and plain
//! `match` need as source code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use real::{SHARED, identifiers, shared};

#[path = "build/real.rs"]
mod real;

/// The sizes of the tables that are compiled.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    let mut found = identifiers();
    if shared(&found).len() < SIZES[2] * 3 / 2 {
        println!(
            "cargo::warning=the sources of the dependencies are not there: measuring made-up names"
        );
        found = (0..4 * SIZES[2])
            .map(|n| (format!("made_up_{n}"), SHARED))
            .collect();
    }
    let all: Vec<String> = found.keys().cloned().collect();
    write(&out, "identifiers.txt", &all.join("\n"));
    let names = shared(&found);
    write(&out, "shared.txt", &names.join("\n"));
    for size in SIZES {
        let names = &names[..size];
        for (kind, code) in [
            ("pool", pool(names)),
            ("phf", phf(names)),
            ("phf_ids", phf_ids(names)),
            ("match", matching(names)),
            ("match_ids", matching_ids(names)),
            ("module", module(names)),
            ("linkme", linkme(names)),
            ("inventory", inventory(names)),
        ] {
            write(&out, &format!("{kind}_{size}.rs"), &code);
        }
    }
}

fn write(out: &Path, name: &str, text: &str) {
    fs::write(out.join(name), text).expect("OUT_DIR is writable");
}

/// A pool as the code generator emits it.
fn pool(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let layout = enroll_abi::layout::layout(&names, 0).expect("names without a collision");
    let width = if layout.is_narrow() { "U16" } else { "U32" };
    format!(
        "::enroll::Pool::new({}, {}, {:?}, ::enroll::Offsets::{width}(&{:?}), &{:?})",
        layout.salt, layout.len, layout.text, layout.offsets, layout.pilots
    )
}

fn phf(names: &[String]) -> String {
    let mut map = phf_codegen::Map::new();
    for name in names {
        map.entry(name, id(name).to_string());
    }
    map.build().to_string()
}

/// The arms are in order of length. The compiler makes much the same of any order,
/// a jump by length and then one comparison after the other. But for 10,000 texts
/// in mixed order it takes more than three times as long.
fn matching(names: &[String]) -> String {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort_by_key(|name| name.len());
    let mut code = String::from("match text {\n");
    for name in names {
        let _ = writeln!(code, "{name:?} => Some({}),", id(name));
    }
    code + "_ => None }"
}

fn matching_ids(names: &[String]) -> String {
    let mut code = String::from("match id {\n");
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(code, "{} => Some({at}),", id(name));
    }
    code + "_ => None }"
}

fn phf_ids(names: &[String]) -> String {
    let mut map = phf_codegen::Map::new();
    for (at, name) in names.iter().enumerate() {
        map.entry(id(name), at.to_string());
    }
    map.build().to_string()
}

/// One module with all names, as `register_module!` makes it.
fn module(names: &[String]) -> String {
    let mut code = format!(
        "::enroll::register_module! {{ pub static NAMES: Module<Numbers> = \"names{}\" {{\n",
        names.len()
    );
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(code, "{name:?} => {at},");
    }
    code + "} }"
}

/// Elements of a slice `NAMES_` and their number.
fn linkme(names: &[String]) -> String {
    let size = names.len();
    let mut code = String::new();
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(
            code,
            "#[::linkme::distributed_slice(NAMES_{size})] static N{size}_{at}: (&'static str, u32) = ({name:?}, {});",
            id(name)
        );
    }
    code
}

/// Elements of a type `Name` with their number.
fn inventory(names: &[String]) -> String {
    let size = names.len();
    let mut code = String::new();
    for name in names {
        let _ = writeln!(
            code,
            "::inventory::submit! {{ Name::<{size}>({name:?}, {}) }}",
            id(name)
        );
    }
    code
}

fn id(name: &str) -> u32 {
    enroll_abi::hash::hash(name, 0)
}
