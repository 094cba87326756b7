//! Firmwares from a manifest: `cargo enroll build -f firmware.toml`.

use crate::expect::expect;
use crate::project::{Project, module, printed};
use crate::sources::{fresh_home, registry};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A base `fw` with `os`, `json` and `extra`, and crates of another workspace in
/// `outside/`.
fn project() -> Project {
    let extension =
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"os\" { \"z\" => 3 } }";
    let project = Project::new()
        .library(
            "os",
            "[features]\ndefault = [\"sep\"]\nsep = []\nlinesep = []",
            &module(
                "os",
                "#[cfg(feature = \"sep\")] \"sep\" => 1, #[cfg(feature = \"linesep\")] \"linesep\" => 2",
            ),
        )
        .library("json", "", &module("json", "\"loads\" => 4"))
        .library("extra", "", extension)
        .firmware(
            "os = { path = \"../os\" }\njson = { path = \"../json\" }\n\
             extra = { path = \"../extra\", optional = true }\n\
             [features]\ndefault = []\nmore = [\"dep:extra\"]",
        );
    outside(&project, "beacon", "", &module("beacon", "\"encode\" => 7"));
    project
}

/// A crate in the workspace `outside/`, which the base's does not know.
fn outside(project: &Project, name: &str, manifest: &str, source: &str) {
    project.write(
        "outside/Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"product\"]\n\
         [workspace.package]\nedition = \"2024\"\n",
    );
    let path = Project::repository;
    project.write(
        &format!("outside/{name}/Cargo.toml"),
        &format!(
            "[package]\nname = {name:?}\nversion = \"0.3.0\"\nedition.workspace = true\n\
             [dependencies]\nenroll = {{ path = {:?} }}\nvm = {{ path = {:?} }}\n{manifest}\n",
            path("runtime"),
            path("tests/pipeline/vm"),
        ),
    );
    project.write(&format!("outside/{name}/src/lib.rs"), source);
}

/// The manifest of the product, over the base.
fn product(project: &Project, text: &str) {
    let head = "[firmware]\nname = \"station\"\nbase = { path = \"../../fw\" }\n";
    // Keys of the top stand before the first table.
    let (top, tables) = match text.split_once("---\n") {
        Some((top, tables)) => (top, tables),
        None => ("", text),
    };
    project.write(
        "outside/product/firmware.toml",
        &format!("{top}{head}{tables}"),
    );
}

const FILE: &str = "outside/product/firmware.toml";
const BEACON: &str = "[modules]\nbeacon = { path = \"../beacon\" }\n";

/// Assembles, runs, and returns what the firmware prints.
#[track_caller]
fn run(project: &Project, arguments: &[&str]) -> String {
    let arguments = [&["-f", FILE, "--quiet"], arguments].concat();
    match project.enroll("run", &arguments) {
        Ok(printed) => printed,
        Err(told) => panic!("{told}"),
    }
}

/// What stops the assembling or the build, with `$DIR` for the workspace.
#[track_caller]
fn refused(project: &Project, arguments: &[&str]) -> String {
    let arguments = [&["-f", FILE], arguments].concat();
    let told = project.enroll("build", &arguments).expect_err("an error");
    told.replace(&project.dir.display().to_string(), "$DIR")
}

/// The generated project's file.
fn generated(project: &Project, path: &str) -> String {
    project.read(&format!("outside/product/target/enroll/{path}"))
}

/// The table that a build script of `package` wrote last.
fn table(project: &Project, of: &str) -> String {
    let scripts = fs::read_dir(project.target().join("debug/build")).expect("a folder");
    let tables = scripts
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("fw-")
        })
        .filter_map(|path| {
            let output = fs::read_to_string(path.join("output")).ok()?;
            let table = fs::read_to_string(path.join("out/enroll_modules.rs")).ok()?;
            output.contains(of).then_some(table)
        });
    let tables: Vec<String> = tables.collect();
    assert_eq!(tables.len(), 1, "{of}");
    tables.into_iter().next().unwrap_or_default()
}

