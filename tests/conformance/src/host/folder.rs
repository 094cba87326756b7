//! The folder that a case's files lie in: scripts call it `/lib`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, io, process};

/// A temporary folder, which goes when it is dropped.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// What scripts call it.
    pub const NAME: &'static str = "/lib";

    /// A new, empty folder.
    ///
    /// # Errors
    ///
    /// Where it cannot be made.
    pub fn new() -> io::Result<Folder> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);

        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("enroll-conformance-{}-{number}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir_all(&path)?;
        // As the finders give it.
        let path = path.canonicalize()?;
        Ok(Folder { path })
    }

    /// A text with the folder's path in place of its name.
    #[must_use]
    pub fn real(&self, text: &str) -> String {
        text.replace(Folder::NAME, &self.path.to_string_lossy())
    }

    /// A text with the folder's name in place of its path.
    #[must_use]
    pub fn named(&self, text: &str) -> String {
        text.replace(&*self.path.to_string_lossy(), Folder::NAME)
    }

    /// Writes a file of a case.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.path.join(name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        fs::write(path, self.real(text))
    }

    /// Copies a file, or a folder with all that is in it.
    pub(crate) fn copy(&self, from: &str, to: &str) -> io::Result<()> {
        copy(&self.path.join(from), &self.path.join(to))
    }

    /// Removes a file, or a folder with all that is in it.
    pub(crate) fn remove(&self, name: &str) -> io::Result<()> {
        let path = self.path.join(name);
        if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        }
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is in a folder that the system empties.
        let _ = fs::remove_dir_all(&self.path);
    }
}
