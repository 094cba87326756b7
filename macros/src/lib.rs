//! The procedural macros of enroll.
