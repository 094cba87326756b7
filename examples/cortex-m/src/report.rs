//! What was checked, and what of it is wrong.

use core::fmt::Debug;
use cortex_m_semihosting::hprintln;

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
            hprintln!("WRONG {}: {:?}, expected {:?}", what, found, expected);
        }
    }

    /// Prints the counts; whether nothing was wrong, and anything was checked.
    pub fn summary(&self) -> bool {
        hprintln!("checks: {} passed, {} wrong", self.passed, self.wrong);
        self.wrong == 0 && self.passed > 0
    }
}
