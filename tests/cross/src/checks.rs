//! What an interpreter on this machine relies on.

mod attributes;
mod hash;
mod missing;
mod pool;
mod table;

use crate::report::Report;

/// Runs every check.
pub fn run(report: &mut Report) {
    hash::run(report);
    pool::run(report);
    attributes::run(report);
    if cfg!(feature = "missing") {
        missing::run(report);
    } else {
        table::run(report);
    }
    if cfg!(feature = "failure") {
        report.equal("expected to fail", true, false);
    }
}
