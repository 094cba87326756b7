//! `cargo enroll verify` and `modules` on real builds: what the linker cannot
//! notice, and what is in a table.

use enroll_codegen::cli::{modules, verify};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// A workspace with a firmware, `fw_NAME`, whose only module crate,
/// `part_NAME`, is given as source.
///
/// The names differ so that all can share one target folder.
struct Workspace {
    root: PathBuf,
    name: &'static str,
}

const FIRMWARE: &str = r#"
enroll::include_modules!();
pub enum Vm {}
impl enroll::Host for Vm {
    type Rom = i64;
    type Value<'vm> = i64;
    type Context<'vm> = ();
    type Error = enroll::Broken;
    fn live<'vm>(_: &mut enroll::Cx<'_, 'vm, Vm>, rom: &'static i64) -> Result<i64, enroll::Broken> {
        Ok(*rom)
    }
    fn text<'vm>(_: &mut enroll::Cx<'_, 'vm, Vm>, _: &'static str) -> Result<i64, enroll::Broken> {
        Ok(0)
    }
    fn module<'vm>(_: &mut enroll::Cx<'_, 'vm, Vm>, _: enroll::ModuleId) -> Result<i64, enroll::Broken> {
        Ok(0)
    }
}
"#;

impl Workspace {
    fn new(name: &'static str, part: &str) -> Workspace {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("verify")
            .join(name);
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let runtime = here.join("../runtime");
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if fs::read_to_string(&path).ok().as_deref() != Some(text) {
                fs::write(path, text).unwrap();
            }
        };
        write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"fw\", \"part\"]\n",
        );
        // The workspace's own lock file has everything this one needs.
        fs::copy(here.join("../Cargo.lock"), root.join("Cargo.lock")).unwrap();
        write(
            "fw/Cargo.toml",
            &format!(
                "[package]\nname = \"fw_{name}\"\nedition = \"2024\"\n[dependencies]\nenroll.path = {runtime:?}\n\
                 part_{name}.path = \"../part\"\n[build-dependencies]\nenroll-codegen.path = {here:?}\n"
            ),
        );
        write(
            "fw/build.rs",
            "fn main() { enroll_codegen::Builder::new(\"Vm\").run() }",
        );
        write("fw/src/lib.rs", FIRMWARE);
        write(
            "part/Cargo.toml",
            &format!(
                "[package]\nname = \"part_{name}\"\nedition = \"2024\"\n[features]\nextra = []\n\
                 [dependencies]\nenroll.path = {runtime:?}\n"
            ),
        );
        write("part/src/lib.rs", part);
        Workspace { root, name }
    }

    /// `cargo enroll verify` with these arguments; the names in its answer are
    /// shortened to `fw` and `part`.
    fn verify(&self, args: &[&str]) -> Result<String, String> {
        self.ask(verify, args)
    }

    fn ask(
        &self,
        command: fn(&[OsString]) -> Result<String, String>,
        args: &[&str],
    ) -> Result<String, String> {
        let mut all: Vec<OsString> = ["--offline", "--quiet", "--manifest-path"]
            .map(OsString::from)
            .into();
        all.push(self.root.join("Cargo.toml").into());
        // One folder for all of them: the libraries are compiled once.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verify/target");
        all.push("--target-dir".into());
        all.push(target.into());
        // `part` and `fw` stand for the packages of this workspace.
        all.extend(args.iter().map(|arg| match *arg {
            "fw" | "part" => OsString::from(format!("{arg}_{}", self.name)),
            arg => OsString::from(arg.replace("part/", &format!("part_{}/", self.name))),
        }));
        let short = |text: String| text.replace(&format!("_{}", self.name), "");
        command(&all).map(short).map_err(short)
    }
}

const HOST: &str = "
pub enum Host {}
impl enroll::Host for Host {
    type Rom = i64;
    type Value<'vm> = i64;
    type Context<'vm> = ();
    type Error = enroll::Broken;
    fn live<'vm>(_: &mut enroll::Cx<'_, 'vm, Host>, rom: &'static i64) -> Result<i64, enroll::Broken> { Ok(*rom) }
    fn text<'vm>(_: &mut enroll::Cx<'_, 'vm, Host>, _: &'static str) -> Result<i64, enroll::Broken> { Ok(0) }
    fn module<'vm>(_: &mut enroll::Cx<'_, 'vm, Host>, _: enroll::ModuleId) -> Result<i64, enroll::Broken> { Ok(0) }
}
";

fn part(declarations: &str) -> String {
    format!("{HOST}{declarations}")
}

#[test]
fn c19_a_build_as_the_table_says_passes() {
    let workspace = Workspace::new(
        "same",
        &part(
            "enroll::register_module! { pub static A: Module<Host> = \"a\" { \"x\" => 1 } }
             enroll::register_module! {
                 #[cfg(feature = \"extra\")]
                 pub static B: Module<Host> = \"b\" {}
             }",
        ),
    );
    let report = "fw: 2 declarations in the table, 2 exported by the crates of this build\n";
    assert_eq!(workspace.verify(&["-p", "fw"]).as_deref(), Ok(report));
    // Its own cfg is rustc's: the symbol is there in both cases.
    let wider = ["-p", "fw", "--features", "part/extra"];
    assert_eq!(workspace.verify(&wider).as_deref(), Ok(report));
}

