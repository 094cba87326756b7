//! The importer, asked to do what an operation says.

use crate::operation::{Bypass, Case, Found, Operand, Operation, Outcome, Target, VARIABLES};
use enroll::import::{Handle, ImportHost, Importer, Imports, Spec};
use enroll::{Cx, Qstr};
use importer::{Error, Files, PLUGIN, Scripted, Shared, Value, Vm, Which, builtins};
use std::sync::Arc;

/// An interpreter.
pub(crate) struct Subject {
    pub(crate) shared: Arc<Shared<'static>>,
    vm: Vm<'static>,
}

type Done = Result<Outcome<Value>, Error>;

impl Subject {
    pub(crate) fn new(case: &Case) -> Subject {
        let mut imports = Imports::new(builtins());
        imports.options.weak_links = case.weak_links;
        imports.path = case.path.clone();
        imports.finders = finders(case.world.frozen_first);
        let shared = Shared::new(imports, case.world.clone());
        shared.state().variables = vec![Value::None; VARIABLES];
        let vm = shared.vm();
        Subject { shared, vm }
    }

    pub(crate) fn cx(&mut self) -> Cx<'_, 'static, Scripted> {
        self.vm.cx()
    }

    pub(crate) fn intern(&mut self, name: &str) -> Qstr {
        let name = Scripted::imports(&mut self.cx(), |imports| imports.names.intern(name));
        name.expect("there are few names")
    }

    pub(crate) fn perform(&mut self, operation: &Operation) -> Outcome<Value> {
        match self.try_perform(operation) {
            Ok(outcome) => outcome,
            Err(Error(text)) => Outcome::Failed(text),
        }
    }

    fn try_perform(&mut self, operation: &Operation) -> Done {
        use Operation as Op;
        match operation {
            Op::Import { name, into } => {
                let value = Importer::new(&mut self.cx()).import(name)?;
                Ok(self.keep(*into, value))
            }
            Op::ImportName {
                name,
                from,
                level,
                into,
            } => {
                let Some(from) = self.optional(from.as_ref()) else {
                    return Ok(Outcome::Skipped);
                };
                let mut cx = self.cx();
                let value = Importer::new(&mut cx).import_name(name, from, &[], *level)?;
                Ok(self.keep(*into, value))
            }
            Op::FromImport {
                name,
                from,
                level,
                names,
                into,
            } => {
                let Some(from) = self.optional(from.as_ref()) else {
                    return Ok(Outcome::Skipped);
                };
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let mut cx = self.cx();
                let mut importer = Importer::new(&mut cx);
                let module = importer.import_name(name, from, &names, *level)?;
                let mut last = Value::None;
                for name in names {
                    last = importer.import_from(&module, name)?;
                }
                Ok(self.keep(*into, last))
            }
            Op::Star { name } => {
                let mut cx = self.cx();
                let mut importer = Importer::new(&mut cx);
                let module = importer.import_name(name, None, &["*"], 0)?;
                let bound = importer.star(&module)?;
                let bound = bound.into_iter();
                let bound = bound.map(|(name, value)| (self.shared.text(name), value));
                Ok(Outcome::Bound(bound.collect()))
            }
            Op::Enter { name, value } => {
                let value = self.operand(value);
                Importer::new(&mut self.cx()).set(name, value)?;
                Ok(Outcome::Done)
            }
            Op::Reload { of, into } => {
                let Some(value) = self.value(of) else {
                    return Ok(Outcome::Skipped);
                };
                let value = Importer::new(&mut self.cx()).reload(&value)?;
                Ok(self.keep(*into, value))
            }
            Op::NewModule { name, into } => {
                let module = Importer::new(&mut self.cx()).new_module(name)?;
                Ok(self.keep(*into, Value::Module(module)))
            }
            Op::Builtin { name, into } => {
                let module = Importer::new(&mut self.cx()).builtin(name)?;
                Ok(self.keep_some(*into, module.map(Value::Module)))
            }
            Op::InitBuiltin { name, into } => {
                let module = Importer::new(&mut self.cx()).init_builtin(name)?;
                Ok(self.keep_some(*into, module))
            }
            Op::Load { of, .. }
            | Op::Binding { of, .. }
            | Op::Store { of, .. }
            | Op::Delete { of, .. }
            | Op::Dir(of)
            | Op::Patch { of, .. }
            | Op::Hide { of, .. }
            | Op::Undo { of, .. }
            | Op::Restore(of)
            | Op::Ensure(of) => match self.value(of) {
                Some(Value::Module(module)) => self.use_module(module, operation),
                _ => Ok(Outcome::Skipped),
            },
            Op::Write { .. } | Op::Freeze { .. } | Op::Rewrite { .. } | Op::Break { .. } => {
                operation.change(&mut self.shared.state().world);
                Ok(Outcome::Done)
            }
            Op::SwapFinders => {
                operation.change(&mut self.shared.state().world);
                Scripted::imports(&mut self.cx(), |imports| imports.finders.reverse());
                Ok(Outcome::Done)
            }
            Op::SetPath(path) => {
                Scripted::imports(&mut self.cx(), |imports| imports.path = path.clone());
                Ok(Outcome::Done)
            }
            _ => self.whole(operation),
        }
    }

