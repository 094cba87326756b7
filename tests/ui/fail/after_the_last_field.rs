enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    }
    class: extensible,
    { "ENOENT" => 2 }
}

fn main() {}
