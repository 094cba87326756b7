enroll::extend_module! {
    static EXTRA: Extension<ui::Tiny> = "os" {
        "cpus" => 2,
    }
    getattr: missing,
    class: extensible,
    aliases: ["uos"],
    base: required,
}

fn main() {}
