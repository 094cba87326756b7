//! What fails silently in MicroPython's build, and here does not: a test for
//! each row of that table that belongs to a build.

use crate::project::{Project, host};
use enroll_abi::layout::layout;

const ERRNO: &str = r#"enroll::register_module! {
    pub static ERRNO: Module<vm::Vm> = "errno" { "EPERM" => 1, "ENOENT" => 2 }
}
"#;
const ERRNO_DEPENDENCY: &str = "errno = { path = \"../errno\" }";

/// A firmware with one module crate of this source, which it names.
fn one(source: &str) -> Project {
    Project::new()
        .library("one", "", source)
        .firmware("one = { path = \"../one\" }")
}

/// A declaration without hooks.
fn module(ident: &str, name: &str, table: &str) -> String {
    format!(
        "enroll::register_module! {{ pub static {ident}: Module<vm::Vm> = {name:?} {{ {table} }} }}\n"
    )
}

#[test]
fn a_module_crate_reaches_the_firmware() {
    let project = Project::new()
        .library("errno", "", ERRNO)
        .firmware(ERRNO_DEPENDENCY);
    assert_eq!(project.run(), "errno: ENOENT=2 EPERM=1\n");
}

#[test]
fn a_name_registered_twice_is_an_error_with_both_places() {
    let project = Project::new()
        .library("errno", "", ERRNO)
        .library("other", "", &module("SECOND", "errno", ""))
        .firmware(&format!(
            "{ERRNO_DEPENDENCY}\nother = {{ path = \"../other\" }}"
        ));
    let told = project.refused();
    for part in [
        "error: the module `errno` is registered twice",
        "$DIR/other/src/lib.rs:1:64",
        "$DIR/errno/src/lib.rs:2:40",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn an_alias_that_is_a_module_is_an_error_with_both_places() {
    let project = Project::new()
        .library("errno", "", ERRNO)
        .library(
            "other",
            "",
            "enroll::register_module! {
                pub static OTHER: Module<vm::Vm> = \"other\" {}
                aliases: [\"uother\", \"errno\"],
            }",
        )
        .firmware(&format!(
            "{ERRNO_DEPENDENCY}\nother = {{ path = \"../other\" }}"
        ));
    let told = project.refused();
    for part in [
        "error: `errno` stands for two modules",
        "$DIR/other/src/lib.rs:3:37",
        "$DIR/errno/src/lib.rs:2:40",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    project.edit("other/src/lib.rs", ", \"errno\"", "");
    assert_eq!(project.run(), "errno: ENOENT=2 EPERM=1\nother:\n");
}

#[test]
fn a_name_both_builtin_and_extensible_is_an_error() {
    let project = one(
        "mod a { enroll::register_module! { static M: Module<vm::Vm> = \"time\" {} } }
         mod b { enroll::register_module! {
             static M: Module<vm::Vm> = \"time\" {} class: extensible
         } }",
    );
    let told = project.refused();
    assert!(told.contains("`time` is registered twice"), "{told}");
    assert!(told.contains("$DIR/one/src/lib.rs:3:41"), "{told}");
    assert!(told.contains("mod a"), "{told}");
}

#[test]
fn names_that_differ_in_case_are_two_modules() {
    let project =
        one(&(module("LOWER", "foo", "\"x\" => 1") + &module("UPPER", "FOO", "\"X\" => 2")));
    assert_eq!(project.run(), "FOO: X=2\nfoo: x=1\n");
}

#[test]
fn a_registration_is_found_however_it_is_written() {
    let project = one("#![forbid(unsafe_code)]
        enroll
            :: register_module
            ! {
            pub
            static SPREAD
            : Module
            < vm :: Vm >
            = \"spread\"
            {
                \"a\"
                => 1
                ,
            }
        }
        mod outer {
            mod inner {
                enroll::register_module!(static M: Module<vm::Vm> = \"nested\" {});
            }
            pub mod file;
        }
        enroll::register_module![static TIGHT:Module<vm::Vm>=\"tight\"{\"b\"=>2}];
        use enroll::register_module as declare;
        declare! { static RENAMED: Module<vm::Vm> = \"renamed\" {} }
        ")
    .file(
        "one/src/outer/file.rs",
        &module("M", "file", "\"c\" => 3").replace(' ', "\t"),
    );
    assert_eq!(
        project.run(),
        "file: c=3\nnested:\nrenamed:\nspread: a=1\ntight: b=2\n"
    );
}

#[test]
fn a_marker_in_text_or_in_disabled_code_is_ignored() {
    let project = one(r##"
        // enroll::register_module! { static A: Module<vm::Vm> = "comment" {} }
        /* enroll::register_module! { static A: Module<vm::Vm> = "block" {} } */
        /// enroll::register_module! { static A: Module<vm::Vm> = "doc" {} }
        pub const TEXT: &str = r#"enroll::register_module! { static A: Module<vm::Vm> = "text" {} }"#;
        #[cfg(any())]
        enroll::register_module! { static A: Module<vm::Vm> = "disabled" { "nothing" => 1 } }
        #[cfg(windows)]
        #[cfg(not(windows))]
        mod never { enroll::register_module! { static A: Module<vm::Vm> = "never" {} } }
        #[cfg(any())]
        pub fn f() -> enroll::Qstr { enroll::qstr!("unused") }
        pub fn g() -> enroll::Qstr { enroll::qstr!("used") }
        enroll::register_module! { static B: Module<vm::Vm> = "real" {} }
        "##)
    .file(
        "fw/src/main.rs",
        "enroll::include_modules!();
         fn main() {
             vm::show(&BUILTINS);
             for name in [\"comment\", \"nothing\", \"unused\", \"used\"] {
                 println!(\"{name} {}\", BUILTINS.pool().get(name).is_some());
             }
         }",
    );
    assert_eq!(
        project.run(),
        "real:\ncomment false\nnothing false\nunused false\nused true\n"
    );
}

#[test]
fn a_registration_in_a_macro_definition_is_no_silent_loss() {
    // Nobody can know whether it is called, so it is told in either case.
    let project = one("#[allow(unused_macros)]
         macro_rules! never_called {
             () => { enroll::register_module! { static A: Module<vm::Vm> = \"a\" {} } };
         }");
    let told = project.refused();
    assert!(
        told.contains("stands in the definition of `never_called!`"),
        "{told}"
    );
    assert!(told.contains("$DIR/one/src/lib.rs:3:30"), "{told}");
    assert!(
        told.contains("write register_module! where `never_called!` is called"),
        "{told}"
    );
}

#[test]
fn names_beyond_ascii_are_kept() {
    let project = one(&(module(
        "A",
        "größe",
        "\"straße\" => 1, \"温度\" => 2, \"🌡\" => 3, \"e\\u{301}\" => 4",
    ) + &module("B", "модуль", "\"\\\"quoted\\\\\" => 5, \"a b\" => 6")));
    assert_eq!(
        project.run(),
        "größe: e\u{301}=4 straße=1 温度=2 🌡=3\nмодуль: \"quoted\\=5 a b=6\n"
    );
}

#[test]
fn names_that_are_one_identifier_when_escaped_are_kept_apart() {
    let names = [
        "a", "a.b", "a_dot_b", "a_b", "a-b", "a__b", "a_o", "a.b.c", "a_ob", "a b",
    ];
    let source: String = (names.iter().enumerate())
        .map(|(at, name)| module(&format!("M{at}"), name, &format!("\"at\" => {at}")))
        .collect();
    let mut expected: Vec<String> = (names.iter().enumerate())
        .map(|(at, name)| format!("{name}: at={at}"))
        .collect();
    expected.sort_by_key(|line| line.split(':').next().map(str::to_owned));
    // A submodule is an attribute of its package.
    let printed = one(&source).run();
    let mut lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.remove(0), "a: at=0 b=module 3", "{printed}");
    assert_eq!(lines.remove(2), "a.b: at=1 c=module 4", "{printed}");
    expected.retain(|line| !line.starts_with("a:") && !line.starts_with("a.b:"));
    assert_eq!(lines, expected);
}

#[test]
fn a_name_may_have_1024_bytes_and_a_longer_one_is_an_error() {
    let long = |length| "n".repeat(length);
    let project = one(&module(
        "M",
        &long(300),
        &format!("{:?} => 1, {:?} => 2", long(256), long(1024)),
    ));
    assert_eq!(
        project.run(),
        format!("{}: {}=1 {}=2\n", long(300), long(256), long(1024))
    );
    project.edit("one/src/lib.rs", &long(1024), &long(1025));
    let told = project.refused();
    assert!(
        told.contains("this name has 1025 bytes; a name has at most 1024"),
        "{told}"
    );
    project.write(
        "one/src/lib.rs",
        &format!(
            "pub fn f() -> enroll::Qstr {{ enroll::qstr!({:?}) }}",
            long(1025)
        ),
    );
    let told = project.refused();
    assert!(told.contains("1025 bytes"), "{told}");
    project.write("one/src/lib.rs", "");
    project.edit("fw/build.rs", ".run", ".names([\"n\".repeat(1025)]).run");
    let told = project.refused();
    assert!(told.contains("1025 bytes"), "{told}");
}

#[test]
fn hooks_of_a_module_and_its_extensions_run_in_a_defined_order() {
    let extension = |ident: &str| {
        format!(
            "use enroll::{{Access, Broken, Claim, Cx, Qstr, qstr}};
             use vm::Vm;
             fn init(cx: &mut Cx<'_, '_, Vm>) -> Result<(), Broken> {{
                 cx.host().push({ident:?}.to_lowercase());
                 Ok(())
             }}
             fn attr<'vm>(_: &mut Cx<'_, 'vm, Vm>, name: Qstr, access: Access<'_, String>)
                 -> Result<Claim<String>, Broken> {{
                 Ok(match vm::answer(name, qstr!(\"shared\"), access, {ident:?}) {{
                     Claim::Declined => vm::answer(name, qstr!(\"{ident}\"), access, \"own\"),
                     claim => claim,
                 }})
             }}
             fn dir(_: &mut Cx<'_, '_, Vm>, each: &mut dyn FnMut(Qstr)) -> Result<(), Broken> {{
                 each(qstr!(\"shared\"));
                 each(qstr!(\"{ident}\"));
                 Ok(())
             }}
             enroll::KIND! {{ static {ident}: TYPE<Vm> = \"sys\" {{}}
                 init: init, attr: attr, dir: dir
             }}"
        )
    };
    let as_extension = |ident| {
        extension(ident)
            .replace("KIND", "extend_module")
            .replace("TYPE", "Extension")
    };
    // By package name, not in the order of the dependencies.
    let project = Project::new()
        .library("zeta", "", &as_extension("ZETA"))
        .library("alpha", "", &as_extension("ALPHA"))
        .library(
            "sys",
            "",
            &extension("BASE")
                .replace("KIND", "register_module")
                .replace("TYPE", "Module"),
        )
        .firmware(
            "zeta = { path = \"../zeta\" }\nsys = { path = \"../sys\" }\n\
             alpha = { path = \"../alpha\" }",
        );
    assert_eq!(
        project.run(),
        "sys: base alpha zeta ALPHA=own BASE=own ZETA=own shared=BASE\n"
    );
    // The first that claims a name has it.
    project.edit("sys/src/lib.rs", "qstr!(\"shared\")", "qstr!(\"other\")");
    assert_eq!(
        project.run(),
        "sys: base alpha zeta ALPHA=own BASE=own ZETA=own other=BASE shared=ALPHA\n"
    );
}

#[test]
fn more_than_65535_names_keep_their_ids() {
    const COUNT: usize = 70_000;
    let names = |prefix: &str| {
        (0..COUNT)
            .map(|number| format!("{prefix}{number}"))
            .collect::<Vec<_>>()
    };
    // Of so many names two have one id under most salts.
    let prefix = (b'a'..=b'z')
        .map(|letter| format!("attribute_{}_", letter as char))
        .find(|prefix| {
            let names = names(prefix);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            layout(&names, 0).is_ok()
        })
        .expect("a letter without a collision");
    let project = one(&module("M", "m", &format!("\"{prefix}69999\" => 1")))
        .file(
            "fw/build.rs",
            &format!(
                "fn main() {{
                    let names = (0..{COUNT}).map(|n| format!(\"{prefix}{{n}}\"));
                    enroll_codegen::Builder::new(\"vm::Vm\").names(names).run();
                 }}"
            ),
        )
        .file(
            "fw/src/main.rs",
            &format!(
                "enroll::include_modules!();
                 fn main() {{
                     vm::show(&BUILTINS);
                     let pool = BUILTINS.pool();
                     let kept = (0..{COUNT}).filter(|n| {{
                         let text = format!(\"{prefix}{{n}}\");
                         pool.get(&text).and_then(|name| pool.text(name)) == Some(&*text)
                     }});
                     println!(\"{{}}\", kept.count());
                 }}"
            ),
        );
    assert_eq!(project.run(), format!("m: {prefix}69999=1\n70000\n"));
}

#[test]
fn a_table_may_take_rustc_long_to_evaluate() {
    // Two million steps, from where on rustc suspects a loop without an end.
    let entry = |n: usize| format!("\"{n:0>1000}\" => {n},\n");
    let table: String = (0..4_000).map(entry).collect();
    let project = Project::new().library("big", "", &module("BIG", "big", &table));
    project.must_build(&["-p", "big"]);
}

#[test]
fn the_only_registration_of_a_file_can_be_removed() {
    let project = Project::new()
        .library("errno", "", "mod gone;")
        .file("errno/src/gone.rs", ERRNO)
        .firmware(ERRNO_DEPENDENCY);
    assert_eq!(project.run(), "errno: ENOENT=2 EPERM=1\n");
    project.write("errno/src/gone.rs", "");
    assert_eq!(project.run(), "");
}

#[test]
fn a_name_that_changed_in_an_included_file_is_seen() {
    let project = one("mod a { include!(\"table.in\"); }").file("one/src/table.in", ERRNO);
    assert_eq!(project.run(), "errno: ENOENT=2 EPERM=1\n");
    project.edit("one/src/table.in", "ENOENT", "ENOMSG");
    assert_eq!(project.run(), "errno: ENOMSG=2 EPERM=1\n");
}

#[test]
fn a_feature_or_cfg_that_changed_is_seen() {
    let source = format!(
        "#[cfg(board)] mod board {{ {} }}
         #[cfg(feature = \"extra\")] mod extra {{ {} }}",
        module("M", "board", ""),
        module("M", "extra", ""),
    );
    let mut project = one(&source)
        .file(
            "one/Cargo.toml",
            "[package]\nname = \"one\"\nversion = \"1.0.0\"\nedition.workspace = true\n\
             [lints.rust]\nunexpected_cfgs = { level = \"allow\" }\n\
             [features]\nextra = []\n\
             [dependencies]\nenroll.workspace = true\nvm.workspace = true\n",
        )
        .firmware("one = { path = \"../one\" }\n[features]\nextra = [\"one/extra\"]");
    // With a target the flags are not for build scripts, which would have to
    // be compiled again.
    let run = |project: &Project, more: &[&str]| {
        project.run_with(&[&["--target", host()], more].concat())
    };
    assert_eq!(run(&project, &[]), "");
    assert_eq!(run(&project, &["--features", "extra"]), "extra:\n");
    assert_eq!(run(&project, &[]), "");
    project.write(
        ".cargo/config.toml",
        "[build]\nrustflags = [\"--cfg\", \"board\"]\n",
    );
    assert_eq!(run(&project, &[]), "board:\n");
    project.env("RUSTFLAGS", "--cfg=other");
    assert_eq!(run(&project, &[]), "");
}

#[test]
fn a_firmware_without_any_module_has_an_empty_table() {
    let project = Project::new().firmware("").file(
        "fw/src/main.rs",
        "#![forbid(unsafe_code)]
         enroll::include_modules!();
         fn main() {
             vm::show(&BUILTINS);
             vm::find(&BUILTINS, \"errno\");
             println!(\"{} {:?}\", BUILTINS.table().len(), BUILTINS.verify());
         }",
    );
    assert_eq!(project.run(), "errno is not there\n0 Ok(())\n");
}
