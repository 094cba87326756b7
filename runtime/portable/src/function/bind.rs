//! Which argument goes to which parameter.

use crate::error::{Message, Place};
use crate::function::Call;
use crate::{Error, Kind, Value};

/// How a parameter takes its argument.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// One argument, which must be there.
    Required,
    /// One argument, or none.
    Optional,
    /// All positional arguments that are left.
    Rest,
    /// The call's arguments as they are.
    All,
}

/// Fills `slots`, one for each parameter, with the arguments of a call, and
/// gives the positional ones that are left for a rest parameter.
///
/// It knows no types, so that it exists once and not for each function.
pub(crate) fn bind<'x, 'vm>(
    call: &Call<'x, 'vm>,
    needs: &[Need],
    slots: &mut [Option<&'x Value<'vm>>],
) -> Result<&'x [Value<'vm>], Error> {
    if needs.contains(&Need::All) {
        return Ok(call.args.positional);
    }
    let params = call.function.params();
    let takes_position = |index: usize| {
        matches!(needs[index], Need::Required | Need::Optional)
            && !params.get(index).is_some_and(|param| param.keyword_only)
    };
    let mut left = call.args.positional;
    for (index, slot) in slots.iter_mut().enumerate() {
        if !takes_position(index) {
            continue;
        }
        let Some((first, others)) = left.split_first() else {
            break;
        };
        *slot = Some(first);
        left = others;
    }
    let rest = needs.contains(&Need::Rest);
    if !left.is_empty() && !rest {
        return Err(count(call, needs, takes_position));
    }
    for (name, value) in call.args.keywords {
        let named = |(index, need): (usize, &Need)| {
            *need != Need::Rest && params.get(index).is_some_and(|param| param.name == *name)
        };
        let Some(index) = needs.iter().enumerate().position(named) else {
            return Err(unexpected(call, name));
        };
        if slots[index].replace(value).is_some() {
            return Err(type_error(Message::Twice(place(call, index))));
        }
    }
    for (index, need) in needs.iter().enumerate() {
        if *need == Need::Required && slots[index].is_none() {
            return Err(if params.is_empty() {
                count(call, needs, takes_position)
            } else {
                type_error(Message::Missing(place(call, index)))
            });
        }
    }
    Ok(left)
}

pub(crate) fn place(call: &Call<'_, '_>, index: usize) -> Place {
    Place {
        function: call.function,
        // A native function has a dozen parameters at most.
        index: index as u8,
        method: call.method,
    }
}

#[cold]
fn type_error(message: Message) -> Error {
    Error::of(Kind::TypeError, message)
}

#[cold]
fn unexpected(call: &Call<'_, '_>, name: &str) -> Error {
    #[cfg(feature = "alloc")]
    let message = Message::Keyword(call.function, name.into());
    #[cfg(not(feature = "alloc"))]
    let (message, _) = (Message::Keyword(call.function), name);
    type_error(message)
}

#[cold]
fn count(call: &Call<'_, '_>, needs: &[Need], takes_position: impl Fn(usize) -> bool) -> Error {
    let receiver = u8::from(call.method);
    let (mut min, mut max) = (0u8, 0u8);
    for (index, need) in needs.iter().enumerate() {
        if takes_position(index) {
            max += 1;
            min += u8::from(*need == Need::Required);
        }
    }
    let given = u8::try_from(call.args.positional.len()).unwrap_or(u8::MAX);
    type_error(Message::Count {
        function: call.function,
        min: min.saturating_sub(receiver),
        max: (!needs.contains(&Need::Rest)).then_some(max.saturating_sub(receiver)),
        given: given.saturating_sub(receiver),
    })
}
