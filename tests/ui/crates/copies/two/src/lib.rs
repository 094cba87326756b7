enroll::register_module! {
    pub static COPIED: Module<ui::Tiny> = "copied" {
        "version" => 2,
    }
}

enroll::extend_module! {
    pub static EXTRA: Extension<ui::Tiny> = "os" {
        "version" => 2,
    }
}
