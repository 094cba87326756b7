//! Follows the module tree from the crate's root.

use super::attributes::Effect;
use super::cfg::{Context, Truth};
use super::folders::Folder;
use super::include::Argument;
use super::layout::Layout;
use super::marker::{Marker, Markers};
use super::reach::{Key, Reach, key};
use super::resolve::{Import, Imports, Names, Segments};
use super::visit::Visitor;
use super::{Condition, Found, Hidden, Part, Unseen, Walk, Within, outline, text};
use crate::error::{Diagnostic, Kind};
use crate::place::Place;
use proc_macro2::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use syn::parse::Parser;
use syn::{Block, Stmt};

/// Finds every marker invocation of the crate with this root file.
///
/// Every file that the module tree may reach is read once and searched for the
/// markers' names; only files with a hit and those that lead to them are
/// parsed. Nothing fails: what is wrong is in the answer's diagnostics.
pub fn walk(root: &Path, cx: &Context<'_>, markers: &Markers) -> Walk {
    walk_with(root, &[], cx, markers)
}

/// The same for a crate that has the roots of `folders` as further modules,
/// where it calls `include_modules!`.
///
/// Every file of a folder is parsed: [`Walk::parts`] lists them, and a `mod`
/// without a file is found in any of them.
pub fn walk_with(root: &Path, folders: &[Folder], cx: &Context<'_>, markers: &Markers) -> Walk {
    let roots = [root]
        .into_iter()
        .chain(folders.iter().map(|one| &*one.root));
    let roots: Vec<_> = roots
        .map(|root| (root.to_path_buf(), Layout::root(root)))
        .collect();
    let mut walker = Walker {
        cx,
        markers,
        reach: Reach::from(&roots, cx, markers),
        parsed: BTreeMap::new(),
        open: Vec::new(),
        entered: BTreeSet::new(),
        names: Names::default(),
        candidates: Vec::new(),
        calls: 0,
        walk: Walk::default(),
    };
    walker.enter(Scope::root(root), Form::Items);
    let parent = walker.table();
    for (index, folder) in folders.iter().enumerate() {
        walker.folder(index, folder, &parent);
    }
    walker.finish()
}

/// Where a node stands.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) file: Rc<Path>,
    pub(super) layout: Layout,
    /// The path of the module.
    pub(super) module: Segments,
    pub(super) presence: Truth,
    pub(super) conditions: Vec<Condition>,
    /// How many of the conditions are around the module.
    pub(super) around: usize,
    pub(super) in_function: bool,
    pub(super) within: Option<Within>,
    /// What the enclosing blocks import, the innermost last.
    pub(super) imports: Vec<Imports>,
    /// Index of the folder that it is a file of.
    pub(super) folder: Option<usize>,
}

impl Scope {
    /// The root of a crate.
    fn root(file: &Path) -> Scope {
        Scope {
            file: Rc::from(file),
            layout: Layout::root(file),
            module: Vec::new(),
            presence: Truth::True,
            conditions: Vec::new(),
            around: 0,
            in_function: false,
            within: None,
            imports: Vec::new(),
            folder: None,
        }
    }
}

/// A macro call that may turn out to be a marker's, once all imports of the
/// crate are known.
pub(super) struct Candidate {
    /// What it could mean: the paths that a block imports the name from, or the
    /// path as it was written.
    pub(super) meanings: Vec<Import>,
    /// Its marker is settled at the end.
    pub(super) found: Found,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A module's items.
    Items,
    /// An expression or statements: `include!` in a body.
    Statements,
}

/// A parsed file.
enum Syntax {
    Items(syn::File),
    Statements(Vec<Stmt>),
}

/// The state of a walk.
pub(super) struct Walker<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) markers: &'a Markers,
    reach: Reach,
    /// Each file is parsed once, however often it is taken in.
    parsed: BTreeMap<(Key, Form), Option<Rc<Syntax>>>,
    /// The files that are being walked, from the root: rustc refuses a module
    /// that contains itself.
    open: Vec<PathBuf>,
    /// Every file that was walked.
    entered: BTreeSet<PathBuf>,
    pub(super) names: Names,
    pub(super) candidates: Vec<Candidate>,
    /// How many macro calls were seen, marker or not.
    pub(super) calls: usize,
    pub(super) walk: Walk,
}

