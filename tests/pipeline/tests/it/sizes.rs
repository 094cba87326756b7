//! `cargo enroll size`, against what binutils say of the same image.

use crate::project::{Project, module, printed};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

/// A crate with a constant of 4,000 bytes, a variable of 2,000 and one of 5,000
/// that is zero at first.
const HEAVY: &str = "
use std::sync::atomic::{AtomicU8, Ordering};
static LIST: [u32; 1000] = { let mut list = [7; 1000]; list[3] = 1; list };
static FULL: [AtomicU8; 2000] = [const { AtomicU8::new(7) }; 2000];
static EMPTY: [AtomicU8; 5000] = [const { AtomicU8::new(0) }; 5000];
#[inline(never)]
pub fn touch(at: usize) -> u32 {
    FULL[at].fetch_add(1, Ordering::Relaxed);
    EMPTY[at].fetch_add(1, Ordering::Relaxed);
    LIST[at] + u32::from(FULL[at].load(Ordering::Relaxed)) + u32::from(EMPTY[at].load(Ordering::Relaxed))
}
";
/// Prints what the pool says that it takes: its text, the rest, and itself.
const MAIN: &str = "
enroll::include_modules!();
fn main() {
    let pool = BUILTINS.pool();
    let (text, above) = pool.size();
    println!(\"{}\", text + above + size_of::<enroll::Pool>());
    println!(\"{} {}\", one::hit(), heavy::touch(std::env::args().count()));
    vm::show(&BUILTINS);
}
";

fn project() -> Project {
    let function = "static HIT: core::sync::atomic::AtomicU32 = \
                    core::sync::atomic::AtomicU32::new(5);\n\
                    #[inline(never)] pub fn hit() -> u32 { \
                    HIT.fetch_add(1, core::sync::atomic::Ordering::Relaxed) }\n";
    let extension =
        "enroll::extend_module! { static X: Extension<vm::Vm> = \"one\" { \"é\" => 3 } }";
    Project::new()
        .plain("heavy", "", HEAVY)
        .library(
            "one",
            "",
            &(module("one", "\"b\" => 1, \"a\" => 2") + function),
        )
        .library(
            "more",
            "",
            &(module("two", "") + extension).replacen("static X", "static MORE", 1),
        )
        .firmware("one.path = \"../one\"\nmore.path = \"../more\"\nheavy.path = \"../heavy\"")
        .file("fw/src/main.rs", MAIN)
}

/// One part of the answer, or its sum: bytes by column.
fn bytes(part: &Value) -> [u64; 4] {
    ["code", "constants", "data", "bss"].map(|column| part[column].as_u64().expect("a number"))
}

/// What `cargo enroll size --json` says of the only image, checked against
/// `size`, and the image.
fn measured(project: &Project, arguments: &[&str]) -> (Value, PathBuf) {
    let arguments = [&["-p", "fw", "--json"], arguments].concat();
    let text = project.enroll("size", &arguments).expect("an answer");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let [image] = answer["images"].as_array().expect("images").as_slice() else {
        panic!("{text}");
    };
    let program = PathBuf::from(image["program"].as_str().expect("a path"));
    let mut sum = [0; 4];
    for part in image["parts"].as_array().expect("parts") {
        for (sum, bytes) in sum.iter_mut().zip(bytes(part)) {
            *sum += bytes;
        }
    }
    assert_eq!(sum, bytes(&image["total"]), "{text}");

    // Code and constants together, data, bss.
    let told = printed(Command::new("size").arg(&program).output().expect("size"));
    let told: Vec<u64> = told
        .lines()
        .nth(1)
        .expect("a line")
        .split_whitespace()
        .take(3)
        .map(|word| word.parse().expect("a number"))
        .collect();
    assert_eq!([sum[0] + sum[1], sum[2], sum[3]], *told, "{text}");
    (image.clone(), program)
}

/// The part of a kind, and of a package if there are several.
fn part<'a>(image: &'a Value, kind: &str, package: Option<&str>) -> &'a Value {
    let parts = image["parts"].as_array().expect("parts");
    let is_it = |part: &&Value| {
        part["kind"] == kind && package.is_none_or(|package| part["package"] == package)
    };
    parts
        .iter()
        .find(is_it)
        .unwrap_or_else(|| panic!("no {kind} {package:?}: {image:#}"))
}

