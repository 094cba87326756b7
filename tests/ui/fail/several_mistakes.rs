enroll::register_module! {
    static ERRNO: Extension<ui::Tiny> = "errno." {
        EPERM => 1,
        "ENOENT" = 2,
        "ESRCH" => 3,
        "__init__" => 4,
        "ESRCH" => 5,
    }
    clas: builtin,
    init,
    attr: delegate,
}

fn main() {}
