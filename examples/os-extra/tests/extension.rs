//! The extension, beside the module it extends.

use enroll::testing::{Kit, KitError};
use enroll_portable::Kind;
use enroll_portable::testing::{Interp, args};
use os_extra::OS_EXTRA;
use os_module::{OS, OS_PATH};

fn kit() -> Kit {
    Kit::new()
        .declared::<OS>()
        .declared::<OS_PATH>()
        .declared::<OS_EXTRA>()
}

#[test]
fn it_adds_to_os_and_leaves_the_rest() {
    let mut interp = Interp::new(kit()).unwrap();
    let count = interp.call("os.cpu_count", args![]).unwrap();
    assert!(count.as_int().is_some_and(|count| count > 0), "{count:?}");
    assert!(interp.get("os.devnull").is_ok());
    assert_eq!(interp.get("os.sep").unwrap(), "/".into());
    let name = interp.call("os.path.basename", args!["a/b"]).unwrap();
    assert_eq!(name, "b".into());
}

#[test]
fn its_delegated_attribute_is_set_at_first_import_and_can_change() {
    let mut interp = Interp::new(kit()).unwrap();
    let start = interp.get("os.tempdir").unwrap();
    assert!(start.as_str().is_some_and(|folder| !folder.is_empty()));
    interp.set("os.tempdir", "/scratch").unwrap();
    assert_eq!(interp.get("os.tempdir").unwrap(), "/scratch".into());
    interp.del("os.tempdir").unwrap();
    let error = interp.get("os.tempdir").unwrap_err();
    assert_eq!(error.kind(), Kind::AttributeError);
    let error = interp.set("os.sep", ":").unwrap_err();
    assert_eq!(error.kind(), Kind::AttributeError);
}

#[test]
fn without_the_module_it_is_refused() {
    let missing = Interp::new(Kit::new().declared::<OS_EXTRA>());
    assert_eq!(missing.err(), Some(KitError::Missing("os")));
}
