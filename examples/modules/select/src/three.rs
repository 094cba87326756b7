//! The function `select`.

use crate::ready::{self, ERR, HUP, IN, OUT};
use alloc::vec::Vec;
use core::time::Duration;
use enroll_portable::prelude::*;
use enroll_portable::{List, Tuple};

/// `select(rlist, wlist, xlist, timeout=None)`, the time in seconds: the streams of
/// each list that are ready.
pub(crate) fn select<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    rlist: &Value<'vm>,
    wlist: &Value<'vm>,
    xlist: &Value<'vm>,
    timeout: Value<'vm>,
) -> Result<Tuple<'vm>, Error> {
    let time = seconds(&timeout)?;
    // The end of a stream can be read, and an error told by reading or writing.
    let wanted = [(rlist, IN, IN | HUP), (wlist, OUT, OUT), (xlist, ERR, ERR)];
    let mut streams = Vec::new();
    for (which, (list, asked, told)) in wanted.into_iter().enumerate() {
        let list = cx.collect(list)?;
        streams.extend(list.into_iter().map(|stream| (which, stream, asked, told)));
    }
    let found = ready::wait(cx, time, |cx| {
        let mut found: [Vec<Value<'vm>>; 3] = Default::default();
        for (which, stream, asked, told) in &streams {
            if ready::of(cx, stream, *asked)? & told != 0 {
                found[*which].push(stream.clone());
            }
        }
        Ok(found.iter().any(|found| !found.is_empty()).then_some(found))
    })?;
    let lists = found.unwrap_or_default().into_iter();
    let lists = lists.map(|found| Value::List(found.into_iter().collect::<List<'_>>()));
    Ok(lists.collect())
}

/// A time in seconds; nothing for ever.
fn seconds(time: &Value<'_>) -> Result<Option<Duration>, Error> {
    if time.is_none() {
        return Ok(None);
    }
    let Some(seconds) = time.as_float() else {
        return Err(Error::new(
            Kind::TypeError,
            "timeout is a number of seconds or None",
        ));
    };
    if seconds < 0.0 || seconds.is_nan() {
        return Err(Error::new(Kind::ValueError, "timeout must be non-negative"));
    }
    // More than a clock can count is for ever.
    Ok(Duration::try_from_secs_f64(seconds).ok())
}
