//! The module `errno`, called by name.

use enroll_portable::testing::{Interp, args};
use enroll_portable::{Kind, Rom, Value};
use errno_module::ERRNO;

#[test]
fn codes_have_names_and_texts() {
    let mut interp = Interp::of::<ERRNO>().unwrap();
    for (name, code) in [
        ("EPERM", 1),
        ("ENOENT", 2),
        ("EINVAL", 22),
        ("ETIMEDOUT", 110),
    ] {
        let path = format!("errno.{name}");
        assert_eq!(interp.get(&path).unwrap(), code.into(), "{name}");
        let text = interp.call("errno.strerror", args![code]).unwrap();
        assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
    assert_eq!(interp.get("errno.__name__").unwrap(), "errno".into());
    let unknown = interp.call("errno.strerror", args![1000]);
    assert_eq!(unknown.unwrap(), Value::None);
}

#[cfg(feature = "errorcode")]
#[test]
fn every_code_is_in_the_dictionary_and_explained() {
    let mut interp = Interp::of::<ERRNO>().unwrap();
    let Value::Dict(names) = interp.get("errno.errorcode").unwrap() else {
        panic!("errorcode is a dictionary");
    };
    let mut codes = 0;
    for (id, value) in ERRNO.iter() {
        let Rom::Int(code) = value else { continue };
        let name = interp.builtins().pool().text(id).unwrap();
        assert_eq!(names.get(&Value::Int(*code)), Some(name.into()));
        let text = interp.call("errno.strerror", args![*code]).unwrap();
        assert_ne!(text, Value::None, "{name}");
        codes += 1;
    }
    assert_eq!(names.len(), codes, "no code is named twice");
}

#[test]
fn a_constant_cannot_change() {
    let mut interp = Interp::of::<ERRNO>().unwrap();
    let error = interp.set("errno.EPERM", 5).unwrap_err();
    assert_eq!(error.kind(), Kind::AttributeError);
    assert_eq!(interp.get("errno.EPERM").unwrap(), 1.into());
    let error = interp.get("errno.EPREM").unwrap_err();
    assert_eq!(
        error.to_string(),
        "AttributeError: module 'errno' has no attribute 'EPREM'"
    );
}

#[cfg(not(feature = "errorcode"))]
#[test]
fn without_the_feature_there_is_no_dictionary_and_codes_are_explained() {
    let mut interp = Interp::of::<ERRNO>().unwrap();
    let error = interp.get("errno.errorcode").unwrap_err();
    assert_eq!(error.kind(), Kind::AttributeError);
    for (_, value) in ERRNO.iter() {
        let Rom::Int(code) = value else { continue };
        let text = interp.call("errno.strerror", args![*code]).unwrap();
        assert_ne!(text, Value::None, "{code}");
    }
}
