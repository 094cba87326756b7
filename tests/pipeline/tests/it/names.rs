//! Names that collide, and names that the build cannot see.

use crate::project::Project;
use enroll_abi::hash::hash;

/// Two names with one id under salt 0, found among verb_noun_noun names.
const COLLIDING: [&str; 2] = ["count_speed_line", "set_bits_time"];

#[test]
fn c01_colliding_names_stop_the_build_with_both_places_and_a_free_salt() {
    let [first, second] = COLLIDING;
    assert_eq!(hash(first, 0), hash(second, 0), "choose another pair");
    let project = Project::new()
        .library(
            "encoder",
            "",
            &format!(
                "enroll::register_module! {{\n    static M: Module<vm::Vm> = \"encoder\" \
                 {{ {first:?} => 1 }}\n}}\n"
            ),
        )
        .library(
            "rtc",
            "",
            &format!(
                "enroll::register_module! {{\n    static M: Module<vm::Vm> = \"rtc\" {{}}\n}}\n\
                 pub fn name() -> enroll::Qstr {{ enroll::qstr!({second:?}) }}\n"
            ),
        )
        .firmware("encoder = { path = \"../encoder\" }\nrtc = { path = \"../rtc\" }");
    let told = project.refused();
    for part in [
        "error: the names `count_speed_line` and `set_bits_time` have the same id under salt 0",
        "$DIR/encoder/src/lib.rs:2:44",
        "$DIR/rtc/src/lib.rs:4:47",
        "in .cargo/config.toml, under [env]: ENROLL_QSTR_SALT = \"1\"",
        "salt 1 was tried on all",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    project.write(".cargo/config.toml", "[env]\nENROLL_QSTR_SALT = \"1\"\n");
    assert_eq!(project.run(), "encoder: count_speed_line=1\nrtc:\n");
}

/// A firmware that prints whether the pool has these names.
fn pool_of(library: Project, names: &[&str]) -> Project {
    library.firmware("hides = { path = \"../hides\" }").file(
        "fw/src/main.rs",
        &format!(
            "enroll::include_modules!();
             fn main() {{
                 for name in {names:?} {{
                     let known = BUILTINS.pool().get(name);
                     println!(\"{{name}} {{}}\", known.is_some());
                 }}
                 println!(\"{{}}\", hides::all().iter().all(|name| {{
                     BUILTINS.pool().text(*name).is_some()
                 }}));
             }}"
        ),
    )
}

/// Applies both remedies of an error about hidden names, one after the other.
#[track_caller]
fn remedied(project: &Project, list: &str, printed: &str) {
    let (manifest, script) = (
        project.read("hides/Cargo.toml"),
        project.read("fw/build.rs"),
    );
    project.write(
        "hides/Cargo.toml",
        &format!("{manifest}[package.metadata.enroll]\nnames = {list}\n"),
    );
    assert_eq!(project.run(), printed, "named in the manifest");
    project.write("hides/Cargo.toml", &manifest);
    project.refused();
    project.edit(
        "fw/build.rs",
        ".run",
        &format!(".names_of(\"hides\", {list}).run"),
    );
    assert_eq!(project.run(), printed, "named in build.rs");
    project.write("fw/build.rs", &script);
    project.refused();
}

#[test]
fn c07_names_that_a_macro_builds_are_an_error_until_they_are_declared() {
    let library = Project::new().library(
        "hides",
        "",
        "macro_rules! names {
    ($($name:literal),*) => { [$(enroll::qstr!($name)),*] };
}
pub fn all() -> [enroll::Qstr; 2] {
    names![\"left\", \"right\"]
}
",
    );
    let project = pool_of(library, &["left", "right"]);
    let told = project.refused();
    for part in [
        "error: the names that `names!` gives to qstr! are not known before the compiler runs",
        "$DIR/hides/src/lib.rs:2:42",
        "in the manifest of `hides` (an empty list says there are none): \
         [package.metadata.enroll] names = [\"…\"]",
        "in the firmware's build.rs: .names_of(\"hides\", [\"…\"])",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    remedied(
        &project,
        "[\"left\", \"right\"]",
        "left true\nright true\ntrue\n",
    );
}

#[test]
fn c07_names_in_generated_sources_are_an_error_until_they_are_declared() {
    let library = Project::new()
        .library(
            "hides",
            "",
            "include!(concat!(env!(\"OUT_DIR\"), \"/names.rs\"));\n",
        )
        .file(
            "hides/build.rs",
            "fn main() {
                let out = std::env::var_os(\"OUT_DIR\").unwrap();
                let file = std::path::Path::new(&out).join(\"names.rs\");
                std::fs::write(file, \"pub fn all() -> [enroll::Qstr; 1] \\
                    { [enroll::qstr!(\\\"generated\\\")] }\").unwrap();
            }",
        );
    let project = pool_of(library, &["generated"]);
    let told = project.refused();
    for part in [
        "into `hides` is not known before the compiler runs",
        "$DIR/hides/src/lib.rs:1:1",
        "names in it would not be in the pool",
        ".names_of(\"hides\", [\"…\"])",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    remedied(&project, "[\"generated\"]", "generated true\ntrue\n");
}

#[test]
fn names_that_no_source_shows_come_from_the_builder() {
    let library = Project::new().library("hides", "", "pub fn all() -> [enroll::Qstr; 0] { [] }");
    let project = pool_of(library, &["told", "untold"]);
    project.edit("fw/build.rs", ".run", ".names([\"told\"]).run");
    assert_eq!(project.run(), "told true\nuntold false\ntrue\n");
}
