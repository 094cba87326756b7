//! Scripts and packages in the image.

use crate::expect::expect;
use crate::project::{Project, module, printed};
use std::fs;
use std::process::Command;

const MAIN: &str = r#"enroll::include_modules!();
fn main() {
    for module in FROZEN.modules {
        println!(
            "{}{}{} {:?} {:?} {} names{}",
            module.name,
            if module.is_package { "/" } else { "" },
            module.suffix,
            String::from_utf8_lossy(module.code),
            module.class,
            module.names.len(),
            module.aliases.iter().map(|alias| format!(", also {alias}")).collect::<String>(),
        );
        for name in module.names {
            println!("  {:?}", BUILTINS.pool().text(*name));
        }
    }
    for file in FROZEN.files {
        println!("{} has {} bytes", file.path, file.bytes.len());
    }
    let known = ["wifi", "argv", "unheard"].map(|name| BUILTINS.pool().get(name).is_some());
    println!("wifi, argv, unheard in the pool: {known:?}");
}
"#;

/// The firmware `fw`, which freezes what `calls` says.
fn project(calls: &str, files: &[(&str, &str)]) -> Project {
    let project = Project::new().firmware("");
    project.edit(
        "fw/Cargo.toml",
        "enroll.workspace = true",
        "enroll = { workspace = true, features = [\"alloc\"] }",
    );
    project.write("fw/src/main.rs", MAIN);
    calling(&project, calls);
    for (path, text) in files {
        project.write(&format!("fw/{path}"), text);
    }
    project
}

fn calling(project: &Project, calls: &str) {
    project.write(
        "fw/build.rs",
        &format!(
            "#[allow(unused_imports)]\nuse enroll_codegen::*;\n\
             fn main() {{ Builder::new(\"vm::Vm\"){calls}.run(); }}\n"
        ),
    );
}

const SCRIPTS: &[(&str, &str)] = &[
    ("scripts/boot.py", "import net"),
    ("scripts/net/__init__.py", ""),
    ("scripts/net/wifi.py", "sys.argv"),
    ("scripts/net/copy.py", "sys.argv"),
    ("scripts/net/words.txt", "sys.argv"),
    ("scripts/.git/config", "not there"),
    ("scripts/__pycache__/boot.pyc", "not there"),
];

const FROZEN: &str = "\
boot.py \"import net\" Builtin 0 names
net/.py \"\" Builtin 0 names
net.copy.py \"sys.argv\" Builtin 0 names
net.wifi.py \"sys.argv\" Builtin 0 names
net/words.txt has 8 bytes
wifi, argv, unheard in the pool: [true, false, false]
";

#[test]
fn a_folder_is_frozen_and_equal_contents_are_there_once() {
    let project = project(".freeze(\"scripts\")", SCRIPTS);
    assert_eq!(project.run(), FROZEN);
    let contents = fs::read_dir(project.out_dir().join("enroll_frozen")).unwrap();
    assert_eq!(contents.count(), 3);
    let generated = project.generated();
    assert_eq!(
        generated.matches("include_bytes!").count(),
        3,
        "{generated}"
    );
    assert!(
        !generated.contains(&project.dir.display().to_string()),
        "{generated}"
    );
    // Nothing frozen, nothing left.
    calling(&project, "");
    project.write(
        "fw/src/main.rs",
        "enroll::include_modules!();\nfn main() { vm::show(&BUILTINS); }\n",
    );
    assert_eq!(project.run(), "");
    assert!(!project.out_dir().join("enroll_frozen").exists());
}

#[test]
fn c21_what_changes_below_the_folder_is_seen() {
    let project = project(".freeze(\"scripts\")", SCRIPTS);
    assert_eq!(project.run(), FROZEN);
    let built = |expected: &str, compiled: &[&str]| {
        let built = project.must_build(&["-p", "fw"]);
        assert_eq!(built.run("fw"), expected);
        assert_eq!(built.compiled.into_iter().collect::<Vec<_>>(), compiled);
    };
    built(FROZEN, &[]);
    project.write("fw/scripts/boot.py", "import sys");
    let changed = FROZEN.replace("import net", "import sys");
    built(&changed, &["fw"]);
    built(&changed, &[]);
    project.write("fw/scripts/net/low/__init__.py", "");
    let more = changed.replace("net.wifi", "net.low/.py \"\" Builtin 0 names\nnet.wifi");
    built(&more, &["fw"]);
    fs::remove_dir_all(project.dir.join("fw/scripts/net/low")).unwrap();
    built(&changed, &["fw"]);
    built(&changed, &[]);
}

