enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    };
}

fn main() {}
