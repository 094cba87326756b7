// Both are compiled wherever this runs, and only rustc knows.
enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        #[cfg(any(unix, windows))]
        "EPERM" => 1,
        #[cfg(not(target_os = "none"))]
        "EPERM" => 2,
        "ENOENT" => 2,
        #[cfg(not(target_os = "none"))]
        "ENOENT" => 3,
    }
}

fn main() {}
