//! The frozen package from an image: written by `cargo enroll image`, mounted by
//! the firmware that was there before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the firmware's test script of frozen modules.
fn firmware(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_firmware"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder of frozen scripts as an image for this firmware.
fn image(name: &str, folder: &Path) -> PathBuf {
    let told = enroll_codegen::error::Diagnostics::default();
    let mut errors = told;
    let freezes = [enroll_codegen::Freeze::from(folder)];
    let set = enroll_codegen::freeze::collect(&freezes, folder, None, &mut errors).set;
    assert!(!errors.has_errors(), "{errors}");
    let bytes = enroll_codegen::emit::image(&set, 0, enroll_lua::CODE).unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, bytes).unwrap();
    file
}

/// A copy of the frozen package, changed.
fn changed(name: &str) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen/units");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("units")).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join("units").join(entry.file_name())).unwrap();
    }
    let factors = folder.join("units/factors.tsv");
    let more = fs::read_to_string(&factors).unwrap() + "parsec\tlength\t3.0857e16\n";
    fs::write(factors, more).unwrap();
    folder
}

#[test]
fn a_package_is_imported_from_an_image_as_from_read_only_memory() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen");
    let file = image("same.img", &frozen);
    let built_in = firmware(&["frozen.lua"]);
    let mapped = firmware(&["--image", file.to_str().unwrap(), "frozen.lua"]);
    assert!(mapped.status.success(), "{}", text(&mapped.stderr));
    // Only where it comes from is another place.
    let expected = text(&built_in.stdout)
        .replace(".frozen/units/parse.lua", ".image/units/parse.lua")
        .replacen("frozen\t", "image\t", 1)
        .replace("\tfrozen\n", "\timage\n");
    assert_eq!(text(&mapped.stdout), expected);
}

#[test]
fn an_image_changes_what_a_firmware_runs_and_a_damaged_one_is_refused() {
    let file = image("changed.img", &changed("changed"));
    let script = "print(require 'units'.convert(1, 'parsec', 'km'))";
    let built_in = firmware(&["-e", script]);
    assert!(text(&built_in.stderr).contains("no unit 'parsec'"));
    let path = file.to_str().unwrap();
    let mapped = firmware(&["--image", path, "-e", script]);
    assert_eq!(text(&mapped.stdout), "30857000000000.0\n");

    let right = fs::read(&file).unwrap();
    let damaged = file.with_extension("damaged");
    let path = damaged.to_str().unwrap();
    let mut other = right.clone();
    other[right.len() / 2] ^= 0x10;
    for (bytes, told) in [
        (other, "the image is damaged"),
        (right[..200].to_vec(), "it was cut off"),
        (b"-- Lua".to_vec(), "this is no image"),
    ] {
        fs::write(&damaged, bytes).unwrap();
        let refused = firmware(&["--image", path, "-e", "print 'not reached'"]);
        assert_eq!(refused.status.code(), Some(1));
        assert_eq!(text(&refused.stdout), "");
        let expected = format!("firmware: image {path}: ");
        assert!(text(&refused.stderr).starts_with(&expected));
        assert!(
            text(&refused.stderr).contains(told),
            "{}",
            text(&refused.stderr)
        );
    }
    // What it was built with is still there.
    assert!(firmware(&["frozen.lua"]).status.success());
}
