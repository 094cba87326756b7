//! Which module a name means.

use super::natives::ALL;
use super::{Fail, Id, Model, Res, Val, fail};
use importer::{File, Which};

/// What a finder found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) by: Which,
    /// The file; `None` for frozen modules and folders.
    pub(crate) origin: Option<String>,
    /// Where its submodules are searched; makes it a package.
    pub(crate) search: Option<Vec<String>>,
    pub(crate) what: Contents,
    /// Whether it has as many names as the package it is in.
    pub(crate) shared: bool,
}

/// What its code is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Contents {
    Program(usize),
    /// A folder has none.
    Folder,
    /// It will not be there.
    Vanished,
}

impl Found {
    pub(crate) fn package(&self) -> String {
        match (&self.search, self.name.rsplit_once('.')) {
            (Some(_), _) => self.name.clone(),
            (None, Some((package, _))) => package.into(),
            (None, None) => String::new(),
        }
    }
}

/// What a name means.
pub(crate) enum Located {
    Native(usize),
    Found(Found),
    Reserved,
}

/// The package that leads to all builtins.
pub(crate) const RESERVED: &str = "builtins";

impl Model {
    /// What a name means whose package is loaded.
    pub(crate) fn locate(&mut self, name: &str, package: Option<&Val>) -> Res<Located> {
        let located = match (package, name.rsplit_once('.')) {
            (Some(package), Some((parent, tail))) => {
                let not_a_package = Fail {
                    text: format!(
                        "ModuleNotFoundError: No module named '{name}'; '{parent}' is not a package"
                    ),
                    missing: Some(name.into()),
                };
                let Val::Module(package) = package else {
                    return Err(not_a_package);
                };
                let Some(path) = self.path_of(*package)? else {
                    return Err(not_a_package);
                };
                self.locate_below(name, tail, *package, &path)?
            }
            _ => self.locate_top(name)?,
        };
        located.ok_or_else(|| Fail {
            text: not_found(name),
            missing: Some(name.into()),
        })
    }

    /// What the table has of the package that a name is in.
    pub(crate) fn parent(&self, name: &str) -> Option<Val> {
        let (parent, _) = name.rsplit_once('.')?;
        self.entry(parent)
    }

    /// A package, loaded; loading it may put something else in its place.
    pub(crate) fn loaded(&mut self, name: &str, package: Option<Val>) -> Res<Option<Val>> {
        if let Some(Val::Module(id)) = package {
            self.load_late(id)?;
        }
        let package = self.parent(name).or(package);
        if let Some(Val::Module(id)) = package {
            self.load_late(id)?;
        }
        Ok(package)
    }

    /// The `__path__` of a package as it is now; `None` where it is none.
    fn path_of(&mut self, id: Id) -> Res<Option<Vec<String>>> {
        match self.visible(id, "__path__") {
            Some(Val::List(path)) => return Ok(Some(path)),
            Some(_) => return fail("TypeError: not a list of texts"),
            None => {}
        }
        Ok((self.objects[id].reserved || self.is_native_package(id)).then(Vec::new))
    }

    pub(crate) fn is_package(&mut self, id: Id) -> bool {
        self.visible(id, "__path__").is_some() || self.is_native_package(id)
    }

    fn is_native_package(&self, id: Id) -> bool {
        let object = &self.objects[id];
        match object.native {
            Some(native) => !object.gone && ALL[native].submodules().next().is_some(),
            None => false,
        }
    }

    fn locate_top(&mut self, name: &str) -> Res<Option<Located>> {
        let native = self.native_named(name);
        if native.is_none() && name == RESERVED {
            return Ok(Some(Located::Reserved));
        }
        if let Some(native) = native
            && !ALL[native].is_extensible
        {
            return Ok(Some(Located::Native(native)));
        }
        if self.weak_links && native.is_none() && name.starts_with('u') {
            let forced = self.native_named(&name[1..]);
            if let Some(forced) = forced.filter(|forced| ALL[*forced].is_extensible) {
                return Ok(Some(Located::Native(forced)));
            }
        }
        let path = self.path.clone();
        if let Some(found) = self.ask_finders(name, &path)? {
            return Ok(Some(Located::Found(found)));
        }
        let last = match native {
            None if self.weak_links => self.native_named(&format!("u{name}")),
            native => native,
        };
        Ok(last.map(Located::Native))
    }

