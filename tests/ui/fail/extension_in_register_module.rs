enroll::register_module! {
    static ERRNO: Extension<ui::Tiny> = "errno" {}
}

fn main() {}
