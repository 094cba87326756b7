//! What holds for declarations in real crates; all of it is in `tests/`.
