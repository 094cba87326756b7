//! Directories of files (CPython `FileFinder`).

use crate::import::guarded::Guarded;
use crate::import::stamp::Stamp;
use crate::import::{Answer, Candidate, Code, ImportError, Kind, PathHook, Sought, Spec};
use alloc::format;
use alloc::string::{String, ToString};
use std::collections::{HashMap, HashSet};
use std::path::MAIN_SEPARATOR;
use std::time::SystemTime;
use std::{env, fs};

/// Finds modules in directories.
///
/// In each directory, for a module `m` and the suffixes of
/// [`Imports::suffixes`] that the host runs:
///
/// | looked for, in this order | gives |
/// |---|---|
/// | `m/__init__` + suffix, suffix by suffix ([`Options::init`]) | a package: `__file__` is that file, `__path__` the folder |
/// | `m` + suffix, suffix by suffix | a module: `__file__` is that file |
/// | a folder `m` | a portion of a namespace package |
///
/// | suffix, for example | kind | what [`Finder::code`] reads |
/// |---|---|---|
/// | `.py` | [`Kind::Source`] | the file as it is: encoding and line ends are the host's |
/// | `.mpy`, `.pyc` | [`Kind::Compiled`] | the file, with its magic number |
/// | `.so`, `.cpython-311-x86_64-linux-gnu.so` | [`Kind::Extension`] | nothing: the system links the file at the spec's origin |
/// | `` (none) | any | a file that is called as the module |
/// | any that the host [refuses][`ImportHost::refuses`] | its kind | never looked for |
///
/// The order of the suffixes decides which of `m.mpy` and `m.py` is found. A
/// suffix is everything behind the name, so it may have several dots; none may
/// have a separator of folders.
///
/// The names in a directory are compared as the system lists them, with upper
/// and lower case, whatever the file system does. A list is kept until the
/// directory bears another stamp: time of change, and on Unix device, inode and
/// time of change of these. A list that was read within 2.1 seconds of the last
/// change is read again each time, since the next change could bear the same
/// time. So a change is seen at the next search, except where the clock of a
/// file server is behind by seconds, or a client keeps old times (NFS): then
/// [`Importer::invalidate_caches`] helps. A search takes one call of the system
/// for each directory that has not changed, and two or more where it has the
/// name.
///
/// The entry `""` is the current directory, and a relative one is seen from the
/// current directory; both as it is at each search. `__file__` and `__path__`
/// are absolute. A directory that is not there, or cannot be read, has nothing;
/// once it is there, it is searched.
///
/// ```
/// use enroll::import::{Answer, Files, Kind, PathHook, Sought, Suffix};
///
/// let folder = std::env::temp_dir().join(format!("enroll-files-{}", std::process::id()));
/// std::fs::create_dir_all(folder.join("net"))?;
/// std::fs::write(folder.join("net/__init__.py"), "power = 20")?;
///
/// let suffixes = [Suffix::new(".mpy", Kind::Compiled), Suffix::new(".py", Kind::Source)];
/// let files = Files::new();
/// let entry = folder.to_str().unwrap();
/// let Answer::Module(spec) = files.find(entry, &Sought::new("net", &suffixes)) else {
///     panic!("not found");
/// };
/// assert!(spec.is_package() && spec.kind == Kind::Source);
/// assert_eq!(&*files.code(&spec)?.bytes, b"power = 20");
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Imports::suffixes`]: crate::import::Imports::suffixes
/// [`Options::init`]: crate::import::Options::init
/// [`Finder::code`]: crate::import::Finder::code
/// [`ImportHost::refuses`]: crate::import::ImportHost::refuses
/// [`Importer::invalidate_caches`]: crate::import::Importer::invalidate_caches
#[derive(Debug, Default)]
pub struct Files {
    state: Guarded<State>,
}

#[derive(Debug, Default)]
struct State {
    /// By absolute path.
    listings: HashMap<String, Listing>,
    reads: usize,
}

/// The names in a directory.
#[derive(Debug)]
struct Listing {
    stamp: Stamp,
    is_settled: bool,
    names: HashSet<String>,
}

impl Files {
    /// Nothing listed yet.
    #[must_use]
    pub fn new() -> Files {
        Files::default()
    }

    /// How often it has listed a directory so far.
    #[must_use]
    pub fn listings(&self) -> usize {
        self.state.with(|state| state.reads)
    }
}

impl State {
    /// The names in a directory as they are now; `None` where it is none.
    fn names(&mut self, folder: &str) -> Option<&HashSet<String>> {
        let metadata = fs::metadata(folder).ok();
        let Some(metadata) = metadata.filter(|metadata| metadata.is_dir()) else {
            self.listings.remove(folder);
            return None;
        };
        let stamp = Stamp::of(&metadata);
        let known = self.listings.get(folder);
        let is_fresh = known.is_some_and(|known| known.is_settled && known.stamp == stamp);
        if !is_fresh {
            self.reads += 1;
            let listing = Listing {
                stamp,
                // The clock first: what changes from here on is later.
                is_settled: stamp.is_settled(SystemTime::now()),
                names: list(folder),
            };
            self.listings.insert(folder.into(), listing);
        }
        self.listings.get(folder).map(|known| &known.names)
    }
}

/// What cannot be read has no names. A name that is no text is none of a module.
fn list(folder: &str) -> HashSet<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return HashSet::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect()
}

/// The directory that an entry means; `None` where there is no current one, or
/// its path is no text.
fn absolute(entry: &str) -> Option<String> {
    if std::path::Path::new(entry).is_absolute() {
        return Some(entry.into());
    }
    let here = env::current_dir().ok()?.into_os_string().into_string();
    let here = here.ok()?;
    let mut rest = entry;
    while let Some(below) = rest.strip_prefix("./") {
        rest = below.trim_start_matches('/');
    }
    if matches!(rest, "" | ".") {
        return Some(here);
    }
    Some(std::path::Path::new(&here).join(rest).to_str()?.into())
}

impl PathHook for Files {
    fn label(&self) -> &str {
        "files"
    }

    fn takes(&self, entry: &str) -> bool {
        absolute(entry).is_some_and(|folder| std::path::Path::new(&folder).is_dir())
    }

    fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
        let Some(folder) = absolute(entry) else {
            return Answer::Moved;
        };
        self.state.with(|state| match state.names(&folder) {
            None => Answer::Moved,
            Some(names) => sought.search(&folder, MAIN_SEPARATOR, &mut |candidate| {
                has(&folder, names, candidate)
            }),
        })
    }

    fn code(&self, spec: &Spec) -> Result<Code, ImportError> {
        if spec.kind == Kind::Extension {
            return Ok(Code::new(&[][..]));
        }
        let place = spec.origin.clone().unwrap_or_default();
        match fs::read(&place) {
            Ok(bytes) => Ok(Code::new(bytes)),
            Err(error) => Err(ImportError::Unreadable {
                place,
                why: error.to_string(),
            }),
        }
    }

    fn invalidate_caches(&self) {
        self.state.with(|state| state.listings.clear());
    }
}

/// The list answers for what is not there, the system for what is: a name may
/// be that of a file or a folder, or of a link to nowhere.
fn has(folder: &str, names: &HashSet<String>, candidate: Candidate<'_>) -> bool {
    let (name, file) = match candidate {
        Candidate::Package { folder, file } => (folder, Some(format!("{folder}/{file}"))),
        Candidate::Module { file } => (file, Some(file.into())),
        Candidate::Folder { folder } => (folder, None),
    };
    if !names.contains(name) {
        return false;
    }
    let folder = std::path::Path::new(folder);
    match file {
        Some(file) => folder.join(file).is_file(),
        None => folder.join(name).is_dir(),
    }
}
