//! Stage two: which files of a crate, under which `cfg`.
