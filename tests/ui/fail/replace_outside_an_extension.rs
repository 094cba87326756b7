enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        replace "EPERM" => 1,
    }
}

fn main() {}
