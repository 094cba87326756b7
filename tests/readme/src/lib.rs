//! The steps of README.md and of other pages are tested in `tests/it`.
