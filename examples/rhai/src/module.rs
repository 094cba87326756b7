//! A builtin module as a module of Rhai.

use crate::guest::{Native, arities, call, is_called};
use crate::state::Caller;
use crate::{Error, Rhai, guest};
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::any::TypeId;
use enroll::{Cx, ModuleId, Qstr, qstr};
use rhai::{Dynamic, FnPtr, FuncRegistration, Module, Position, RhaiFunc, Shared};

/// Its constants as variables, its functions and types as functions. It has been
/// initialised.
pub(crate) fn make(cx: &mut Cx<'_, '_, Rhai>, id: ModuleId) -> Result<Module, Error> {
    let builtins = cx.host().builtins();
    let mut names: Vec<Qstr> = Vec::new();
    builtins.dir(cx, id, &mut |name| names.push(name))?;
    names.sort_unstable_by_key(|name| name.raw());
    names.dedup();
    let mut module = Module::new();
    module.set_id(builtins.table().name_text(id));
    for name in names {
        // The others cost memory, and `builtin` gives them.
        if name == qstr!("__name__") || name == qstr!("__doc__") {
            continue;
        }
        let Some(value) = builtins.load_global(cx, id, name)? else {
            continue;
        };
        let text = cx
            .host()
            .shared()
            .names
            .borrow()
            .text(name)
            .map(ToString::to_string);
        let Some(mut text) = text else { continue };
        if !rhai::is_valid_function_name(&text) {
            text.push('_');
        }
        set(cx, &mut module, text, value);
    }
    module.build_index();
    Ok(module)
}

fn set(cx: &mut Cx<'_, '_, Rhai>, module: &mut Module, name: String, value: Dynamic) {
    let native = value
        .read_lock::<FnPtr>()
        .and_then(|pointer| guest::carried(&pointer));
    match native {
        Some(native) if is_called(&native) => set_function(cx, module, &name, native),
        _ => {
            module.set_var(name, value);
        }
    }
}

fn set_function(cx: &mut Cx<'_, '_, Rhai>, module: &mut Module, name: &str, native: Native) {
    // The state holds what the engine runs, and so this module.
    let state = Rc::downgrade(cx.host().shared());
    let arities = arities(&native);
    let function: Shared<crate::error::NativeCall> = Rc::new(
        move |context: Option<rhai::NativeCallContext<'_>>, arguments: &mut [&mut Dynamic]| {
            let Some(state) = state.upgrade() else {
                return Err(
                    Error::new("RuntimeError", "the engine is gone").into_rhai(Position::NONE)
                );
            };
            let arguments = arguments
                .iter_mut()
                .map(|argument| argument.take())
                .collect();
            state.run(Caller::of(context.as_ref()), |cx| {
                call(cx, &native, arguments)
            })
        },
    );
    for arity in arities {
        let types = vec![TypeId::of::<Dynamic>(); arity];
        let function = RhaiFunc::Pure {
            func: Rc::clone(&function),
            has_context: true,
            is_pure: true,
            is_volatile: true,
        };
        FuncRegistration::new(name).set_into_module_raw(module, types, function);
    }
}
