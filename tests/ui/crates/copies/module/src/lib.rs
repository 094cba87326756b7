//! Its tests link it twice: as the crate under test, and as what `helper`
//! depends on.

enroll::register_module! {
    pub static MODULE: Module<ui::Tiny> = "module" {
        "is_test" => cfg!(test) as i64,
    }
}

enroll::register_module! {
    #[cfg(any())]
    static ABSENT: Module<ui::Tiny> = "absent" {}
}

enroll::extend_module! {
    pub static EXTRA: Extension<ui::Tiny> = "os" {
        "is_test" => cfg!(test) as i64,
    }
}

#[cfg(test)]
mod tests {
    use enroll::testing::Kit;
    use enroll::{Adapter, Cx, Declared, qstr};

    #[test]
    fn each_copy_has_its_own_table() {
        let adapters: &[Adapter<ui::Tiny>] = &[const { Adapter::of::<ui::Tiny>() }];
        let mine = Kit::new().declared::<super::MODULE>();
        let theirs = helper::kit();
        for (kit, expected) in [(mine, 1), (theirs, 0)] {
            let builtins = kit.build(adapters).unwrap();
            let module = builtins.find(qstr!("module")).unwrap();
            let value = builtins.load(&mut Cx::new(&mut ()), module, qstr!("is_test"));
            assert_eq!(value, Ok(Some(expected)));
        }
        assert!(!std::ptr::eq(super::EXTRA::HEADER, helper::extra()));
    }
}