#[test]
fn a_firmware_is_assembled_as_if_it_had_been_written_by_hand() {
    let project = project();
    product(&project, BEACON);
    let before = project.read("fw/Cargo.toml");
    let all = "beacon: encode=7\njson: loads=4\nos: sep=1\n";
    assert_eq!(run(&project, &[]), all);
    assert_eq!(project.read("fw/Cargo.toml"), before);

    // The same by hand: another package over the same sources.
    project.write(
        "outside/hand/Cargo.toml",
        &format!(
            "[package]\nname = \"fw\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\
             build = \"../../fw/build.rs\"\n[workspace]\n\
             [[bin]]\nname = \"fw\"\npath = \"../../fw/src/main.rs\"\n\
             [dependencies]\nenroll = {{ path = {:?} }}\nvm = {{ path = {:?} }}\n\
             os = {{ path = \"../../os\" }}\njson = {{ path = \"../../json\" }}\n\
             beacon = {{ path = \"../beacon\" }}\n\
             [build-dependencies]\nenroll-codegen = {{ path = {:?} }}\n\
             [profile.dev]\ndebug = 0\nincremental = false\n",
            Project::repository("runtime"),
            Project::repository("tests/pipeline/vm"),
            Project::repository("codegen"),
        ),
    );
    let lock = project.read("outside/product/firmware.lock");
    project.write("outside/hand/Cargo.lock", &lock);
    let built = project.must_build(&["--manifest-path", "outside/hand/Cargo.toml"]);
    assert_eq!(built.run("fw"), all);
    let by_hand = table(&project, "outside/hand/Cargo.toml");
    assert_eq!(table(&project, "enroll/station/station"), by_hand);
}

#[test]
fn the_lock_file_stays_with_the_manifest() {
    let project = project();
    product(&project, &format!("{BEACON}[variants.plain]\n"));
    let told = refused(&project, &["--locked"]);
    assert!(
        told.contains("there is no $DIR/outside/product/firmware.lock, and --locked"),
        "{told}"
    );
    run(&project, &[]);
    let lock = project.read("outside/product/firmware.lock");
    // It begins with the versions of the base's workspace, and ends with what
    // this firmware needs.
    for package in ["beacon", "syn", "fw"] {
        assert!(lock.contains(&format!("name = {package:?}\n")), "{package}");
    }
    assert!(!lock.contains("name = \"mlua\"\n"), "{lock}");
    let ours = project.read("Cargo.lock");
    let memchr = ours
        .split("[[package]]")
        .find(|it| it.contains("name = \"memchr\""));
    assert!(lock.contains(memchr.expect("memchr")), "{lock}");

    assert_eq!(run(&project, &["--locked"]), run(&project, &[]));
    outside(&project, "torch", "", &module("torch", ""));
    product(
        &project,
        &format!("{BEACON}torch = {{ path = \"../torch\" }}\n[variants.plain]\n"),
    );
    let told = refused(&project, &["--locked"]);
    assert!(told.contains("--locked"), "{told}");
    assert_eq!(project.read("outside/product/firmware.lock"), lock);
    run(&project, &[]);
    let more = project.read("outside/product/firmware.lock");
    assert!(more.contains("name = \"torch\"\n"), "{more}");

    // Each variant has its own.
    run(&project, &["--variant", "plain"]);
    assert!(
        project
            .dir
            .join("outside/product/firmware.plain.lock")
            .is_file()
    );
    // One that was removed is made anew.
    project.remove("outside/product/firmware.lock");
    run(&project, &[]);
    assert_eq!(project.read("outside/product/firmware.lock"), more);
}

#[test]
fn nothing_is_written_or_run_again_without_need() {
    let project = project();
    product(
        &project,
        &format!("{BEACON}[variants.small.leave-out]\nmodules = [\"json\"]\n"),
    );
    let times = || {
        let folder = project.dir.join("outside/product");
        let mut all: Vec<_> = ["firmware.lock", "firmware.small.lock"]
            .iter()
            .map(|name| folder.join(name))
            .collect();
        for firmware in ["station", "station-small"] {
            let folder = folder.join("target/enroll").join(firmware);
            all.push(folder.join("Cargo.toml"));
            all.push(folder.join("Cargo.lock"));
            all.push(folder.join(firmware).join("Cargo.toml"));
        }
        all.iter()
            .map(|path| path.metadata().expect("a file").modified().expect("a time"))
            .collect::<Vec<_>>()
    };
    let build = |arguments: &[&str]| {
        let arguments = [&["-f", FILE], arguments].concat();
        project.enroll_with_stderr("build", &arguments)
    };
    build(&[]);
    build(&["--variant", "small"]);
    let before = times();
    for arguments in [&[][..], &["--variant", "small"], &[]] {
        let told = build(arguments);
        assert!(!told.contains("Compiling"), "{told}");
    }
    assert_eq!(times(), before);
    // What was linked under one name is there for each.
    let kept = |firmware: &str| {
        let path = format!("outside/product/target/enroll/{firmware}/debug/fw");
        printed(
            Command::new(project.dir.join(path))
                .output()
                .expect("it runs"),
        )
    };
    assert_eq!(
        kept("station"),
        "beacon: encode=7\njson: loads=4\nos: sep=1\n"
    );
    assert_eq!(kept("station-small"), "beacon: encode=7\nos: sep=1\n");
}

