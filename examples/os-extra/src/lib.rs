//! Adds to the module `os`, which another crate owns: `cpu_count`, `devnull`,
//! and `tempdir`, which scripts can set.
//!
//! This crate does not depend on the one that registers `os`. A firmware that
//! has this one and no `os` does not build.

use enroll_portable::prelude::*;
use std::num::NonZero;
use std::{env, thread};

enroll::extend_module! {
    /// More of the operating system.
    pub static OS_EXTRA: Extension<Portable> = "os" {
        "cpu_count" => Rom::Function(function!(cpu_count())),
        "devnull" => Rom::Str(if cfg!(windows) { "nul" } else { "/dev/null" }),
    }
    init: setup,
    attr: delegate,
    dir: delegated,
}

/// How many threads run at once; nothing where the system does not say.
fn cpu_count() -> Option<u64> {
    let count = thread::available_parallelism().ok().map(NonZero::get)?;
    u64::try_from(count).ok()
}

fn setup(cx: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
    let folder = env::temp_dir().to_string_lossy().into_owned();
    *cx.slot(qstr!("tempdir"))? = Some(folder.into());
    Ok(())
}

fn delegate<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    cx.delegate(&[qstr!("tempdir")], name, access)
}

fn delegated(cx: &mut Cx<'_, '_, Portable>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    if cx.slot(qstr!("tempdir"))?.is_some() {
        each(qstr!("tempdir"));
    }
    Ok(())
}
