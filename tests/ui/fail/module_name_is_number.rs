enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = 1 {
        "EPERM" => 1,
    }
}

fn main() {}
