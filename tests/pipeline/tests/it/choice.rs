//! Which of the modules a firmware takes, under which names and classes.

use crate::expect::expect;
use crate::project::{Project, module};

/// `os`, `os.path` and an extension of `os` in three crates, `json` in a fourth.
fn project() -> Project {
    let extension =
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"os\" { \"z\" => 3 } }";
    Project::new()
        .library("os", "", &module("os", "\"sep\" => 1"))
        .library("path", "", &module("os.path", "\"join\" => 2"))
        .library("extra", "", extension)
        .library("json", "", &module("json", "\"loads\" => 4"))
        .library("quiet", "", "")
        .firmware(
            "os = { path = \"../os\" }\npath = { path = \"../path\" }\n\
             extra = { path = \"../extra\" }\njson = { path = \"../json\" }\n\
             quiet = { path = \"../quiet\" }",
        )
}

const JSON: &str = "json: loads=4\n";
const OS: &str = "os: path=module 1 sep=1 z=3\n";
const PATH: &str = "os.path: join=2\n";

/// What the firmware prints with these calls of the builder.
fn with(project: &Project, calls: &str) -> String {
    project.write(
        "fw/build.rs",
        &format!("fn main() {{ enroll_codegen::Builder::new(\"vm::Vm\"){calls}.run(); }}\n"),
    );
    project.run()
}

#[test]
fn modules_are_taken_and_left_out_by_name_and_by_crate() {
    let project = project();
    // The number is that of `os.path` in the table.
    let both = format!("{JSON}os: path=module 2 sep=1 z=3\n{PATH}");
    assert_eq!(with(&project, ""), both);
    let os = format!("{OS}{PATH}");
    for (calls, expected) in [
        (".only_modules([\"os\"])", os.as_str()),
        (".exclude_modules([\"json\"])", &os),
        (".exclude_crates([\"json\"])", &os),
        (".only_crates([\"json\"])", JSON),
        (".exclude_modules([\"os\"])", JSON),
        (
            ".only_modules([\"os\"]).exclude_modules([\"os.path\"]).exclude_crates([\"extra\"])",
            "os: sep=1\n",
        ),
        (
            ".only_crates([\"json\", \"os\"]).exclude_modules([\"json\"])",
            "os: sep=1\n",
        ),
    ] {
        assert_eq!(with(&project, calls), expected, "{calls}");
    }
    let report = project.report();
    let excluded = "it is excluded (Builder::exclude_modules)";
    let other = "it is not among those chosen (Builder::only_modules, only_crates)";
    assert!(
        report.contains(excluded) && report.contains(other),
        "{report}"
    );
}

#[test]
fn a_firmware_gives_modules_other_classes_and_further_names() {
    let project = project();
    project.edit(
        "fw/src/main.rs",
        "vm::show(&BUILTINS);",
        "for name in [\"json\", \"ujson\", \"os\", \"uos\"] {
             vm::find(&BUILTINS, name);
         }
         for id in BUILTINS.iter() {
             let table = BUILTINS.table();
             let class = table.class(id, table.header(id).unwrap());
             println!(\"{} {class:?}\", table.name_text(id));
         }",
    );
    assert_eq!(
        with(
            &project,
            ".class(\"json\", enroll_codegen::Class::Extensible).alias(\"ujson\", \"json\")"
        ),
        "json is json\nujson is json\nos is os\nuos is not there\n\
         json Extensible\nos Builtin\nos.path Builtin\n"
    );
}

#[test]
fn a_choice_that_matches_nothing_is_an_error_with_the_nearest_names() {
    let project = project();
    project.write(
        "fw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\")
             .exclude_modules([\"jsn\"])
             .only_modules([\"os.pth\"])
             .exclude_crates([\"quiet\", \"joson\"])
             .alias(\"uzlib\", \"zlib\")
             .run(); }\n",
    );
    let errors = project.refused();
    for expected in [
        "Builder::exclude_modules was given `jsn`, and no crate of this build registers a module of that name",
        "did you mean `json`?",
        "Builder::only_modules was given `os.pth`, and no crate",
        "did you mean `os.path` or `os`?",
        "Builder::exclude_crates was given `quiet`, a crate that registers nothing",
        "Builder::exclude_crates was given `joson`, and no crate of that name in this build depends on enroll",
        "Builder::alias was given `zlib`, and no crate",
        "remove it from build.rs, or add the crate that it is about",
    ] {
        assert!(
            errors.contains(expected),
            "{expected:?} is not in\n{errors}"
        );
    }
    project.write(
        "fw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").alias(\"os\", \"json\").run(); }\n",
    );
    let errors = project.refused();
    assert!(errors.contains("`os` stands for two modules"), "{errors}");
}

#[test]
fn what_the_calls_say_may_stand_in_the_manifest_of_the_firmware() {
    let project = project();
    let manifest = project.read("fw/Cargo.toml");
    let with_data = |calls: &str, data: &str| {
        let data = format!("{manifest}\n[package.metadata.enroll]\n{data}\n");
        project.write("fw/Cargo.toml", &data);
        with(&project, calls)
    };
    for (calls, data, expected) in [
        ("", "exclude-modules = [\"json\"]", format!("{OS}{PATH}")),
        (
            ".only_modules([\"os\"])",
            "exclude-modules = [\"os.path\"]\nexclude-crates = [\"extra\"]",
            "os: sep=1\n".to_owned(),
        ),
        (
            ".only_modules([\"os.path\", \"os\"])",
            "module-crates = [\"json\"]\nexclude-modules = [\"os\"]",
            JSON.to_owned(),
        ),
        ("", "only-crates = [\"json\"]", JSON.to_owned()),
    ] {
        assert_eq!(with_data(calls, data), expected, "{calls} {data}");
    }
    let report = project.report();
    assert!(
        report.contains("it is not among those chosen (`only-crates` of Cargo.toml)"),
        "{report}"
    );
    project.write(
        "fw/Cargo.toml",
        &format!(
            "{manifest}\n[package.metadata.enroll]\nexclude-modules = [\"jsn\"]\n\
             only-crate = [\"json\"]\nprovides = \"float\"\nmodule-crates = [\"quiet\"]\n\
             freeze = [{{ path = \"scripts\", clas = 1 }}]\n\
             [package.metadata.enroll.aliases]\nuzlib = 1\n\
             [package.metadata.enroll.class]\njson = \"extensble\"\n"
        ),
    );
    expect("settings_keys", &project.refused());
    project.write(
        "fw/Cargo.toml",
        &format!(
            "{manifest}\n[package.metadata.enroll]\nexclude-modules = [\"jsn\"]\n\
             module-crates = [\"quiet\"]\n\
             [package.metadata.enroll.aliases]\nuzlib = \"zlib\"\n"
        ),
    );
    expect("settings_unmatched", &project.refused());
    // Another package's say has no effect, and is a warning.
    project.write("fw/Cargo.toml", &manifest);
    project.edit(
        "os/Cargo.toml",
        "[dependencies]",
        "[package.metadata.enroll]\nexclude-modules = [\"os\"]\n[dependencies]",
    );
    let built = project.command("build", &["-p", "fw"]);
    assert!(built.is_ok(), "{built:?}");
    assert!(project.run().contains("os: "));
}
