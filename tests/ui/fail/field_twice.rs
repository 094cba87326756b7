enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    }
    class: extensible,
    aliases: ["uerrno"],
    init: setup,
    init: setup_again,
    class: builtin,
    aliases: ["posix_errno"],
    requires: ["float"],
    requires: ["int"],
}

fn main() {}