#[test]
fn features_of_the_base_and_of_its_dependencies() {
    let project = project();
    let with = |base: &str, rest: &str| {
        let text = format!(
            "[firmware]\nbase = {{ path = \"../../fw\", {base} }}\n[leave-out]\nmodules = [\"json\"]\n{rest}"
        );
        project.write(FILE, &text);
        run(&project, &[])
    };
    assert_eq!(with("features = []", ""), "os: sep=1\n");
    assert_eq!(with("features = [\"more\"]", ""), "os: sep=1 z=3\n");
    let features = "[dependencies]\nos = { features = [\"linesep\"] }\n";
    assert_eq!(with("features = []", features), "os: linesep=2 sep=1\n");
    let features = "[modules]\nos = { default-features = false, features = [\"linesep\"] }\n";
    assert_eq!(with("features = []", features), "os: linesep=2\n");
    // On Cargo's command line, too.
    let features = ["-f", FILE, "-q", "--features", "more"];
    let ran = project.enroll("run", &features).expect("it runs");
    assert_eq!(ran, "os: linesep=2 z=3\n");
}

#[test]
fn what_is_left_out_is_not_even_compiled() {
    let project = project();
    project.edit(
        "fw/Cargo.toml",
        "more = [\"dep:extra\"]",
        "more = [\"dep:extra\", \"os/linesep\"]",
    );
    product(&project, "[leave-out]\ncrates = [\"os\", \"extra\"]\n");
    // It would not compile.
    project.write("os/src/lib.rs", "no rust");
    assert_eq!(run(&project, &["--features", "more"]), "json: loads=4\n");
    let manifest = generated(&project, "station/station/Cargo.toml");
    assert!(manifest.contains("more = []"), "{manifest}");

    // Another crate in its place.
    outside(&project, "os2", "", &module("os", "\"sep\" => 9"));
    product(
        &project,
        "[leave-out]\ncrates = [\"os\"]\n[modules]\nos = { path = \"../os2\", package = \"os2\" }\n",
    );
    assert_eq!(run(&project, &[]), "json: loads=4\nos: sep=9\n");
}

#[test]
fn modules_are_chosen_named_and_classed() {
    let project = project();
    project.edit(
        "fw/src/main.rs",
        "vm::show(&BUILTINS);",
        "for name in [\"json\", \"ujson\", \"os\", \"beacon\"] {
             vm::find(&BUILTINS, name);
         }
         for id in BUILTINS.iter() {
             let table = BUILTINS.table();
             let class = table.class(id, table.header(id).unwrap());
             println!(\"{} {class:?}\", table.name_text(id));
         }
         println!(\"{:?}\", BUILTINS.pool().get(\"spare\").is_some());",
    );
    product(
        &project,
        &format!(
            "names = [\"spare\"]\n---\n{BEACON}[only]\nmodules = [\"json\"]\n\
             [aliases]\nujson = \"json\"\n[class]\njson = \"extensible\"\n"
        ),
    );
    assert_eq!(
        run(&project, &[]),
        "json is json\nujson is json\nos is not there\nbeacon is beacon\n\
         beacon Builtin\njson Extensible\ntrue\n"
    );
    let told = project.enroll("modules", &["-f", FILE]).expect("a list");
    assert!(
        told.contains("it is not among those chosen (`only.modules` of firmware.toml)"),
        "{told}"
    );
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\nfn main() { vm::show(&BUILTINS); }\n",
    );
    product(
        &project,
        &format!("{BEACON}[leave-out]\nmodules-of = [\"json\"]\nmodules = [\"os\"]\n"),
    );
    assert_eq!(run(&project, &[]), "beacon: encode=7\n");
}

