enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        "__name__" => 1,
        "__doc__" => 1,
        "__dict__" => 1,
        "__init__" => 1,
        "__deinit__" => 1,
        "__getattr__" => 1,
        "__dir__" => 1,
    }
}

fn main() {}
