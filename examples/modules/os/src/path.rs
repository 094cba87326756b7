//! `os.path`: functions of text alone, and with `std` a few that ask the files.
//!
//! They give what CPython's `posixpath` gives, unnormalised `//` included.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use enroll_portable::prelude::*;

enroll::register_module! {
    /// Paths.
    pub static OS_PATH: Module<Portable> = "os.path" {
        "sep" => Rom::Str("/"),
        "curdir" => Rom::Str("."),
        "pardir" => Rom::Str(".."),
        "basename" => Rom::Function(function!(basename(path))),
        "dirname" => Rom::Function(function!(dirname(path))),
        "isabs" => Rom::Function(function!(isabs(path))),
        "join" => Rom::Function(function!(join(path, *paths))),
        "normpath" => Rom::Function(function!(normpath(path))),
        "split" => Rom::Function(function!(split(path))),
        "splitext" => Rom::Function(function!(splitext(path))),
        #[cfg(feature = "std")]
        "abspath" => Rom::Function(function!(crate::files::abspath(path))),
        #[cfg(feature = "std")]
        "exists" => Rom::Function(function!(crate::files::exists(path))),
        #[cfg(feature = "std")]
        "isdir" => Rom::Function(function!(crate::files::isdir(path))),
        #[cfg(feature = "std")]
        "isfile" => Rom::Function(function!(crate::files::isfile(path))),
    }
}

/// Where the last component begins.
fn last(path: &str) -> usize {
    path.rfind('/').map_or(0, |slash| slash + 1)
}

fn split(path: &str) -> (&str, &str) {
    let (head, tail) = path.split_at(last(path));
    let shorter = head.trim_end_matches('/');
    // The root keeps its slashes.
    (if shorter.is_empty() { head } else { shorter }, tail)
}

fn basename(path: &str) -> &str {
    split(path).1
}

fn dirname(path: &str) -> &str {
    split(path).0
}

fn isabs(path: &str) -> bool {
    path.starts_with('/')
}

/// An absolute component throws away what came before it.
fn join(path: &str, paths: &[Value<'_>]) -> Result<String, Error> {
    let mut joined = String::from(path);
    for (position, part) in paths.iter().enumerate() {
        let Some(part) = part.as_str() else {
            return Err(Error::text(
                Kind::TypeError,
                format!(
                    "join() argument {}: expected str, not {}",
                    position + 2,
                    part.type_name()
                ),
            ));
        };
        if isabs(part) {
            joined.clear();
        } else if !joined.is_empty() && !joined.ends_with('/') {
            joined.push('/');
        }
        joined.push_str(part);
    }
    Ok(joined)
}

/// Leading dots of a name begin no extension.
fn splitext(path: &str) -> (&str, &str) {
    let name = last(path);
    let stem = path.get(name..).unwrap_or("");
    let dots = stem.len() - stem.trim_start_matches('.').len();
    match stem.rfind('.') {
        Some(dot) if dot >= dots => path.split_at(name + dot),
        _ => (path, ""),
    }
}

pub(crate) fn normpath(path: &str) -> String {
    // POSIX gives two leading slashes a meaning of their own, and three none.
    let root = match path.len() - path.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            // Nothing is above the root.
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    let joined = format!("{root}{}", parts.join("/"));
    match joined.is_empty() {
        true => String::from("."),
        false => joined,
    }
}