#[test]
fn manifests_include_others_and_have_variants() {
    let project = project();
    outside(&project, "torch", "", &module("torch", "\"on\" => 1"));
    project.write(
        "outside/common/firmware.toml",
        "[firmware]\nname = \"common\"\nbase = { path = \"../../fw\" }\n\
         [modules]\ntorch = { path = \"../torch\" }\n[leave-out]\nmodules = [\"json\"]\n\
         [variants.small.leave-out]\nmodules = [\"os\"]\n\
         [variants.extra.firmware]\nbase = { features = [\"more\"] }\n",
    );
    let beacon = "[modules]\nbeacon = { path = \"../beacon\" }\n";
    let small = "[variants.small.leave-out]\nmodules = [\"beacon\"]\n";
    let plain = |include: &str| {
        project.write(FILE, &format!("include = [{include}]\n{beacon}{small}"));
    };
    // A folder means the `firmware.toml` in it; twice is once.
    plain("\"../common\", \"../common/firmware.toml\"");
    assert_eq!(
        run(&project, &[]),
        "beacon: encode=7\nos: sep=1\ntorch: on=1\n"
    );
    assert_eq!(run(&project, &["--variant", "small"]), "torch: on=1\n");
    assert_eq!(
        run(&project, &["--variant=extra"]),
        "beacon: encode=7\nos: sep=1 z=3\ntorch: on=1\n"
    );
    // As options given to an included manifest.
    plain("{ path = \"../common\", variants = [\"extra\"] }");
    assert_eq!(
        run(&project, &[]),
        "beacon: encode=7\nos: sep=1 z=3\ntorch: on=1\n"
    );
    // What is nearer counts more: another name, other features of the base.
    project.write(
        FILE,
        "include = [\"../common\"]\n[firmware]\nname = \"mine\"\n\
         base = { features = [\"more\"] }\n[modules]\ntorch = { path = \"../beacon\", package = \"beacon\" }\n",
    );
    assert_eq!(run(&project, &[]), "beacon: encode=7\nos: sep=1 z=3\n");
    assert!(generated(&project, "mine/Cargo.toml").contains("[\"mine\"]"));
}

#[test]
fn folders_of_sources_and_scripts_are_named_by_the_manifest() {
    let project = project();
    project.write(
        "outside/user/wind/mod.rs",
        &module("wind", "\"knots\" => 12"),
    );
    project.write("outside/own/rain/mod.rs", &module("rain", "\"mm\" => 3"));
    project.write("outside/product/scripts/boot.lua", "return 1");
    project.write("fw/own/first.lua", "return 2");
    // The base's own are relative to the base, wherever the product is.
    project.write(
        "fw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").user_modules(\"outside/own\").freeze(\"own\")
             .freeze_like(enroll_codegen::Freeze::new(\"\").compile(|script| {
                 let code = [b\"compiled \", script.bytes].concat();
                 Ok(enroll_codegen::Compiled { code, ..Default::default() })
             })).run(); }\n",
    );
    project.edit(
        "fw/Cargo.toml",
        "enroll.workspace = true",
        "enroll = { workspace = true, features = [\"alloc\"] }",
    );
    project.edit(
        "fw/src/main.rs",
        "vm::show(&BUILTINS);",
        "vm::show(&BUILTINS);
         for module in FROZEN.modules {
             println!(\"{} {:?}\", module.name, String::from_utf8_lossy(module.code));
         }",
    );
    product(
        &project,
        "user-modules = [\"../user\"]\nfreeze = [\"scripts\"]\n---\n[leave-out]\nmodules = [\"json\"]\n",
    );
    let expected = "os: sep=1\nrain: mm=3\nwind: knots=12\n\
                    boot \"compiled return 1\"\nfirst \"return 2\"\n";
    assert_eq!(run(&project, &[]), expected);
}

#[test]
fn everything_that_a_manifest_says_wrong_is_told_at_once_with_its_place() {
    let project = project();
    outside(&project, "torch", "", &module("torch", ""));
    product(
        &project,
        "includ = [\"a.toml\"]\nprovides = \"float\"\nuser-modules = [\"../nowhere\"]\n\
         include = [\"missing.toml\", { path = \"../more.toml\", variants = [\"larg\"] }]\n---\n\
         [modules]\n\
         beacon = { path = \"../beacon\", git = \"https://host/beacon\", rev = \"1\", tag = \"2\" }\n\
         torch = { path = \"../torch\", feature = [\"x\"], features = \"y\", optional = true }\n\
         lamp = 1\n\
         glow = { branch = \"main\" }\n\
         [leave-out]\nmodul = [\"x\"]\n\
         [aliases]\nujson = 1\n[class]\nos = \"extensble\"\n\
         [[freeze]]\npth = \"scripts\"\n\
         [[freeze]]\npath = \"nowhere\"\n\
         [[freeze]]\npath = \"../beacon\"\nclass = \"extensble\"\ndata = 1\nexclud = []\n\
         [variants.\"a b\"]\n",
    );
    project.write(
        "outside/more.toml",
        "include = [\"../outside/product\"]\n[variants.large]\n",
    );
    expect("assemble_syntax", &refused(&project, &[]));
    project.write(FILE, "[firmware\n");
    expect("assemble_toml", &refused(&project, &[]));
}

