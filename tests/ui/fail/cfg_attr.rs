enroll::register_module! {
    #[cfg_attr(unix, cfg(unix))]
    static ERRNO: Module<ui::Tiny> = "errno" {
        #[cfg_attr(unix, cfg(unix))]
        "EPERM" => 1,
    }
    #[cfg_attr(unix, cfg(unix))]
    init: setup,
}

fn main() {}
