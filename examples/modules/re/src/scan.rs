//! One match after the other.

use crate::engine::{Finds, Spans};
use crate::task::{Task, bytes_of};
use enroll_portable::prelude::*;

/// Where a search through a text stands.
///
/// As in CPython since 3.7, an empty match may follow a match that is none, and
/// after an empty one comes one that is none at the same place, or any behind the
/// next character.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scan {
    at: usize,
    was_empty: bool,
    over: bool,
    /// A place, in bytes and as a script counts.
    counted: (usize, usize),
}

impl Scan {
    pub(crate) fn new(task: &Task) -> Scan {
        Scan {
            at: task.start,
            was_empty: false,
            over: task.start > task.end,
            counted: (task.start, task.pos),
        }
    }

    /// The next match, with its start as a script counts.
    ///
    /// # Errors
    ///
    /// ValueError where the pattern cannot be compiled for this text.
    pub(crate) fn next(
        &mut self,
        task: &Task,
        subject: &Value<'_>,
    ) -> Result<Option<(Spans, usize)>, Error> {
        if self.over {
            return Ok(None);
        }
        let bytes = bytes_of(subject);
        let mut found = None;
        let mut from = self.at;
        if self.was_empty {
            found = task.search(subject, from, true, Finds::NonEmpty)?;
            from = task.after(bytes, from);
        }
        if found.is_none() && from <= task.end {
            found = task.search(subject, from, false, Finds::Parts)?;
        }
        let Some((spans, (start, end))) = found.and_then(|spans| {
            let whole = spans.first().copied().flatten()?;
            Some((spans, whole))
        }) else {
            self.over = true;
            return Ok(None);
        };
        self.at = end;
        self.was_empty = start == end;
        let (place, count) = self.counted;
        let count = count.saturating_add(task.count(bytes, place, start));
        self.counted = (start, count);
        Ok(Some((spans, count)))
    }
}
