enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    }
    init = setup,
    attr => delegate,
    aliases ["uerrno"],
}

fn main() {}
