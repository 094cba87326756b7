//! What every fixture depends on, compiled once.

use crate::project::Project;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Files up to this size are copied, larger ones linked. Cargo writes its own
/// files, all of them small, in place; rustc and linkers put a new file there.
const SMALL: u64 = 256 * 1024;

/// Gives a fixture a target folder in which the runtime, the generator and the
/// host are compiled already.
///
/// They lie outside of every fixture's workspace, so Cargo identifies them by
/// their absolute folder, in whatever workspace it meets them.
pub(crate) fn plant(target: &Path) {
    static SEED: OnceLock<PathBuf> = OnceLock::new();
    let seed = SEED.get_or_init(|| {
        let seed = Project::bare("seed");
        seed.write(
            "seed/Cargo.toml",
            r#"
                [package]
                name = "seed"
                edition.workspace = true
                [dependencies]
                enroll.workspace = true
                vm.workspace = true
                [build-dependencies]
                enroll-codegen.workspace = true
            "#,
        );
        seed.write("seed/src/lib.rs", "");
        seed.write("seed/build.rs", "fn main() {}");
        seed.must_build(&[]);
        seed.target()
    });
    copy(seed, target);
}

/// Copies a folder with the times of its files, by which Cargo judges them.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let metadata = entry.metadata().expect("metadata");
        if metadata.is_dir() {
            copy(&from, &to);
        } else if metadata.len() <= SMALL || fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to).expect("a copy");
            let file = fs::File::options().write(true).open(&to).expect("a file");
            let time = metadata.modified().expect("a time");
            file.set_modified(time).expect("a time that can be set");
        }
    }
}
