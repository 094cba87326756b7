//! Which streams are ready, and waiting for one.

use core::time::Duration;
use enroll_portable::prelude::*;

/// The flags of `py/stream.h`.
pub(crate) const IN: u32 = 1;
pub(crate) const OUT: u32 = 4;
pub(crate) const ERR: u32 = 8;
pub(crate) const HUP: u32 = 16;

/// What is told whether it was asked for or not.
const ALWAYS: u32 = ERR | HUP;
/// `MP_STREAM_POLL`.
const POLL: i64 = 3;
/// How long nobody is asked, once nobody was ready.
const PAUSE: Duration = Duration::from_millis(1);

/// Which of the flags a stream is ready for.
pub(crate) fn of<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    stream: &Value<'vm>,
    flags: u32,
) -> Result<u32, Error> {
    let asked = flags | ALWAYS;
    let args = [POLL.into(), asked.into()];
    let answer = cx.call_method(stream, "ioctl", Args::new(&args))?;
    let Some(answer) = answer.as_int() else {
        return Err(Error::new(Kind::TypeError, "ioctl() gave no int"));
    };
    if answer < 0 {
        // Minus the code of an error, as in C.
        let code = i32::try_from(answer.saturating_neg());
        return Err(Error::os(code.unwrap_or(i32::MAX)));
    }
    // What stands above the flags was not asked for.
    Ok(answer as u32 & asked)
}

/// Asks again and again until something is ready or the time is over: without a
/// time, for ever.
pub(crate) fn wait<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    time: Option<Duration>,
    mut ask: impl FnMut(&mut Cx<'_, 'vm, Portable>) -> Result<Option<R>, Error>,
) -> Result<Option<R>, Error> {
    let start = cx.monotonic()?;
    loop {
        if let Some(ready) = ask(cx)? {
            return Ok(Some(ready));
        }
        let mut pause = PAUSE;
        if let Some(time) = time {
            let left = time.saturating_sub(cx.monotonic()?.saturating_sub(start));
            if left.is_zero() {
                return Ok(None);
            }
            pause = pause.min(left);
        }
        cx.sleep(pause)?;
    }
}
