//! Reads what `cargo tree` prints.

use super::Origin;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What a line of the tree says: package, then features. A feature name
/// cannot hold the bar, a path can, so the last bar of a line is ours.
pub(super) const FORMAT: &str = "{p}|{f}";

/// Packages with features and the edges between them.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// In the order of their first line; the first is the root that was asked
    /// for, if one was.
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: PackageId,
    pub(super) features: BTreeSet<String>,
    /// Normal dependencies.
    pub(super) children: BTreeSet<usize>,
}

/// What makes a package the same package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PackageId {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) source: Source,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Path(PathBuf),
    /// With its name, if it is not crates.io.
    Registry(Option<String>),
    Git {
        url: String,
        /// The first digits of the commit.
        commit: String,
    },
}

impl Source {
    pub(super) fn origin(&self) -> Origin {
        match self {
            Source::Path(_) => Origin::Path,
            Source::Registry(_) => Origin::Registry,
            Source::Git { .. } => Origin::Git,
        }
    }
}

impl std::fmt::Display for PackageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

impl Tree {
    /// Reads the output of `cargo tree --charset ascii` in [`FORMAT`].
    ///
    /// A package that appears with two sets of features is two nodes: in a
    /// workspace one copy may be built for the host. `--prefix depth` would
    /// be easier to read but hides the `[dev-dependencies]` headings.
    ///
    /// # Errors
    ///
    /// The line that is not of that form.
    pub(super) fn parse(text: &str) -> Result<Tree, String> {
        let mut tree = Tree::default();
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        // The nodes from the root down to the last line, each with whether
        // its dev-dependencies are being listed.
        let mut stack: Vec<(usize, bool)> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let (depth, rest) = depth(line);
            if let Some(heading) = rest.strip_prefix('[') {
                if let Some((_, dev)) = stack.get_mut(depth) {
                    *dev = heading.starts_with("dev-");
                }
                continue;
            }
            let rest = rest.strip_suffix(" (*)").unwrap_or(rest);
            let node = match index.get(rest) {
                Some(&node) => node,
                None => {
                    tree.nodes.push(node(rest).ok_or_else(|| line.to_owned())?);
                    index.insert(rest, tree.nodes.len() - 1);
                    tree.nodes.len() - 1
                }
            };
            if depth > stack.len() {
                return Err(line.to_owned());
            }
            stack.truncate(depth);
            if let Some(&(parent, dev)) = stack.last()
                && !dev
            {
                tree.nodes[parent].children.insert(node);
            }
            stack.push((node, false));
        }
        Ok(tree)
    }

    /// The package `name`, `version` in a folder of the user's: the firmware.
    pub(super) fn find(&self, name: &str, version: &str) -> Option<usize> {
        self.nodes
            .iter()
            .position(|node| node.id.name == name && node.id.version == version)
    }

    /// What normal dependencies lead to from `root`, itself included.
    pub(super) fn closure(&self, root: usize) -> BTreeSet<usize> {
        let mut seen = BTreeSet::from([root]);
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            for &child in &self.nodes[node].children {
                if seen.insert(child) {
                    open.push(child);
                }
            }
        }
        seen
    }

    /// The nodes of `within` from which a node of `goals` can be reached,
    /// the goals themselves included.
    pub(super) fn reaching(
        &self,
        within: &BTreeSet<usize>,
        goals: &BTreeSet<usize>,
    ) -> BTreeSet<usize> {
        let mut parents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &node in within {
            for &child in &self.nodes[node].children {
                parents.entry(child).or_default().push(node);
            }
        }
        let mut seen = goals.clone();
        let mut open: Vec<usize> = goals.iter().copied().collect();
        while let Some(node) = open.pop() {
            for &parent in parents.get(&node).into_iter().flatten() {
                if seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        seen
    }
}

/// How deep a line is, and the line without what draws the tree.
fn depth(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(next) = ["|   ", "    ", "|-- ", "`-- "]
        .into_iter()
        .find_map(|mark| rest.strip_prefix(mark))
    {
        (depth, rest) = (depth + 1, next);
    }
    (depth, rest)
}

/// `name v1.0.0 (proc-macro) (source)|feature,feature`; both parentheses may
/// be missing.
fn node(line: &str) -> Option<Node> {
    let (package, features) = line.rsplit_once('|')?;
    let (name, rest) = package.split_once(" v")?;
    let (version, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let rest = rest
        .strip_prefix("(proc-macro)")
        .unwrap_or(rest)
        .trim_start();
    let source = match rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        Some(text) => source(text)?,
        None if rest.is_empty() => Source::Registry(None),
        None => return None,
    };
    Some(Node {
        id: PackageId {
            name: name.to_owned(),
            version: version.to_owned(),
            source,
        },
        features: features
            .split(',')
            .filter(|feature| !feature.is_empty())
            .map(str::to_owned)
            .collect(),
        children: BTreeSet::new(),
    })
}

fn source(text: &str) -> Option<Source> {
    if let Some(name) = text
        .strip_prefix("registry `")
        .and_then(|rest| rest.strip_suffix('`'))
    {
        return Some(Source::Registry(Some(name.to_owned())));
    }
    let path = PathBuf::from(text);
    if path.is_absolute() {
        return Some(Source::Path(path));
    }
    match text.rsplit_once('#') {
        Some((url, commit)) => Some(Source::Git {
            url: url.to_owned(),
            commit: commit.to_owned(),
        }),
        // A path that is not UTF-8, which Cargo prints as a URL. It is told
        // when the folder is needed.
        None if text.starts_with("file://") => Some(Source::Path(path)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(tree: &Tree) -> Vec<(String, String)> {
        let name = |node: usize| tree.nodes[node].id.to_string();
        tree.nodes
            .iter()
            .enumerate()
            .flat_map(|(node, n)| n.children.iter().map(move |&c| (node, c)))
            .map(|(from, to)| (name(from), name(to)))
            .collect()
    }

    #[test]
    fn repeated_packages_keep_their_edges_and_dev_ones_do_not_count() {
        let tree = Tree::parse(
            "\
fw v0.1.0 (/w/a|b (c)/fw)|default,x
|-- a v1.0.0|
|   `-- b v2.0.0+meta (registry `own`)|std
|-- c v0.1.0 (https://host/c?branch=main#12345678)|
|   |-- a v1.0.0| (*)
|   [dev-dependencies]
|   `-- d v1.0.0|
`-- e v1.0.0|
[dev-dependencies]
`-- f v0.1.0 (proc-macro) (/w/f)|
    `-- b v2.0.0+meta (registry `own`)|std
",
        )
        .expect("a tree");
        assert_eq!(
            edges(&tree),
            [
                ("fw 0.1.0", "a 1.0.0"),
                ("fw 0.1.0", "c 0.1.0"),
                ("fw 0.1.0", "e 1.0.0"),
                ("a 1.0.0", "b 2.0.0+meta"),
                ("c 0.1.0", "a 1.0.0"),
                ("f 0.1.0", "b 2.0.0+meta"),
            ]
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
        );
        let sources: Vec<&Source> = tree.nodes.iter().map(|node| &node.id.source).collect();
        assert_eq!(*sources[0], Source::Path("/w/a|b (c)/fw".into()));
        assert_eq!(*sources[1], Source::Registry(None));
        assert_eq!(*sources[2], Source::Registry(Some("own".into())));
        assert_eq!(
            *sources[3],
            Source::Git {
                url: "https://host/c?branch=main".into(),
                commit: "12345678".into()
            }
        );
        assert_eq!(
            tree.nodes[0].features,
            ["default", "x"].map(str::to_owned).into()
        );
        let closure = tree.closure(0);
        assert!(!closure.contains(&tree.find("f", "0.1.0").expect("f")));
        let goal = BTreeSet::from([tree.find("a", "1.0.0").expect("a")]);
        let reaching: Vec<&str> = tree
            .reaching(&closure, &goal)
            .into_iter()
            .map(|node| &*tree.nodes[node].id.name)
            .collect();
        assert_eq!(reaching, ["fw", "a", "c"]);
    }

    #[test]
    fn a_line_of_another_form_is_named() {
        for line in [
            "fw 0.1.0|",
            "fw v0.1.0",
            "fw v0.1.0 what|",
            "    fw v0.1.0|",
        ] {
            assert_eq!(Tree::parse(line).expect_err("no tree"), line);
        }
    }
}
