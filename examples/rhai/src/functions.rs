//! The functions that every script of the engine has.

use crate::guest::{
    self, ASSIGNMENTS, COMPARISONS, Named, Native, binary, binary_of, call_method, compare,
    delete_attribute, delete_item, load_attribute, load_item, native, receive, steps,
    store_attribute, store_item, text,
};
use crate::state::{Caller, State};
use crate::{Error, Rhai, resolver};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::ToString;
use core::any::TypeId;
use enroll::Cx;
use enroll_portable::{Style, Value};
use rhai::{
    Array, Dynamic, Engine, FuncRegistration, ImmutableString, Map, Module, NativeCallContext,
    RhaiFunc, Shared,
};

/// The arguments of a call, the first of them in its place.
type Arguments<'a, 'b> = &'a mut [&'b mut Dynamic];

/// Registers all of them.
pub(crate) fn register(engine: &mut Engine, state: &Rc<State>) {
    engine.register_type_with_name::<Native>("object");
    engine.register_type_with_name::<Named>("named");
    let mut module = Module::new();
    let mut table = Table {
        module: &mut module,
        state,
    };
    values(&mut table);
    attributes(&mut table);
    operators(&mut table);
    let iterated = Rc::clone(state);
    module.set_iter_result(TypeId::of::<Native>(), move |object| {
        steps(&iterated, object)
    });
    engine.register_global_module(Rc::new(module));
    let asked = Rc::clone(state);
    #[expect(
        deprecated,
        reason = "Rhai marks what may change so; the version is pinned"
    )]
    engine.on_missing_function(move |name, arguments, _, context| {
        guest::missing(&asked, name, arguments, &context)
    });
}

/// What a function gets of the variable that is its first argument.
#[derive(Clone, Copy)]
enum First {
    Copied,
    /// The variable itself; `is_pure` where it may be a constant.
    Lent {
        is_pure: bool,
    },
}

/// An object is a reference: one in a constant may change all the same.
const OBJECT: First = First::Lent { is_pure: true };

struct Table<'t> {
    module: &'t mut Module,
    state: &'t Rc<State>,
}

impl Table<'_> {
    fn add(
        &mut self,
        registration: FuncRegistration,
        first: First,
        types: &[TypeId],
        run: impl Fn(&mut Cx<'_, 'static, Rhai>, Arguments<'_, '_>) -> Result<Dynamic, Error> + 'static,
    ) {
        let state = Rc::clone(self.state);
        let func: Shared<crate::error::NativeCall> = Rc::new(
            move |context: Option<NativeCallContext<'_>>, arguments: Arguments<'_, '_>| {
                state.run(Caller::of(context.as_ref()), |cx| run(cx, arguments))
            },
        );
        let (has_context, is_pure, is_volatile) = (true, true, true);
        let function = match first {
            First::Copied => RhaiFunc::Pure {
                func,
                has_context,
                is_pure,
                is_volatile,
            },
            First::Lent { is_pure } => RhaiFunc::Method {
                func,
                has_context,
                is_pure,
                is_volatile,
            },
        };
        registration.set_into_module_raw(self.module, types, function);
    }

    fn named(
        &mut self,
        name: &str,
        first: First,
        types: &[TypeId],
        run: impl Fn(&mut Cx<'_, 'static, Rhai>, Arguments<'_, '_>) -> Result<Dynamic, Error> + 'static,
    ) {
        self.add(FuncRegistration::new(name), first, types, run);
    }
}

fn of<T: 'static>() -> TypeId {
    TypeId::of::<T>()
}

/// What makes a value.
fn values(table: &mut Table<'_>) {
    table.named(
        "builtin",
        First::Copied,
        &[of::<ImmutableString>()],
        |cx, arguments| {
            let name = text_at(arguments, 0)?;
            let state = Rc::clone(cx.host().shared());
            match resolver::find(&state, &name) {
                Some(id) => guest::module(cx, id),
                None => {
                    let message = format!("there is no builtin module '{name}'");
                    Err(Error::new("ImportError", message))
                }
            }
        },
    );
    table.named("named", First::Copied, &[of::<Map>()], |_, arguments| {
        let map = taken(arguments, 0).try_cast::<Map>().unwrap_or_default();
        Ok(Dynamic::from(Named(map)))
    });
    table.named("list", First::Copied, &[of::<Array>()], shared);
    table.named("dict", First::Copied, &[of::<Map>()], shared);
    table.named(
        "bytearray",
        First::Copied,
        &[of::<Dynamic>()],
        |cx, arguments| guest::bytearray(cx, taken(arguments, 0)),
    );
    table.named(
        "type_name",
        First::Copied,
        &[of::<Native>()],
        |cx, arguments| {
            let value = taken(arguments, 0);
            Ok(receive(cx, value)?.type_name().into())
        },
    );
}

