//! The table and the pool alone, without an interpreter.

use crate::BUILTINS;
use crate::report::Report;
use enroll::qstr;

/// The modules in the order of their names: of other crates, and the
/// firmware's own.
const MODULES: [&str; 4] = ["errno", "machine", "random", "sys"];

pub fn run(report: &mut Report) {
    report.equal("verify", BUILTINS.verify(), Ok(()));

    let table = BUILTINS.table();
    for (id, expected) in BUILTINS.iter().zip(MODULES) {
        report.equal("name order", table.name_text(id), expected);
    }
    report.equal("number of modules", BUILTINS.iter().count(), MODULES.len());
    for name in MODULES {
        let by_text = BUILTINS.find_text(name);
        let by_id = BUILTINS
            .pool()
            .get(name)
            .and_then(|name| BUILTINS.find(name));
        report.equal(name, by_text.map(|id| table.name_text(id)), Some(name));
        report.equal(name, by_id, by_text);
    }
    let sys = BUILTINS.find(qstr!("sys"));
    report.equal("an alias", BUILTINS.find(qstr!("usys")), sys);
    report.equal("no such module", BUILTINS.find_text("absent"), None);
    report.equal("a name, but no module", BUILTINS.find(qstr!("led")), None);

    let pool = BUILTINS.pool();
    for (name, text) in pool.iter() {
        report.equal(text, pool.text(name), Some(text));
        report.equal(text, pool.get(text), Some(name));
    }
    report.equal("number of names", pool.iter().count(), pool.len());
    // Texts that are no names, with the lengths that names have: the pool must
    // compare the text, not only find a place for it.
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    for (from, _) in LETTERS.char_indices() {
        for to in from + 2..=LETTERS.len() {
            let text = &LETTERS[from..to];
            report.equal(text, pool.get(text), None);
        }
    }
}
