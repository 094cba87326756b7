//! Where the generator writes: a module, and where its files would be.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A place for items.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The file that is being written.
    pub(crate) file: String,
    /// The folder that paths start from.
    pub(crate) folder: String,
    /// The folder of children, below `folder`; `None` in a block.
    pub(crate) below: Option<String>,
    /// In a block, the folder of children if it were none.
    pub(crate) outside: Option<String>,
    /// The module's path from the root.
    pub(crate) module: Vec<String>,
    /// Nesting of constructs that hold others.
    pub(crate) depth: usize,
    /// Whether it is compiled in any case.
    pub(crate) sure: bool,
    /// Whether every module can name this one.
    pub(crate) open: bool,
    /// Whether this is a function's body or below one in the same file.
    pub(crate) in_function: bool,
    /// Whether the file must not have a marker's name in it.
    pub(crate) quiet: bool,
    /// What `use … as` names in this module, and whether it is a marker.
    pub(crate) aliases: Rc<RefCell<BTreeMap<String, bool>>>,
    /// Those and what a `cfg` in this module may name.
    pub(crate) reserved: Rc<RefCell<BTreeSet<String>>>,
}

impl Place {
    /// The root of a crate.
    pub(crate) fn root(file: &str) -> Place {
        Place {
            file: file.to_string(),
            folder: parent(file),
            below: Some(String::new()),
            outside: None,
            module: Vec::new(),
            depth: 0,
            sure: true,
            open: true,
            in_function: false,
            quiet: false,
            aliases: Rc::default(),
            reserved: Rc::default(),
        }
    }

    /// Inside `mod name { … }` or `mod name;`.
    pub(crate) fn child(&self, name: &str, sure: bool, public: bool) -> Place {
        let mut place = self.clone();
        place.module.push(name.trim_start_matches("r#").to_string());
        place.depth += 1;
        place.sure &= sure;
        place.open &= public;
        place.aliases = Rc::default();
        place.reserved = Rc::default();
        place
    }

    /// Where an inline module's children are.
    pub(crate) fn inline(mut self, name: &str) -> Place {
        let name = name.trim_start_matches("r#");
        let below = self.below.as_mut().map(std::mem::take).unwrap_or_default();
        self.folder = join(&join(&self.folder, &below), name);
        self.outside = self.outside.map(|folder| join(&folder, name));
        self
    }

    /// Where the children of an inline module under `#[path]` are.
    pub(crate) fn inline_under(mut self, path: &str) -> Place {
        self.folder = join(&self.folder, path);
        self.below = Some(String::new());
        self.outside = None;
        self
    }

    /// In a file whose children are beside it.
    pub(crate) fn in_file(mut self, file: &str) -> Place {
        self.file = file.to_string();
        self.folder = parent(file);
        self.below = Some(String::new());
        self.outside = None;
        self.in_function = false;
        self.quiet = false;
        self
    }

    /// In `name.rs`.
    pub(crate) fn in_named_file(self, file: &str, name: &str) -> Place {
        let mut place = self.in_file(file);
        place.below = Some(name.trim_start_matches("r#").to_string());
        place
    }

    /// In a body.
    pub(crate) fn body(&self, sure: bool) -> Place {
        let mut place = self.clone();
        place.outside = self.children().or(place.outside);
        place.below = None;
        place.in_function = true;
        place.depth += 1;
        place.sure &= sure;
        place.open = false;
        place
    }

    /// Under a `cfg`.
    pub(crate) fn under(&self, sure: bool) -> Place {
        let mut place = self.clone();
        place.depth += 1;
        place.sure &= sure;
        place.aliases = Rc::new(RefCell::new(self.aliases.borrow().clone()));
        place
    }

    /// The folder in which `mod name;` looks.
    pub(crate) fn children(&self) -> Option<String> {
        self.below.as_ref().map(|below| join(&self.folder, below))
    }
}

pub(crate) fn parent(file: &str) -> String {
    file.rsplit_once('/')
        .map_or(String::new(), |(folder, _)| folder.to_string())
}

/// Joins two paths with `/` and takes `..` out.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
