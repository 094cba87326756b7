//! Numbers.

use super::Parser;
use crate::place::{Place, wrong};
use alloc::format;
use enroll_portable::prelude::*;

impl<'vm> Parser<'_, 'vm> {
    /// A number: as much as is one. What follows it, `1.` or `01`, is for who
    /// comes next to refuse, as in CPython.
    pub(super) fn number(&mut self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Value<'vm>, Error> {
        let start = self.at;
        let byte = |at: usize| self.text.as_bytes().get(at).copied();
        let digits = |mut at: usize| {
            while byte(at).is_some_and(|byte| byte.is_ascii_digit()) {
                at += 1;
            }
            at
        };
        let first = start + usize::from(byte(start) == Some(b'-'));
        let mut end = match byte(first) {
            Some(b'0') => first + 1,
            Some(b'1'..=b'9') => digits(first),
            _ => return Err(wrong(self.text, "Expecting value", start)),
        };
        let whole = end;
        if byte(end) == Some(b'.') && digits(end + 1) > end + 1 {
            end = digits(end + 1);
        }
        if matches!(byte(end), Some(b'e' | b'E')) {
            let signed = matches!(byte(end + 1), Some(b'+' | b'-'));
            let power = end + 1 + usize::from(signed);
            if digits(power) > power {
                end = digits(power);
            }
        }
        let number = self.text.get(start..end).unwrap_or_default();
        self.at = end;
        let hook = match end == whole {
            true => &self.hooks.int,
            false => &self.hooks.float,
        };
        if let Some(hook) = hook {
            let number = cx.host().make_str(number)?;
            return cx.call(hook, Args::new(&[number.into()]));
        }
        if end != whole {
            // A number of this form is one of Rust's too, and one that is too
            // large is infinite in both.
            return Ok(number.parse::<f64>().unwrap_or(f64::NAN).into());
        }
        number.parse::<i64>().map(Value::Int).map_err(|_| {
            let place = Place::new(self.text, start);
            Error::text(
                Kind::OverflowError,
                format!("an integer of more than 64 bits, for parse_int to take: {place}"),
            )
        })
    }
}
