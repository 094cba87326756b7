//! A module crate that knows enroll, and its interpreter, by other names.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use en::Declared;

/// Shadows what an expansion could mean by `enroll`.
pub mod enroll {}

en::register_module! {
    pub static OTHER: Module<machine::Vm> = "other" {
        "one" => 1,
    }
}

en::extend_module! {
    pub static EXTRA: Extension<machine::Vm> = "other" {
        "two" => 2,
    }
}

machine::module! {
    pub THIRD = "third" {
        "three" => 3,
    }
}

/// Whether it is `one` or `two`.
pub fn is_known(name: en::Qstr) -> bool {
    matches!(name, en::qstr!("one")) || name == en::qstr!("two")
}

/// The names of all declarations.
pub const NAMES: [&[&str]; 3] = [OTHER::NAMES, EXTRA::NAMES, THIRD::NAMES];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_work_under_a_renamed_dependency() {
        assert_eq!(OTHER.get(en::qstr!("one")), Some(&1));
        assert_eq!(EXTRA.get(en::qstr!("two")), Some(&2));
        assert_eq!(THIRD.get(machine::name!("three")), Some(&3));
        assert!(is_known(machine::qstr!("one")) && is_known(en::qstr!("two")));
        assert!(!is_known(en::qstr!("three")));
        assert_eq!(
            NAMES,
            [["other", "one"], ["other", "two"], ["third", "three"]]
        );
    }
}