    fn locate_below(
        &mut self,
        name: &str,
        tail: &str,
        package: Id,
        path: &[String],
    ) -> Res<Option<Located>> {
        if self.objects[package].reserved {
            return Ok(self.native_named(tail).map(Located::Native));
        }
        let of_package = self.objects[package].native;
        let native = of_package.and_then(|native| ALL[native].submodule(tail));
        if let Some(native) = native
            && !ALL[native].is_extensible
        {
            return Ok(Some(Located::Native(native)));
        }
        if let Some(mut found) = self.ask_finders(name, path)? {
            // What is below a module of several names has as many.
            let parent = &self.objects[package];
            let parent_found = parent.found.as_ref();
            if of_package.is_some() || parent_found.is_some_and(|found| found.shared) {
                found.shared = true;
                found.name = format!("{}.{tail}", self.registered_name(package));
            }
            return Ok(Some(Located::Found(found)));
        }
        Ok(native.map(Located::Native))
    }

    /// Asks the finders, in their order.
    fn ask_finders(&mut self, name: &str, path: &[String]) -> Res<Option<Found>> {
        let order = if self.world.frozen_first {
            [Which::Frozen, Which::Folders]
        } else {
            [Which::Folders, Which::Frozen]
        };
        for by in order {
            self.log(format!("{} find {name} in {path:?}", label(by)));
            let (file, place) = match by {
                Which::Frozen => (self.world.frozen.get(name), format!("frozen/{name}")),
                Which::Folders => {
                    let tail = name.rsplit('.').next().unwrap_or_default();
                    let folder = path.iter().find(|folder| {
                        let place = ((*folder).clone(), tail.to_owned());
                        self.world.folders.contains_key(&place)
                    });
                    let Some(folder) = folder else {
                        continue;
                    };
                    let place = (folder.clone(), tail.to_owned());
                    (self.world.folders.get(&place), format!("{folder}/{tail}"))
                }
            };
            let Some(file) = file else {
                continue;
            };
            let (what, is_package) = match file {
                File::Module(program) => (Contents::Program(*program), false),
                File::Package(program) => (Contents::Program(*program), true),
                File::Namespace => (Contents::Folder, true),
                File::Vanished => (Contents::Vanished, false),
                File::Unreadable => return fail(format!("OSError: cannot read {place}")),
            };
            let has_file = by == Which::Folders && what != Contents::Folder;
            return Ok(Some(Found {
                name: name.into(),
                by,
                origin: has_file.then(|| place.clone()),
                search: is_package.then(|| vec![place]),
                what,
                shared: false,
            }));
        }
        Ok(None)
    }

    /// What a module would be found by, or was (`importlib.util.find_spec`).
    pub(crate) fn find_spec(&mut self, name: &str) -> Res<Option<Found>> {
        if let Some(entry) = self.entry(name) {
            match entry {
                Val::None => return Ok(None),
                Val::Module(id) => {
                    self.check(id)?;
                    let object = &self.objects[id];
                    if let Some(native) = object.native {
                        return Ok(Some(self.native_spec(ALL[native].name, native)));
                    }
                    if let Some(found) = &object.found {
                        return Ok(Some(found.clone()));
                    }
                }
                _ => return fail(format!("ValueError: {name}.__spec__ is not set")),
            }
            return fail(format!("ValueError: {name}.__spec__ is None"));
        }
        if let Some((parent, _)) = name.rsplit_once('.') {
            self.import(parent)?;
        }
        let package = self.loaded(name, self.parent(name))?;
        match self.locate(name, package.as_ref()) {
            Ok(Located::Native(native)) => Ok(Some(self.native_spec(name, native))),
            Ok(Located::Found(found)) => Ok(Some(found)),
            Ok(Located::Reserved) => Ok(Some(Found {
                search: Some(Vec::new()),
                ..self.native_spec(name, 0)
            })),
            Err(error) if error.text == not_found(name) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn native_spec(&self, name: &str, native: usize) -> Found {
        Found {
            name: name.into(),
            by: Which::Frozen,
            origin: None,
            search: ALL[native].submodules().next().is_some().then(Vec::new),
            what: Contents::Folder,
            shared: false,
        }
    }
}

fn not_found(name: &str) -> String {
    format!("ModuleNotFoundError: No module named '{name}'")
}

pub(crate) fn label(by: Which) -> &'static str {
    match by {
        Which::Folders => "folders",
        Which::Frozen => "frozen",
    }
}
