//! The names of an image and those of an interpreter.

use crate::shown;
use enroll::import::{Image, ImageError, MountError, OnClash};
use enroll::{Names, NamesError, Qstr};
use enroll_abi::hash::hash;
use enroll_codegen::Class;
use enroll_codegen::emit;
use enroll_codegen::freeze::{FrozenModule, FrozenSet};
use images::{TAG, names, rom};
use std::collections::HashMap;
use std::path::PathBuf;

/// A set of one module that refers to these names.
fn set(names: &[&str]) -> FrozenSet {
    FrozenSet {
        modules: vec![FrozenModule {
            name: "boot".to_owned(),
            suffix: String::new(),
            is_package: false,
            class: Class::Builtin,
            aliases: Vec::new(),
            code: vec![1, 2, 3],
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            file: PathBuf::new(),
            path: String::new(),
        }],
        data: Vec::new(),
    }
}

fn image(set: &FrozenSet, salt: u32) -> Image {
    let bytes = emit::image(set, salt, TAG).expect("an image");
    Image::check(rom(&bytes), TAG).expect("a right image")
}

/// Two names of one id.
fn twins() -> (&'static str, &'static str) {
    let mut known: HashMap<u32, String> = HashMap::new();
    let found = (0..).find_map(|n: u32| {
        let name = format!("twin{n}");
        let other = known.insert(hash(&name, 0), name.clone())?;
        Some((other, name))
    });
    let (first, second) = found.expect("some");
    (first.leak(), second.leak())
}

#[test]
fn names_of_the_pool_take_no_memory_and_others_are_entered() {
    let mut names = names(&["argv", "path"]);
    let set = set(&["argv", "new", "path"]);
    let mounted = image(&set, 0).mount(&mut names, OnClash::Refuse).unwrap();
    assert!(mounted.is_in_place());
    assert_eq!(names.len(), 1);
    assert_eq!(names.get("new"), Some(Qstr::of("new", 0)));
    assert_eq!(shown::found(&mounted, &names, &set), set);
    // Again, nothing is new.
    image(&set, 0).mount(&mut names, OnClash::Refuse).unwrap();
    assert_eq!(names.len(), 1);
}

#[test]
fn a_clash_is_refused_or_patched() {
    let (first, second) = twins();
    let used = set(&["argv", second, "other"]);
    type Before = fn(&'static str) -> Names;
    let in_pool: Before = |first| names(&["argv", first]);
    let at_run_time: Before = |first| {
        let mut names = names(&["argv"]);
        names.intern(first).unwrap();
        names
    };
    for before in [in_pool, at_run_time] {
        let mut names = before(first);
        let known = names.len();
        let refused = image(&used, 0).mount(&mut names, OnClash::Refuse);
        assert_eq!(
            refused.unwrap_err(),
            MountError::Clash {
                name: second,
                taken_by: Some(first.to_owned())
            }
        );
        assert_eq!(names.len(), known, "nothing was entered");
        let mounted = image(&used, 0).mount(&mut names, OnClash::Patch).unwrap();
        assert!(!mounted.is_in_place());
        assert_eq!(shown::found(&mounted, &names, &used), used);
        assert_ne!(names.get(first), names.get(second));
    }
}

#[test]
fn a_name_that_was_made_while_its_id_was_taken_clashes() {
    let (first, second) = twins();
    let mut names = names(&[first]);
    names.intern(second).unwrap();
    let used = set(&[second]);
    let refused = image(&used, 0).mount(&mut names, OnClash::Refuse);
    let told = refused.unwrap_err().to_string();
    let expected = format!("the id of '{second}' in the image is that of '{first}' here");
    assert_eq!(told, expected);
    let mounted = image(&used, 0).mount(&mut names, OnClash::Patch).unwrap();
    assert_eq!(shown::found(&mounted, &names, &used), used);
}

#[test]
fn later_names_cannot_take_an_id_of_a_mounted_image() {
    let (first, second) = twins();
    let mut names = names(&["argv"]);
    let used = set(&["argv", second]);
    let mounted = image(&used, 0).mount(&mut names, OnClash::Refuse).unwrap();
    let late = names.intern(first).unwrap();
    assert_ne!(Some(late), names.get(second));
    assert!(mounted.is_in_place());
    assert_eq!(shown::found(&mounted, &names, &used), used);
}

#[test]
fn another_salt_is_a_clash_of_every_name() {
    let used = set(&["argv", "path"]);
    let mut names = names(&["argv", "path"]);
    let refused = image(&used, 7).mount(&mut names, OnClash::Refuse);
    assert_eq!(refused.unwrap_err(), MountError::Salt { image: 7, pool: 0 });
    let mounted = image(&used, 7).mount(&mut names, OnClash::Patch).unwrap();
    assert!(!mounted.is_in_place());
    assert_eq!(names.len(), 0);
    assert_eq!(shown::found(&mounted, &names, &used), used);
    // Without names there is nothing to differ.
    let scripts = set(&[]);
    let mounted = image(&scripts, 7)
        .mount(&mut names, OnClash::Refuse)
        .unwrap();
    assert!(mounted.is_in_place());
}

#[test]
fn an_image_of_too_many_names_enters_none() {
    let pool = names(&["argv"]).pool();
    let used = set(&["argv", "one", "two", "three"]);
    for (limits, told) in [
        (
            enroll::Limits {
                names: 2,
                bytes: 1000,
            },
            NamesError::TooMany { limit: 2 },
        ),
        (
            enroll::Limits {
                names: 100,
                bytes: 10,
            },
            NamesError::TooMuchText { limit: 10 },
        ),
    ] {
        let mut names = Names::with_key(pool, limits, 1);
        let refused = image(&used, 0).mount(&mut names, OnClash::Patch);
        assert_eq!(refused.unwrap_err(), MountError::Names(told));
        assert_eq!((names.len(), names.bytes()), (0, 0));
    }
    let enough = enroll::Limits {
        names: 3,
        bytes: 11,
    };
    let mut names = Names::with_key(pool, enough, 1);
    image(&used, 0).mount(&mut names, OnClash::Patch).unwrap();
}

#[test]
fn code_of_another_interpreter_is_refused() {
    let bytes = rom(&emit::image(&set(&[]), 0, "other 1").unwrap());
    assert_eq!(Image::check(bytes, TAG).unwrap_err(), ImageError::Host);
}

#[test]
fn the_length_of_an_image_in_a_longer_region_is_known() {
    let image = emit::image(&set(&["argv"]), 0, TAG).unwrap();
    let mut region = image.clone();
    region.resize(4096, 0xff);
    assert_eq!(Image::length(&region), Some(image.len()));
    assert!(Image::check(rom(&region), TAG).is_err());
    assert!(Image::check(rom(&region[..image.len()]), TAG).is_ok());
    for region in [
        &[][..],
        &region[..40],
        &region[..image.len() - 1],
        &[0xff; 100],
    ] {
        assert_eq!(Image::length(region), None);
    }
}
