//! `cargo enroll modules`, `names`, `plan` and `diff` on real builds.

use crate::expect::expect;
use crate::project::{Project, module};
use serde_json::{Value, json};
use std::fmt::Write;
use std::process::{Command, Stdio};

/// A module with an extension, one behind a crate without modules, one that the
/// host cannot carry, one that a frozen script hides, and that script.
fn project() -> Project {
    let extension =
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"one\" { \"é\" => 3 } }";
    let two = "enroll::register_module! {
        static M: Module<vm::Vm> = \"two\" { \"b\" => 1, \"with space\" => 2 }
        class: extensible,
        aliases: [\"utwo\"],
    }
    pub mod deep;
    pub fn b() -> enroll::Qstr { enroll::qstr!(\"b\") }";
    let timer = "enroll::register_module! {
        static M: Module<vm::Vm> = \"timer\" { \"now\" => 1 }
        requires: [\"clock\"],
    }";
    let project = Project::new()
        .library("one", "", &module("one", "\"b\" => 1, \"a\" => 2"))
        .library("more", "", extension)
        .library("two", "", two)
        .file("two/src/deep.rs", &module("two.deep", "\"z\" => 1"))
        .plain(
            "between",
            "two.path = \"../two\"\nenroll.workspace = true",
            "pub use two as _;",
        )
        .library("timer", "", timer)
        .firmware(
            "one.path = \"../one\"\nmore.path = \"../more\"\nbetween.path = \"../between\"\n\
             timer.path = \"../timer\"",
        );
    project.edit(
        "fw/Cargo.toml",
        "enroll.workspace = true",
        "enroll = { workspace = true, features = [\"alloc\"] }",
    );
    project.edit(
        "fw/build.rs",
        ".run",
        ".provides([\"float\"]).names([\"extra\"]).freeze(\"scripts\").run",
    );
    project.write("fw/scripts/two.py", "import one");
    project.write("fw/scripts/net/__init__.py", "");
    project.write("fw/scripts/net/words.txt", "hello");
    project
}

/// The same as a library: nothing is linked, so no number of a compiler is
/// in an answer.
fn library() -> Project {
    let project = project();
    project.remove("fw/src/main.rs");
    project.file("fw/src/lib.rs", "enroll::include_modules!();")
}

/// Writes down what is typed, and what the command says or why it fails.
fn say(project: &Project, said: &mut String, command: &str, words: &[&str], build: &[&str]) {
    let answer = project.enroll_words(command, &[words, build].concat());
    let answer = answer.unwrap_or_else(|told| {
        // Cargo's own lines come before the error; the page of help, which may
        // come behind it, has a test of its own.
        let at = told.find("error: ").unwrap_or_default();
        let error = told[at..].split("\n\n").next().unwrap_or_default();
        format!("{}\n", error.trim_end())
    });
    let answer = answer.replace(&project.dir.display().to_string(), "$DIR");
    let typed = [&[command], words].concat().join(" ");
    write!(said, "$ cargo enroll {typed}\n{answer}\n").expect("a text");
}

#[test]
fn what_a_firmware_has_is_told_in_tables() {
    let project = library();
    let mut said = String::new();
    for (command, words) in [
        ("modules", &[][..]),
        ("modules", &["utwo", "net"]),
        ("modules", &["twoo"]),
        ("names", &[]),
        ("names", &["b", "with space"]),
        ("names", &["ba"]),
        ("names", &["--containing=a", "--sort", "bytes"]),
        ("names", &["a", "b", "--sort", "uses"]),
        ("names", &["--sort", "size"]),
        ("diff", &[]),
        ("report", &[]),
        ("sizes", &[]),
    ] {
        say(&project, &mut said, command, words, &["-p", "fw"]);
    }
    expect("commands", &said);
}

#[test]
fn the_same_is_told_to_programs_with_the_sizes_of_the_image() {
    let project = project();
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\nfn main() { \
        vm::show(&BUILTINS); println!(\"{}\", FROZEN.modules.len()); }",
    );
    let json = |command: &str, arguments: &[&str]| -> Value {
        let arguments = [&["-p", "fw", "--json"], arguments].concat();
        let text = project.enroll(command, &arguments).expect("an answer");
        serde_json::from_str(&text).expect("JSON")
    };
    let plan: Value =
        serde_json::from_str(&project.enroll("plan", &["-p", "fw"]).unwrap()).unwrap();
    assert_eq!(
        plan,
        serde_json::from_str::<Value>(&project.report()).unwrap()
    );
    assert_eq!(plan["format"], 2);
    assert_eq!(plan["left_out"][0]["cause"], "requires");
    let entry =
        |name: &str| json!({ "name": name, "kind": "int", "replace": false, "presence": true });
    assert_eq!(
        plan["modules"][0]["entries"],
        json!([entry("b"), entry("a")])
    );
    assert_eq!(
        plan["modules"][0]["extensions"][0]["entries"],
        json!([entry("é")])
    );

    let answer = json("modules", &[]);
    let firmware = &answer["firmwares"][0];
    assert_eq!(firmware["firmware"], "fw");
    for (key, expected) in [
        ("modules", json!(["one", "two", "two.deep"])),
        ("left_out", json!(["timer"])),
        ("frozen", json!(["net", "two"])),
    ] {
        let items = firmware[key].as_array().expect("a list").iter();
        let names: Vec<&Value> = items.map(|item| &item["name"]).collect();
        assert_eq!(json!(names), expected, "{key}");
    }
    assert_eq!(
        firmware["data"],
        json!([{ "path": "net/words.txt", "bytes": 5 }])
    );
    let sizes = json("size", &[]);
    let parts = sizes["images"][0]["parts"].as_array().expect("parts");
    let rom = |package: &str| {
        let of_package = |part: &&Value| part["kind"] == "module" && part["package"] == package;
        let part = parts.iter().find(of_package).expect("a part");
        let bytes = ["code", "constants", "data"].map(|column| part[column].as_u64());
        bytes.into_iter().flatten().sum::<u64>()
    };
    let modules = &firmware["modules"];
    assert_eq!(modules[0]["rom"], rom("one"));
    assert_eq!(modules[0]["extensions"][0]["rom"], rom("more"));
    assert_eq!(modules[1]["rom"], rom("two"));
    assert!(rom("two") > 0);
    // The same numbers for people, with the mark of a package with two.
    let table = project.enroll("modules", &["-p", "fw"]).expect("a table");
    let two = format!(" {}*", rom("two"));
    assert_eq!(table.matches(&two).count(), 2, "{table}");
    assert!(table.contains(&format!(" {}\n", rom("one"))), "{table}");

    let answer = json("names", &[]);
    let names = answer["firmwares"][0]["names"].as_array().expect("names");
    let b = names
        .iter()
        .find(|name| name["text"] == "b")
        .expect("a name");
    assert_eq!(b["id"], enroll_abi::hash::hash("b", 0));
    assert_eq!(b["bytes"], 3);
    assert_eq!(
        b["uses"],
        json!([
            { "package": "one", "file": "src/lib.rs", "line": 1 },
            { "package": "two", "file": "src/lib.rs", "line": 2 },
            { "package": "two", "file": "src/lib.rs", "line": 7 },
        ])
    );
    // What the firmware itself says of its pool.
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\n\
        fn main() { let (text, above) = BUILTINS.pool().size(); println!(\"{text} {above}\"); \
        println!(\"{}\", FROZEN.modules.len()); }",
    );
    let printed = project.run();
    let pool = &answer["firmwares"][0]["pool"];
    let number = |key: &str| pool[key].as_u64().expect("a number");
    let above = number("offsets") + number("pilots");
    assert_eq!(
        printed.lines().next(),
        Some(&*format!("{} {above}", number("text")))
    );
}

#[test]
fn a_change_of_a_firmware_is_told_by_comparing_plans() {
    let project = library();
    let plan = project.enroll("plan", &["-p", "fw"]).expect("a plan");
    project.write("before.json", &plan);
    let mut said = String::new();
    let mut say = |words: &[&str], build: &[&str]| say(&project, &mut said, "diff", words, build);
    say(&["before.json"], &["-p", "fw"]);
    project.edit("one/src/lib.rs", "\"b\" => 1", "\n\n\"bee\" => 1");
    project.edit("one/Cargo.toml", "1.0.0", "1.2.0");
    project.edit("two/src/lib.rs", "class: extensible,", "");
    project.edit("two/src/lib.rs", "\"utwo\"", "\"deux\"");
    project.edit("timer/src/lib.rs", "requires: [\"clock\"],", "");
    project.edit("more/src/lib.rs", "one", "two");
    project.remove("fw/scripts/two.py");
    project.write("fw/scripts/net/words.txt", "hello, world");
    project.write("fw/scripts/net/wifi.py", "import net");
    project.edit("fw/build.rs", "\"extra\"", "\"more\"");
    say(&["before.json"], &["-p", "fw"]);
    say(&["before.json", "before.json"], &[]);
    say(&["before.json", "before.json"], &["--release"]);
    say(&["-", "-"], &[]);
    say(&["fw/Cargo.toml", "before.json"], &[]);
    expect("diff", &said);

    let answer = project.enroll_words("diff", &["before.json", "--json", "-p", "fw"]);
    let answer: Value = serde_json::from_str(&answer.expect("an answer")).expect("JSON");
    assert_eq!(
        (&answer["a"]["modules"], &answer["b"]["modules"]),
        (&json!(3), &json!(4))
    );
    let modules = &answer["differences"]["modules"];
    assert_eq!(modules["added"], json!(["timer", "two by more"]));
    assert_eq!(modules["removed"], json!(["one by more"]));
    assert_eq!(
        modules["changed"][0],
        json!({ "of": "one", "field": "version", "from": "1.0.0", "to": "1.2.0" })
    );
    assert_eq!(
        modules["changed"][1],
        json!({ "of": "one", "field": "entries", "added": ["bee"], "removed": ["b"] })
    );
}

#[test]
fn an_answer_that_nobody_reads_is_no_failure() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let program = Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"))
        .arg("help")
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn();
    let output = program
        .expect("it runs")
        .wait_with_output()
        .expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{told}");
}

#[test]
fn each_firmware_of_a_build_answers_for_itself() {
    let project = Project::new()
        .library("one", "", &module("one", "\"a\" => 1"))
        .library("two", "", &module("two", "\"b\" => 2"))
        .firmware("one.path = \"../one\"");
    for (file, text) in [
        (
            "Cargo.toml",
            project
                .read("fw/Cargo.toml")
                .replace("\"fw\"", "\"other\"")
                .replace("one", "two"),
        ),
        ("build.rs", project.read("fw/build.rs")),
        ("src/main.rs", project.read("fw/src/main.rs")),
    ] {
        project.write(&format!("other/{file}"), &text);
    }
    let ask = |command: &str, words: &[&str]| {
        project.enroll_words(command, &[words, &["-p", "fw", "-p", "other"]].concat())
    };
    let both = ask("modules", &[]).expect("two lists");
    assert!(
        both.starts_with("fw: 1 module\n") && both.contains("\n\nother: 1 module\n"),
        "{both}"
    );
    let two = ask("modules", &["two"]).expect("a list");
    assert!(
        two.starts_with("other: 1 module\n") && !two.contains("fw:"),
        "{two}"
    );
    let names = ask("names", &["b"]).expect("a list");
    assert!(
        names.starts_with("other: ") && !names.contains("fw:"),
        "{names}"
    );
    let told = ask("modules", &["three"]).expect_err("no such module");
    assert!(
        told.ends_with("error: `fw` has no module `three`\nerror: `other` has no module `three`\n"),
        "{told}"
    );
    for command in ["plan", "report"] {
        let arguments = ["--html", "--out", "x.html"];
        let arguments: &[&str] = if command == "report" { &arguments } else { &[] };
        let told = ask(command, arguments).expect_err("one has to be chosen");
        assert!(
            told.contains("this build has 2 firmwares: select one with -p"),
            "{told}"
        );
    }
    let told = ask("report", &["--html"]).expect("two pages");
    assert_eq!(
        told,
        "fw: 1 module, target/enroll/fw.html\nother: 1 module, target/enroll/other.html\n"
    );
}
