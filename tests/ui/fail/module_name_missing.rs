enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = {
        "EPERM" => 1,
    }
}

fn main() {}