#[test]
fn what_the_base_has_not_is_told_with_near_names() {
    let project = project();
    outside(&project, "torch", "", &module("torch", ""));
    project.write(
        FILE,
        "[firmware]\nbase = { path = \"../../fw\", features = [\"mor\", \"os/sep\"] }\n\
         [modules]\nbeacon = { path = \"../beacon\" }\njson = { path = \"../../json\" }\n\
         osx = { features = [] }\nmissing = { path = \"../missing\" }\n\
         light = { path = \"../torch\" }\n\
         [dependencies]\nbeacon = { path = \"../beacon\" }\n\
         [leave-out]\ncrates = [\"exta\", \"vmm\", \"zlib\"]\n",
    );
    expect("assemble_base", &refused(&project, &[]));
    // What the plan lacks is told of the manifest, not of the generated file.
    project.write(
        FILE,
        "[firmware]\nbase = { path = \"../../fw\" }\n\
         [modules]\nquiet = { path = \"../quiet\" }\nplain = { path = \"../plain\" }\n\
         beacon = { path = \"../beacon\" }\n\
         [only]\nmodules = [\"jsn\"]\n[leave-out]\nmodules-of = [\"osx\"]\n\
         [aliases]\nuzlib = \"zlib\"\n[class]\nos = \"extensible\"\n",
    );
    outside(&project, "quiet", "", "");
    project.write(
        "outside/plain/Cargo.toml",
        "[package]\nname = \"plain\"\nversion = \"1.0.0\"\nedition.workspace = true\n",
    );
    project.write("outside/plain/src/lib.rs", "");
    let told = refused(&project, &[]);
    expect("assemble_plan", &project.script_output(&told));
}

#[test]
fn a_base_that_is_no_firmware_is_told() {
    let project = project();
    for (base, expected) in [
        ("../../nowhere", "there is no package in "),
        (
            "../../json",
            "`json` is no firmware: it has no build script",
        ),
        ("../..", "this is a workspace without a package of its own"),
        (
            "../lazy",
            "the base of outside/product/firmware.toml is no firmware: its build script wrote no table",
        ),
        ("../heir", "Cargo cannot read this package"),
    ] {
        project.write(
            FILE,
            &format!("[firmware]\nbase = {{ path = \"{base}\" }}\n"),
        );
        if base == "../lazy" {
            outside(&project, "lazy", "", "");
            project.write("outside/lazy/build.rs", "fn main() {}");
        }
        if base == "../heir" {
            outside(&project, "heir", "serde.workspace = true", "");
        }
        let told = refused(&project, &[]);
        assert!(told.contains(expected), "{base}: {told}");
        assert!(told.contains("help: "), "{base}: {told}");
    }
    // And which one it was that could not be inherited.
    let told = refused(&project, &[]);
    assert!(
        told.contains("`workspace.dependencies` was not defined"),
        "{told}"
    );
    project.write(FILE, "[firmware]\nname = \"x\"\n");
    let told = refused(&project, &[]);
    assert!(
        told.contains("does not say which firmware is its base"),
        "{told}"
    );
}

#[test]
fn the_command_line_is_checked() {
    let project = project();
    product(&project, &format!("{BEACON}[variants.small]\n"));
    let told = |command: &str, arguments: &[&str]| {
        let told = project.enroll(command, arguments).expect_err("an error");
        told.replace(&project.dir.display().to_string(), "$DIR")
    };
    for (command, arguments, expected) in [
        (
            "build",
            &[][..],
            "this command is about a manifest: -f firmware.toml",
        ),
        ("build", &["-f"], "`-f` needs a value after it"),
        ("build", &["-f", "a", "--file=b"], "-f is given twice"),
        (
            "modules",
            &["--variant", "small"],
            "--variant is of a manifest",
        ),
        (
            "build",
            &["-f", "none.toml"],
            "there is no manifest none.toml",
        ),
        (
            "build",
            &["-f", FILE, "--variant", "smal"],
            "did you mean `small`?",
        ),
        (
            "modules",
            &["-f", FILE, "--manifest-path", "fw/Cargo.toml"],
            "name two firmwares",
        ),
        (
            "build",
            &["-f", FILE, "--no-such-option"],
            "unexpected argument '--no-such-option'",
        ),
    ] {
        let told = told(command, arguments);
        assert!(told.contains(expected), "{command} {arguments:?}: {told}");
    }
}