    /// What is done to one module.
    fn use_module(&mut self, module: Handle, operation: &Operation) -> Done {
        use Operation as Op;
        let (name, owner, value) = match operation {
            Op::Store { name, value, .. } => (name.as_str(), "", Some(value)),
            Op::Patch {
                name, owner, value, ..
            } => (name.as_str(), owner.as_str(), Some(value)),
            Op::Hide { name, owner, .. } | Op::Undo { name, owner, .. } => {
                (name.as_str(), owner.as_str(), None)
            }
            Op::Load { name, .. } | Op::Binding { name, .. } | Op::Delete { name, .. } => {
                (name.as_str(), "", None)
            }
            _ => ("", "", None),
        };
        let (name, owner) = (self.intern(name), self.intern(owner));
        let value = value.map_or(Value::None, |value| self.operand(value));
        let mut cx = self.cx();
        let mut importer = Importer::new(&mut cx);
        match operation {
            Op::Load { into, .. } => match importer.load(module, name)? {
                Some(value) => return Ok(self.keep(*into, value)),
                None => return Err(importer.no_attribute(module, name)),
            },
            Op::Binding { into, .. } => {
                let value = importer.binding(module, name)?;
                return Ok(self.keep_some(*into, value));
            }
            Op::Store { .. } => importer.store(module, name, value)?,
            Op::Delete { .. } => importer.delete(module, name)?,
            Op::Dir(_) => {
                return Ok(Outcome::Names(importer.dir(module)?.into_iter().collect()));
            }
            Op::Patch { .. } => importer.patch(module, name, owner, value)?,
            Op::Hide { .. } => importer.hide(module, name, owner)?,
            Op::Undo { .. } => return Ok(Outcome::Flag(importer.undo(module, name, owner))),
            Op::Restore(_) => return Ok(Outcome::Flag(importer.restore(module))),
            _ => importer.ensure_loaded(module)?,
        }
        Ok(Outcome::Done)
    }

    /// What is done to the interpreter as a whole.
    fn whole(&mut self, operation: &Operation) -> Done {
        use Operation as Op;
        let owner = match operation {
            Op::UndoAll(owner) => Some(self.intern(owner)),
            _ => None,
        };
        let mut cx = self.cx();
        let mut importer = Importer::new(&mut cx);
        match operation {
            Op::Unload(name) => {
                let unloaded = importer.unload(name)?;
                return Ok(Outcome::Unloaded(
                    unloaded.names.into_iter().collect(),
                    unloaded.holders.into_iter().collect(),
                ));
            }
            Op::UndoAll(_) => {
                let owner = owner.expect("it was interned");
                return Ok(Outcome::Number(importer.undo_all(owner)));
            }
            Op::Shutdown => importer.shutdown()?,
            Op::InstallLazy(bypass) => {
                use enroll::import::Bypass as Real;
                let bypass = bypass.iter().map(|(by, of)| match by {
                    Bypass::Name => Real::Name(of.clone()),
                    Bypass::Package => Real::Package(of.clone()),
                    Bypass::Path => Real::Path(of.clone()),
                });
                importer.install_lazy(bypass.collect());
            }
            Op::UninstallLazy => importer.uninstall_lazy(),
            Op::Drop(name) => return Ok(Outcome::Flag(importer.drop_entry(name))),
            Op::Block(name) => importer.set(name, Value::None)?,
            Op::Register => importer.register::<PLUGIN>()?,
            Op::FindSpec(name) => {
                return Ok(Outcome::Spec(importer.find_spec(name)?.map(found)));
            }
            Op::IsBuiltin(name) => {
                let answer = importer.is_builtin(name)?;
                return Ok(Outcome::Value(Value::Int(answer.into())));
            }
            other => unreachable!("{other:?} is done elsewhere"),
        }
        Ok(Outcome::Done)
    }

    /// Keeps a module in a variable.
    fn keep(&mut self, into: usize, value: Value) -> Outcome<Value> {
        if let Value::Module(_) = value {
            self.shared.state().variables[into] = value.clone();
        }
        Outcome::Value(value)
    }

    fn keep_some(&mut self, into: usize, value: Option<Value>) -> Outcome<Value> {
        if let Some(value) = &value {
            self.keep(into, value.clone());
        }
        Outcome::Maybe(value)
    }

    fn operand(&self, operand: &Operand) -> Value {
        match operand {
            Operand::Number(number) => Value::Int(*number),
            Operand::List(texts) => Value::List(texts.clone()),
            Operand::Function(function) => Value::Function(function.clone()),
            Operand::Variable(place) => self.shared.state().variables[*place].clone(),
        }
    }

    fn value(&mut self, target: &Target) -> Option<Value> {
        match target {
            Target::Table(name) => {
                let value = Importer::new(&mut self.cx()).get(name);
                value.expect("a handle is a value")
            }
            Target::Variable(place) => Some(self.shared.state().variables[*place].clone()),
        }
    }

    /// The module that a relative import starts from, if any; `None` where there
    /// is one and it is no module.
    fn optional(&mut self, from: Option<&Target>) -> Option<Option<Handle>> {
        match from.map(|from| self.value(from)) {
            None => Some(None),
            Some(Some(Value::Module(module))) => Some(Some(module)),
            Some(_) => None,
        }
    }
}

fn finders(frozen_first: bool) -> Vec<Files> {
    if frozen_first {
        vec![Files(Which::Frozen), Files(Which::Folders)]
    } else {
        vec![Files(Which::Folders), Files(Which::Frozen)]
    }
}

fn found(spec: Spec) -> Found {
    let origin = spec.origin.filter(|_| spec.has_file);
    Found {
        name: spec.name,
        origin,
        search: spec.search,
        shared: spec.shared,
    }
}
