//! Which files can be reached from a crate's root, and which of them lead to a
//! marker: the only ones that are parsed.

use super::cfg::Context;
use super::layout::{Layout, Owner};
use super::outline::{self, Named};
use super::scan::{Words, read_each};
use super::{Inputs, marker::Markers, text};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// A file in one role: the same file has other children as `name.rs` than
/// through `#[path]`.
pub(super) type Key = (PathBuf, Owner);

/// The files that were reached.
#[derive(Debug, Default)]
pub(super) struct Reach {
    nodes: BTreeMap<Key, Node>,
    /// Those from which a file with a hit is reached, that file included.
    leading: BTreeSet<Key>,
    /// Names that the crate gives to markers with `as`.
    pub(super) renames: BTreeSet<String>,
}

/// A file as the search sees it.
#[derive(Debug)]
struct Node {
    /// As it was opened.
    file: PathBuf,
    /// Whether a word is in it, or may be in a file that it includes and that
    /// cannot be read.
    hit: bool,
    /// The files it names that are there.
    children: Vec<Key>,
    /// The files that would be named if they were there.
    missing: Vec<PathBuf>,
    /// Why it could not be read.
    unread: Option<String>,
}

impl Reach {
    /// Follows `mod name;` and `include!` from some files of one crate, without
    /// parsing.
    ///
    /// Reads every file once, and once more for each chain of renames.
    pub(super) fn from(files: &[(PathBuf, Layout)], cx: &Context<'_>, markers: &Markers) -> Reach {
        let mut renames = BTreeSet::new();
        loop {
            let mut reach = Reach::search(files, cx, markers, &renames);
            let known = renames.len();
            renames.extend(std::mem::take(&mut reach.renames));
            if renames.len() == known {
                reach.renames = renames;
                reach.settle();
                return reach;
            }
        }
    }

    fn search(
        files: &[(PathBuf, Layout)],
        cx: &Context<'_>,
        markers: &Markers,
        renames: &BTreeSet<String>,
    ) -> Reach {
        let is_word = |word: &str| markers.get(word).is_some() || renames.contains(word);
        let words = Words::new(markers.words().chain(renames.iter().map(String::as_str)));
        let mut reach = Reach::default();
        let mut level = files.to_vec();
        while !level.is_empty() {
            level.retain(|(file, layout)| !reach.nodes.contains_key(&key(file, layout)));
            level.sort_by_cached_key(|(file, layout)| key(file, layout));
            level.dedup_by_key(|(file, layout)| key(file, layout));
            let paths: Vec<PathBuf> = level.iter().map(|(file, _)| file.clone()).collect();
            let read = read_each(&paths, |_, content| Read::of(content, &words));
            let mut next = Vec::new();
            for ((file, layout), read) in std::mem::take(&mut level).into_iter().zip(read) {
                let mut node = Node {
                    file: file.clone(),
                    hit: read.hit,
                    children: Vec::new(),
                    missing: Vec::new(),
                    unread: read.unread,
                };
                if let Some(source) = &read.source {
                    if read.hit {
                        let names = outline::renames(source, is_word).filter(|name| *name != "_");
                        reach.renames.extend(names.map(str::to_string));
                    }
                    let outline = outline::outline(source, &file, &layout, cx);
                    node.hit |= outline.hides;
                    for named in outline.named {
                        node.take(named, &mut next);
                    }
                }
                reach.nodes.insert(key(&file, &layout), node);
            }
            level = next;
        }
        reach
    }

    /// Finds the leading files: the ones with a hit and all that reach them.
    fn settle(&mut self) {
        let mut parents: BTreeMap<&Key, Vec<&Key>> = BTreeMap::new();
        for (key, node) in &self.nodes {
            for child in &node.children {
                parents.entry(child).or_default().push(key);
            }
        }
        let hits = self.nodes.iter().filter(|(_, node)| node.hit);
        let mut open: Vec<&Key> = hits.map(|(key, _)| key).collect();
        let mut leading = BTreeSet::new();
        while let Some(key) = open.pop() {
            if leading.insert(key.clone()) {
                open.extend(parents.get(key).into_iter().flatten());
            }
        }
        self.leading = leading;
    }

    /// Whether the file was reached.
    pub(super) fn contains(&self, key: &Key) -> bool {
        self.nodes.contains_key(key)
    }

    /// Adds what another search found.
    pub(super) fn extend(&mut self, other: Reach) {
        self.nodes.extend(other.nodes);
        self.leading.extend(other.leading);
    }

    /// Whether a marker may be in the file or in one that it leads to.
    pub(super) fn leads(&self, key: &Key) -> bool {
        self.leading.contains(key)
    }

    /// Whether a marker may be in a file that this one leads to.
    pub(super) fn leads_on(&self, key: &Key) -> bool {
        let node = self.nodes.get(key);
        node.is_some_and(|node| node.children.iter().any(|child| self.leads(child)))
    }

    /// Adds the file and all that it leads to, those that could not be read to
    /// `unread`.
    pub(super) fn inputs(
        &self,
        key: &Key,
        inputs: &mut Inputs,
        mut unread: impl FnMut(&Path, &str),
    ) {
        let mut open = vec![key];
        let mut seen = BTreeSet::new();
        while let Some(key) = open.pop() {
            let Some(node) = self.nodes.get(key) else {
                continue;
            };
            if seen.insert(key) {
                inputs.files.insert(node.file.clone());
                inputs.missing.extend(node.missing.iter().cloned());
                if let Some(cause) = &node.unread {
                    unread(&node.file, cause);
                }
                open.extend(&node.children);
            }
        }
    }
}

impl Node {
    /// Takes in what a `mod` or `include!` names.
    fn take(&mut self, named: Named, next: &mut Named) {
        let (there, missing): (Named, Named) =
            named.into_iter().partition(|(file, _)| file.exists());
        if there.is_empty() {
            // Behind the likeliest are guesses about blocks and macros.
            self.missing
                .extend(missing.into_iter().take(2).map(|(file, _)| file));
        }
        for (file, layout) in there {
            self.children.push(key(&file, &layout));
            next.push((file, layout));
        }
    }
}

/// What is kept of a file's content.
struct Read {
    hit: bool,
    source: Option<String>,
    unread: Option<String>,
}

impl Read {
    fn of(content: io::Result<&[u8]>, words: &Words) -> Read {
        let content = match content {
            Ok(content) => content,
            Err(error) => {
                return Read {
                    hit: false,
                    source: None,
                    unread: Some(error.to_string()),
                };
            }
        };
        let examined = words.examine(content);
        let hit = examined.hits > 0;
        let source = (hit || examined.leads).then(|| text::decode(content.to_vec()));
        Read {
            hit,
            source: source.flatten(),
            unread: None,
        }
    }
}

/// The folder is made canonical, so that a chain of `#[path = "../x/y.rs"]`
/// comes to an end; the name is not, since the children of a linked file are
/// looked for beside the link.
pub(super) fn key(file: &Path, layout: &Layout) -> Key {
    let canonical = match (file.parent(), file.file_name()) {
        (Some(folder), Some(name)) => folder.canonicalize().map(|folder| folder.join(name)).ok(),
        _ => None,
    };
    let canonical = canonical.unwrap_or_else(|| file.to_path_buf());
    (canonical, layout.owner.clone())
}
