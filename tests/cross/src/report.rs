//! What was checked, and what of it is wrong.

use crate::machine::Output;
use core::fmt::{Debug, Write};

/// Counts checks, and prints those that fail.
#[derive(Default)]
pub struct Report {
    passed: u32,
    wrong: u32,
}

impl Report {
    /// Checks that `found` is what is expected.
    pub fn equal<T: PartialEq + Debug>(&mut self, what: &str, found: T, expected: T) {
        if found == expected {
            self.passed += 1;
        } else {
            self.wrong += 1;
            self.line(format_args!(
                "WRONG {what}: {found:?}, expected {expected:?}"
            ));
        }
    }

    /// Prints the counts; whether nothing was wrong, and anything was checked.
    pub fn summary(&self) -> bool {
        let ok = self.wrong == 0 && self.passed > 0;
        let (passed, wrong) = (self.passed, self.wrong);
        let (bits, order) = (
            usize::BITS,
            if cfg!(target_endian = "big") {
                "big"
            } else {
                "little"
            },
        );
        let word = if ok { "ok" } else { "FAILED" };
        self.line(format_args!(
            "{word}: {passed} checks passed, {wrong} wrong, on {bits} bits, {order} end first"
        ));
        ok
    }

    fn line(&self, line: core::fmt::Arguments<'_>) {
        // Writing a character cannot fail.
        let _ = writeln!(Output, "{line}");
    }
}
