enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno";
}

enroll::register_module! {
    static OS: Module<ui::Tiny> = "os" [ "sep" => 47 ]
}

enroll::register_module! {
    static SYS: Module<ui::Tiny> "sys" {}
}

enroll::register_module! {
    static TIME Module<ui::Tiny> = "time" {}
}

fn main() {}
