//! The frozen set as a file of its own, which a firmware uses in place.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::freeze::FrozenSet;
use crate::place::Place;
use enroll_abi::hash::hash;
use enroll_abi::image::{
    ALIAS, ALIASED, CHECKSUM, EXTENSIBLE, FILE, FORMAT, HEADER, MAGIC, MODULE, NAME, PACKAGE, View,
    checksum,
};
use enroll_abi::{ABI, MAX_NAME};
use enroll_syntax::Class;
use std::collections::{BTreeMap, BTreeSet};

/// The bytes of an image; `host` is the tag of the code in it.
///
/// The same set gives the same bytes everywhere.
///
/// # Errors
///
/// Names that collide under this salt, texts that are too long, a set of more than
/// 4 GiB, and whatever else a reader would refuse.
pub fn image(set: &FrozenSet, salt: u32, host: &str) -> Result<Vec<u8>, Diagnostics> {
    let mut told = Diagnostics::new();
    let ids = ids(set, salt, &mut told);
    let too_long = |what: &str, text: &str| {
        let message =
            format!("the {what} {text:?} is too long for an image: it may have {MAX_NAME} bytes");
        Diagnostic::new(Kind::Image, message)
    };
    if host.len() > MAX_NAME {
        told.push(too_long("tag", host));
    }
    for file in set.data.iter().filter(|file| file.path.len() > MAX_NAME) {
        told.push(too_long("path", &file.path).at(Place::file(&file.file), ""));
    }
    if told.has_errors() {
        return Err(told);
    }
    let written = Writer::default().write(set, &ids, salt, host);
    let written =
        written.ok_or_else(|| Diagnostic::new(Kind::Image, "an image has at most 4 GiB"))?;
    // A suffix from a compiler, say, may be what the reader takes for damage.
    match View::check(&written, host) {
        Ok(_) => Ok(written),
        Err(error) => {
            let message = "this frozen set would make an image that is refused";
            Err(Diagnostic::new(Kind::Image, message).cause(error).into())
        }
    }
}

/// The names that the code refers to, by id.
fn ids<'s>(set: &'s FrozenSet, salt: u32, told: &mut Diagnostics) -> BTreeMap<u32, &'s str> {
    let mut ids: BTreeMap<u32, &str> = BTreeMap::new();
    for module in &set.modules {
        for name in &module.names {
            let other = *ids.entry(hash(name, salt)).or_insert(name);
            if other != name {
                told.push(
                    Diagnostic::new(
                        Kind::Collision,
                        format!("the names {other:?} and {name:?} have one id"),
                    )
                    .at(Place::file(&module.file), "the second is used here")
                    .help("build the firmware with another ENROLL_QSTR_SALT, and the image again"),
                );
            }
        }
    }
    ids
}

/// The file on its way: the tables first, then what they refer to.
#[derive(Default)]
struct Writer<'s> {
    out: Vec<u8>,
    /// Where the next content comes.
    next: usize,
    contents: Vec<&'s [u8]>,
    known: BTreeMap<&'s [u8], usize>,
}

impl<'s> Writer<'s> {
    fn write(
        mut self,
        set: &'s FrozenSet,
        ids: &BTreeMap<u32, &'s str>,
        salt: u32,
        host: &'s str,
    ) -> Option<Vec<u8>> {
        let aliases: BTreeSet<(&str, usize)> = set
            .modules
            .iter()
            .enumerate()
            .flat_map(|(at, module)| module.aliases.iter().map(move |alias| (&**alias, at)))
            .collect();
        let sections = [
            (ids.len(), NAME),
            (set.modules.len(), MODULE),
            (aliases.len(), ALIAS),
            (set.data.len(), FILE),
        ];
        let tables: usize = set
            .modules
            .iter()
            .map(|module| module.names.len() * 4)
            .sum();
        let mut at = HEADER;
        let places = sections.map(|(count, size)| {
            let place = at;
            at += count * size;
            place
        });
        let mut table = at;
        self.out = MAGIC.to_vec();
        self.next = at + tables;
        for number in [FORMAT, ABI, salt, 0, 0] {
            self.number(number as usize)?;
        }
        self.range(host.as_bytes())?;
        for ((count, _), place) in sections.into_iter().zip(places) {
            self.number(place)?;
            self.number(count)?;
        }
        self.number(0)?;
        for (id, text) in ids {
            self.number(*id as usize)?;
            self.range(text.as_bytes())?;
        }
        for module in &set.modules {
            self.range(module.name.as_bytes())?;
            self.range(module.suffix.as_bytes())?;
            self.range(&module.code)?;
            self.number(table)?;
            self.number(module.names.len())?;
            table += module.names.len() * 4;
            let flag = |is: bool, flag: u32| if is { flag } else { 0 };
            let flags = flag(module.is_package, PACKAGE)
                | flag(module.class == Class::Extensible, EXTENSIBLE)
                | flag(!module.aliases.is_empty(), ALIASED);
            for number in [flags, 0, 0] {
                self.number(number as usize)?;
            }
        }
        for (alias, module) in aliases {
            self.range(alias.as_bytes())?;
            self.number(module)?;
        }
        for file in &set.data {
            self.range(file.path.as_bytes())?;
            self.range(&file.bytes)?;
        }
        for name in set.modules.iter().flat_map(|module| &module.names) {
            self.number(hash(name, salt) as usize)?;
        }
        for content in &self.contents {
            self.out.extend_from_slice(content);
        }
        let mut out = self.out;
        let length = u32::try_from(out.len()).ok()?;
        out[20..24].copy_from_slice(&length.to_le_bytes());
        let sum = checksum(&out);
        out[CHECKSUM..CHECKSUM + 4].copy_from_slice(&sum.to_le_bytes());
        Some(out)
    }