/// A repository of what is in `folder`, and its URL.
fn repository(project: &Project, folder: &str) -> String {
    let dir = project.dir.join(folder);
    let git = |arguments: &[&str]| {
        let git = Command::new("git")
            .args(["-c", "user.name=t", "-c", "user.email=t@t"])
            .args(arguments)
            .current_dir(&dir)
            .output();
        printed(git.expect("git"))
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["tag", "v1"]);
    format!("file://{}", dir.display())
}

/// For crates of elsewhere, which name the runtime by its version.
fn patch() -> String {
    let patch = [
        "enroll=runtime",
        "vm=tests/pipeline/vm",
        "enroll-codegen=codegen",
    ]
    .map(|patch| {
        let (name, path) = patch.split_once('=').expect("a path");
        format!("{name} = {{ path = {:?} }}\n", Project::repository(path))
    });
    format!("[patch.crates-io]\n{}", patch.concat())
}

#[test]
fn the_base_comes_from_a_registry() {
    let project = project();
    registry(&project);
    project.write(
        "vendor/board-1.2.0/Cargo.toml",
        "[package]\nname = \"board\"\nversion = \"1.2.0\"\nedition = \"2024\"\n\
         [dependencies]\nenroll = \"0.1\"\nvm = \"0.1\"\n\
         [build-dependencies]\nenroll-codegen = \"0.1\"\n",
    );
    for (file, text) in [
        ("build.rs", project.read("fw/build.rs")),
        ("src/main.rs", project.read("fw/src/main.rs")),
        (".cargo-checksum.json", "{\"files\":{}}".to_owned()),
    ] {
        project.write(&format!("vendor/board-1.2.0/{file}"), &text);
    }
    let based = |version: &str| {
        let base = format!("version = \"{version}\", registry = \"tiny\", package = \"board\"");
        let base = format!("[firmware]\nbase = {{ {base} }}\n{BEACON}{}", patch());
        project.write(FILE, &base);
        project.enroll("run", &["-f", FILE, "--quiet"])
    };
    let told = based("1.2").expect_err("not pinned");
    assert!(told.contains("write `version = \"=1.2\"`"), "{told}");
    assert_eq!(based("=1.2.0").as_deref(), Ok("beacon: encode=7\n"));
}

