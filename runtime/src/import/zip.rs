//! Zip archives (CPython `zipimport`).

use crate::import::guarded::Guarded;
use crate::import::stamp::Stamp;
use crate::import::{Answer, Candidate, Code, ImportError, Kind, PathHook, Sought, Spec};
use ::zip::ZipArchive;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _};
use std::path::MAIN_SEPARATOR;
use std::time::SystemTime;

/// Finds modules in zip archives, stored or deflated.
///
/// An entry of the path is an archive, `lib.zip`, or a folder in one,
/// `lib.zip/sub/dir`; whatever the file is called, its content decides. What is
/// looked for in it is what [`Files`](crate::import::Files) looks for in a
/// directory, extensions apart, which no system links out of an archive. A
/// folder needs no entry of its own in the archive, as `zipimport` wants it
/// before CPython 3.14.
///
/// `__file__` is `lib.zip/pkg/__init__.py`, the `__path__` of a package
/// `lib.zip/pkg`; both begin with the entry as it stands in the path.
///
/// The directory of an archive is kept until the file bears another stamp: time
/// of change, size, and on Unix device, inode and time of change of these. The
/// archive stays open meanwhile.
///
/// A file that is no archive, or a damaged one, is not taken, so another hook
/// may, until it is whole. A member
/// that is damaged, encrypted, or compressed in another way is an error when its
/// code is asked for.
///
/// ```
/// use enroll::import::{Answer, Kind, PathHook, Sought, Suffix, Zip};
/// use std::io::Write;
///
/// let lib = std::env::temp_dir().join(format!("enroll-zip-{}.zip", std::process::id()));
/// let mut archive = zip::ZipWriter::new(std::fs::File::create(&lib)?);
/// archive.start_file("net/wifi.py", zip::write::SimpleFileOptions::default())?;
/// archive.write_all(b"power = 20")?;
/// archive.finish()?;
///
/// let suffixes = [Suffix::new(".py", Kind::Source)];
/// let entry = format!("{}/net", lib.display());
/// let zip = Zip::new();
/// assert!(zip.takes(&entry));
/// let Answer::Module(spec) = zip.find(&entry, &Sought::new("net.wifi", &suffixes)) else {
///     panic!("not found");
/// };
/// assert_eq!(spec.origin, Some(format!("{entry}/wifi.py")));
/// assert_eq!(&*zip.code(&spec)?.bytes, b"power = 20");
/// # drop(zip);
/// # std::fs::remove_file(lib)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Zip {
    state: Guarded<State>,
}

#[derive(Default)]
struct State {
    /// Where the archive of an entry is.
    places: HashMap<String, Place>,
    /// By path.
    archives: HashMap<String, Archive>,
    openings: usize,
}

/// An archive, and a folder or a file in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    archive: String,
    /// With slashes; empty for the top.
    inner: String,
}

struct Archive {
    stamp: Stamp,
    is_settled: bool,
    zip: ZipArchive<BufReader<File>>,
    /// Of all members, sorted: for folders without one of their own.
    names: Vec<String>,
}

impl Zip {
    /// Nothing opened yet.
    #[must_use]
    pub fn new() -> Zip {
        Zip::default()
    }

    /// How often it has opened an archive so far.
    #[must_use]
    pub fn openings(&self) -> usize {
        self.state.with(|state| state.openings)
    }
}

/// The archive in a path: the first file on the way up (`zipimporter`).
fn split(path: &str) -> Option<Place> {
    let mut archive = path;
    while !archive.is_empty() {
        if let Ok(metadata) = fs::metadata(archive) {
            if !metadata.is_file() {
                return None;
            }
            let inner = path[archive.len()..].split(is_separator);
            let inner: Vec<&str> = inner.filter(|part| !part.is_empty()).collect();
            return Some(Place {
                archive: archive.into(),
                inner: inner.join("/"),
            });
        }
        archive = &archive[..archive.rfind(is_separator)?];
    }
    None
}

fn is_separator(character: char) -> bool {
    std::path::is_separator(character)
}

impl Place {
    fn join(&self, name: &str) -> String {
        match self.inner.is_empty() {
            true => name.into(),
            false => format!("{}/{name}", self.inner),
        }
    }
}