#[test]
fn c19_a_module_that_was_compiled_and_is_not_in_the_table_is_found() {
    let workspace = Workspace::new(
        "silent",
        &part(
            "#[cfg(feature = \"extra\")]
             mod extra {
                 enroll::register_module! { pub static B: Module<crate::Host> = \"b\" {} }
             }",
        ),
    );
    assert!(workspace.verify(&["-p", "fw"]).is_ok());
    // Cargo does not tell the build script: nothing else notices.
    let error = workspace
        .verify(&["-p", "fw", "--features", "part/extra"])
        .unwrap_err();
    assert!(
        error.contains(
            "`part 0.0.0` was compiled with a declaration that is not in the table of `fw`"
        ) && error.contains("part 0.0.0 b")
            && error.contains("compiled with the features [extra], the table was made for []"),
        "{error}"
    );
}

#[test]
fn c19_a_module_in_the_table_that_was_not_compiled_is_found_without_linking() {
    let workspace = Workspace::new(
        "missing",
        &part(
            "#[cfg(not(feature = \"extra\"))]
             mod plain {
                 enroll::register_module! { pub static B: Module<crate::Host> = \"b\" {} }
             }",
        ),
    );
    assert!(workspace.verify(&["-p", "fw"]).is_ok());
    let error = workspace
        .verify(&["-p", "fw", "--features", "part/extra"])
        .unwrap_err();
    assert!(
        error.contains("`b` (part 0.0.0, src/lib.rs:")
            && error
                .contains("is in the table of `fw`, but no crate of this build exports enroll1__"),
        "{error}"
    );
}

#[test]
fn c19_other_crates_of_the_build_do_not_count() {
    let workspace = Workspace::new(
        "others",
        &part("enroll::register_module! { pub static A: Module<Host> = \"a\" {} }"),
    );
    // The second firmware does not depend on `part`.
    let fw = fs::read_to_string(workspace.root.join("fw/Cargo.toml")).unwrap();
    let other = fw
        .replace("name = \"fw_others\"", "name = \"other\"")
        .replace("part_others.path = \"../part\"\n", "");
    fs::create_dir_all(workspace.root.join("other/src")).unwrap();
    fs::write(workspace.root.join("other/Cargo.toml"), other).unwrap();
    for file in ["build.rs", "src/lib.rs"] {
        fs::copy(
            workspace.root.join("fw").join(file),
            workspace.root.join("other").join(file),
        )
        .unwrap();
    }
    fs::write(
        workspace.root.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"fw\", \"part\", \"other\"]\n",
    )
    .unwrap();
    let report = workspace.verify(&["--workspace"]).unwrap();
    assert!(report.contains("other: 0 declarations"), "{report}");
    assert!(report.contains("fw: 1 declarations"), "{report}");
}

#[test]
fn without_a_firmware_there_is_nothing_to_compare() {
    let workspace = Workspace::new(
        "none",
        &part("enroll::register_module! { pub static A: Module<Host> = \"a\" {} }"),
    );
    let error = workspace.verify(&["-p", "part"]).unwrap_err();
    assert!(error.contains("is the firmware selected"), "{error}");
}

#[test]
fn modules_lists_what_is_in_and_what_is_left_out_with_the_reason() {
    let workspace = Workspace::new(
        "listed",
        &part(
            "enroll::register_module! {
                 pub static A: Module<Host> = \"a\" { \"x\" => 1, \"y\" => 2 }
                 class: extensible,
                 init: start,
             }
             enroll::extend_module! { pub static MORE: Extension<Host> = \"a\" { \"z\" => 3 } }
             enroll::register_module! {
                 pub static T: Module<Host> = \"timer\" {}
                 requires: [\"alloc\", \"clock\"],
             }
             enroll::extend_module! { pub static U: Extension<Host> = \"timer\" { \"z\" => 3 } }
             fn start(_: &mut enroll::Cx<'_, '_, Host>) -> Result<(), enroll::Broken> { Ok(()) }",
        ),
    );
    let build = "fn main() { enroll_codegen::Builder::new(\"Vm\").provides([\"alloc\"]).run() }";
    fs::write(workspace.root.join("fw/build.rs"), build).unwrap();
    let expected = "\
fw: 1 module
module  class       package     where           entries  hooks
a       extensible  part 0.0.0  src/lib.rs:13         2  init
a       extension   part 0.0.0  src/lib.rs:17         1

left out:
module  package     where           because
timer   part 0.0.0  src/lib.rs:19   requires `clock`, which the host does not provide
timer   part 0.0.0  src/lib.rs:22   `timer` is left out
";
    let squeezed = |text: &str| {
        let lines = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>()
    };
    let listed = workspace.ask(modules, &["-p", "fw"]).unwrap();
    // A library is linked to nothing, which is said as well.
    let (before, rest) = listed.split_once("\nROM is not known: ").unwrap();
    let listed = format!("{before}{}", rest.split_once('\n').unwrap().1);
    // The shortened names moved the columns.
    assert_eq!(squeezed(&listed), squeezed(expected));
    // What is left out is no difference between code and table.
    let report = "fw: 2 declarations in the table, 4 exported by the crates of this build\n";
    assert_eq!(workspace.verify(&["-p", "fw"]).as_deref(), Ok(report));
    let error = workspace.ask(modules, &["-p", "part"]).unwrap_err();
    assert_eq!(
        error,
        "error: no build script of this build wrote a table: is the firmware selected (-p)?"
    );
}
