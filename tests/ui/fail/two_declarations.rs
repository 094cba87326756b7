enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    }

    /// Another one.
    pub static OS: Module<ui::Tiny> = "os" {}
}

fn main() {}
