//! The source stage on small crates: what random crates cannot show, because
//! the compiler would refuse them or leaves no trace of it.

use enroll_codegen::error::Kind;
use enroll_codegen::source::cfg::{CfgSet, Context, Truth};
use enroll_codegen::source::marker::{Marker, Markers};
use enroll_codegen::source::{Hidden, Walk, What, Within, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A crate in a folder of its own; the first file is its root.
struct Crate {
    folder: PathBuf,
    root: PathBuf,
    has_build_script: bool,
    markers: Markers,
    assumed: BTreeMap<String, bool>,
}

impl Crate {
    fn new(name: &str, files: &[(&str, &str)]) -> Crate {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("source")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        for (path, content) in files {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, content).unwrap();
        }
        Crate {
            root: folder.join(files[0].0),
            folder,
            has_build_script: false,
            markers: Markers::default(),
            assumed: BTreeMap::new(),
        }
    }

    fn walk(&self) -> Walk {
        let unix = ("CARGO_CFG_UNIX".to_string(), String::new());
        let cfgs = CfgSet::from_env([unix]);
        let context = Context {
            package: &self.folder,
            cfgs: &cfgs,
            features: &BTreeSet::new(),
            has_build_script: self.has_build_script,
            assumed: &self.assumed,
            open: false,
        };
        walk(&self.root, &context, &self.markers)
    }

    /// The calls that are found, by their tokens.
    fn calls(&self) -> Vec<String> {
        let walk = self.walk();
        assert!(!walk.diagnostics.has_errors(), "{}", walk.diagnostics);
        walk.found
            .iter()
            .map(|found| found.tokens.to_string())
            .collect()
    }

    fn relative(&self, paths: &BTreeSet<PathBuf>) -> Vec<String> {
        let relative = |path: &PathBuf| {
            let path = path.strip_prefix(&self.folder).unwrap();
            path.to_str().unwrap().replace('\\', "/")
        };
        paths.iter().map(relative).collect()
    }
}

#[test]
fn calls_are_found_with_their_surroundings() {
    let walk = Crate::new(
        "surroundings",
        &[(
            "lib.rs",
            "#[cfg(unix)]\nmod r#fn {\n    fn f() { vec![vm::qstr!(\"a\")]; }\n}\n\
                 macro_rules! make { ($n:literal) => { qstr!($n) } }\n\
                 extend_module! {\"b\"}\ninclude_modules!();\n",
        )],
    )
    .walk();
    let [call, body, extend, include] = walk.found.as_slice() else {
        panic!("{:?}", walk.found);
    };
    assert_eq!((call.marker, call.name.as_str()), (Marker::Qstr, "qstr"));
    assert_eq!(
        (call.place.line, call.place.column, call.place.width),
        (3, 23, 4)
    );
    assert_eq!(call.module_path, ["fn"]);
    assert!(call.in_function);
    assert_eq!(call.within, Some(Within::Arguments("vec".to_string())));
    assert_eq!(call.conditions.len(), 1);
    assert_eq!(call.conditions[0].what, What::Cfg("unix".to_string()));
    assert_eq!(call.conditions[0].place.line, 1);
    assert_eq!(call.presence, Truth::True);
    assert_eq!(body.within, Some(Within::Definition("make".to_string())));
    assert_eq!((extend.marker, extend.in_function), (Marker::Extend, false));
    assert_eq!(include.marker, Marker::IncludeModules);
    assert_eq!(include.within, None);
}

#[test]
fn wrappers_of_a_host_count() {
    let mut wrapped = Crate::new("wrappers", &[("lib.rs", "vm::native_module!(\"a\");")]);
    assert_eq!(wrapped.calls(), [""; 0]);
    wrapped.markers.insert("native_module", Marker::Register);
    assert_eq!(wrapped.calls(), ["\"a\""]);
    assert_eq!(wrapped.walk().found[0].marker, Marker::Register);
}

#[test]
fn an_own_macro_of_a_markers_name_counts_if_it_calls_another() {
    let own = |body: &str| {
        let source = format!(
            "macro_rules! qstr {{ ($n:literal) => {{ {body} }} }} const N: u32 = qstr!(\"a\");"
        );
        Crate::new("own-macro", &[("lib.rs", &source)])
            .calls()
            .contains(&"\"a\"".to_string())
    };
    assert!(own("$crate::enroll::qstr!($n)"));
    assert!(own("$crate::__name!($n)"));
    assert!(!own("hash($n)"));
}

