enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {}
    class: extendable,
}

enroll::register_module! {
    static OS: Module<ui::Tiny> = "os" {}
    class: "builtin",
}

fn main() {}