impl Walker<'_> {
    /// Whether a macro of this name could be a marker.
    pub(super) fn may_be_marker(&self, name: &str) -> bool {
        self.markers.get(name).is_some() || self.reach.renames.contains(name)
    }

    /// The module with the call of `include_modules!`; the root, if no source
    /// shows it.
    fn table(&self) -> Segments {
        let include = self.candidates.iter().find(|candidate| {
            let module = &candidate.found.module_path;
            candidate.meanings.iter().any(|meaning| {
                let marker = self.names.marker(&meaning.path, module, self.markers);
                marker.is_some_and(|(marker, _)| marker == Marker::IncludeModules)
            })
        });
        include.map_or_else(Vec::new, |include| include.found.module_path.clone())
    }

    /// Walks through a folder that the generated code makes a module of.
    fn folder(&mut self, index: usize, folder: &Folder, parent: &[String]) {
        let mut scope = Scope::root(&folder.root);
        if self.entered.contains(&key(&scope.file, &scope.layout).0) {
            let message = format!(
                "the user module `{}` is a module of the firmware already",
                folder.name
            );
            let diagnostic = Diagnostic::new(Kind::UserModule, message)
                .at(Place::file(&folder.root), "some `mod` leads here")
                .help("remove that `mod`, or take the folder out of the user modules");
            self.walk.diagnostics.push(diagnostic);
            return;
        }
        scope.module.extend(parent.iter().cloned());
        scope.module.push(folder.name.clone());
        scope.folder = Some(index);
        self.enter(scope, Form::Items);
    }

    /// Follows `mod name;` from `scope` into its file; `effect` holds what its
    /// own attributes say, and was added to the scope's conditions.
    pub(super) fn module(&mut self, scope: &Scope, name: &str, effect: &Effect, span: Span) {
        for (path, condition) in &effect.paths {
            let mut scope = scope.clone();
            if let Some(condition) = condition {
                if condition.truth == Truth::False {
                    continue;
                }
                scope.presence = scope.presence.and(condition.truth);
                scope.conditions.push(condition.clone());
            }
            scope.module.push(name.to_string());
            scope.imports.clear();
            scope.around = scope.conditions.len();
            let files = scope.layout.files(name, path.as_deref());
            self.files(&scope, files, Form::Items, span);
        }
    }

    /// Follows an `include!`.
    pub(super) fn include(&mut self, scope: &Scope, argument: Argument, form: Form, span: Span) {
        match argument {
            Argument::Path(path) => {
                let file = scope.file.parent().unwrap_or(&scope.file).join(path);
                let layout = Layout::root(&file);
                self.files(scope, vec![(file, layout)], form, span);
            }
            Argument::Hidden(text) => self.unseen(scope, Hidden::Include(text), span),
        }
    }

    fn files(&mut self, scope: &Scope, files: Vec<(PathBuf, Layout)>, form: Form, span: Span) {
        let there = |file: &(PathBuf, Layout)| file.0.exists();
        if !files.iter().any(there) {
            let files: Vec<PathBuf> = files.into_iter().map(|(file, _)| file).collect();
            self.walk.inputs.missing.extend(files.iter().cloned());
            self.unseen(scope, Hidden::Missing(files), span);
            return;
        }
        for (file, layout) in files.into_iter().filter(there) {
            let mut scope = scope.clone();
            scope.file = Rc::from(file);
            scope.layout = layout;
            self.enter(scope, form);
        }
    }

    fn unseen(&mut self, scope: &Scope, what: Hidden, span: Span) {
        self.walk.unseen.push(Unseen {
            what,
            place: Place::of(&scope.file, span),
            presence: scope.presence,
            folder: scope.folder,
        });
    }

    /// Walks through a file that is or may be compiled.
    fn enter(&mut self, scope: Scope, form: Form) {
        let key = key(&scope.file, &scope.layout);
        if !self.reach.contains(&key) {
            let file = (scope.file.to_path_buf(), scope.layout.clone());
            let more = Reach::from(&[file], self.cx, self.markers);
            self.reach.extend(more);
        }
        if self.open.contains(&key.0) {
            return;
        }
        if form == Form::Items && scope.imports.is_empty() {
            self.names.module(&scope.module);
        }
        self.entered.insert(key.0.clone());
        if let Some(folder) = scope.folder {
            self.walk.parts.push(Part {
                folder,
                file: scope.file.to_path_buf(),
                presence: scope.presence,
            });
        }
        let syntax = match self.reach.leads(&key) || scope.folder.is_some() {
            true => self.parse(&key, &scope, form),
            false => None,
        };
        let Some(syntax) = syntax else {
            let diagnostics = &mut self.walk.diagnostics;
            self.reach
                .inputs(&key, &mut self.walk.inputs, |file, cause| {
                    let message = format!("cannot read {}", file.display());
                    let error = Diagnostic::new(Kind::Unreadable, message);
                    diagnostics.push(error.at(Place::file(file), "").cause(cause));
                });
            return;
        };
        self.walk.inputs.files.insert(scope.file.to_path_buf());
        self.open.push(key.0);
        let mut visitor = Visitor {
            walker: self,
            scope,
        };
        match &*syntax {
            Syntax::Items(file) => visitor.file(file),
            Syntax::Statements(statements) => visitor.statements(statements),
        }
        self.open.pop();
    }

    fn parse(&mut self, key: &Key, scope: &Scope, form: Form) -> Option<Rc<Syntax>> {
        let cached = (key.clone(), form);
        if let Some(syntax) = self.parsed.get(&cached) {
            return syntax.clone();
        }
        let syntax = match text::read(&scope.file) {
            Ok(source) => match parse(&source, form) {
                Ok(syntax) => Some(Rc::new(syntax)),
                Err(error) => {
                    if self.reach.leads_on(key)
                        || outline::uses(&source, |name| self.may_be_marker(name))
                    {
                        self.unparsable(Place::of(&scope.file, error.span()), &error.to_string());
                    }
                    None
                }
            },
            Err(error) => {
                self.unparsable(Place::file(&scope.file), &error.to_string());
                None
            }
        };
        self.parsed.insert(cached, syntax.clone());
        syntax
    }

    fn unparsable(&mut self, place: Place, cause: &str) {
        let message = "this file uses enroll's macros but does not parse";
        let diagnostic = Diagnostic::new(Kind::Unparsable, message)
            .at(place, cause)
            .help("if the compiler accepts it, move the declarations into a file of their own");
        self.walk.diagnostics.push(diagnostic);
    }

    /// Settles which of the calls are markers.
    fn finish(mut self) -> Walk {
        for candidate in self.candidates {
            let mut found = candidate.found;
            let module = &found.module_path;
            let settled = candidate.meanings.into_iter().find_map(|import| {
                let (marker, conditions) =
                    (self.names).marker(&import.path, module, self.markers)?;
                Some((marker, import.conditions.into_iter().chain(conditions)))
            });
            if let Some((marker, conditions)) = settled {
                found.marker = marker;
                for condition in conditions {
                    found.presence = found.presence.and(condition.truth);
                    found.conditions.push(condition);
                }
                self.walk.found.push(found);
            }
        }
        self.walk
    }
}

fn parse(source: &str, form: Form) -> syn::Result<Syntax> {
    match (syn::parse_file(source), form) {
        (Ok(file), Form::Items) => Ok(Syntax::Items(file)),
        (Err(error), Form::Items) => Err(error),
        (file, Form::Statements) => {
            match (Block::parse_within.parse_str(source), file) {
                (Ok(statements), _) => Ok(Syntax::Statements(statements)),
                // One macro call without `;` is an item as well.
                (Err(_), Ok(file)) => Ok(Syntax::Statements(
                    file.items.into_iter().map(Stmt::Item).collect::<Vec<_>>(),
                )),
                (Err(error), Err(_)) => Err(error),
            }
        }
    }
}
