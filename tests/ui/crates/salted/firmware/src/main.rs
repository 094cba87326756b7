//! Prints the id of a name, as the module's table, the crate and this program
//! know it.

fn main() {
    let [table] = names::ERRNO
        .iter()
        .map(|(name, _)| name)
        .collect::<Vec<_>>()[..]
    else {
        unreachable!("one entry");
    };
    let mine = match table {
        enroll::qstr!("EPERM") => enroll::qstr!("EPERM"),
        other => panic!("{other:?}"),
    };
    println!("{} {} {}", table.raw(), names::EPERM.raw(), mine.raw());
}
