//! The grammar of enroll's declarations.