#[test]
fn c22_the_same_scripts_give_the_same_bytes_in_any_folder() {
    let texts = [(); 2].map(|()| {
        let project = project(".freeze(\"scripts\")", SCRIPTS);
        project.must_build(&["-p", "fw"]);
        (project.generated(), project.report())
    });
    assert_eq!(texts[0], texts[1]);
}

#[test]
fn the_options_choose_and_name() {
    let project = project("", SCRIPTS);
    project.write("fw/one.vm", "x");
    project.write("fw/lua/app/init.lua", "");
    project.write("fw/lua/plain/deep/a.lua", "");
    for (calls, expected) in [
        (
            ".freeze(Freeze::new(\"scripts\").only([\"net\"]).exclude([\"net/copy.py\"])\
             .class(Class::Extensible).alias(\"unet\", \"net\").below(\"a\").without_data())",
            "a.net/.py \"\" Extensible 0 names, also unet\n\
             a.net.wifi.py \"sys.argv\" Extensible 0 names\n",
        ),
        (
            ".freeze(Freeze::new(\"one.vm\").suffix(\".vm\")).freeze(\"lua\")",
            "app/.lua \"\" Builtin 0 names\none.vm \"x\" Builtin 0 names\n\
             plain.deep.a.lua \"\" Builtin 0 names\n",
        ),
    ] {
        // The package above is another folder's.
        let calls = calls.replace(
            ".freeze(Freeze::new(\"scripts\")",
            ".freeze(Freeze::new(\"above\")).freeze(Freeze::new(\"scripts\")",
        );
        project.write("fw/above/a/__init__.py", "");
        let expected = match calls.contains("above") {
            true => expected.replacen("a.net/", "a/.py \"\" Builtin 0 names\na.net/", 1),
            false => expected.to_owned(),
        };
        let calls = calls.replace("alias(\"unet\", \"net\")", "alias(\"unet\", \"a.net\")");
        calling(&project, &calls);
        let printed = project.run();
        let (modules, _) = printed.split_once("wifi, argv").unwrap();
        assert_eq!(modules, expected, "{calls}");
    }
}

#[test]
fn names_of_the_scripts_join_the_pool() {
    let project = project("", SCRIPTS);
    project.edit(
        "fw/Cargo.toml",
        "enroll-codegen.workspace = true",
        "enroll-codegen = { workspace = true, features = [\"regex\"] }",
    );
    for (calls, expected) in [
        ("", "[true, false, false]"),
        (".names_by(r\"\\.(\\w+)\").unwrap()", "[true, true, false]"),
        (
            ".names_by_tokenizer(|script| Word::all(script, char::is_alphabetic, char::is_alphanumeric))",
            "[true, true, false]",
        ),
    ] {
        calling(
            &project,
            &format!(".freeze(Freeze::new(\"scripts\"){calls})"),
        );
        let printed = project.run();
        assert!(
            printed.ends_with(&format!("{expected}\n")),
            "{calls}: {printed}"
        );
    }
}

#[test]
fn the_host_compiles_and_its_code_refers_to_names_by_index() {
    let compile = r#".freeze(Freeze::new("scripts").only(["boot.py", "net/__init__.py", "net/wifi.py"])
        .compile(|script| {
            let text = std::str::from_utf8(script.bytes).unwrap();
            match text.find("fail") {
                Some(at) => Err(CompileError::at(text[..at].matches('\n').count() + 1, "it says fail")),
                None => Ok(Compiled {
                    code: vec![b'0'; text.split('.').count()],
                    suffix: Some(".vmc".to_owned()),
                    names: text.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
                }),
            }
        }))"#;
    let project = project(compile, SCRIPTS);
    assert_eq!(
        project.run(),
        "boot.vmc \"0\" Builtin 1 names\n  Some(\"import net\")\n\
         net/.vmc \"0\" Builtin 0 names\n\
         net.wifi.vmc \"00\" Builtin 2 names\n  Some(\"sys\")\n  Some(\"argv\")\n\
         wifi, argv, unheard in the pool: [true, true, false]\n"
    );
    project.write("fw/scripts/boot.py", "one\nfail\n");
    expect("frozen_compile", &project.refused());
}

