//! The parts of `os` that need an operating system, called by name.
#![cfg(feature = "std")]

use enroll::testing::Kit;
use enroll_portable::testing::{Interp, args};
use enroll_portable::{Kind, Value};
use os_module::{OS, OS_PATH};

fn interp() -> Interp {
    Interp::new(Kit::new().declared::<OS>().declared::<OS_PATH>()).unwrap()
}

#[test]
fn files_and_folders_are_made_listed_and_removed() {
    let interp = &mut interp();
    let root = format!("{}/files-and-folders", env!("CARGO_TARGET_TMPDIR"));
    let _ = std::fs::remove_dir_all(&root);
    let mut call = |name: &str, paths: &[&str]| {
        let paths = paths.iter().map(|path| format!("{root}{path}").into());
        interp.call(name, &paths.collect::<Vec<_>>())
    };
    call("os.mkdir", &[""]).unwrap();
    call("os.mkdir", &["/b"]).unwrap();
    std::fs::write(format!("{root}/a"), "text").unwrap();
    assert_eq!(call("os.listdir", &[""]).unwrap(), vec!["a", "b"].into());
    for (path, exists, isdir, isfile) in [
        ("/a", true, false, true),
        ("/b", true, true, false),
        ("/c", false, false, false),
    ] {
        assert_eq!(call("os.path.exists", &[path]).unwrap(), exists.into());
        assert_eq!(call("os.path.isdir", &[path]).unwrap(), isdir.into());
        assert_eq!(call("os.path.isfile", &[path]).unwrap(), isfile.into());
    }
    call("os.rename", &["/a", "/c"]).unwrap();
    call("os.remove", &["/c"]).unwrap();
    call("os.rmdir", &["/b"]).unwrap();
    assert_eq!(
        call("os.listdir", &[""]).unwrap(),
        Value::from(Vec::<&str>::new())
    );
    let error = call("os.remove", &["/c"]).unwrap_err();
    assert_eq!(error.kind(), Kind::OSError(2));
    assert_eq!(error.to_string(), "OSError: [Errno 2] entity not found");
    call("os.rmdir", &[""]).unwrap();
}

#[test]
fn the_environment_has_defaults_for_what_is_missing() {
    let interp = &mut interp();
    let set = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let read = interp
        .call("os.getenv", args!["CARGO_MANIFEST_DIR"])
        .unwrap();
    assert_eq!(read, set.into());
    for key in ["NO_SUCH_VARIABLE_IS_SET", "", "a=b", "a\0b"] {
        assert_eq!(interp.call("os.getenv", args![key]).unwrap(), Value::None);
        assert_eq!(interp.call("os.getenv", args![key, 5]).unwrap(), 5.into());
    }
}

#[test]
fn relative_paths_start_at_the_working_folder() {
    let interp = &mut interp();
    let cwd = interp.call("os.getcwd", args![]).unwrap();
    assert_eq!(interp.call("os.path.abspath", args!["."]).unwrap(), cwd);
    let absolute = interp.call("os.path.abspath", args!["/a/../b"]).unwrap();
    assert_eq!(absolute, "/b".into());
    assert!(interp.call("os.listdir", args![]).is_ok());
}
