//! Whether a compiled build script is what its sources say now.

use super::record::Record;
use super::selection;
use crate::graph;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::WalkDir;

/// The first thing that is newer than the script, or than its last run where
/// that decides which script Cargo would compile; in words.
///
/// The sources are those of the compiler's own list beside the program, and
/// those of the local packages that it is linked with. What this overlooks is
/// one of the manifest's limits: a compiler that was replaced.
pub(super) fn outdated(record: &Record, metadata: &Value) -> Option<String> {
    let program = record.program();
    let Some(compiled) = time(program) else {
        return Some("the compiled build script is gone".to_owned());
    };
    if !Path::new(record.variable("CARGO")).is_file() {
        return Some("the Cargo that compiled the build script is gone".to_owned());
    }
    let root = Path::new(metadata["workspace_root"].as_str().unwrap_or_default());
    let Some(sources) = sources(program, root) else {
        return Some("the compiler left no list of the build script's sources".to_owned());
    };
    let dir = Path::new(
        record.value["request"]["folder"]
            .as_str()
            .unwrap_or_default(),
    );
    let linked = linked(selection::generators(metadata, dir));
    let sources = sources
        .into_iter()
        .chain(linked.iter().flat_map(|dir| rust(dir)));
    for source in sources {
        match time(&source) {
            Some(time) if time <= compiled => {}
            Some(_) => return Some(newer(&source, root, "the compiled build script")),
            None => return Some(format!("{} is gone", short(&source, root))),
        }
    }
    let manifests = [dir, root]
        .into_iter()
        .chain(linked.iter().map(PathBuf::as_path))
        .map(|dir| dir.join("Cargo.toml"));
    let files = manifests
        .chain([root.join("Cargo.lock")])
        .chain(graph::configuration_files(dir));
    let mut files = files.filter(|file| time(file).is_some_and(|time| time > record.time));
    let file = files.next()?;
    Some(newer(&file, root, "the last run of the build script"))
}

fn newer(file: &Path, root: &Path, than: &str) -> String {
    format!("{} is newer than {than}", short(file, root))
}

fn short(file: &Path, root: &Path) -> String {
    file.strip_prefix(root)
        .unwrap_or(file)
        .display()
        .to_string()
}

fn time(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}

/// The sources that the compiler read for a program, from the `.d` file that
/// lies beside it; relative ones begin at the workspace.
fn sources(program: &Path, root: &Path) -> Option<Vec<PathBuf>> {
    let entries = fs::read_dir(program.parent()?).ok()?;
    let mut files = entries.filter_map(Result::ok).map(|entry| entry.path());
    let list = files.find(|file| file.extension().is_some_and(|end| end == "d"))?;
    let text = fs::read_to_string(list).ok()?;
    let rule = text.lines().find_map(|line| line.split_once(": "))?;
    Some(words(rule.1).map(|word| root.join(word)).collect())
}

/// The words of a rule; a space in a path stands behind a backslash.
fn words(rule: &str) -> impl Iterator<Item = String> {
    let marked = rule.replace("\\ ", "\0");
    let words: Vec<String> = marked
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| word.replace('\0', " "))
        .collect();
    words.into_iter()
}

/// These folders of packages and those of their own local dependencies.
fn linked(mut open: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen: Vec<PathBuf> = Vec::new();
    while let Some(dir) = open.pop() {
        let dir = dir.canonicalize().unwrap_or(dir);
        if !seen.contains(&dir) {
            open.extend(graph::local_dependencies(&dir));
            seen.push(dir);
        }
    }
    seen.sort();
    seen
}

/// The Rust sources of a package.
fn rust(dir: &Path) -> Vec<PathBuf> {
    let files = WalkDir::new(dir.join("src"))
        .into_iter()
        .filter_map(Result::ok);
    let files = files.map(walkdir::DirEntry::into_path);
    files
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_space_in_a_path_does_not_end_it() {
        let found: Vec<String> = words("a/build.rs /my\\ folder/x.rs  b").collect();
        assert_eq!(found, ["a/build.rs", "/my folder/x.rs", "b"]);
    }
}
