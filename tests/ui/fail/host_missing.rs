enroll::register_module! {
    static ERRNO: Module = "errno" {}
}

enroll::register_module! {
    static OS: Module<> = "os" {}
}

enroll::extend_module! {
    static EXTRA: Extension = "os" {}
}

fn main() {}
