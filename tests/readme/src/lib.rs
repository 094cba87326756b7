//! The steps of README.md are tested in `tests/newcomer.rs`.