#[test]
fn every_mistake_is_told_at_once() {
    let calls = ".freeze(\"scripts\").freeze(\"nowhere\").freeze(\"empty\")\
        .freeze(Freeze::new(\"other\").only([\"bot.py\"]).alias(\"x\", \"bote\"))\
        .freeze(Freeze::new(\"more\").suffix(\"py\").below(\"a..b\"))\
        .freeze(Freeze::new(\"more\").names_by_tokenizer(|s| Word::all(s, char::is_alphabetic, char::is_alphabetic)))\
        .freeze(\"..\")\
        .freeze(Freeze::new(\"data\").without_data())\
        .freeze(Freeze::new(\"data\").only([\"\"]).exclude([\"/\"]))\
        .freeze(Freeze::new(\"late/one.py\").only([\"two.py\"]).exclude([\"one\"]))\
        .freeze(Freeze::new(\"early\").alias(\"late\", \"early\").alias(\"both\", \"early\").alias(\"a..b\", \"early\"))\
        .freeze(Freeze::new(\"late\").alias(\"both\", \"late\"))";
    let project = project(
        calls,
        &[
            ("scripts/boot.py", ""),
            ("scripts/net/wifi.py", ""),
            ("scripts/a.b.py", ""),
            ("scripts/__init__.py", ""),
            ("scripts/errno.py", ""),
            ("scripts/soft.py", ""),
            ("scripts/mod.py", ""),
            ("scripts/mod/below.py", ""),
            ("scripts/data.txt", ""),
            ("other/boot.py", ""),
            ("more/boot.py", &format!("\n  {}", "b".repeat(2000))),
            ("more/data.txt", ""),
            ("data/words.txt", ""),
            ("early/early.py", ""),
            ("late/late.py", ""),
            ("late/one.py", ""),
        ],
    )
    .library(
        "errno",
        "",
        "enroll::register_module! { static M: Module<vm::Vm> = \"errno\" {} }\n\
         enroll::register_module! { static S: Module<vm::Vm> = \"soft\" {} class: extensible }",
    );
    fs::create_dir_all(project.dir.join("fw/empty")).unwrap();
    project.edit(
        "fw/Cargo.toml",
        "vm.workspace = true",
        "vm.workspace = true\nerrno = { path = \"../errno\" }",
    );
    expect("frozen", &project.refused());
}

#[test]
fn a_single_script_is_chosen_as_one_in_a_folder() {
    let project = project("", &[("scripts/boot.py", "1"), ("scripts/net.py", "2")]);
    for (calls, expected) in [
        ("", "boot.py \"1\" Builtin 0 names\n"),
        (".only([\"boot.py\"])", "boot.py \"1\" Builtin 0 names\n"),
        (".exclude([\"boot.py\"])", ""),
    ] {
        calling(
            &project,
            &format!(".freeze(Freeze::new(\"scripts/boot.py\"){calls})"),
        );
        let printed = project.run();
        let (modules, _) = printed.split_once("wifi, argv").unwrap();
        assert_eq!(modules, expected, "{calls}");
    }
}

#[test]
fn names_of_files_are_in_the_image_as_they_are() {
    let project = project(".freeze(\"scripts\")", &[]);
    let mut expected = String::new();
    for name in [
        "\"",
        "'",
        "a b",
        "x{0}{}",
        "é\u{301}",
        "日本",
        "\u{202e}txt",
    ] {
        project.write(&format!("fw/scripts/{name}.py"), name);
        expected += &format!("{name}.py {name:?} Builtin 0 names\n");
    }
    for name in ["\"", "x{0}{}", "\u{202e}txt"] {
        project.write(&format!("fw/scripts/{name}"), name);
        expected += &format!("{name} has {} bytes\n", name.len());
    }
    let printed = project.run();
    let (modules, _) = printed.split_once("wifi, argv").unwrap();
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(modules), sorted(&expected));
}

