//! Cargo's configuration files: which there are, and which folders replace a
//! registry.

use super::document::Document;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What the configuration files say that concerns the graph.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The files that exist, the nearest first, those they include after
    /// each.
    pub(super) files: Vec<PathBuf>,
    /// The variables of `[env]`.
    pub(super) env: BTreeSet<String>,
    /// `build.target`, where a file says it.
    pub(super) targets: Vec<String>,
    sources: BTreeMap<String, Replaceable>,
}

/// A `[source.name]`.
#[derive(Debug, Default)]
struct Replaceable {
    replace_with: Option<String>,
    directory: Option<PathBuf>,
    git: Option<String>,
}

impl Config {
    /// Reads the files that a Cargo in `dir` would read.
    ///
    /// A file that cannot be read or parsed is listed and says nothing: Cargo
    /// itself stops at it.
    pub(super) fn read(dir: &Path, cargo_home: &Path) -> Config {
        let mut config = Config::default();
        let folders = dir.ancestors().map(|folder| folder.join(".cargo"));
        for folder in folders.chain([cargo_home.to_path_buf()]) {
            // The name without an extension is the older one and wins.
            for name in ["config", "config.toml"] {
                config.add(folder.join(name));
            }
        }
        config
    }

    /// The folders of vendored packages that replace crates.io, if any do.
    pub(super) fn vendored_crates_io(&self) -> Option<&Path> {
        self.directory("crates-io")
    }

    /// The folders of vendored packages that replace the repository `url`.
    pub(super) fn vendored_git(&self, url: &str) -> Option<&Path> {
        let plain = |url: &str| {
            let url = url.split(['?', '#']).next().unwrap_or(url);
            url.trim_end_matches('/')
                .trim_end_matches(".git")
                .to_owned()
        };
        let (name, _) = self
            .sources
            .iter()
            .find(|(_, source)| source.git.as_ref().is_some_and(|g| plain(g) == plain(url)))?;
        self.directory(name)
    }

    /// All folders of vendored packages, for a registry whose name in the
    /// configuration is not its name in `cargo tree`.
    pub(super) fn vendored(&self) -> BTreeSet<&Path> {
        self.sources
            .keys()
            .filter_map(|name| self.directory(name))
            .collect()
    }

    fn directory(&self, name: &str) -> Option<&Path> {
        let mut source = self.sources.get(name)?;
        // A chain of replacements cannot be longer than the list of sources.
        for _ in 0..self.sources.len() {
            match &source.replace_with {
                Some(next) => source = self.sources.get(next)?,
                None => break,
            }
        }
        source.directory.as_deref()
    }

    fn add(&mut self, path: PathBuf) {
        if !path.is_file() || self.files.contains(&path) {
            return;
        }
        self.files.push(path.clone());
        let Ok(text) = std::fs::read_to_string(&path) else {
            return;
        };
        let Ok(document) = Document::parse(&path, &text) else {
            return;
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        // A path in a configuration file is relative to the folder that holds
        // `.cargo`, and an included file to the file that includes it.
        let base = folder.parent().unwrap_or(folder);
        if let Some(build) = document.table("build").filter(|_| self.targets.is_empty()) {
            let several = build.strings("target").unwrap_or_default();
            let several = several.into_iter().map(|(target, _)| target);
            let targets = build.string("target").into_iter().chain(several);
            self.targets = targets.map(str::to_owned).collect();
        }
        if let Some(table) = document.table("env") {
            self.env
                .extend(table.keys().map(|(name, _)| name.to_owned()));
        }
        if let Some(table) = document.table("source") {
            for (name, _) in table.keys() {
                let Some(own) = table.table(name) else {
                    continue;
                };
                // What a nearer file says wins, key by key.
                let source = self.sources.entry(name.to_owned()).or_default();
                let string = |key: &str| own.string(key).map(str::to_owned);
                source.replace_with = source.replace_with.take().or(string("replace-with"));
                source.git = source.git.take().or(string("git"));
                let directory = string("directory").map(|directory| base.join(directory));
                source.directory = source.directory.take().or(directory);
            }
        }
        for include in includes(&document) {
            self.add(folder.join(include));
        }
    }
}

/// `include = "file"`, a list of these, or a list of tables with `path`.
fn includes(document: &Document<'_>) -> Vec<String> {
    let root = document.root();
    if let Some(one) = root.string("include") {
        return vec![one.to_owned()];
    }
    if let Some(list) = root.strings("include") {
        return list.into_iter().map(|(path, _)| path.to_owned()).collect();
    }
    let list = root.get("include").and_then(|value| value.as_array());
    list.into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|entry| {
            let entry = entry.get_ref();
            let path = match entry.as_table() {
                Some(table) => table.get("path")?.get_ref().as_str()?,
                None => entry.as_str()?,
            };
            Some(path.to_owned())
        })
        .collect()
}
