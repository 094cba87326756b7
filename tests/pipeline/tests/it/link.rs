//! From a private module of a crate deep below to the linked firmware.

use crate::project::{Project, host, module, printed};
use std::process::Command;

/// `fw` depends on `mid` under another name, `mid` on `deep`, whose module is
/// private.
fn project() -> Project {
    Project::new()
        .library(
            "deep",
            "",
            &format!(
                "#![forbid(unsafe_code)]\nmod private {{ mod within {{ {} }} }}\n",
                module("deep", "\"x\" => 1")
            ),
        )
        .library("unused", "", "pub fn nothing() {}")
        .plain(
            "mid",
            "deep = { path = \"../deep\" }",
            "extern crate deep as _;\n",
        )
        .firmware(
            "between = { package = \"mid\", path = \"../mid\" }\n\
             unused = { path = \"../unused\" }",
        )
        .file(
            "fw/src/main.rs",
            &format!(
                "#![forbid(unsafe_code)]
                 enroll::include_modules!();
                 {}
                 fn main() {{ vm::show(&BUILTINS); }}
                 #[cfg(test)]
                 mod tests {{
                     #[test]
                     fn finds() {{
                         crate::BUILTINS.verify().unwrap();
                         assert_eq!(crate::BUILTINS.iter().count(), 2);
                         assert!(crate::BUILTINS.find_text(\"own\").is_some());
                         assert!(crate::BUILTINS.find_text(\"deep\").is_some());
                     }}
                 }}",
                module("own", "\"y\" => 2")
            ),
        )
}

const PRINTED: &str = "deep: x=1\nown: y=2\n";

#[test]
fn c08_a_private_module_deep_below_is_linked_whatever_the_profile() {
    let mut project = project();
    assert_eq!(project.run(), PRINTED);
    // As a release profile tells rustc, but not for the build script and its
    // dependencies, which would all be compiled again.
    project.env("RUSTFLAGS", "-Copt-level=3 -Cembed-bitcode=yes");
    for lto in ["off", "thin", "fat"] {
        let built = project.command(
            "rustc",
            &[
                "-p",
                "fw",
                "--target",
                host(),
                "--",
                &format!("-Clto={lto}"),
            ],
        );
        match built {
            Ok(built) => assert_eq!(built.run("fw"), PRINTED, "lto = {lto:?}"),
            Err(told) => panic!("lto = {lto:?}\n{told}"),
        }
    }
}

#[test]
fn c08_a_test_of_the_firmware_has_its_table() {
    let project = project();
    let output = project
        .cargo()
        .args(["test", "--offline", "-p", "fw"])
        .output();
    let text = printed(output.expect("Cargo runs"));
    assert!(text.contains("test tests::finds ... ok"), "{text}");
}

#[test]
#[cfg(target_os = "linux")]
fn c08_libraries_for_c_have_the_table() {
    let project = project();
    project.edit(
        "fw/Cargo.toml",
        "[dependencies]",
        "[lib]\ncrate-type = [\"cdylib\", \"staticlib\"]\n[dependencies]",
    );
    let source = project.read("fw/src/main.rs");
    project.remove("fw/src/main.rs");
    project.write(
        "fw/src/lib.rs",
        &source
            .replace("forbid(unsafe_code)", "deny(warnings)")
            .replace(
                "fn main()",
                "#[unsafe(no_mangle)] pub extern \"C\" fn modules()",
            ),
    );
    project.write(
        "main.c",
        "void modules(void); int main(void) { modules(); return 0; }",
    );
    project.must_build(&["-p", "fw"]);
    let folder = project.target().join("debug");
    let link = |name: &str, libraries: &[&str]| {
        let executable = project.dir.join(name);
        let mut cc = Command::new("cc");
        cc.current_dir(&project.dir)
            .args(["main.c", "-o", name])
            .args(libraries);
        printed(cc.output().expect("a C compiler"));
        printed(
            Command::new(executable)
                .env("LD_LIBRARY_PATH", &folder)
                .output()
                .expect("it runs"),
        )
    };
    let dynamic = link("dynamic", &["-Ltarget/debug", "-lfw"]);
    assert_eq!(dynamic, PRINTED, "cdylib");
    let fixed = link(
        "static",
        &[
            "target/debug/libfw.a",
            "-lpthread",
            "-ldl",
            "-lm",
            "-lgcc_s",
        ],
    );
    assert_eq!(fixed, PRINTED, "staticlib");
}

#[test]
fn c20_only_the_dependencies_that_lead_to_modules_are_named() {
    let project = project();
    assert_eq!(project.run(), PRINTED);
    let text = project.generated();
    let externs: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("extern crate"))
        .collect();
    assert_eq!(externs, ["    extern crate between as _;"]);
}

#[test]
fn c20_a_crate_in_between_that_names_nothing_is_an_error_with_the_line_to_write() {
    let project = project();
    for source in [
        "",
        "//! See `deep::run` in deep.\n// extern crate deep as _;\n",
        "pub const S: &str = \"extern crate deep as _;\";\n",
        "#[cfg(any())]\nextern crate deep as _;\n",
        "#[cfg(test)]\nmod tests { use deep::nothing; }\n",
        "#[cfg(windows)]\n#[cfg(unix)]\npub use deep::*;\n",
        "#[cfg(debug_assertions)]\npub use deep::*;\n",
        "pub struct S { pub deep: u8 }\npub fn f(s: S) -> u8 { s.deep }\n",
    ] {
        project.write("mid/src/lib.rs", source);
        let told = project.refused();
        for part in [
            "error: `deep` registers `deep`, but no code names that crate, so it would not be linked",
            "$DIR/mid/src/lib.rs",
            "write `extern crate deep as _;` at the root of `mid`",
        ] {
            assert!(told.contains(part), "{source}\n{part}\n{told}");
        }
    }
    for source in [
        "extern crate deep as _;",
        "#[cfg(not(test))] extern crate deep as _;",
        "pub use deep::*;",
        "#[allow(unused_imports)] pub use ::deep as hardware;",
    ] {
        project.write("mid/src/lib.rs", source);
        assert_eq!(project.run(), PRINTED, "{source}");
    }
}

#[test]
fn c08_a_table_for_another_target_links_as_well() {
    let project = project();
    assert_eq!(project.run_with(&["--target", host()]), PRINTED);
}