#[test]
fn crates_and_the_base_come_from_repositories() {
    let mut project = project();
    let home = fresh_home(&project);
    project.env("CARGO_HOME", &home.display().to_string());
    // A base with a path dependency of its own, and a module crate.
    let patch = patch();
    let root = project.read("Cargo.toml");
    project.write("Cargo.toml", &format!("{root}\n{patch}"));
    for (file, text) in [
        (
            "Cargo.toml",
            format!(
                "[workspace]\nresolver = \"3\"\nmembers = [\"board\", \"empty\", \"gyro\", \"sensor\"]\n\
                 [workspace.package]\nversion = \"2.0.0\"\nedition = \"2024\"\n\
                 [workspace.dependencies]\nenroll = \"0.1\"\nvm = \"0.1\"\n\
                 enroll-codegen = \"0.1\"\n[profile.dev]\ndebug = 0\nincremental = false\n{patch}"
            ),
        ),
        (
            "board/Cargo.toml",
            "[package]\nname = \"board\"\nversion.workspace = true\nedition.workspace = true\n\
             [dependencies]\nenroll.workspace = true\nvm.workspace = true\n\
             sensor = { path = \"../sensor\" }\n\
             [build-dependencies]\nenroll-codegen.workspace = true\n"
                .to_owned(),
        ),
        ("board/build.rs", project.read("fw/build.rs")),
        ("board/src/main.rs", project.read("fw/src/main.rs")),
        (
            "sensor/Cargo.toml",
            "[package]\nname = \"sensor\"\nversion.workspace = true\nedition.workspace = true\n\
             [dependencies]\nenroll.workspace = true\nvm.workspace = true\n"
                .to_owned(),
        ),
        (
            "empty/Cargo.toml",
            "[package]\nname = \"empty\"\nversion.workspace = true\nedition.workspace = true\n"
                .to_owned(),
        ),
        ("empty/src/lib.rs", String::new()),
        ("sensor/src/lib.rs", module("sensor", "\"read\" => 5")),
        (
            "gyro/Cargo.toml",
            "[package]\nname = \"gyro-module\"\nversion.workspace = true\nedition.workspace = true\n\
             [features]\nfast = []\n\
             [dependencies]\nenroll.workspace = true\nvm.workspace = true\n"
                .to_owned(),
        ),
        (
            "gyro/src/lib.rs",
            module("gyro", "#[cfg(feature = \"fast\")] \"fast\" => 1, \"axis\" => 3"),
        ),
    ] {
        project.write(&format!("outside/far/{file}"), &text);
    }
    let lock = project.read("Cargo.lock");
    project.write("outside/far/Cargo.lock", &lock);
    let url = repository(&project, "outside/far");
    // The only step with a download: from a folder. A Cargo that is online would
    // write to the index, which is that of this machine.
    for reference in ["", ", tag = \"v1\""] {
        project.write(
            "outside/clone/Cargo.toml",
            &format!(
                "[workspace]\n[package]\nname = \"clone\"\nedition = \"2024\"\n\
                 [dependencies]\nempty = {{ git = \"{url}\"{reference} }}\n"
            ),
        );
        project.write("outside/clone/src/lib.rs", "");
        let clone = project.dir.join("outside/clone");
        let fetch = project.cargo().arg("fetch").current_dir(clone).output();
        printed(fetch.expect("Cargo runs"));
    }
    let modules =
        format!("gyro = {{ git = \"{url}\", package = \"gyro-module\", features = [\"fast\"] }}\n");
    product(&project, &format!("{BEACON}{modules}"));
    let run = |project: &Project| project.enroll("run", &["-f", FILE, "--quiet"]);
    assert_eq!(
        run(&project).as_deref(),
        Ok("beacon: encode=7\ngyro: axis=3 fast=1\njson: loads=4\nos: sep=1\n")
    );

    let based = |keys: &str| {
        let base = format!("[firmware]\nbase = {{ git = \"{url}\", {keys} }}\n");
        project.write(FILE, &format!("{base}{BEACON}{patch}"));
        run(&project)
    };
    let told = based("branch = \"main\", package = \"board\"").expect_err("not pinned");
    assert!(
        told.contains("this base can change from one build to the next"),
        "{told}"
    );
    let told = based("tag = \"v1\"").expect_err("which");
    assert!(told.contains("add `package = \"firmware\"`"), "{told}");
    let told = based("tag = \"v1\", package = \"bord\"").expect_err("none");
    assert!(
        told.contains("Cargo cannot fetch the base `bord`"),
        "{told}"
    );
    project.remove("outside/product/firmware.lock");
    assert_eq!(
        based("tag = \"v1\", package = \"board\"").as_deref(),
        Ok("beacon: encode=7\nsensor: read=5\n")
    );
    // No path of this machine's Cargo in what it depends on.
    let manifest = generated(&project, "firmware/firmware/Cargo.toml");
    let dependencies = &manifest[manifest.find("[dependencies").expect("some")..];
    let dependencies = &dependencies[..dependencies.find("\n[package").expect("an end")];
    assert!(!dependencies.contains("checkouts"), "{dependencies}");
}

