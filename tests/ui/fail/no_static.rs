enroll::register_module! {
    const ERRNO: Module<ui::Tiny> = "errno" {}
}

enroll::register_module! {
    pub ERRNO: Module<ui::Tiny> = "errno" {}
}

enroll::register_module! {
    static mut ERRNO: Module<ui::Tiny> = "errno" {}
}

enroll::register_module! {
    "errno" => { "EPERM" => 1 }
}

enroll::register_module! {}

fn main() {}
