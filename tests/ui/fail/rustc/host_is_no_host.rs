struct Vm;

enroll::register_module! {
    static ERRNO: Module<Vm> = "errno" {
        "EPERM" => 1,
    }
}

fn main() {}
