//! The example product, `examples/product`, assembled by its manifest and
//! compared with the firmware in `hand/`, which a person would write for it.
//!
//! Their lock files are kept, and nothing is built that they do not fit. Where a
//! crate of the repository has other dependencies than before, `cargo enroll check
//! -f examples/product/firmware.toml`, the same with `--variant small`, and `cargo
//! tree` in `hand/` bring them up to date.
//!
//! Everything is compiled into one target folder, which is kept: Lua alone takes
//! a minute.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    repository.canonicalize().expect("a folder").join(path)
}

/// A command without what the Cargo that runs the tests has set.
fn clean(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let of_cargo = text.starts_with("CARGO_") && text != "CARGO_HOME";
        if of_cargo || text.starts_with("ENROLL_") || text == "RUSTFLAGS" || text == "USER_MODULES"
        {
            command.env_remove(&name);
        }
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("product");
    command
        .env("CARGO", std::env::var_os("CARGO").expect("run by Cargo"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("LUA_PATH")
        .env_remove("LUA_PATH_5_4");
    command
}

#[track_caller]
fn printed(output: Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A firmware that was built.
struct Firmware {
    program: PathBuf,
    out: PathBuf,
}

impl Firmware {
    /// Builds it: `command` makes Cargo tell what it does.
    #[track_caller]
    fn build(mut command: Command) -> Firmware {
        command.args([
            "--locked",
            "--offline",
            "--message-format=json-render-diagnostics",
        ]);
        let text = printed(command.output().expect("it runs"));
        let messages: Vec<Value> = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let program = messages
            .iter()
            .filter(|message| message["target"]["name"] == "firmware")
            .find_map(|message| message["executable"].as_str());
        let outs = messages
            .iter()
            .filter_map(|message| message["out_dir"].as_str());
        let mut outs = outs.map(PathBuf::from);
        Firmware {
            program: program.expect("a program").into(),
            out: outs
                .find(|out| out.join("enroll_plan.json").is_file())
                .expect("a plan"),
        }
    }

    /// The example product or a variant of it.
    fn assembled(variant: &[&str]) -> Firmware {
        let mut command = clean(Command::new(env!("CARGO_BIN_EXE_cargo-enroll-for-tests")));
        command
            .args(["build", "-f"])
            .arg(repository("examples/product/firmware.toml"))
            .args(variant);
        Firmware::build(command)
    }

    fn by_hand() -> Firmware {
        let cargo = std::env::var_os("CARGO").expect("run by Cargo");
        let mut command = clean(Command::new(cargo));
        let hand = repository("tests/pipeline/tests/product/hand/Cargo.toml");
        command.args(["build", "--manifest-path"]).arg(hand);
        Firmware::build(command)
    }

    #[track_caller]
    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.out.join(file)).expect("a file")
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let mut command = clean(Command::new(&self.program));
        command.args(arguments);
        printed(command.output().expect("it runs"))
    }
}

const STATION: &str = "local station = require 'station'
    print(station.report(20, 50), station.signal(-4))
    print(require 'uos' == require 'os', require 'beacon'.FIGURES)";

#[test]
fn the_product_is_byte_for_byte_what_a_person_would_write() {
    let assembled = Firmware::assembled(&[]);
    let by_hand = Firmware::by_hand();
    let table = assembled.read("enroll_modules.rs");
    assert!(table == by_hand.read("enroll_modules.rs"), "{table}");
    // The tour is that of the default firmware, but for the list of modules.
    let tour = assembled.run(&[]);
    assert_eq!(tour, by_hand.run(&[]));
    let path = repository("examples/firmware/tests/scripts/tour.out");
    let expected = std::fs::read_to_string(path).expect("the tour");
    let expected = expected
        .replace("array binascii", "array beacon binascii")
        .replace("time timeq\n", "time timeq weather\n");
    assert_eq!(tour, expected);
    let printed = assembled.run(&["-e", STATION]);
    assert_eq!(
        printed,
        "20.0 C, dew point 9.3 C\t- / ....-\ntrue\t0123456789\n"
    );
    assert_eq!(printed, by_hand.run(&["-e", STATION]));
}

#[test]
fn the_small_variant_lacks_what_it_leaves_out() {
    let small = Firmware::assembled(&["--variant", "small"]);
    let modules = "print(table.concat(require 'firmware'.modules(), ' '))";
    assert_eq!(
        small.run(&["-e", modules]),
        "array beacon binascii collections errno firmware hashlib io json os platform random re \
         sys taskqueue time timeq weather\n"
    );
    let plan = small.read("enroll_plan.json");
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    let left_out = plan["left_out"].as_array().expect("a list").iter();
    let left_out: Vec<String> = left_out
        .map(|out| format!("{}: {}", out["name"], out["reason"]))
        .collect();
    let because = "\"it is excluded (`leave-out.modules` of firmware.toml)\"";
    assert_eq!(
        left_out,
        [
            format!("\"os.path\": {because}"),
            format!("\"select\": {because}")
        ]
    );
    // Its crates are not even in the lock file.
    let lock = repository("examples/product/firmware.small.lock");
    let lock = std::fs::read_to_string(lock).expect("a lock file");
    assert!(!lock.contains("name = \"framebuf-module\"\n"));
}
