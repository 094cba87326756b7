enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" = 1,
        "ENOENT": 2,
        "ESRCH" -> 3,
        "EINTR" 4,
        "EIO" == 5,
    }
}

fn main() {}
