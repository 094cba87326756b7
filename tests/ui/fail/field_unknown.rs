enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    }
    initialise: setup,
    alias: ["uerrno"],
    atr: delegate,
    __init__: setup,
    colour: blue,
    base: optional,
}

fn main() {}
