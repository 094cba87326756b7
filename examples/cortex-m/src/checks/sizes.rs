//! What the pool and the table take of the read-only memory.

use crate::BUILTINS;
use crate::report::Report;
use cortex_m_semihosting::hprintln;
use enroll::Entry;

pub fn run(report: &mut Report) {
    let pool = BUILTINS.pool();
    let (text, above) = pool.size();
    hprintln!(
        "pool: {} names, {} bytes of text, {} bytes above it",
        pool.len(),
        text,
        above
    );
    let texts: usize = pool.iter().map(|(_, text)| text.len()).sum();
    report.equal("the text holds nothing else", text, texts);
    report.equal(
        "at most 3 bytes above the text for a name",
        above <= 3 * pool.len(),
        true,
    );

    let modules = BUILTINS.table().len();
    hprintln!(
        "table: {} modules, {} bytes for each",
        modules,
        size_of::<Entry>() + size_of::<u32>()
    );
}