    fn number(&mut self, number: usize) -> Option<()> {
        let number = u32::try_from(number).ok()?;
        self.out.extend_from_slice(&number.to_le_bytes());
        Some(())
    }

    /// Where these bytes are, or will be: equal ones once.
    fn range(&mut self, bytes: &'s [u8]) -> Option<()> {
        let place = match self.known.get(bytes) {
            Some(place) => *place,
            None => {
                let place = self.next;
                self.known.insert(bytes, place);
                self.contents.push(bytes);
                self.next += bytes.len();
                place
            }
        };
        self.number(place)?;
        self.number(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::image;
    use crate::freeze::{DataFile, FrozenModule, FrozenSet};
    use enroll_abi::image::View;
    use enroll_syntax::Class;
    use std::path::PathBuf;

    fn module(name: &str, code: &[u8], names: &[&str], aliases: &[&str]) -> FrozenModule {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        FrozenModule {
            name: name.to_owned(),
            suffix: ".vmc".to_owned(),
            is_package: name == "net",
            class: if name == "boot" {
                Class::Extensible
            } else {
                Class::Builtin
            },
            aliases: texts(aliases),
            code: code.to_vec(),
            names: texts(names),
            file: PathBuf::from("scripts/x"),
            path: "x".to_owned(),
        }
    }

    fn set() -> FrozenSet {
        FrozenSet {
            modules: vec![
                module("boot", b"code", &["argv", "path"], &[]),
                module("net", b"code", &[], &["unet", "anet"]),
                module("net.wifi", b"", &["path"], &[]),
            ],
            data: vec![DataFile {
                path: "net/words".to_owned(),
                bytes: b"code".to_vec(),
                file: PathBuf::from("scripts/net/words"),
            }],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let set = set();
        let bytes = image(&set, 3, "vm 1").unwrap();
        let view = View::check(&bytes, "vm 1").unwrap();
        assert_eq!((view.salt(), view.host(), view.len()), (3, "vm 1", 3));
        let names: Vec<&str> = view.names().map(|(_, text)| text).collect();
        assert_eq!(names.len(), 2);
        for (at, module) in set.modules.iter().enumerate() {
            let found = view.module(at).unwrap();
            assert_eq!((found.name, found.code), (&*module.name, &*module.code));
            let ids = found.ids.iter().map(|id| u32::from_le_bytes(*id));
            let texts: Vec<_> = ids.map(|id| view.name(id).unwrap()).collect();
            assert_eq!(texts, module.names);
            assert_eq!(found.is_package, module.is_package);
            assert_eq!(found.is_extensible, module.class == Class::Extensible);
            assert_eq!(view.find(&module.name), Some(at));
        }
        for (name, found) in [
            ("unet", Some(1)),
            ("anet", Some(1)),
            ("wifi", None),
            ("", None),
        ] {
            assert_eq!(view.find(name), found, "{name}");
        }
        assert_eq!(view.data("net/words"), Some(&b"code"[..]));
        assert_eq!(view.data("net"), None);
        // Equal contents are there once.
        assert_eq!(
            bytes.windows(4).filter(|window| window == b"code").count(),
            1
        );
        assert_eq!(bytes, image(&set, 3, "vm 1").unwrap());
        let empty = image(&FrozenSet::default(), 0, "").unwrap();
        assert!(View::check(&empty, "").unwrap().is_empty());
    }

    #[test]
    fn what_a_reader_would_refuse_is_not_written() {
        let with = |change: fn(&mut FrozenSet)| {
            let mut set = set();
            change(&mut set);
            image(&set, 0, "vm 1").map(drop)
        };
        assert!(with(|_| {}).is_ok());
        for change in [
            |set: &mut FrozenSet| set.modules[0].suffix = ".".repeat(2000),
            |set: &mut FrozenSet| set.modules[1].aliases = vec!["a/b".to_owned()],
            |set: &mut FrozenSet| set.modules[1].aliases = vec!["boot".to_owned()],
            |set: &mut FrozenSet| set.modules.swap(0, 1),
            |set: &mut FrozenSet| set.data[0].path.clear(),
        ] {
            let told = with(change).unwrap_err().to_string();
            assert!(told.contains("an image that is refused"), "{told}");
            assert!(told.contains("the image is invalid at byte"), "{told}");
        }
    }

    #[test]
    fn names_of_one_id_are_told() {
        // The salt of the repository's own test of collisions.
        let mut names: std::collections::HashMap<u32, String> = Default::default();
        let (a, b) = (0..)
            .find_map(|n| {
                let name = format!("n{n}");
                let id = enroll_abi::hash::hash(&name, 0);
                names.insert(id, name.clone()).map(|other| (other, name))
            })
            .unwrap();
        let mut set = set();
        set.modules[0].names = vec![a.clone(), b.clone()];
        let told = image(&set, 0, "").unwrap_err().to_string();
        assert!(
            told.contains(&format!("the names {a:?} and {b:?} have one id")),
            "{told}"
        );
        assert!(image(&set, 1, "").is_ok());
    }
}