#[test]
fn c17_a_file_without_a_marker_need_not_parse() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; qstr!(\"x\");"),
        ("a.rs", "this is ) no Rust"),
        ("b.rs", "// qstr!(\"y\")\nthis is ) no Rust"),
        (
            "c/mod.rs",
            "const S: &str = \"register_module!\"; this is ) no Rust",
        ),
    ];
    assert_eq!(Crate::new("no-rust", &files).calls(), ["\"x\""]);
}

#[test]
fn c17_a_file_with_a_marker_must_parse_if_it_is_compiled() {
    let root = "#[cfg(windows)] mod a; #[cfg(unix)] mod b; mod c; mod d;";
    let wrong = "qstr!(\"y\");\nfn ) no Rust";
    let walk = Crate::new(
        "unparsable",
        &[
            ("lib.rs", root),
            ("a.rs", wrong),
            ("b.rs", wrong),
            ("c.rs", "use vm::{qstr as q};\nfn ) no Rust"),
            // It does not hold a marker, but leads to one.
            ("d.rs", "mod e; )"),
            ("d/e.rs", "qstr!(\"z\");"),
        ],
    )
    .walk();
    let errors: Vec<(Kind, String, usize)> = (walk.diagnostics.sorted().iter())
        .map(|error| {
            let place = &error.places[0].0;
            let name = place.file.file_name().unwrap().to_str().unwrap();
            (error.kind, name.to_string(), place.line)
        })
        .collect();
    let expected = [("b.rs", 2), ("c.rs", 2), ("d.rs", 1)];
    let expected = expected.map(|(name, line)| (Kind::Unparsable, name.to_string(), line));
    assert_eq!(errors, expected);
}

#[test]
fn what_is_not_utf8_is_no_rust() {
    let mixed = Crate::new("latin1", &[("lib.rs", "mod a; mod b;")]);
    std::fs::write(mixed.folder.join("a.rs"), b"// \xe4").unwrap();
    std::fs::write(mixed.folder.join("b.rs"), b"qstr!(\"\xe4\")").unwrap();
    let walk = mixed.walk();
    let [error] = walk.diagnostics.sorted()[..] else {
        panic!("{}", walk.diagnostics);
    };
    assert_eq!(error.kind, Kind::Unparsable);
    assert!(error.places[0].0.file.ends_with("b.rs"));
}

#[test]
fn a_root_that_is_not_there_is_an_error() {
    let mut missing = Crate::new("no-root", &[("lib.rs", "")]);
    missing.root.set_file_name("main.rs");
    let walk = missing.walk();
    assert_eq!(walk.diagnostics.sorted()[0].kind, Kind::Unreadable);
}

#[test]
fn c21_the_inputs_are_what_the_answer_depends_on() {
    let watched = Crate::new(
        "inputs",
        &[
            (
                "src/lib.rs",
                "mod plain; mod lost; #[path = \"else/where.rs\"] mod gone;\n\
                 #[cfg(windows)] mod windows; #[cfg(windows)] mod lost_too;\n\
                 mod inline { mod lost; }\ninclude!(\"part.in\"); mod marked;",
            ),
            ("src/plain.rs", "mod below; #[cfg(windows)] mod other;"),
            ("src/plain/below.rs", ""),
            ("src/plain/other.rs", ""),
            ("src/windows.rs", "qstr!(\"x\");"),
            ("src/part.in", "mod included;"),
            ("src/included.rs", ""),
            ("src/marked.rs", "qstr!(\"x\"); mod leaf;"),
            ("src/marked/leaf.rs", ""),
            ("src/unnamed.rs", "qstr!(\"x\");"),
        ],
    );
    let expected = [
        "src/included.rs",
        "src/lib.rs",
        "src/marked/leaf.rs",
        "src/marked.rs",
        "src/part.in",
        "src/plain/below.rs",
        "src/plain.rs",
    ];
    let missing = [
        "src/else/where.rs",
        "src/inline/lost/mod.rs",
        "src/inline/lost.rs",
        "src/lost/mod.rs",
        "src/lost.rs",
    ];
    let inputs = watched.walk().inputs;
    assert_eq!(watched.relative(&inputs.files), expected);
    assert_eq!(watched.relative(&inputs.missing), missing);
    assert_eq!(watched.relative(&inputs.folders()), ["src"]);

    // The same without a marker, where nothing is parsed.
    std::fs::write(watched.folder.join("src/marked.rs"), "mod leaf;").unwrap();
    let inputs = watched.walk().inputs;
    assert_eq!(watched.relative(&inputs.files), expected);
    assert_eq!(watched.relative(&inputs.missing), missing);
}

