enroll::register_module! {
    static PATH: Module<ui::Tiny> = "os..path" {
        "sep" => 47,
    }
    aliases: [".path", "os."],
}

fn main() {}
