//! A module and a name.

enroll::register_module! {
    pub static ERRNO: Module<ui::Tiny> = "errno" {
        "EPERM" => 1,
    }
}

/// A name in an expression.
pub const EPERM: enroll::Qstr = enroll::qstr!("EPERM");
