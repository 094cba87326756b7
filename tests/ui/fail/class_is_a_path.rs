enroll::register_module! {
    static ERRNO: enroll::Module<ui::Tiny> = "errno" {}
}

fn main() {}
