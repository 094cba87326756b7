enroll::extend_module! {
    static EXTRA: Module<ui::Tiny> = "os" {}
}

fn main() {}
