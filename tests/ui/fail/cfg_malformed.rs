enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        #[cfg]
        "EPERM" => 1,
        #[cfg = "unix"]
        "ENOENT" => 2,
        #[cfg()]
        "ESRCH" => 3,
        #[cfg(unix, windows)]
        "EINTR" => 4,
        #[cfg(unix,)]
        "EIO" => 5,
    }
}

fn main() {}
