//! Images that are wrong in one place, with the right checksum: each check of the
//! reader is met by something that no other check refuses.

use crate::damaged::{number, put, seal};
use enroll_abi::image::{ALIAS, CHECKSUM, FILE, FORMAT, HEADER, ImageError, MODULE, NAME, View};
use enroll_abi::{ABI, MAX_NAME};
use enroll_codegen::Class;
use enroll_codegen::emit;
use enroll_codegen::freeze::{DataFile, FrozenModule, FrozenSet};
use images::TAG;
use std::path::PathBuf;

/// Texts that are no names, and one that is too long for one.
const CODE: &[u8] = b"x\ny\xff";

fn module(name: &str, code: &[u8], names: &[&str], aliases: &[&str]) -> FrozenModule {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    FrozenModule {
        name: name.to_owned(),
        suffix: ".vmc".to_owned(),
        is_package: false,
        class: Class::Builtin,
        aliases: texts(aliases),
        code: code.to_vec(),
        names: texts(names),
        file: PathBuf::new(),
        path: String::new(),
    }
}

fn file(path: &str, bytes: &[u8]) -> DataFile {
    DataFile {
        path: path.to_owned(),
        bytes: bytes.to_vec(),
        file: PathBuf::new(),
    }
}

/// A right image whose tables have at least two entries each.
fn right() -> Vec<u8> {
    let set = FrozenSet {
        modules: vec![
            module("boot", CODE, &["argv", "path"], &[]),
            module("net", &[b'a'; 2 * MAX_NAME], &["path"], &["anet", "unet"]),
            module("net.wifi", b"", &[], &[]),
        ],
        data: vec![file("net/a", b"1"), file("net/b", b"2")],
    };
    emit::image(&set, 0, TAG).expect("an image")
}

/// Where an entry of a table begins, whose place stands in the header.
fn entry(bytes: &[u8], table: usize, size: usize, at: usize) -> usize {
    number(bytes, table) as usize + size * at
}

fn name(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 36, NAME, at)
}

fn module_at(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 44, MODULE, at)
}

fn alias(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 52, ALIAS, at)
}

fn data(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 60, FILE, at)
}

/// Where the code of a module lies.
fn code(bytes: &[u8], at: usize) -> u32 {
    number(bytes, module_at(bytes, at) + 16)
}

fn put_range(bytes: &mut [u8], at: usize, offset: u32, len: usize) {
    put(bytes, at, offset);
    put(bytes, at + 4, len as u32);
}

fn copy(bytes: &mut [u8], from: usize, to: usize, len: usize) {
    bytes.copy_within(from..from + len, to);
}

fn swap(bytes: &mut [u8], one: usize, other: usize, len: usize) {
    for at in 0..len {
        bytes.swap(one + at, other + at);
    }
}

/// Changes an image in one place.
type Craft = fn(&mut Vec<u8>);

