enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
        "ENOENT" => 2,
        "EPERM" => 3,
        "ENOENT" => 4,
    }
}

fn main() {}
