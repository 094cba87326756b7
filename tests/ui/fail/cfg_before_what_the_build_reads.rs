enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {}
    #[cfg(unix)]
    class: extensible,
    #[cfg(unix)]
    aliases: ["uerrno"],
    #[cfg(unix)]
    requires: ["float"],
}

fn main() {}
