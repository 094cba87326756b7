//! C16: what is said when Cargo does not answer.

use crate::fixture::{Fixture, RUNTIME, manifest};

#[test]
fn c16_a_failed_query_says_why_and_what_to_do() {
    let fixture = Fixture::new(&[
        (
            "Cargo.toml",
            &manifest("fw", "[dependencies]\nenroll = { path = \"enroll\" }"),
        ),
        ("enroll/Cargo.toml", RUNTIME),
    ]);
    // No lock file: what `cargo install` without `--locked` leaves.
    let told = fixture.refused(&fixture.request("", &[]));
    let title = "error: Cargo cannot say which crates are in this build of `fw`\n";
    assert!(told.starts_with(title), "{told}");
    let help = "help: `cargo install` and `cargo package` need `--locked` here";
    assert!(told.contains(help), "{told}");
    assert!(told.contains("caused by: `cargo tree "), "{told}");
    assert_eq!(told.matches("error: Cargo cannot").count(), 1, "{told}");
    assert!(
        !fixture.dir.join("Cargo.lock").exists(),
        "nothing is written"
    );

    fixture.lock("");
    let mut request = fixture.request("", &[]);
    request.name = "other".into();
    let told = fixture.refused(&request);
    let help = "`other` must be a member of the workspace that is being built";
    assert!(told.contains(help), "{told}");

    let mut request = fixture.request("", &[]);
    request.cargo = fixture.dir.join("no-cargo");
    let told = fixture.refused(&request);
    assert!(told.contains("DIR/no-cargo"), "{told}");

    let mut request = fixture.request("", &[]);
    request.target = "no-such-target".into();
    let told = fixture.refused(&request);
    assert!(
        told.contains("put `no-such-target.json` next to the package"),
        "{told}"
    );
}

#[test]
fn c16_a_lock_file_that_is_out_of_date() {
    let fixture = Fixture::new(&[
        ("Cargo.toml", &manifest("fw", "")),
        ("enroll/Cargo.toml", RUNTIME),
    ]);
    fixture.lock("");
    let body = "[dependencies]\nenroll = { path = \"enroll\" }";
    fixture.write("Cargo.toml", &manifest("fw", body));
    let told = fixture.refused(&fixture.request("", &[]));
    assert!(
        told.contains("with its Cargo.lock on disk and up to date"),
        "{told}"
    );
}

#[test]
fn c14_a_manifest_that_is_wrong_is_shown() {
    let fixture = Fixture::new(&[("Cargo.toml", "[package]\nname = \"fw\"\nversion = 0.1.0\n")]);
    let told = fixture.refused(&fixture.request("", &[]));
    assert!(told.contains(" --> DIR/Cargo.toml:3:14\n"), "{told}");
    std::fs::write(fixture.dir.join("Cargo.toml"), b"\xff").expect("a file");
    let told = fixture.refused(&fixture.request("", &[]));
    assert!(
        told.contains("error: this manifest cannot be read"),
        "{told}"
    );
    assert!(told.contains("DIR/Cargo.toml:1:1"), "{told}");
}

#[test]
fn c14_metadata_of_a_package_that_is_wrong_is_shown() {
    let body = "[dependencies]\nenroll = { path = \"enroll\" }
[package.metadata.enroll]\nname = [\"a\"]\nnames = [1]
[package.metadata.enroll.macros]\nnative = \"register_modul\"\nown = 1\n";
    let fixture = Fixture::new(&[
        ("Cargo.toml", &manifest("fw", body)),
        ("enroll/Cargo.toml", RUNTIME),
    ]);
    fixture.lock("");
    assert_eq!(
        fixture.refused(&fixture.request("", &[])),
        "\
error: `name` is not a key of `package.metadata.enroll`
 --> DIR/Cargo.toml:8:1
  |
8 | name = [\"a\"]
  | ^^^^ unknown key
  |
  = help: did you mean `names`?

error: `names` is not a list of strings
 --> DIR/Cargo.toml:9:1
  |
9 | names = [1]
  | ^^^^^
  |
  = help: write `names = [\"one\", \"two\"]`

error: `native` must wrap one of the macros that are looked for
  --> DIR/Cargo.toml:11:1
   |
11 | native = \"register_modul\"
   | ^^^^^^
   |
   = help: did you mean `register_module`?

error: `own` must wrap one of the macros that are looked for
  --> DIR/Cargo.toml:12:1
   |
12 | own = 1
   | ^^^
   |
   = help: it is one of `register_module`, `extend_module`, `qstr`
"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn c14_a_folder_whose_path_is_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let fixture = Fixture::new(&[
        (
            "Cargo.toml",
            &manifest("fw", "[dependencies]\nboard = { path = \"board\" }"),
        ),
        (
            "board/Cargo.toml",
            &manifest("board", "[dependencies]\nenroll = { path = \"../enroll\" }"),
        ),
        ("enroll/Cargo.toml", RUNTIME),
    ]);
    fixture.lock("");
    let odd = fixture.dir.join(std::ffi::OsStr::from_bytes(b"odd-\xff"));
    std::fs::create_dir(&odd).expect("a folder");
    for name in ["Cargo.toml", "Cargo.lock", "src", "board", "enroll"] {
        std::fs::rename(fixture.dir.join(name), odd.join(name)).expect("a move");
    }
    let mut request = fixture.request("", &[]);
    request.manifest_dir = odd;
    let told = enroll_codegen::graph::load(&request).expect_err("an error");
    assert!(told.has_errors());
    assert!(told.render().contains("UTF-8"), "{told}");
}