/// What is wrong, and what the reader says of it.
const INVALID: &[(&str, Craft, &str)] = &[
    (
        "a later field",
        |b| put(b, 68, 1),
        "a field that this version does not know",
    ),
    (
        "the tag is behind the end",
        |b| put(b, 28, u32::MAX),
        "the host's tag",
    ),
    ("too many names", |b| put(b, 40, u32::MAX), "the names"),
    // Twelve times this is 8, in 32 bits.
    (
        "so many that their length is short",
        |b| put(b, 40, 0x1555_5556),
        "the names",
    ),
    ("too many modules", |b| put(b, 48, u32::MAX), "the modules"),
    ("too many aliases", |b| put(b, 56, u32::MAX), "the aliases"),
    ("too many files", |b| put(b, 64, u32::MAX), "the data files"),
    (
        "a name behind the end",
        |b| {
            let at = name(b, 0);
            put(b, at + 4, u32::MAX)
        },
        "the text of a name",
    ),
    (
        "a name that is no text",
        |b| {
            let (at, code) = (name(b, 0), code(b, 0));
            put_range(b, at + 4, code, CODE.len())
        },
        "the text of a name",
    ),
    (
        "a long name",
        |b| {
            let (at, code) = (name(b, 0), code(b, 1));
            put_range(b, at + 4, code, MAX_NAME + 1)
        },
        "the text of a name",
    ),
    (
        "an empty name",
        |b| {
            let at = name(b, 0);
            put(b, at + 8, 0)
        },
        "the length of a name",
    ),
    (
        "another id",
        |b| {
            let at = name(b, 0);
            let id = number(b, at);
            put(b, at, id + 1)
        },
        "an id is not that of its name",
    ),
    (
        "another salt",
        |b| put(b, 16, 1),
        "an id is not that of its name",
    ),
    (
        "names in another order",
        |b| {
            let (one, other) = (name(b, 0), name(b, 1));
            swap(b, one, other, NAME)
        },
        "the names are not sorted by their ids",
    ),
    (
        "a name twice",
        |b| {
            let (one, other) = (name(b, 0), name(b, 1));
            copy(b, one, other, NAME)
        },
        "the names are not sorted by their ids",
    ),
    (
        "a module's name behind the end",
        |b| {
            let at = module_at(b, 0);
            put(b, at, u32::MAX)
        },
        "a range of a module",
    ),
    (
        "a long name of a module",
        |b| {
            let (at, code) = (module_at(b, 0), code(b, 1));
            put_range(b, at, code, MAX_NAME + 1)
        },
        "a range of a module",
    ),
    (
        "a suffix that is no text",
        |b| {
            let (at, code) = (module_at(b, 0), code(b, 0));
            put_range(b, at + 8, code, CODE.len())
        },
        "a range of a module",
    ),
    (
        "code behind the end",
        |b| {
            let at = module_at(b, 0);
            let len = b.len() as u32;
            put(b, at + 20, len)
        },
        "a range of a module",
    ),
    (
        "a table behind the end",
        |b| {
            let at = module_at(b, 0);
            put(b, at + 28, u32::MAX)
        },
        "a range of a module",
    ),
    // Four times this is 4, in 32 bits.
    (
        "so long that its length is short",
        |b| {
            let at = module_at(b, 0);
            put(b, at + 28, 0x4000_0001)
        },
        "a range of a module",
    ),
    (
        "an empty name of a module",
        |b| {
            let at = module_at(b, 0);
            put(b, at + 4, 0)
        },
        "the name of a module",
    ),
    (
        "a name with an empty part",
        |b| {
            let at = module_at(b, 2);
            put(b, at + 4, 4)
        },
        "the name of a module",
    ),
    (
        "a name with a slash",
        |b| {
            let (at, path) = (module_at(b, 0), number(b, data(b, 0)));
            put_range(b, at, path, 5)
        },
        "the name of a module",
    ),
    (
        "a name of two lines",
        |b| {
            let (at, code) = (module_at(b, 0), code(b, 0));
            put_range(b, at, code, 3)
        },
        "the name of a module",
    ),
    (
        "modules in another order",
        |b| {
            let (one, other) = (module_at(b, 0), module_at(b, 1));
            swap(b, one, other, MODULE)
        },
        "the modules are not sorted by their names",
    ),
    (
        "a module twice",
        |b| {
            let (one, other) = (module_at(b, 0), module_at(b, 1));
            copy(b, one, other, MODULE)
        },
        "the modules are not sorted by their names",
    ),
    (
        "a flag of a later version",
        |b| {
            let at = module_at(b, 0);
            put(b, at + 32, 8)
        },
        "a field that this version does not know",
    ),
    (
        "a field of a later version",
        |b| {
            let at = module_at(b, 0);
            put(b, at + 36, 1)
        },
        "a field that this version does not know",
    ),
    (
        "another one",
        |b| {
            let at = module_at(b, 0);
            put(b, at + 40, 1)
        },
        "a field that this version does not know",
    ),
    (
        "an id of no name",
        |b| {
            let table = number(b, module_at(b, 0) + 24) as usize;
            put(b, table, 1)
        },
        "an id in a module's table has no name",
    ),
    (
        "an id that none can have",
        |b| {
            let table = number(b, module_at(b, 0) + 24) as usize;
            put(b, table, 0)
        },
        "an id in a module's table has no name",
    ),
    (
        "an alias behind the end",
        |b| {
            let at = alias(b, 0);
            put(b, at, u32::MAX)
        },
        "the text of an alias",
    ),
    (
        "a long alias",
        |b| {
            let (at, code) = (alias(b, 0), code(b, 1));
            put_range(b, at, code, MAX_NAME + 1)
        },
        "the text of an alias",
    ),
    (
        "an empty alias",
        |b| {
            let at = alias(b, 0);
            put(b, at + 4, 0)
        },
        "an alias that no module can have",
    ),
    (
        "an alias that is a module",
        |b| {
            let (at, boot) = (alias(b, 0), module_at(b, 0));
            copy(b, boot, at, 8)
        },
        "an alias that no module can have",
    ),
    (
        "aliases in another order",
        |b| {
            let (one, other) = (alias(b, 0), alias(b, 1));
            swap(b, one, other, ALIAS)
        },
        "the aliases are not sorted",
    ),
    (
        "an alias twice",
        |b| {
            let (one, other) = (alias(b, 0), alias(b, 1));
            copy(b, one, other, ALIAS)
        },
        "the aliases are not sorted",
    ),
    (
        "an alias of no module",
        |b| {
            let at = alias(b, 0);
            put(b, at + 8, 3)
        },
        "an alias of no module, or of one without aliases",
    ),
    (
        "an alias of one that has none",
        |b| {
            let at = alias(b, 0);
            put(b, at + 8, 0)
        },
        "an alias of no module, or of one without aliases",
    ),
    (
        "a path behind the end",
        |b| {
            let at = data(b, 0);
            put(b, at, u32::MAX)
        },
        "the path of a data file",
    ),
    (
        "a long path",
        |b| {
            let (at, code) = (data(b, 0), code(b, 1));
            put_range(b, at, code, MAX_NAME + 1)
        },
        "the path of a data file",
    ),
    (
        "an empty path",
        |b| {
            let at = data(b, 0);
            put(b, at + 4, 0)
        },
        "the path of a data file",
    ),
    (
        "files in another order",
        |b| {
            let (one, other) = (data(b, 0), data(b, 1));
            swap(b, one, other, FILE)
        },
        "the data files are not sorted by their paths",
    ),
    (
        "a file twice",
        |b| {
            let (one, other) = (data(b, 0), data(b, 1));
            copy(b, one, other, FILE)
        },
        "the data files are not sorted by their paths",
    ),
    (
        "content behind the end",
        |b| {
            let at = data(b, 0);
            let len = b.len() as u32;
            put(b, at + 12, len)
        },
        "the content of a data file",
    ),
];

