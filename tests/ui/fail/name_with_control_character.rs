enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "E\nPERM" => 1,
        "E\u{9f}PERM" => 1,
    }
}

fn main() {}