#[test]
fn c18_what_cannot_be_decided_is_kept_with_its_condition() {
    let mut unsure = Crate::new(
        "undecided",
        &[
            (
                "lib.rs",
                "#[cfg(made)] register_module!(\"a\");\n\
                 #[cfg(not(made))] register_module!(\"b\");\n\
                 #[cfg_attr(made, path = \"x.rs\")] mod y;",
            ),
            ("x.rs", "qstr!(\"c\");"),
            ("y.rs", "qstr!(\"d\");"),
        ],
    );
    assert_eq!(unsure.calls(), ["\"b\"", "\"d\""]);
    unsure.has_build_script = true;
    let found = unsure.walk().found;
    let found: Vec<(String, Truth, &What)> = (found.iter())
        .map(|found| {
            (
                found.tokens.to_string(),
                found.presence,
                &found.conditions[0].what,
            )
        })
        .collect();
    let cfg = |text: &str| What::Cfg(text.to_string());
    assert_eq!(
        found,
        [
            ("\"a\"".to_string(), Truth::Unknown, &cfg("made")),
            ("\"b\"".to_string(), Truth::Unknown, &cfg("not(made)")),
            ("\"c\"".to_string(), Truth::Unknown, &cfg("made")),
            ("\"d\"".to_string(), Truth::Unknown, &cfg("not(made)")),
        ]
    );
    unsure.assumed.insert("made".to_string(), true);
    assert_eq!(unsure.calls(), ["\"a\"", "\"c\""]);
}

#[test]
fn c17_a_mod_under_another_macro_is_unknown() {
    let hidden = Crate::new(
        "under-macro",
        &[
            (
                "lib.rs",
                "cfg_rt! { mod rt; mod none; }\nmacro_rules! m { () => { mod made; } }",
            ),
            ("rt.rs", "register_module!(\"a\");"),
            ("made.rs", "register_module!(\"b\");"),
        ],
    );
    let walk = hidden.walk();
    let found: Vec<(Truth, &What)> = (walk.found.iter())
        .map(|found| (found.presence, &found.conditions[0].what))
        .collect();
    let (rt, made) = (
        What::Macro("cfg_rt".to_string()),
        What::Macro("m".to_string()),
    );
    assert_eq!(found, [(Truth::Unknown, &rt), (Truth::Unknown, &made)]);
}

#[test]
fn what_only_the_compiler_can_include_is_told() {
    let generated = Crate::new(
        "out-dir",
        &[(
            "lib.rs",
            "qstr!(\"x\");\nmod g { include!(concat!(env!(\"OUT_DIR\"), \"/g.rs\")); }\n\
             #[cfg(windows)] include!(env!(\"X\"));",
        )],
    );
    let walk = generated.walk();
    let [unseen] = walk.unseen.as_slice() else {
        panic!("{:?}", walk.unseen);
    };
    let text = r#"concat ! (env ! ("OUT_DIR") , "/g.rs")"#;
    assert_eq!(unseen.what, Hidden::Include(text.to_string()));
    assert_eq!((unseen.place.line, unseen.presence), (2, Truth::True));
}

#[test]
fn modules_that_contain_themselves_come_to_an_end() {
    let circle = Crate::new(
        "circle",
        &[
            (
                "src/lib.rs",
                "#[path = \"../src/a.rs\"] mod a; qstr!(\"x\");",
            ),
            ("src/a.rs", "#[path = \"../src/b.rs\"] mod b; qstr!(\"y\");"),
            (
                "src/b.rs",
                "#[path = \"../src/a.rs\"] mod a; include!(\"b.rs\"); qstr!(\"z\");",
            ),
        ],
    );
    assert_eq!(circle.calls(), ["\"z\"", "\"y\"", "\"x\""]);
}

