//! Two versions of a crate in one program.

use enroll::{Declared, qstr};

fn main() {
    assert_eq!(one::COPIED.get(qstr!("version")), Some(&1));
    assert_eq!(two::COPIED.get(qstr!("version")), Some(&2));
    assert_eq!(one::EXTRA.get(qstr!("version")), Some(&1));
    assert_eq!(two::EXTRA.get(qstr!("version")), Some(&2));
    let headers = [one::COPIED::HEADER, two::COPIED::HEADER];
    assert!(!std::ptr::eq(headers[0], headers[1]));
    println!("side by side");
}
