//! Collects real identifiers and writes the tables that other crates and plain
//! `match` need as source code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The sizes of the tables that are compiled.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
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
        write(&out, &format!("phf_{size}.rs"), &phf(names));
        write(&out, &format!("match_{size}.rs"), &matching(names));
        write(&out, &format!("linkme_{size}.rs"), &linkme(names));
        write(&out, &format!("inventory_{size}.rs"), &inventory(names));
    }
}

fn write(out: &Path, name: &str, text: &str) {
    fs::write(out.join(name), text).expect("OUT_DIR is writable");
}

/// In how many packages an identifier occurs to count as shared.
const SHARED: usize = 2;

/// The identifiers that several packages use, which are as short as the names
/// that scripts use, in an order that looks random.
fn shared(found: &BTreeMap<String, usize>) -> Vec<String> {
    let several = found.iter().filter(|(_, count)| **count >= SHARED);
    let mut names: Vec<String> = several.map(|(name, _)| name.clone()).collect();
    names.sort_by_key(|name| (enroll_abi::hash::hash(name, 0xfeed), name.clone()));
    names
}

/// Every identifier in the Rust sources of every package that Cargo knows
/// here, keywords and all, what a scanner would meet, and how many packages use
/// it.
fn identifiers() -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for folder in packages() {
        let mut here = BTreeSet::new();
        for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
            if entry.path().extension().is_some_and(|ext| ext == "rs")
                && let Ok(text) = fs::read_to_string(entry.path())
            {
                let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                here.extend(
                    words
                        .filter(|word| !word.is_empty() && !word.as_bytes()[0].is_ascii_digit())
                        .filter(|word| word.len() <= enroll_abi::MAX_NAME)
                        .map(str::to_owned),
                );
            }
        }
        for name in here {
            *found.entry(name).or_default() += 1;
        }
    }
    found
}

/// The folders of all packages from registries: none of this workspace, whose
/// edits would change the list.
fn packages() -> Vec<PathBuf> {
    let cargo = env::var_os("CARGO").expect("Cargo sets it");
    for options in [&["--offline", "--locked"][..], &["--locked"][..]] {
        let answer = Command::new(&cargo)
            .args(["metadata", "--format-version=1"])
            .args(options)
            .output();
        let Ok(answer) = answer else { continue };
        let Ok(answer) = serde_json::from_slice::<serde_json::Value>(&answer.stdout) else {
            continue;
        };
        return answer["packages"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|package| !package["source"].is_null())
            .filter_map(|package| Path::new(package["manifest_path"].as_str()?).parent())
            .map(Path::to_path_buf)
            .collect();
    }
    Vec::new()
}

fn phf(names: &[String]) -> String {
    let mut map = phf_codegen::Map::new();
    for name in names {
        map.entry(name, id(name).to_string());
    }
    map.build().to_string()
}

fn matching(names: &[String]) -> String {
    let mut code = String::from("match text {\n");
    for name in names {
        let _ = writeln!(code, "{name:?} => Some({}),", id(name));
    }
    code + "_ => None }"
}

fn linkme(names: &[String]) -> String {
    let mut code =
        String::from("#[linkme::distributed_slice] pub static NAMES: [(&'static str, u32)];\n");
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(
            code,
            "#[linkme::distributed_slice(NAMES)] static N{at}: (&'static str, u32) = ({name:?}, {});",
            id(name)
        );
    }
    code
}

fn inventory(names: &[String]) -> String {
    let mut code =
        String::from("pub struct Name(pub &'static str, pub u32); inventory::collect!(Name);\n");
    for name in names {
        let _ = writeln!(
            code,
            "inventory::submit! {{ Name({name:?}, {}) }}",
            id(name)
        );
    }
    code
}

fn id(name: &str) -> u32 {
    enroll_abi::hash::hash(name, 0)
}
