//! The hash is an ABI: the ids that the tests of `enroll-abi` know, in
//! constants and at run time.

use crate::known::KNOWN;
use crate::report::Report;
use core::hint::black_box;
use enroll::Qstr;

const IN_CONSTANTS: [u32; KNOWN.len()] = {
    let mut ids = [0; KNOWN.len()];
    let mut at = 0;
    while at < KNOWN.len() {
        let (text, salt, _) = KNOWN[at];
        ids[at] = Qstr::of(text, salt).raw();
        at += 1;
    }
    ids
};

pub fn run(report: &mut Report) {
    for ((text, salt, id), constant) in KNOWN.into_iter().zip(IN_CONSTANTS) {
        // What the optimizer can see it computes as the compiler does.
        let (text, salt) = (black_box(text), black_box(salt));
        report.equal(text, Qstr::of(text, salt).raw(), id);
        report.equal(text, constant, id);
    }
}
