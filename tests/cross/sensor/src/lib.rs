//! Modules in private places: nothing of this crate can be named from outside.
#![no_std]

mod driver;
#[cfg(never_set)]
mod gone {
    enroll::register_module! {
        static GONE: Module<cross_vm::Vm> = "gone" {
            "x" => 1,
        }
    }
}