#[cfg(unix)]
#[test]
fn c21_links_are_followed_and_what_they_lead_to_is_seen() {
    use std::os::unix::fs::symlink;
    let project = project(".freeze(\"scripts\")", &[("scripts/boot.py", "1")]);
    project.write("outside/lib/__init__.py", "2");
    project.write("outside/one.py", "3");
    let link = |to: &str, at: &str| {
        symlink(
            project.dir.join(to),
            project.dir.join("fw/scripts").join(at),
        )
        .unwrap();
    };
    link("outside/lib", "lib");
    link("outside/one.py", "one.py");
    let listed = |files: [(&str, &str); 3]| {
        let line = |(name, text)| format!("{name}.py {text:?} Builtin 0 names\n");
        let lines: String = files.into_iter().map(line).collect();
        lines + "wifi, argv, unheard in the pool: [false, false, false]\n"
    };
    let built = |expected: &str| {
        let built = project.must_build(&["-p", "fw"]);
        assert_eq!(built.run("fw"), expected);
        built.compiled.len()
    };
    let first = [("boot", "1"), ("lib/", "2"), ("one", "3")];
    built(&listed(first));
    assert_eq!(built(&listed(first)), 0);
    project.write("outside/lib/__init__.py", "20");
    built(&listed([("boot", "1"), ("lib/", "20"), ("one", "3")]));
    project.write("outside/one.py", "30");
    built(&listed([("boot", "1"), ("lib/", "20"), ("one", "30")]));
    project.write("outside/lib/more.py", "4");
    let more = listed([("boot", "1"), ("lib/", "20"), ("lib.more", "4")]);
    built(&more.replace("wifi,", "one.py \"30\" Builtin 0 names\nwifi,"));
    fs::remove_file(project.dir.join("outside/lib/more.py")).unwrap();
    let last = listed([("boot", "1"), ("lib/", "20"), ("one", "30")]);
    built(&last);
    assert_eq!(built(&last), 0);

    link("fw/scripts", "round");
    link(".", "all");
    link("nowhere", "dangling");
    project.write("fw/scripts/line\nbreak.txt", "");
    expect("frozen_links", &project.refused());
}

#[test]
fn an_extensible_module_that_a_frozen_one_hides_is_in_the_report() {
    let project = project(".freeze(\"scripts\")", &[("scripts/soft.py", "")]).library(
        "soft",
        "",
        &module("soft", "").replace("{  } }", "{} class: extensible }"),
    );
    project.edit(
        "fw/Cargo.toml",
        "vm.workspace = true",
        "vm.workspace = true\nsoft = { path = \"../soft\" }",
    );
    project.run();
    let plan: serde_json::Value = serde_json::from_str(&project.report()).unwrap();
    assert_eq!(
        plan["shadowed"],
        serde_json::json!([{ "name": "soft", "by": "soft.py" }])
    );
    assert_eq!(plan["frozen"][0]["name"], "soft");
}

#[test]
fn the_same_set_is_a_file_without_a_new_firmware() {
    let project = project(".freeze(\"scripts\").image(\"vm 3\")", SCRIPTS);
    assert_eq!(project.run(), FROZEN);
    let image = |name: &str| {
        let file = project.dir.join(name).display().to_string();
        let written = project.enroll("image", &["-o", &file, "-p", "fw"]);
        assert_eq!(written.as_deref(), Ok(""));
        file
    };
    let show = |file: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests"));
        command.args(["image", "--show", file]).args(more);
        command.output().expect("the command runs")
    };
    let first = image("first.img");
    let text = printed(show(&first, &[]));
    let (head, table) = text.split_once('\n').unwrap();
    assert!(
        head.ends_with("bytes for `vm 3`, salt 0: 4 modules, 1 data files, 0 names"),
        "{head}"
    );
    assert_eq!(
        table,
        "module         class    kind         bytes  names\n\
         boot           builtin  .py             10      0\n\
         net            builtin  package .py      0      0\n\
         net.copy       builtin  .py              8      0\n\
         net.wifi       builtin  .py              8      0\n\
         net/words.txt           data             8\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&printed(show(&first, &["--json"]))).unwrap();
    assert_eq!(json["modules"][1]["package"], true);
    // The firmware is as it was.
    let firmware = project.must_build(&["-p", "fw"]);
    project.write("fw/scripts/boot.py", "import sys, net");
    let before = fs::read(&firmware.executables["fw"]).unwrap();
    let second = image("second.img");
    assert_eq!(fs::read(&firmware.executables["fw"]).unwrap(), before);
    assert!(printed(show(&second, &[])).contains("boot           builtin  .py             15"));
    // Written again, it is the same.
    assert_eq!(
        fs::read(&second).unwrap(),
        fs::read(image("third.img")).unwrap()
    );

    let mut damaged = fs::read(&second).unwrap();
    damaged[90] ^= 1;
    let file = project.dir.join("damaged.img").display().to_string();
    fs::write(&file, damaged).unwrap();
    let refused = show(&file, &[]);
    assert_eq!(refused.status.code(), Some(101));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(
        told,
        format!("error: {file}: the image is damaged: its checksum is not that of its bytes\n")
    );
    calling(&project, ".freeze(\"scripts\")");
    let told = project
        .enroll("image", &["-o", &second, "-p", "fw"])
        .unwrap_err();
    assert!(
        told.contains("`fw` does not say which code its image would have"),
        "{told}"
    );
}
