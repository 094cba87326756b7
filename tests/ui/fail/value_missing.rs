enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM",
        "ENOENT" =>,
        "ESRCH" =>
    }
    init,
    attr:,
    dir
}

fn main() {}
