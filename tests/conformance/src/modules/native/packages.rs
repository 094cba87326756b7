//! Packages with builtin submodules.

use crate::host::{Rom, Script};

enroll::register_module! {
    pub(super) static OS: Module<Script> = "os" {
        "sep" => Rom::Text("/"),
    }
    aliases: ["uos"],
}

enroll::register_module! {
    pub(super) static OS_PATH: Module<Script> = "os.path" {
        "curdir" => Rom::Text("."),
    }
}

// A file in a folder of its package's path may replace it.
enroll::register_module! {
    pub(super) static OS_TEMP: Module<Script> = "os.temp" {
        "source" => Rom::Text("builtin"),
    }
    class: extensible,
}

enroll::register_module! {
    pub(super) static NET: Module<Script> = "net" {
        "source" => Rom::Text("builtin"),
    }
    class: extensible,
}

enroll::register_module! {
    pub(super) static NET_HTTP: Module<Script> = "net.http" {
        "port" => Rom::Int(80),
    }
    class: extensible,
}
