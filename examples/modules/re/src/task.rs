//! What a pattern is matched against, and positions in it.
//!
//! A script counts the characters of a text, the engine its bytes. In a text of
//! ASCII both are the same, so nothing is counted there. Elsewhere a search that
//! goes through a text counts on from its last match, and a match knows both
//! counts of its start.

use crate::engine::{Aim, Finds, Spans};
use crate::program::Program;
use alloc::rc::Rc;
use enroll_portable::prelude::*;
use enroll_portable::{Bytes, Str};

/// A pattern and the part of a text that it is matched against.
#[derive(Clone)]
pub(crate) struct Task {
    pub(crate) program: Rc<Program>,
    /// Whether characters are matched, and not bytes.
    text: bool,
    /// Whether there are characters of more than one byte.
    wide: bool,
    /// In bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The same as a script counts.
    pub(crate) pos: usize,
    pub(crate) endpos: usize,
}

/// What a script matches against: a text, bytes, or a copy of a buffer's.
///
/// # Errors
///
/// TypeError for anything else.
pub(crate) fn subject<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    string: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    match string {
        Value::Str(_) | Value::Bytes(_) => Ok(string.clone()),
        other => match cx.bytes(other, Bytes::copied) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) if error.kind() == Kind::TypeError => Err(Error::new(
                Kind::TypeError,
                "expected string or bytes-like object",
            )),
            Err(error) => Err(error),
        },
    }
}

/// The bytes of a subject.
pub(crate) fn bytes_of<'x>(subject: &'x Value<'_>) -> &'x [u8] {
    match subject {
        Value::Str(text) => text.as_bytes(),
        Value::Bytes(bytes) => bytes,
        _ => &[],
    }
}

impl Task {
    /// With positions as a script gives them.
    pub(crate) fn new(
        program: Rc<Program>,
        subject: &Value<'_>,
        pos: Option<i64>,
        endpos: Option<i64>,
    ) -> Task {
        let bytes = bytes_of(subject);
        let text = program.is_text() && subject.as_str().is_some();
        let wide = text && !bytes.is_ascii();
        let mut task = Task {
            program,
            text,
            wide,
            start: 0,
            end: bytes.len(),
            pos: 0,
            endpos: 0,
        };
        (task.end, task.endpos) = match endpos {
            None => (bytes.len(), task.count(bytes, 0, bytes.len())),
            Some(endpos) => task.place(bytes, endpos),
        };
        (task.start, task.pos) = task.place(bytes, pos.unwrap_or(0));
        task
    }

    /// A script's position in bytes, and within the text.
    fn place(&self, bytes: &[u8], position: i64) -> (usize, usize) {
        let wanted = match position {
            ..0 => 0,
            position => usize::try_from(position).unwrap_or(usize::MAX),
        };
        if !self.wide {
            let place = wanted.min(bytes.len());
            return (place, place);
        }
        let mut starts = bytes.iter().enumerate().filter(|(_, byte)| is_start(byte));
        match starts.nth(wanted) {
            Some((place, _)) => (place, wanted),
            None => (bytes.len(), self.count(bytes, 0, bytes.len())),
        }
    }

    /// How many characters there are between two places.
    pub(crate) fn count(&self, bytes: &[u8], from: usize, to: usize) -> usize {
        match self.wide {
            false => to.saturating_sub(from),
            true => {
                let between = bytes.get(from..to).unwrap_or_default();
                between.iter().filter(|byte| is_start(byte)).count()
            }
        }
    }

    /// The place of the next character.
    pub(crate) fn after(&self, bytes: &[u8], place: usize) -> usize {
        let mut next = place.saturating_add(1);
        while self.wide && bytes.get(next).is_some_and(|byte| !is_start(byte)) {
            next += 1;
        }
        next
    }

    /// The first match from a place on, or one that begins there.
    ///
    /// # Errors
    ///
    /// ValueError where the pattern cannot be compiled for it.
    pub(crate) fn search(
        &self,
        subject: &Value<'_>,
        from: usize,
        anchored: bool,
        finds: Finds,
    ) -> Result<Option<Spans>, Error> {
        let bytes = bytes_of(subject).get(..self.end).unwrap_or_default();
        let text = self.text;
        let engine = self.program.engine(Aim { text, finds })?;
        Ok(engine.and_then(|engine| engine.search(bytes, from, anchored)))
    }
}

/// Whether a character begins with that byte of UTF-8.
fn is_start(byte: &u8) -> bool {
    !matches!(byte, 0x80..=0xbf)
}

/// A part of a subject, as what the subject is.
pub(crate) fn part<'vm>(subject: &Value<'vm>, from: usize, to: usize) -> Value<'vm> {
    let bytes = |bytes: &[u8]| Bytes::copied(bytes.get(from..to).unwrap_or_default()).into();
    match subject {
        Value::Str(text) => match (text, text.get(from..to)) {
            // A pattern of bytes may have split a character.
            (_, None) => bytes(text.as_bytes()),
            (Str::Borrowed(text), _) => text.get(from..to).unwrap_or_default().into(),
            (_, Some(part)) => Str::copied(part).into(),
        },
        Value::Bytes(Bytes::Borrowed(bytes)) => bytes.get(from..to).unwrap_or_default().into(),
        other => bytes(bytes_of(other)),
    }
}

/// A part of no characters, as what the subject is.
pub(crate) fn nothing<'vm>(subject: &Value<'vm>) -> Value<'vm> {
    match subject {
        Value::Str(_) => "".into(),
        _ => (&[][..] as &[u8]).into(),
    }
}
