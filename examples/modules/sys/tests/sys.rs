//! The module `sys`, called by name.

use enroll::testing::Kit;
use enroll_portable::Kind;
use enroll_portable::testing::Interp;
use sys_module::SYS;

#[test]
fn constants_describe_the_machine() {
    let mut interp = Interp::of::<SYS>().unwrap();
    assert_eq!(
        interp.get("sys.maxsize").unwrap().as_int(),
        i64::try_from(isize::MAX).ok()
    );
    let little = interp.get("sys.byteorder").unwrap() == "little".into();
    assert_eq!(little, cfg!(target_endian = "little"));
    assert_eq!(
        interp.show("sys.implementation", None),
        "('enroll', (0, 1, 0))"
    );
    assert_eq!(interp.show("sys.version", None), "'enroll 0.1.0'");
    assert_eq!(interp.show("sys.__name__", None), "'sys'");
    #[cfg(target_os = "linux")]
    assert_eq!(interp.show("sys.platform", None), "'linux'");
}

#[test]
fn settable_attributes_start_with_a_value_and_can_be_stored_and_deleted() {
    let mut interp = Interp::of::<SYS>().unwrap();
    for (path, start) in [
        ("sys.ps1", "'>>> '"),
        ("sys.ps2", "'... '"),
        ("sys.path", "['', '.frozen']"),
    ] {
        assert_eq!(interp.show(path, None), start, "set by init");
        interp.set(path, "new").unwrap();
        assert_eq!(interp.show(path, None), "'new'");
        interp.del(path).unwrap();
        let gone = interp.get(path).unwrap_err();
        assert_eq!(gone.kind(), Kind::AttributeError, "{gone}");
        let again = interp.del(path).unwrap_err();
        assert_eq!(again.kind(), Kind::AttributeError, "{again}");
        interp.set(path, 5).unwrap();
        assert_eq!(interp.show(path, None), "5");
    }
}

#[test]
fn everything_else_is_constant() {
    let mut interp = Interp::of::<SYS>().unwrap();
    for path in ["sys.maxsize", "sys.argv", "sys.__name__"] {
        let error = interp.set(path, 1).unwrap_err();
        assert_eq!(error.kind(), Kind::AttributeError, "{path}");
        assert!(interp.del(path).is_err(), "{path}");
    }
}

#[test]
fn dir_lists_what_has_a_value() {
    let kit = Kit::new().declared::<SYS>().names(&["ps1", "ps2", "path"]);
    let mut interp = Interp::new(kit).unwrap();
    interp.del("sys.ps2").unwrap();
    assert_eq!(
        interp.dir("sys").unwrap(),
        [
            "__doc__",
            "__name__",
            "byteorder",
            "implementation",
            "maxsize",
            "path",
            "platform",
            "ps1",
            "version",
            "version_info"
        ]
    );
}

#[test]
fn usys_is_the_same_module() {
    let mut interp = Interp::of::<SYS>().unwrap();
    interp.set("usys.ps1", "$ ").unwrap();
    assert_eq!(
        interp.import("usys").unwrap(),
        interp.import("sys").unwrap()
    );
    assert_eq!(
        interp.show("sys.ps1", None),
        "'$ '",
        "init did not run again"
    );
}

#[test]
fn unloading_starts_anew() {
    let mut interp = Interp::of::<SYS>().unwrap();
    interp.set("sys.ps1", "$ ").unwrap();
    interp.unload("sys").unwrap();
    assert_eq!(interp.show("sys.ps1", None), "'>>> '");
}

#[cfg(feature = "alloc")]
#[test]
fn path_is_a_list_of_its_own_for_each_interpreter() {
    let builtins = Interp::new(Kit::new().declared::<SYS>())
        .unwrap()
        .builtins();
    let (mut one, mut two) = (Interp::over(builtins), Interp::over(builtins));
    let path = one.get("sys.path").unwrap();
    one.run(|cx| {
        use enroll_portable::prelude::*;
        cx.subscript(&path, &0.into(), Access::Store(&"/lib".into()))
    })
    .unwrap();
    assert_eq!(one.show("sys.path", None), "['/lib', '.frozen']");
    assert_eq!(two.show("sys.path", None), "['', '.frozen']");
}

#[test]
fn c25_two_interpreters_have_their_own_prompts() {
    let builtins = Interp::new(Kit::new().declared::<SYS>())
        .unwrap()
        .builtins();
    let (mut one, mut two) = (Interp::over(builtins), Interp::over(builtins));
    one.set("sys.ps1", "$ ").unwrap();
    assert_eq!(two.show("sys.ps1", None), "'>>> '");
    assert_eq!(one.show("sys.ps1", None), "'$ '");
}
