//! `os.path`, called by name. The tables were written by CPython 3.11's
//! `posixpath`.

use enroll::testing::Kit;
use enroll_portable::Value;
use enroll_portable::testing::{Interp, args};
use os_module::{OS, OS_PATH};

fn interp() -> Interp {
    Interp::new(Kit::new().declared::<OS>().declared::<OS_PATH>()).unwrap()
}

fn pair((head, tail): (&'static str, &'static str)) -> Value<'static> {
    Value::Tuple([head.into(), tail.into()].into_iter().collect())
}

#[test]
fn paths_are_taken_apart_as_posixpath_does() {
    let mut interp = interp();
    for (path, split, splitext, normal) in [
        ("", ("", ""), ("", ""), "."),
        ("/", ("/", ""), ("/", ""), "/"),
        ("//", ("//", ""), ("//", ""), "//"),
        ("///", ("///", ""), ("///", ""), "/"),
        ("a", ("", "a"), ("a", ""), "a"),
        ("/a", ("/", "a"), ("/a", ""), "/a"),
        ("a/", ("a", ""), ("a/", ""), "a"),
        ("a/b", ("a", "b"), ("a/b", ""), "a/b"),
        ("/a/b", ("/a", "b"), ("/a/b", ""), "/a/b"),
        ("a//b", ("a", "b"), ("a//b", ""), "a/b"),
        ("//a/b", ("//a", "b"), ("//a/b", ""), "//a/b"),
        ("///a/b/", ("///a/b", ""), ("///a/b/", ""), "/a/b"),
        ("a/b.txt", ("a", "b.txt"), ("a/b", ".txt"), "a/b.txt"),
        ("a.b/c", ("a.b", "c"), ("a.b/c", ""), "a.b/c"),
        (".rc", ("", ".rc"), (".rc", ""), ".rc"),
        ("a/.rc", ("a", ".rc"), ("a/.rc", ""), "a/.rc"),
        ("..", ("", ".."), ("..", ""), ".."),
        ("a/..", ("a", ".."), ("a/..", ""), "."),
        ("a/../b", ("a/..", "b"), ("a/../b", ""), "b"),
        ("../a", ("..", "a"), ("../a", ""), "../a"),
        ("../../a", ("../..", "a"), ("../../a", ""), "../../a"),
        ("/..", ("/", ".."), ("/..", ""), "/"),
        ("/../a", ("/..", "a"), ("/../a", ""), "/a"),
        ("a/./b", ("a/.", "b"), ("a/./b", ""), "a/b"),
        ("a.tar.gz", ("", "a.tar.gz"), ("a.tar", ".gz"), "a.tar.gz"),
        ("a.", ("", "a."), ("a", "."), "a."),
        ("...x", ("", "...x"), ("...x", ""), "...x"),
        ("a/b//", ("a/b", ""), ("a/b//", ""), "a/b"),
        ("./", (".", ""), ("./", ""), "."),
        (
            "/./a//b/../c",
            ("/./a//b/..", "c"),
            ("/./a//b/../c", ""),
            "/a/c",
        ),
        ("é/ü.x", ("é", "ü.x"), ("é/ü", ".x"), "é/ü.x"),
    ] {
        let mut call = |name: &str| {
            interp
                .call(&format!("os.path.{name}"), args![path])
                .unwrap()
        };
        assert_eq!(call("split"), pair(split), "split {path:?}");
        assert_eq!(call("dirname"), split.0.into(), "dirname {path:?}");
        assert_eq!(call("basename"), split.1.into(), "basename {path:?}");
        assert_eq!(call("splitext"), pair(splitext), "splitext {path:?}");
        assert_eq!(call("normpath"), normal.into(), "normpath {path:?}");
        assert_eq!(
            call("isabs"),
            path.starts_with('/').into(),
            "isabs {path:?}"
        );
    }
}

#[test]
fn paths_are_joined_as_posixpath_does() {
    let mut interp = interp();
    for (parts, expected) in [
        (&["a", "b"][..], "a/b"),
        (&["a/", "b"][..], "a/b"),
        (&["a", "/b"][..], "/b"),
        (&["", "b"][..], "b"),
        (&["a", ""][..], "a/"),
        (&["/", "a"][..], "/a"),
        (&["a", "b", "c"][..], "a/b/c"),
        (&["a", "/b", "c"][..], "/b/c"),
        (&["a", "", "c"][..], "a/c"),
        (&["", ""][..], ""),
        (&["a"][..], "a"),
        (&["a//", "b"][..], "a//b"),
    ] {
        let args: Vec<_> = parts.iter().copied().map(Value::from).collect();
        let joined = interp.call("os.path.join", &args).unwrap();
        assert_eq!(joined, expected.into(), "{parts:?}");
    }
    let error = interp.call("os.path.join", args!["a", "b", 5]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: join() argument 3: expected str, not int"
    );
    let error = interp.call("os.path.join", args![]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: join() is missing argument 1 ('path')"
    );
}

#[test]
fn path_is_a_submodule_of_os() {
    let mut interp = interp();
    let path = interp.import("os.path").unwrap();
    assert_eq!(interp.get("os.path").unwrap(), Value::Module(path));
    let os = interp.get("os").unwrap();
    let read = interp.run(|cx| enroll_portable::Operate::attr(cx, &os, "path"));
    assert_eq!(read.unwrap(), Value::Module(path));
    assert_eq!(interp.get("os.path.__name__").unwrap(), "os.path".into());
    assert_eq!(interp.get("os.sep").unwrap(), "/".into());
    assert_eq!(interp.builtins().find_text("path"), None);
}
