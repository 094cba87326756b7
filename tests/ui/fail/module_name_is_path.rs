enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = posix::errno {
        "EPERM" => 1,
    }
}

fn main() {}
