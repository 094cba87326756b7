//! Folders for one test, and the archives in them.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use zip::write::{SimpleFileOptions, ZipWriter};

/// An empty folder, removed when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("enroll-import-{}-{number}", std::process::id());
        // The current directory of a test may be known by a link.
        let folder = fs::canonicalize(std::env::temp_dir()).unwrap().join(name);
        fs::create_dir(&folder).unwrap();
        Folder(folder)
    }

    /// The path of something in it; of itself for `""`.
    pub(crate) fn path(&self, name: &str) -> String {
        let path = match name {
            "" => self.0.clone(),
            name => self.0.join(name),
        };
        path.into_os_string().into_string().unwrap()
    }

    /// Writes a file, with the folders it is in.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn make(&self, name: &str) -> &Folder {
        fs::create_dir_all(self.0.join(name)).unwrap();
        self
    }

    pub(crate) fn remove(&self, name: &str) {
        let path = self.0.join(name);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }

    /// Writes an archive; a member whose name ends in a slash is a folder.
    pub(crate) fn archive(&self, name: &str, members: &[(&str, &str)]) -> &Folder {
        self.write(name, archive(members))
    }
}

/// An archive whose members are deflated.
pub(crate) fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = ZipWriter::new(&mut bytes);
    let options = SimpleFileOptions::default();
    for (name, content) in members {
        if let Some(folder) = name.strip_suffix('/') {
            writer.add_directory(folder, options).unwrap();
            continue;
        }
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    bytes.into_inner()
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
