//! What the script prints, against what it is expected to print.

use core::sync::atomic::{AtomicUsize, Ordering};
use cortex_m_semihosting::hprintln;

const EXPECTED: &str = include_str!("../scripts/station.out");

/// Bytes of the expected text that came, or more than there are after one that
/// was not expected.
static CAME: AtomicUsize = AtomicUsize::new(0);

/// Prints a text of the script, and compares it.
pub fn print(text: &str) {
    hprintln!("{}", text);
    let came = CAME.load(Ordering::Relaxed);
    let rest = EXPECTED.get(came..).unwrap_or_default();
    let as_expected = rest
        .strip_prefix(text)
        .and_then(|rest| rest.strip_prefix('\n'));
    let now = match as_expected {
        Some(rest) => EXPECTED.len() - rest.len(),
        None => {
            if came <= EXPECTED.len() {
                let line = rest.lines().next().unwrap_or_default();
                hprintln!("WRONG: expected {:?}", line);
            }
            usize::MAX
        }
    };
    CAME.store(now, Ordering::Relaxed);
}

/// Whether all came, and nothing else.
pub fn is_complete() -> bool {
    let complete = CAME.load(Ordering::Relaxed) == EXPECTED.len();
    hprintln!("output: {}", if complete { "as expected" } else { "WRONG" });
    complete
}