#[test]
fn each_check_refuses_what_only_it_refuses() {
    assert!(View::check(&right(), TAG).is_ok());
    for (wrong, craft, expected) in INVALID {
        let mut bytes = right();
        craft(&mut bytes);
        seal(&mut bytes);
        match View::check(&bytes, TAG) {
            Err(ImageError::Invalid { what, at }) => {
                assert_eq!(what, *expected, "{wrong}");
                assert!(at < bytes.len(), "{wrong}: at {at}");
            }
            other => panic!("{wrong}: {other:?}"),
        }
    }
}

#[test]
fn the_header_is_looked_at_before_everything_else() {
    let len = right().len();
    let cases: &[(Craft, ImageError)] = &[
        (|b| b[4] ^= 1, ImageError::Foreign),
        (|b| b.truncate(0), ImageError::Foreign),
        (
            |b| put(b, 8, FORMAT + 1),
            ImageError::Format { found: FORMAT + 1 },
        ),
        (|b| put(b, 12, ABI + 1), ImageError::Abi { found: ABI + 1 }),
        (
            |b| b.push(0),
            ImageError::Length {
                expected: len,
                found: len + 1,
            },
        ),
        (
            |b| b.truncate(b.len() - 1),
            ImageError::Length {
                expected: len,
                found: len - 1,
            },
        ),
        (
            |b| b.truncate(HEADER - 1),
            ImageError::Length {
                expected: HEADER,
                found: HEADER - 1,
            },
        ),
    ];
    for (at, (craft, expected)) in cases.iter().enumerate() {
        let mut bytes = right();
        craft(&mut bytes);
        if bytes.len() >= HEADER {
            seal(&mut bytes);
        }
        assert_eq!(View::check(&bytes, TAG).err(), Some(*expected), "{at}");
    }
    let mut bytes = right();
    let sum = number(&bytes, CHECKSUM);
    put(&mut bytes, CHECKSUM, sum ^ 1);
    assert_eq!(View::check(&bytes, TAG).err(), Some(ImageError::Checksum));
}

#[test]
fn the_longest_text_is_one_of_a_name() {
    let mut bytes = right();
    let (at, code) = (data(&bytes, 0), code(&bytes, 1));
    put_range(&mut bytes, at, code, MAX_NAME);
    seal(&mut bytes);
    let view = View::check(&bytes, TAG).expect("a right image");
    let path = "a".repeat(MAX_NAME);
    assert_eq!(view.data(&path), Some(&b"1"[..]));
}

/// Modules may share a table, but not so that checking them takes longer than the
/// image is long.
#[test]
fn tables_of_ids_are_bounded_together() {
    let names: Vec<String> = (0..1000).map(|number| format!("n{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut modules = vec![module("a", b"", &names, &[])];
    modules.extend((0..200).map(|number| module(&format!("b{number:03}"), b"", &[], &[])));
    let set = FrozenSet {
        modules,
        data: Vec::new(),
    };
    let mut bytes = emit::image(&set, 0, TAG).expect("an image");
    let table = module_at(&bytes, 0) + 24;
    for at in 1..=200 {
        let of = module_at(&bytes, at) + 24;
        copy(&mut bytes, table, of, 8);
    }
    seal(&mut bytes);
    let refused = View::check(&bytes, TAG).err();
    assert!(
        matches!(refused, Some(ImageError::Invalid { what, .. }) if what == "the tables of ids are longer than the image"),
        "{refused:?}"
    );
}
