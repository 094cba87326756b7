//! What only an operating system answers.

use crate::path::normpath;
use alloc::string::String;
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use std::path::Path;
use std::{env, fs, io};

/// A value that is not UTF-8 reads as missing: a script has no text for it.
pub(crate) fn getenv<'vm>(key: &str, default: Value<'vm>) -> Value<'vm> {
    // `var_os` would panic on some systems for these.
    if key.is_empty() || key.contains(['=', '\0']) {
        return default;
    }
    env::var(key).map_or(default, Value::from)
}

pub(crate) fn getcwd() -> Result<String, Error> {
    let path = env::current_dir()?;
    path.into_os_string()
        .into_string()
        .map_err(|_| io::Error::from(io::ErrorKind::InvalidData).into())
}

/// Names in order; one that is not UTF-8 with replacement characters.
pub(crate) fn listdir(path: &str) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

pub(crate) fn mkdir(path: &str) -> Result<(), Error> {
    Ok(fs::create_dir(path)?)
}

pub(crate) fn remove(path: &str) -> Result<(), Error> {
    Ok(fs::remove_file(path)?)
}

pub(crate) fn rename(src: &str, dst: &str) -> Result<(), Error> {
    Ok(fs::rename(src, dst)?)
}

pub(crate) fn rmdir(path: &str) -> Result<(), Error> {
    Ok(fs::remove_dir(path)?)
}

pub(crate) fn abspath(path: &str) -> Result<String, Error> {
    if path.starts_with('/') {
        return Ok(normpath(path));
    }
    Ok(normpath(&alloc::format!("{}/{path}", getcwd()?)))
}

pub(crate) fn exists(path: &str) -> bool {
    Path::new(path).exists()
}

pub(crate) fn isdir(path: &str) -> bool {
    Path::new(path).is_dir()
}

pub(crate) fn isfile(path: &str) -> bool {
    Path::new(path).is_file()
}
