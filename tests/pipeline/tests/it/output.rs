//! The generated files.

use crate::project::{Project, module};

/// Three module crates, whose order in the manifest is free.
fn project(order: [&str; 3]) -> Project {
    let extension =
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"one\" { \"c\" => 3 } }";
    let dependencies = order.map(|name| format!("{name} = {{ path = \"../{name}\" }}"));
    Project::new()
        .library("one", "", &module("one", "\"b\" => 1, \"a\" => 2"))
        .library("two", "", &module("two", ""))
        .library("three", "", extension)
        .firmware(&dependencies.join("\n"))
}

#[test]
fn c22_the_same_inputs_give_the_same_bytes_in_any_folder() {
    let first = project(["one", "two", "three"]);
    let second = project(["three", "two", "one"]);
    assert_ne!(first.dir, second.dir);
    assert_eq!(first.run(), "one: a=2 b=1 c=3\ntwo:\n");
    assert_eq!(first.run(), second.run());
    let files = [first.generated(), first.report()];
    assert_eq!(files, [second.generated(), second.report()]);
    for text in files {
        assert!(!text.contains(&first.dir.display().to_string()), "{text}");
        assert!(!text.contains("fixture"), "{text}");
    }
}

#[test]
fn c22_output_that_did_not_change_is_not_rewritten() {
    let project = project(["one", "two", "three"]);
    project.run();
    let times = || {
        let time = |file: &str| {
            let metadata = project.out_dir().join(file).metadata().expect("metadata");
            metadata.modified().expect("a time")
        };
        ["enroll_modules.rs", "enroll_plan.json"].map(time)
    };
    let (before, ran) = (times(), project.script_time());
    // The script runs, and finds what it found before.
    project.edit("one/src/lib.rs", "=> 1", "=> 5");
    assert_eq!(project.run(), "one: a=2 b=5 c=3\ntwo:\n");
    assert_ne!(ran, project.script_time());
    assert_eq!(before, times());
    project.edit("one/src/lib.rs", "\"b\"", "\"d\"");
    project.run();
    assert_ne!(before, times());
}

#[test]
fn what_the_host_lacks_leaves_a_module_out_and_says_so() {
    let project = Project::new()
        .library("plain", "", &module("plain", ""))
        .library(
            "timer",
            "",
            "enroll::register_module! {
                 static M: Module<vm::Vm> = \"timer\" { \"now\" => 1 }
                 requires: [\"alloc\", \"clock\"],
             }",
        )
        .firmware("plain = { path = \"../plain\" }\ntimer = { path = \"../timer\" }");
    let all = "plain:\ntimer: now=1\n";
    assert_eq!(project.run(), all, "nothing was said of the host");
    let doc = |project: &Project| {
        let generated = project.generated();
        let lines = generated.lines().filter(|line| line.starts_with("///"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(doc(&project).len(), 1, "{:#?}", doc(&project));
    project.edit(
        "fw/build.rs",
        ".run",
        ".provides([\"alloc\", \"float\"]).run",
    );
    assert_eq!(project.run(), "plain:\n");
    assert_eq!(
        doc(&project)[1..],
        [
            "///",
            "/// Left out: `timer`: requires `clock`, which the host does not provide."
        ]
    );
    project.edit("fw/build.rs", "\"float\"", "\"clock\"");
    assert_eq!(project.run(), all);
}
