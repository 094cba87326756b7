enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {}
    aliases: "uerrno",
    requires: ["float", "float"],
}

fn main() {}
