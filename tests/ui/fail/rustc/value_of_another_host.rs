enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
        "ENOENT" => "two",
    }
}

enroll::register_module! {
    static OS: Module<ui::Other> = "os" {
        "sep" => "/",
        "cpus" => 2,
    }
}

fn main() {}