impl Archive {
    fn open(path: &str) -> io::Result<Archive> {
        let file = File::open(path)?;
        let stamp = Stamp::of(&file.metadata()?);
        // The clock first: what changes from here on is later.
        let is_settled = stamp.is_settled(SystemTime::now());
        let zip = ZipArchive::new(BufReader::new(file))?;
        let names = zip.file_names().filter_map(Result::ok);
        let mut names: Vec<String> = names.map(Cow::into_owned).collect();
        names.sort_unstable();
        Ok(Archive {
            stamp,
            is_settled,
            zip,
            names,
        })
    }

    fn has_file(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    fn has_folder(&self, name: &str) -> bool {
        let below = format!("{name}/");
        let place = self.names.partition_point(|known| *known < below);
        let first = self.names.get(place);
        first.is_some_and(|known| known.starts_with(&below))
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        let mut member = self.zip.by_name(name)?;
        let size = member.size();
        // What the archive says of the size may be wrong.
        let mut bytes = Vec::with_capacity(size.min(1 << 20) as usize);
        member.read_to_end(&mut bytes)?;
        if bytes.len() as u64 != size {
            let why = format!("it has {} bytes instead of {size}", bytes.len());
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(bytes)
    }
}

impl State {
    /// An archive as it is now.
    fn archive(&mut self, path: &str) -> io::Result<&mut Archive> {
        let metadata = fs::metadata(path).and_then(|metadata| match metadata.is_file() {
            true => Ok(metadata),
            false => Err(io::ErrorKind::NotFound.into()),
        });
        let stamp = metadata.map(|metadata| Stamp::of(&metadata));
        let known = self.archives.remove(path);
        let stamp = stamp?;
        let archive = match known.filter(|known| known.is_settled && known.stamp == stamp) {
            Some(known) => known,
            None => {
                self.openings += 1;
                Archive::open(path)?
            }
        };
        Ok(self.archives.entry(path.into()).or_insert(archive))
    }
}

impl PathHook for Zip {
    fn label(&self) -> &str {
        "zip"
    }

    fn takes(&self, entry: &str) -> bool {
        let Some(place) = split(entry) else {
            return false;
        };
        self.state.with(|state| {
            let is_archive = state.archive(&place.archive).is_ok();
            if is_archive {
                state.places.insert(entry.into(), place);
            }
            is_archive
        })
    }

    fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
        self.state.with(|state| {
            let place = state.places.get(entry).cloned();
            let Some(place) = place.or_else(|| split(entry)) else {
                return Answer::Moved;
            };
            match state.archive(&place.archive) {
                Ok(archive) => search(entry, &place, archive, sought),
                Err(_) => {
                    state.places.remove(entry);
                    Answer::Moved
                }
            }
        })
    }

    fn code(&self, spec: &Spec) -> Result<Code, ImportError> {
        let origin = spec.origin.as_deref().unwrap_or_default();
        let read = self.state.with(|state| {
            let place = split(origin).ok_or(io::ErrorKind::NotFound)?;
            state.archive(&place.archive)?.read(&place.inner)
        });
        match read {
            Ok(bytes) => Ok(Code::new(bytes)),
            Err(error) => Err(ImportError::Unreadable {
                place: origin.into(),
                why: error.to_string(),
            }),
        }
    }

    fn invalidate_caches(&self) {
        self.state.with(|state| {
            state.places.clear();
            state.archives.clear();
        });
    }
}

fn search(entry: &str, place: &Place, archive: &Archive, sought: &Sought<'_>) -> Answer {
    let linked = sought
        .suffixes
        .iter()
        .any(|known| known.kind == Kind::Extension);
    let mut without = Vec::new();
    let mut sought = *sought;
    if linked {
        without.extend_from_slice(sought.suffixes);
        without.retain(|suffix| suffix.kind != Kind::Extension);
        sought.suffixes = &without;
    }
    sought.search(entry, MAIN_SEPARATOR, &mut |candidate| match candidate {
        Candidate::Package { folder, file } => {
            archive.has_file(&place.join(&format!("{folder}/{file}")))
        }
        Candidate::Module { file } => archive.has_file(&place.join(file)),
        Candidate::Folder { folder } => archive.has_folder(&place.join(folder)),
    })
}