#[test]
fn what_the_workspace_of_the_base_says_counts() {
    let mut project = project();
    // Inherited: a version, a dependency, lints; at the root: a patch, profiles.
    let root = project.read("Cargo.toml").replace(
        "[workspace.package]",
        "[workspace.package]\nversion = \"1.0.0\"",
    );
    project.write(
        "Cargo.toml",
        &format!(
            "{root}\n[profile.dev.package.fw]\nopt-level = 1\noverflow-checks = true\n\
             [workspace.lints.rust]\nunused_variables = \"deny\"\n\
             [patch.crates-io]\nfont8x8 = {{ path = \"outside/font8x8\" }}\n"
        ),
    );
    project.edit(
        "fw/Cargo.toml",
        "version = \"1.0.0\"",
        "version.workspace = true",
    );
    project.edit(
        "fw/Cargo.toml",
        "[dependencies]\n",
        "[lints]\nworkspace = true\n[dependencies]\nfont8x8 = \"0.3\"\n",
    );
    outside(&project, "font8x8", "", "pub const PATCHED: i64 = 1;");
    // The version that the lock file has anyway.
    let lock = project.read("Cargo.lock");
    let version = lock.split("name = \"font8x8\"\nversion = \"").nth(1);
    let version = version
        .and_then(|rest| rest.split('"').next())
        .expect("font8x8");
    project.edit("outside/font8x8/Cargo.toml", "0.3.0", version);
    let main = "enroll::include_modules!();\nfn main() { println!(\"{} {}\", font8x8::PATCHED, env!(\"CARGO_PKG_VERSION\")); }\n";
    project.write("fw/src/main.rs", main);
    product(
        &project,
        "[profile.dev.package.fw]\noverflow-checks = false\n[profile.release]\nlto = true\n",
    );
    assert_eq!(run(&project, &[]), "1 1.0.0\n");
    let workspace = generated(&project, "station/Cargo.toml");
    for line in [
        "opt-level = 1",
        "overflow-checks = false",
        "lto = true",
        "resolver = \"3\"",
    ] {
        assert!(workspace.contains(line), "{line}: {workspace}");
    }
    project.write(
        "fw/src/main.rs",
        &main.replace("{ println", "{ let unused = 1; println"),
    );
    let told = refused(&project, &[]);
    assert!(told.contains("unused variable: `unused`"), "{told}");
    project.write("fw/src/main.rs", main);

    // Cargo's configuration above the manifest, from wherever it is called.
    project.write(
        "outside/.cargo/config.toml",
        "[env]\nMARK = \"far\"\nFAR = \"1\"\n",
    );
    project.write(
        "outside/product/.cargo/config.toml",
        "[env]\nMARK = \"near\"\n",
    );
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\n\
         fn main() { println!(\"{} {}\", env!(\"MARK\"), env!(\"FAR\")); }\n",
    );
    project.env("CARGO_TARGET_DIR", &project.target().display().to_string());
    assert_eq!(run(&project, &[]), "near 1\n");
}

#[test]
fn arguments_are_cargos_and_so_is_the_exit_code() {
    let project = project();
    product(&project, BEACON);
    let output = project.enroll_output("build", &["-f", FILE, "--bins", "--message-format=json"]);
    let messages = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        messages.contains("\"reason\":\"build-finished\""),
        "{messages}"
    );
    assert!(messages.contains("debug/fw"), "{messages}");
    // The program's own code, and its arguments.
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\nfn main() {
             println!(\"{:?}\", std::env::args().skip(1).collect::<Vec<_>>());
             std::process::exit(7);
         }\n",
    );
    let mut program = project.clean(Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests")));
    let output = program
        .args([
            "run",
            "-f",
            FILE,
            "-q",
            "--offline",
            "--",
            "-f",
            "x",
            "--variant",
        ])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(7));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "[\"-f\", \"x\", \"--variant\"]\n"
    );
    let output = project.enroll_output("build", &["-f", FILE, "--features", "none"]);
    assert_eq!(output.status.code(), Some(101));
}

#[test]
fn the_generated_project_is_the_same_in_any_folder() {
    let manifests = |project: &Project| {
        product(
            project,
            &format!(
                "user-modules = [\"../user\"]\n---\n{BEACON}[leave-out]\nmodules = [\"json\"]\n"
            ),
        );
        project.write("outside/user/wind/mod.rs", &module("wind", ""));
        let printed = project.enroll("assemble", &["-f", FILE]).expect("a path");
        let path = Path::new(printed.trim_end());
        assert_eq!(
            path,
            project
                .dir
                .join("outside/product/target/enroll/station/station/Cargo.toml")
        );
        let text = ["station/Cargo.toml", "station/station/Cargo.toml"]
            .map(|path| generated(project, path));
        // What the fixture itself names by a path of this machine.
        text.map(|text| {
            text.replace(&Project::repository(""), "")
                .replace("../../../../../", "")
        })
    };
    assert_eq!(manifests(&project()), manifests(&project()));
}

#[test]
fn every_command_is_about_an_assembled_firmware_with_f() {
    let project = project();
    product(
        &project,
        &format!("{BEACON}[variants.small.leave-out]\nmodules = [\"json\"]\n"),
    );
    for (command, first, expected) in [
        ("modules", &[][..], "beacon"),
        ("size", &[], "beacon"),
        ("verify", &[], "fw: 2 declarations in the table"),
        ("check", &[], ""),
        ("why", &["beacon"], "`beacon` is in `fw`"),
    ] {
        let arguments = [first, &["-f", FILE, "--variant=small"]].concat();
        let output = project.enroll_output(command, &arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {stderr}");
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains(expected), "{command}: {told}");
    }
    assert!(
        project
            .dir
            .join("outside/product/firmware.small.lock")
            .is_file()
    );
}
