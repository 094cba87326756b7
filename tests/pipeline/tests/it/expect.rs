//! Expected output in files.

use std::fs;
use std::path::Path;

/// Compares with `tests/expected/NAME`.
///
/// With `UPDATE_EXPECT=1` a file that differs is written anew, and the test
/// fails all the same: what it says now has to be read.
#[track_caller]
pub(crate) fn expect(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/expected")
        .join(name);
    let actual = format!("{}\n", actual.trim_end());
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let expected = expected.replace("\r\n", "\n");
    if actual == expected {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &actual).expect("the expected file");
        panic!("tests/expected/{name} is written anew:\n{actual}");
    }
    panic!("not as in tests/expected/{name} (UPDATE_EXPECT=1 writes it):\n{actual}");
}
