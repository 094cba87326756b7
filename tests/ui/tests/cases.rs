//! One file per rule, with what rustc shows for it.
//!
//! `TRYBUILD=overwrite cargo test -p enroll-tests-ui --test cases` rewrites the
//! expected outputs; read the difference before committing it.

#[test]
fn every_wrong_input_is_answered_at_its_token() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}

/// What is wrong with a type or a constant rustc says, in words that may change
/// with its version; the place and the reason are ours.
#[test]
fn what_only_rustc_can_know_is_shown_at_its_token() {
    trybuild::TestCases::new().compile_fail("fail/rustc/*.rs");
}

#[test]
fn what_is_right_compiles() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
