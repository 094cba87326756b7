//! The pool that another machine laid out.

use crate::BUILTINS;
use crate::known::KNOWN;
use crate::report::Report;
use enroll::{Qstr, qstr};

pub fn run(report: &mut Report) {
    let pool = BUILTINS.pool();
    let mut count = 0;
    for (name, text) in pool.iter() {
        report.equal(text, pool.get(text), Some(name));
        report.equal(text, pool.text(name), Some(text));
        count += 1;
    }
    report.equal("names in the pool", count, pool.len());

    // As many of them as this firmware's salt is for.
    let mut known = 0;
    for (text, salt, id) in KNOWN {
        if salt == pool.salt() && !text.is_empty() {
            report.equal(text, pool.get(text).map(Qstr::raw), Some(id));
            known += 1;
        }
    }
    report.equal("known ids in the pool", known, KNOWN.len() - 2);

    report.equal("a pattern's text", pool.text(qstr!("level")), Some("level"));
    for text in ["", "leve", "level ", "no name of this build", "fuhler"] {
        report.equal(text, pool.get(text), None);
    }
    let stranger = Qstr::of("no name of this build", pool.salt());
    report.equal("a stranger's text", pool.text(stranger), None);
}
