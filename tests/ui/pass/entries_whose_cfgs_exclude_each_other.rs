use enroll::qstr;
enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        #[cfg(unix)]
        "EAGAIN" => 11,
        #[cfg(not(unix))]
        "EAGAIN" => 35,
    }
}

// The same names twice in a declaration that is not compiled.
enroll::register_module! {
    #[cfg(any())]
    static GONE: Module<ui::Tiny> = "gone" {
        #[cfg(all())]
        "EAGAIN" => 11,
        "EAGAIN" => 35,
    }
}

fn main() {
    let expected = if cfg!(unix) { 11 } else { 35 };
    assert_eq!(ERRNO.get(qstr!("EAGAIN")), Some(&expected));
    assert_eq!(ERRNO.iter().count(), 1);
}
