//! Real identifiers, out of the sources of the packages in `Cargo.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use enroll_abi::MAX_NAME;
use enroll_abi::hash::hash;

/// In how many packages an identifier occurs to count as shared.
pub(crate) const SHARED: usize = 2;

/// The identifiers that several packages use, which are as short as the names
/// that scripts use, in an order that looks random.
pub(crate) fn shared(found: &BTreeMap<String, usize>) -> Vec<String> {
    let several = found.iter().filter(|(_, count)| **count >= SHARED);
    let mut names: Vec<String> = several.map(|(name, _)| name.clone()).collect();
    names.sort_by_key(|name| (hash(name, 0xfeed), name.clone()));
    names
}

/// Every identifier in the Rust sources of every package that Cargo knows
/// here, keywords and all, what a scanner would meet, and how many packages use
/// it.
pub(crate) fn identifiers() -> BTreeMap<String, usize> {
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
                        .filter(|word| word.len() <= MAX_NAME)
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
