//! What the program needs of the machine: a way in, a way out, and a character
//! at a time. Two functions of C's library do, and `run.mjs` has them for
//! WebAssembly.

use core::ffi::c_int;
use core::fmt::{self, Write};
use core::panic::PanicInfo;

/// Where lines go.
pub struct Output;

impl Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            putchar(byte.into());
        }
        Ok(())
    }
}

#[cfg_attr(target_os = "linux", link(name = "c"))]
#[cfg_attr(target_family = "wasm", link(wasm_import_module = "env"))]
unsafe extern "C" {
    // Neither has a requirement on its argument.
    safe fn putchar(character: c_int) -> c_int;
    safe fn exit(status: c_int) -> !;
}

// SAFETY: the program has no other `main`, and C's start-up code may call one
// that takes no arguments.
#[unsafe(no_mangle)]
extern "C" fn main() -> c_int {
    c_int::from(!crate::run())
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    // Nothing is left to do if even this fails.
    let _ = writeln!(Output, "{info}");
    exit(101)
}
