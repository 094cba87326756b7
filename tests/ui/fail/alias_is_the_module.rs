enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {}
    aliases: ["uerrno", "errno"],
}

fn main() {}