#[test]
fn a_file_in_two_modules_is_found_twice() {
    let shared = Crate::new(
        "shared",
        &[
            (
                "lib.rs",
                "#[path = \"x.rs\"] mod a; #[path = \"x.rs\"] mod b;",
            ),
            ("x.rs", "qstr!(\"x\");"),
        ],
    );
    let walk = shared.walk();
    let modules: Vec<&str> = (walk.found.iter())
        .map(|found| found.module_path[0].as_str())
        .collect();
    assert_eq!(modules, ["a", "b"]);
}

#[test]
fn both_files_of_a_module_are_read() {
    // The compiler refuses this; until then no registration may be lost.
    let both = Crate::new(
        "both",
        &[
            ("lib.rs", "mod a;"),
            ("a.rs", "qstr!(\"x\");"),
            ("a/mod.rs", "qstr!(\"y\");"),
        ],
    );
    assert_eq!(both.calls(), ["\"x\"", "\"y\""]);
}

#[test]
fn places_count_characters_after_a_byte_order_mark() {
    let marked = Crate::new(
        "bom",
        &[(
            "lib.rs",
            "\u{feff}/* ä */ qstr!(\"x\");\r\n /* ö */ qstr!(\"y\");\r\n",
        )],
    );
    let walk = marked.walk();
    let places: Vec<(usize, usize)> = (walk.found.iter())
        .map(|found| (found.place.line, found.place.column))
        .collect();
    assert_eq!(places, [(1, 9), (2, 10)]);
}

#[test]
fn an_attribute_in_the_arguments_of_a_macro_ends_with_its_element() {
    let elements = Crate::new(
        "elements",
        &[(
            "lib.rs",
            "pass! { struct S { #[cfg(windows)] a: u8, b: [u8; { qstr!(\"x\") }] } }\n\
             pass! { #[cfg(windows)] qstr!(\"y\"), qstr!(\"z\") }\n",
        )],
    );
    assert_eq!(elements.calls(), ["\"x\"", "\"z\""]);
}

/// Patterns have names, and leave no trace in an object file.
#[test]
fn a_name_in_a_pattern_is_under_the_cfg_of_its_field() {
    let source =
        "fn f(s: S) { match s { S { #[cfg(windows)] a: qstr!(\"x\"), b: qstr!(\"y\") } => {} } }";
    let pattern = Crate::new("pattern", &[("lib.rs", source)]);
    assert_eq!(pattern.calls(), ["\"y\""]);
}

/// A file that names no marker is read by the lexer alone.
#[test]
fn c17_files_behind_a_file_without_a_marker() {
    let cases = [
        // What is not the keyword `mod`.
        "fn f<'r#mod, T>(_: &'r#mod T) -> &'r#mod T { #[path = \"x.rs\"] mod a; loop {} }",
        "fn f<r#mod>() -> r#mod where { #[path = \"x.rs\"] mod a; loop {} }",
        // Inner attributes are those of the module around.
        "mod a { #![path = \".\"] mod x; }",
        "mod a { #![cfg_attr(unix, path = \".\")] #![allow(unused)] mod x; }",
        "#![path = \"no.rs\"] mod x;",
        "pass! { #[cfg(windows)] a, mod x; }",
    ];
    for (index, source) in cases.into_iter().enumerate() {
        let name = format!("quiet{index}");
        let quiet = Crate::new(&name, &[("lib.rs", source), ("x.rs", "qstr!(\"x\");")]);
        assert_eq!(quiet.calls(), ["\"x\""], "{source}");
    }
}

#[test]
fn c17_a_line_ends_with_a_line_feed_alone() {
    let names = Crate::new(
        "crlf",
        &[("lib.rs", "qstr!(r\"a\r\nb\"); qstr!(\"c\\\r\n d\");")],
    );
    let calls = ["r\"a\nb\"", "\"c\\\n d\""];
    assert_eq!(names.calls(), calls);
    // Other systems have no file of such a name.
    if cfg!(unix) {
        let files = [
            ("lib.rs", "#[path = r\"a\r\nb.rs\"] mod x;"),
            ("a\nb.rs", "qstr!(\"x\");"),
        ];
        assert_eq!(Crate::new("crlf-path", &files).calls(), ["\"x\""]);
    }
}
