//! Calls of native functions, and arguments by name.

use crate::guest::adopt::{adopt, enter, receive};
use crate::guest::native::{Native, What};
use crate::{Error, Rhai};
use alloc::string::ToString;
use alloc::vec::Vec;
use core::ops::RangeInclusive;
use enroll::Cx;
use enroll_portable::{Args, Error as Failure, Function, Operate, Portable, Slot, Type, Value};
use rhai::{Dynamic, Map};

/// How many arguments a function may have whose parameters have no names.
const UNNAMED: usize = 8;

/// The numbers of arguments of what no script can call.
#[expect(clippy::reversed_empty_ranges, reason = "it is empty on purpose")]
const NOTHING: RangeInclusive<usize> = 1..=0;

/// Arguments by name: what `named(#{ … })` gives, the last argument of a call.
#[derive(Clone)]
pub(crate) struct Named(pub(crate) Map);

/// How many arguments a native function takes, [`Named`] counted as one. Rhai
/// finds a function of a module by their number.
pub(crate) fn arities(native: &Native) -> RangeInclusive<usize> {
    match native.value() {
        Some(Value::Function(function)) if function.has_list() => named_arities(*function),
        Some(Value::Type(ty)) if !is_constructed(ty) => NOTHING,
        Some(Value::Type(ty)) => match ty.arity() {
            Some((least, most)) => usize::from(least.min(1))..=usize::from(most) + 1,
            None => 0..=UNNAMED,
        },
        _ => 0..=UNNAMED,
    }
}

/// Whether scripts make instances of a type; others get them from functions.
fn is_constructed(ty: &'static Type) -> bool {
    let new = ty.slot(|slot| matches!(slot, Slot::New(_)).then_some(()));
    new.is_some()
}

fn named_arities(function: Function) -> RangeInclusive<usize> {
    let params = function.params();
    let by_position = || params.iter().filter(|param| !param.is_keyword_only());
    let needed = by_position().filter(|param| param.default().is_none());
    // All further arguments look like one that can be given by name alone and
    // has no default.
    let takes_more = params
        .iter()
        .any(|param| param.default().is_none() && param.is_keyword_only());
    let most = by_position().count();
    let most = match takes_more {
        true => most.max(UNNAMED),
        // Those by name alone come in one argument.
        false => most + usize::from(most < params.len()),
    };
    // Those by name, which are one argument, may be all.
    needed.count().min(1)..=most
}

/// Whether scripts call such a value, rather than read it.
pub(crate) fn is_called(native: &Native) -> bool {
    match &native.what {
        What::Own(_) => true,
        What::Value(value) => {
            matches!(value, Value::Function(_) | Value::Type(_) | Value::Bound(_))
        }
    }
}

/// Calls a native value with a script's arguments.
pub(crate) fn call(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    arguments: Vec<Dynamic>,
) -> Result<Dynamic, Error> {
    let cx = &mut cx.within(native.module.or(cx.module()));
    match &native.what {
        What::Own(run) => run(cx, &arguments),
        What::Value(value) => {
            let callee = cx.host().seen(value.clone());
            pass(cx, arguments, |cx, args| cx.call(&callee, args))
        }
    }
}

/// Hands a script's arguments to something portable.
pub(super) fn pass<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    mut arguments: Vec<Dynamic>,
    call: impl FnOnce(&mut Cx<'_, 'vm, Portable>, Args<'_, 'vm>) -> Result<Value<'vm>, Failure>,
) -> Result<Dynamic, Error> {
    let named = match arguments.pop() {
        Some(last) => match last.try_cast_result::<Named>() {
            Ok(named) => named.0,
            Err(last) => {
                arguments.push(last);
                Map::new()
            }
        },
        None => Map::new(),
    };
    let mut positional = Vec::with_capacity(arguments.len());
    for argument in arguments {
        positional.push(receive(cx, argument)?);
    }
    let mut names = Vec::with_capacity(named.len());
    for (name, value) in named {
        names.push((name.to_string(), receive(cx, value)?));
    }
    let keywords: Vec<(&str, Value<'vm>)> = names
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let result = {
        let args = Args::new(&positional).with(&keywords);
        enter(cx, |cx| call(cx, args))?
    };
    // A list that was an argument and comes back is nobody else's now.
    drop((keywords, positional));
    adopt(cx, result)
}