/// What `nm` says of the symbols whose demangled name begins in one of these
/// ways, by column.
fn by_symbols(program: &PathBuf, begins: &[&str]) -> [u64; 4] {
    let mut command = Command::new("nm");
    command
        .args(["--print-size", "--radix=d", "--demangle"])
        .arg(program);
    let told = printed(command.output().expect("nm"));
    // One name for each address: others are aliases.
    let mut known: BTreeMap<u64, (usize, u64)> = BTreeMap::new();
    for line in told.lines() {
        let mut words = line.splitn(4, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (Ok(address), Ok(size)) = (word().parse(), word().parse::<u64>()) else {
            continue;
        };
        let (kind, name) = (word(), word());
        let column = match kind {
            "t" | "T" | "w" | "W" => 0,
            "r" | "R" => 1,
            "d" | "D" => 2,
            "b" | "B" => 3,
            _ => continue,
        };
        if begins.iter().any(|begin| name.starts_with(begin)) {
            known.insert(address, (column, size));
        }
    }
    let mut sum = [0; 4];
    for (column, size) in known.into_values() {
        sum[column] += size;
    }
    sum
}

#[test]
fn each_part_has_the_bytes_of_its_symbols() {
    let project = project();
    let (image, program) = measured(&project, &[]);
    for (kind, package, begins) in [
        ("package", "heavy", &["heavy::", "<heavy::"][..]),
        ("module", "one", &["one::", "<one::", "enroll1__0__one__"]),
        (
            "module",
            "more",
            &[
                "more::",
                "<more::",
                "enroll1__0__more__",
                "enroll1x__0__more__",
            ],
        ),
    ] {
        let found = bytes(part(&image, kind, Some(package)));
        assert_eq!(found, by_symbols(&program, begins), "{package}: {image:#}");
        assert_ne!(found, [0; 4], "{package}");
    }
    let heavy = bytes(part(&image, "package", Some("heavy")));
    assert!(heavy[0] > 0 && heavy[1] >= 4000, "{heavy:?}");
    assert!(
        (2000..2100).contains(&heavy[2]) && (5000..5100).contains(&heavy[3]),
        "{heavy:?}"
    );
    assert_eq!(
        part(&image, "module", Some("more"))["modules"],
        serde_json::json!(["one", "two"])
    );
    for kind in [
        "enroll runtime",
        "table of modules",
        "host",
        "core, alloc, std",
        "firmware",
    ] {
        assert_ne!(bytes(part(&image, kind, None)), [0; 4], "{kind}");
    }

    let table = project.enroll("size", &["-p", "fw"]).expect("an answer");
    for row in [
        "\none (one) ",
        "\nmore (one, two) ",
        "\nvm (host) ",
        "\nheavy ",
        "\ntotal ",
        "\nROM ",
    ] {
        assert!(table.contains(row), "{row:?} is not in\n{table}");
    }
}

#[test]
fn the_pool_takes_what_it_says_with_and_without_lto() {
    let mut project = project();
    let v0 = "-Csymbol-mangling-version=v0";
    for (lto, flags) in [("off", ""), ("fat", v0)] {
        project.env("CARGO_PROFILE_RELEASE_LTO", lto);
        project.env("RUSTFLAGS", flags);
        let (image, program) = measured(&project, &["--release"]);
        let said = printed(Command::new(&program).output().expect("it runs"));
        let said: u64 = said
            .lines()
            .next()
            .unwrap_or_default()
            .parse()
            .expect("a number");
        let found: u64 = bytes(part(&image, "pool of names", None)).iter().sum();
        assert_eq!(found, said, "{lto} {flags}: {image:#}");
        let heavy = bytes(part(&image, "package", Some("heavy")));
        assert!(
            heavy[2] >= 2000 && heavy[3] >= 5000,
            "{lto} {flags}: {image:#}"
        );
    }
}

#[test]
fn what_cannot_be_measured_is_told_with_the_remedy() {
    let mut project = project();
    project.env("CARGO_PROFILE_DEV_STRIP", "symbols");
    let told = project
        .enroll("size", &["-p", "fw"])
        .expect_err("no symbols");
    assert!(
        told.contains("it has no symbols, so it was stripped: build it with `strip = false`"),
        "{told}"
    );

    let told = project
        .enroll("size", &["-p", "heavy"])
        .expect_err("no firmware");
    assert!(told.contains("is the firmware selected (-p)?"), "{told}");

    project.remove("fw/src/main.rs");
    let project = project.file("fw/src/lib.rs", "enroll::include_modules!();");
    let told = project
        .enroll("size", &["-p", "fw"])
        .expect_err("no program");
    assert!(
        told.contains("this build linked no program of `fw`"),
        "{told}"
    );
}

#[test]
fn what_is_frozen_has_a_row() {
    let project = project();
    project.edit(
        "fw/Cargo.toml",
        "enroll.workspace = true",
        "enroll = { workspace = true, features = [\"alloc\"] }",
    );
    project.write(
        "fw/build.rs",
        "fn main() { enroll_codegen::Builder::new(\"vm::Vm\").freeze(\"scripts\").run(); }",
    );
    // Twice 3,000 equal bytes, and 1,000 others.
    for (name, bytes) in [("a.py", "1"), ("b.py", "1"), ("c.txt", "2")] {
        let len = if bytes == "1" { 3000 } else { 1000 };
        project.write(&format!("fw/scripts/{name}"), &bytes.repeat(len));
    }
    let main = "fn main() {\n    println!(\"{:?}\", FROZEN.data(\"c.txt\").map(<[u8]>::len));";
    project.edit("fw/src/main.rs", "fn main() {", main);
    for arguments in [&[][..], &["--release"]] {
        let (image, _) = measured(&project, arguments);
        let parts = image["parts"].as_array().expect("parts");
        let frozen = parts.iter().find(|part| part["kind"] == "frozen");
        let [code, constants, data, bss] = bytes(frozen.expect("a row"));
        // The rest are two modules and a file, each with its slices.
        assert!((4000..4500).contains(&(constants + data)), "{image}");
        assert_eq!((code, bss), (0, 0));
    }
}
