//! `this[start:stop:step]`, of interpreters that have it.

use enroll_portable::prelude::*;

/// Which items a slice means: `start`, one each `step`, `count` of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice {
    start: i64,
    step: i64,
    pub(crate) count: usize,
}

impl Slice {
    /// What an index means in a sequence of `len` items; nothing where it is no
    /// slice.
    ///
    /// A slice is an object of the interpreter, with Python's method `indices`.
    ///
    /// # Errors
    ///
    /// What that fails with.
    pub(crate) fn of<'vm>(
        cx: &mut Cx<'_, 'vm, Portable>,
        index: &Value<'vm>,
        len: usize,
    ) -> Result<Option<Slice>, Error> {
        if index.type_name() != "slice" {
            return Ok(None);
        }
        let len = Value::Int(i64::try_from(len).unwrap_or(i64::MAX));
        let bounds = cx.call_method(index, "indices", Args::new(&[len]))?;
        let mut bound = |position: i64| -> Result<i64, Error> {
            let item = cx.item(&bounds, &Value::Int(position))?;
            item.as_int()
                .ok_or(Error::new(Kind::TypeError, "a slice is made of integers"))
        };
        let (start, stop, step) = (bound(0)?, bound(1)?, bound(2)?);
        let distance = match step {
            1.. => stop.saturating_sub(start),
            _ => start.saturating_sub(stop),
        };
        let count = match u64::try_from(distance) {
            Ok(distance @ 1..) if step != 0 => (distance - 1) / step.unsigned_abs() + 1,
            _ => 0,
        };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        Ok(Some(Slice { start, step, count }))
    }

    /// The positions, in the order of the slice.
    pub(crate) fn positions(self) -> impl Iterator<Item = usize> {
        let mut next = self.start;
        (0..self.count).map_while(move |_| {
            let position = usize::try_from(next).ok()?;
            next = next.saturating_add(self.step);
            Some(position)
        })
    }

    /// The positions from the first to the last, where they follow one another.
    ///
    /// # Errors
    ///
    /// NotImplementedError for any other step than 1.
    pub(crate) fn range(self) -> Result<core::ops::Range<usize>, Error> {
        if self.step != 1 {
            return Err(Error::new(
                Kind::NotImplementedError,
                "only slices with a step of 1 can be stored or deleted",
            ));
        }
        let start = usize::try_from(self.start).unwrap_or(0);
        Ok(start..start.saturating_add(self.count))
    }
}
