enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        /// Operation not permitted.
        "EPERM" => 1,
        #[inline]
        "ENOENT" => 2,
    }
    /// Sets things up.
    init: setup,
}

fn main() {}