/// A list or dict that scripts and modules share, with what was given.
fn shared(cx: &mut Cx<'_, 'static, Rhai>, arguments: Arguments<'_, '_>) -> Result<Dynamic, Error> {
    let value = receive(cx, taken(arguments, 0))?;
    Ok(match value {
        Value::List(_) | Value::Dict(_) => native(cx, value),
        _ => Dynamic::UNIT,
    })
}

/// What no syntax of Rhai says.
fn attributes(table: &mut Table<'_>) {
    let (object, text, any) = (of::<Native>(), of::<ImmutableString>(), of::<Dynamic>());
    table.named("attribute", OBJECT, &[object, text], |cx, arguments| {
        let name = text_at(arguments, 1)?;
        load_attribute(cx, &object_at(arguments)?, &name)
    });
    table.named(
        "set_attribute",
        OBJECT,
        &[object, text, any],
        |cx, arguments| {
            let name = text_at(arguments, 1)?;
            let value = taken(arguments, 2);
            store_attribute(cx, &object_at(arguments)?, &name, value)
        },
    );
    table.named(
        "delete_attribute",
        OBJECT,
        &[object, text],
        |cx, arguments| {
            let name = text_at(arguments, 1)?;
            delete_attribute(cx, &object_at(arguments)?, &name)
        },
    );
    table.named("delete_item", OBJECT, &[object, any], |cx, arguments| {
        let index = taken(arguments, 1);
        delete_item(cx, &object_at(arguments)?, index)
    });
    table.named(
        "call_method",
        OBJECT,
        &[object, text, of::<Array>()],
        |cx, arguments| {
            let name = text_at(arguments, 1)?;
            let positional = taken(arguments, 2).into_array().unwrap_or_default();
            call_method(cx, &object_at(arguments)?, &name, positional)
        },
    );
    let types = [object, text, of::<Array>(), of::<Map>()];
    table.named("call_method", OBJECT, &types, |cx, arguments| {
        let name = text_at(arguments, 1)?;
        let mut positional = taken(arguments, 2).into_array().unwrap_or_default();
        let names = taken(arguments, 3).try_cast::<Map>().unwrap_or_default();
        positional.push(Dynamic::from(Named(names)));
        call_method(cx, &object_at(arguments)?, &name, positional)
    });
    table.add(
        FuncRegistration::new_index_getter(),
        OBJECT,
        &[object, any],
        |cx, arguments| {
            let index = taken(arguments, 1);
            load_item(cx, &object_at(arguments)?, index)
        },
    );
    let setter = FuncRegistration::new("index$set$").in_global_namespace();
    table.add(setter, OBJECT, &[object, any, any], |cx, arguments| {
        let index = taken(arguments, 1);
        let value = taken(arguments, 2);
        store_item(cx, &object_at(arguments)?, index, value)
    });
}

fn operators(table: &mut Table<'_>) {
    let (object, any) = (of::<Native>(), of::<Dynamic>());
    for token in COMPARISONS {
        for types in [[object, any], [any, object]] {
            table.named(token, OBJECT, &types, move |cx, arguments| {
                let left = copied(arguments, 0);
                let right = copied(arguments, 1);
                compare(cx, token, left, right)
            });
        }
    }
    for token in ASSIGNMENTS {
        let Some(op) = token.strip_suffix('=').and_then(binary_of) else {
            continue;
        };
        let changed = First::Lent { is_pure: false };
        table.named(token, changed, &[object, any], move |cx, arguments| {
            let left = copied(arguments, 0);
            let right = taken(arguments, 1);
            let answer = binary(cx, op, left, right)?;
            if let Some(variable) = arguments.first_mut() {
                **variable = answer;
            }
            Ok(Dynamic::UNIT)
        });
    }
    for (name, style) in [
        ("print", Style::Str),
        ("to_string", Style::Str),
        ("debug", Style::Repr),
        ("to_debug", Style::Repr),
    ] {
        table.named(name, OBJECT, &[object], move |cx, arguments| {
            let written = text(cx, &object_at(arguments)?, style)?;
            Ok(written.into())
        });
    }
}

/// The native object that a function was found for.
fn object_at(arguments: Arguments<'_, '_>) -> Result<Native, Error> {
    let object = arguments
        .first()
        .and_then(|first| first.read_lock::<Native>());
    match object {
        Some(object) => Ok(object.clone()),
        None => Err(Error::new("TypeError", "this is no native object")),
    }
}

fn text_at(arguments: Arguments<'_, '_>, position: usize) -> Result<alloc::string::String, Error> {
    let text = arguments
        .get(position)
        .and_then(|text| Some(text.as_immutable_string_ref().ok()?.to_string()));
    text.ok_or_else(|| Error::new("TypeError", "a name is a text"))
}

fn taken(arguments: Arguments<'_, '_>, position: usize) -> Dynamic {
    arguments
        .get_mut(position)
        .map_or(Dynamic::UNIT, |argument| argument.take())
}

fn copied(arguments: Arguments<'_, '_>, position: usize) -> Dynamic {
    arguments
        .get(position)
        .map_or(Dynamic::UNIT, |argument| argument.flatten_clone())
}
