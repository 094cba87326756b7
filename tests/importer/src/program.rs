//! Running the code of a module.

use crate::host::{Error, Scripted, Value, Vm};
use crate::world::{Function, Statement};
use enroll::import::{Code, Handle, ImportHost, Importer, Spec};
use enroll::{Cx, Qstr};
use std::thread;
use std::time::Duration;

/// Runs the program whose number is in `code`.
pub(crate) fn exec(
    cx: &mut Cx<'_, '_, Scripted>,
    module: Handle,
    spec: &Spec,
    code: &Code,
) -> Result<(), Error> {
    let number = code.bytes.first_chunk().copied().map(u64::from_le_bytes);
    let number = usize::try_from(number.unwrap_or_default()).unwrap_or_default();
    cx.host().log(format!("exec {} #{number}", spec.name));
    let (statements, runs) = {
        let mut state = cx.host().shared.state();
        let runs = state.runs.entry(number).or_default();
        *runs += 1;
        let runs = *runs;
        (state.world.programs[number].clone(), runs)
    };
    let name = intern(cx, &spec.name)?;
    cx.host().running.push(name);
    let done = statements
        .iter()
        .try_for_each(|statement| run(cx, module, spec, statement, runs));
    cx.host().running.pop();
    done
}

fn run(
    cx: &mut Cx<'_, '_, Scripted>,
    module: Handle,
    spec: &Spec,
    statement: &Statement,
    runs: u32,
) -> Result<(), Error> {
    let (name, value) = match statement {
        Statement::Bind(name, number) => (name.as_str(), Value::Int(*number)),
        Statement::Import { module: full, name } => {
            (name.as_str(), Importer::new(cx).import(full)?)
        }
        Statement::From {
            level,
            module: from,
            name,
        } => {
            let mut importer = Importer::new(cx);
            let package = importer.import_name(from, Some(module), &[name], *level)?;
            (name.as_str(), importer.import_from(&package, name)?)
        }
        Statement::Star(from) => {
            let mut importer = Importer::new(cx);
            let package = importer.import_name(from, Some(module), &["*"], 0)?;
            for (name, value) in importer.star(&package)? {
                importer.store(module, name, value)?;
            }
            return Ok(());
        }
        Statement::Patch {
            module: full,
            name,
            value,
        } => {
            let patched = Importer::new(cx).import(full)?;
            let Value::Module(patched) = patched else {
                return Err(Error("TypeError: not a module".into()));
            };
            let name = intern(cx, name)?;
            return Importer::new(cx).store(patched, name, Value::Int(*value));
        }
        Statement::Delete(name) => {
            let name = intern(cx, name)?;
            return Importer::new(cx).delete(module, name);
        }
        Statement::Fail => return Err(Error(format!("RuntimeError: {} fails", spec.name))),
        Statement::FailFirst(times) if runs <= *times => {
            return Err(Error(format!(
                "RuntimeError: {} fails once more",
                spec.name
            )));
        }
        Statement::FailLater(times) if runs > *times => {
            return Err(Error(format!("RuntimeError: {} fails now", spec.name)));
        }
        Statement::FailFirst(_) | Statement::FailLater(_) => return Ok(()),
        Statement::Define(function) => (function.name(), Value::Function(function.clone())),
        Statement::All(names) => ("__all__", Value::List(names.clone())),
        Statement::Become(number) => return Importer::new(cx).set(&spec.name, Value::Int(*number)),
        Statement::BecomeModule(other) => {
            let mut importer = Importer::new(cx);
            let other = importer.import(other)?;
            return importer.set(&spec.name, other);
        }
        Statement::Leave => {
            Importer::new(cx).drop_entry(&spec.name);
            return Ok(());
        }
        Statement::Pause(time) => {
            pause(*time);
            return Ok(());
        }
    };
    let name = intern(cx, name)?;
    Importer::new(cx).store(module, name, value)
}

/// Lets other threads run, for so many microseconds at least.
pub(crate) fn pause(time: u64) {
    if time == 0 {
        thread::yield_now();
    } else {
        thread::sleep(Duration::from_micros(time));
    }
}

fn intern(cx: &mut Cx<'_, '_, Scripted>, name: &str) -> Result<Qstr, Error> {
    let name = Scripted::imports(cx, |imports| imports.names.intern(name));
    name.map_err(|error| Error(format!("MemoryError: {error}")))
}

/// Calls a function.
pub(crate) fn call(vm: &Vm<'_>, function: &Value, arguments: &[Value]) -> Result<Value, Error> {
    match (function, arguments) {
        (Value::Function(Function::Getattr(known)), [Value::Text(name)]) => {
            vm.log(format!("call __getattr__ {name}"));
            let found = known.iter().find(|(of, _)| of == name);
            match found {
                Some((_, number)) => Ok(Value::Int(*number)),
                None => Err(Error(format!("AttributeError: getattr {name}"))),
            }
        }
        (Value::Function(Function::Dir(names)), []) => {
            vm.log("call __dir__".into());
            Ok(Value::List(names.clone()))
        }
        _ => Err(Error("TypeError: not callable".into())),
    }
}
