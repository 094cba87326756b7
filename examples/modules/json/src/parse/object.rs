//! Objects.

use super::Parser;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;
use enroll_portable::prelude::*;
use enroll_portable::{Dict, Tuple};

type Pair<'vm> = (Value<'vm>, Value<'vm>);

impl<'vm> Parser<'_, 'vm> {
    /// An object of these pairs, or what a hook makes of them.
    pub(super) fn object(
        &self,
        cx: &mut Cx<'_, 'vm, Portable>,
        pairs: Vec<Pair<'vm>>,
    ) -> Result<Value<'vm>, Error> {
        if let Some(hook) = &self.hooks.pairs {
            let pairs = pairs.into_iter().map(|(name, value)| {
                let pair: Tuple<'vm> = [name, value].into_iter().collect();
                Value::Tuple(pair)
            });
            let pairs: Vec<Value<'vm>> = pairs.collect();
            let pairs = cx.own(pairs.into())?;
            return cx.call(hook, Args::new(&[pairs]));
        }
        let dict = Value::Dict(Dict::Shared(Rc::new(RefCell::new(last_of_each(pairs)))));
        match &self.hooks.object {
            Some(hook) => {
                let dict = cx.own(dict)?;
                cx.call(hook, Args::new(&[dict]))
            }
            None => Ok(dict),
        }
    }
}

/// Of the pairs of one name the last value, where the first one stood.
///
/// Names are sorted for it, since the text is somebody else's: comparing each with
/// all others would take its square.
fn last_of_each(mut pairs: Vec<Pair<'_>>) -> Vec<Pair<'_>> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|left, right| {
        let text = |index: &usize| pairs.get(*index).and_then(|(name, _)| name.as_str());
        text(left).cmp(&text(right)).then(left.cmp(right))
    });
    let mut dropped = Vec::new();
    let mut first: Option<usize> = None;
    for index in order {
        match first {
            Some(kept) if take_over(&mut pairs, kept, index) => dropped.push(index),
            _ => first = Some(index),
        }
    }
    if dropped.is_empty() {
        return pairs;
    }
    dropped.sort_unstable();
    let mut index = 0;
    pairs.retain(|_| {
        index += 1;
        dropped.binary_search(&(index - 1)).is_err()
    });
    pairs
}

/// Moves the later value to the earlier pair, if both have one name.
fn take_over(pairs: &mut [Pair<'_>], earlier: usize, later: usize) -> bool {
    let Some((head, [(name, value), ..])) = pairs.split_at_mut_checked(later) else {
        return false;
    };
    match head.get_mut(earlier) {
        Some((known, old)) if known == name => {
            *old = core::mem::take(value);
            true
        }
        _ => false,
    }
}
