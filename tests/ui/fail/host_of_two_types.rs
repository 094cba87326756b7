enroll::register_module! {
    static ERRNO: Module<ui::Tiny, ui::Tiny> = "errno" {}
}

fn main() {}
