//! `*`, `+`, `?` and `{…}`.

use super::{Node, Parser};
use alloc::vec::Vec;
use core::mem;
use enroll_portable::{Error, Kind};

impl Parser<'_> {
    /// A repetition of the last node, after its first character.
    pub(super) fn repeat(
        &mut self,
        sign: char,
        flags: u32,
        start: usize,
        nodes: &mut Vec<Node>,
    ) -> Result<(), Error> {
        let (least, most) = match sign {
            '?' => (0, Some(1)),
            '*' => (0, None),
            '+' => (1, None),
            _ => match self.bounds()? {
                Some(bounds) => bounds,
                None => {
                    nodes.push(self.literal(sign, flags));
                    return Ok(());
                }
            },
        };
        let last = match nodes.last_mut() {
            None | Some(Node::At(_)) => return Err(self.wrong("nothing to repeat", start)),
            Some(Node::Repeat { .. }) => return Err(self.wrong("multiple repeat", start)),
            Some(last) => last,
        };
        let greedy = !self.matches('?');
        if greedy && self.matches('+') {
            return Err(self.without("possessive repeat", start));
        }
        let of = Vec::from([mem::replace(last, Node::Either(Vec::new()))]);
        *last = Node::Repeat {
            of,
            least,
            most,
            greedy,
        };
        Ok(())
    }

    /// `{least,most}`, or `None` where it is none, and so a literal brace.
    fn bounds(&mut self) -> Result<Option<(u32, Option<u32>)>, Error> {
        let after_brace = self.at;
        if self.next() == Some('}') {
            return Ok(None);
        }
        let low = self.take_while(usize::MAX, char::is_ascii_digit);
        let high = match self.matches(',') {
            true => self.take_while(usize::MAX, char::is_ascii_digit),
            false => low.clone(),
        };
        if !self.matches('}') {
            self.at = after_brace;
            return Ok(None);
        }
        let number = |digits: &str| match digits {
            "" => Ok(None),
            _ => match digits.parse() {
                Ok(u32::MAX) | Err(_) => Err(Error::new(
                    Kind::OverflowError,
                    "the repetition number is too large",
                )),
                Ok(number) => Ok(Some(number)),
            },
        };
        let (least, most) = (number(&low)?.unwrap_or(0), number(&high)?);
        if most.is_some_and(|most| most < least) {
            // After the brace, as CPython counts.
            return Err(self.wrong("min repeat greater than max repeat", after_brace));
        }
        Ok(Some((least, most)))
    }
}
