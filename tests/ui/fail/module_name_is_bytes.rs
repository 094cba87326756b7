enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = b"errno" {
        "EPERM" => 1,
    }
}

fn main() {}
