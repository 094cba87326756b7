//! Stage one: which crates, with which features, for which target.
