//! The reference model, asked to do what an operation says.

use crate::operation::{Bypass, Case, Found, Operand, Operation, Outcome, Target, VARIABLES};
use crate::reference::{self, Bypassed, Fail, Id, Model, Res, Val, fail};

type Done = Res<Outcome<Val>>;

impl Model {
    pub(crate) fn new(case: &Case) -> Model {
        Model {
            world: case.world.clone(),
            weak_links: case.weak_links,
            path: case.path.clone(),
            variables: vec![Val::None; VARIABLES],
            ..Model::default()
        }
    }

    pub(crate) fn perform(&mut self, operation: &Operation) -> Outcome<Val> {
        match self.try_perform(operation) {
            Ok(outcome) => outcome,
            Err(Fail { text, .. }) => Outcome::Failed(text),
        }
    }

    fn try_perform(&mut self, operation: &Operation) -> Done {
        use Operation as Op;
        match operation {
            Op::Import { name, into } => {
                let value = self.import(name)?;
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
                let value = self.import_name(name, from, &[], *level)?;
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
                let module = self.import_name(name, from, names, *level)?;
                let mut last = Val::None;
                for name in names {
                    last = self.import_from(&module, name)?;
                }
                Ok(self.keep(*into, last))
            }
            Op::Star { name } => {
                let module = self.import_name(name, None, &["*".into()], 0)?;
                Ok(Outcome::Bound(self.star(&module)?))
            }
            Op::Enter { name, value } => {
                let value = self.operand(value);
                self.enter(name, value);
                Ok(Outcome::Done)
            }
            Op::Reload { of, into } => {
                let Some(value) = self.value(of) else {
                    return Ok(Outcome::Skipped);
                };
                let value = self.reload(&value)?;
                Ok(self.keep(*into, value))
            }
            Op::NewModule { name, into } => {
                let id = self.new_module(name);
                Ok(self.keep(*into, Val::Module(id)))
            }
            Op::Builtin { name, into } => {
                let Some(native) = self.native_named(name) else {
                    return Ok(Outcome::Maybe(None));
                };
                let id = self.initialised(native)?;
                Ok(self.keep_some(*into, Some(Val::Module(id))))
            }
            Op::InitBuiltin { name, into } => {
                let value = self.init_builtin(name)?;
                Ok(self.keep_some(*into, value))
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
                Some(Val::Module(id)) => self.use_module(id, operation),
                _ => Ok(Outcome::Skipped),
            },
            Op::Write { .. }
            | Op::Freeze { .. }
            | Op::Rewrite { .. }
            | Op::Break { .. }
            | Op::SwapFinders => {
                operation.change(&mut self.world);
                Ok(Outcome::Done)
            }
            Op::SetPath(path) => {
                self.path.clone_from(path);
                Ok(Outcome::Done)
            }
            _ => self.whole(operation),
        }
    }

    fn use_module(&mut self, id: Id, operation: &Operation) -> Done {
        use Operation as Op;
        match operation {
            Op::Load { name, into, .. } => {
                return match self.load(id, name)? {
                    Some(value) => Ok(self.keep(*into, value)),
                    None => self.no_attribute(id, name, "has no attribute"),
                };
            }
            Op::Binding { name, into, .. } => {
                let value = self.binding(id, name)?;
                return Ok(self.keep_some(*into, value));
            }
            Op::Store { name, value, .. } => {
                let value = self.operand(value);
                self.store(id, name, value)?;
            }
            Op::Delete { name, .. } => self.delete(id, name)?,
            Op::Dir(_) => return Ok(Outcome::Names(self.dir(id)?)),
            Op::Patch {
                name, owner, value, ..
            } => {
                let value = self.operand(value);
                self.patch(id, name, owner, Some(value))?;
            }
            Op::Hide { name, owner, .. } => self.patch(id, name, owner, None)?,
            Op::Undo { name, owner, .. } => return Ok(Outcome::Flag(self.undo(id, name, owner))),
            Op::Restore(_) => return Ok(Outcome::Flag(self.restore(id))),
            _ => self.load_late(id)?,
        }
        Ok(Outcome::Done)
    }

    fn whole(&mut self, operation: &Operation) -> Done {
        use Operation as Op;
        match operation {
            Op::Unload(name) => {
                let (names, holders) = self.unload(name)?;
                return Ok(Outcome::Unloaded(names, holders));
            }
            Op::UndoAll(owner) => return Ok(Outcome::Number(self.undo_all(owner))),
            Op::Shutdown => self.shutdown()?,
            Op::InstallLazy(bypass) => {
                let bypass = bypass.iter().map(|(by, of)| match by {
                    Bypass::Name => Bypassed::Name(of.clone()),
                    Bypass::Package => Bypassed::Package(of.clone()),
                    Bypass::Path => Bypassed::Path(of.clone()),
                });
                self.install_lazy(bypass.collect());
            }
            Op::UninstallLazy => self.lazy.is_on = false,
            Op::Drop(name) => {
                let was = self.entry(name).is_some();
                self.remove(name);
                return Ok(Outcome::Flag(was));
            }
            Op::Block(name) => self.enter(name, Val::None),
            Op::Register => {
                if self.has_plugin {
                    return fail("ImportError: 'plugin' is a native module already");
                }
                self.has_plugin = true;
            }
            Op::FindSpec(name) => return Ok(Outcome::Spec(self.find_spec(name)?.map(found))),
            Op::IsBuiltin(name) => {
                let native = self.native_named(name);
                let answer = native.map_or(0, reference::is_builtin);
                return Ok(Outcome::Value(Val::Int(answer.into())));
            }
            other => unreachable!("{other:?} is done elsewhere"),
        }
        Ok(Outcome::Done)
    }

    fn keep(&mut self, into: usize, value: Val) -> Outcome<Val> {
        if let Val::Module(_) = value {
            self.variables[into] = value.clone();
        }
        Outcome::Value(value)
    }

    fn keep_some(&mut self, into: usize, value: Option<Val>) -> Outcome<Val> {
        if let Some(value) = &value {
            self.keep(into, value.clone());
        }
        Outcome::Maybe(value)
    }

    fn operand(&self, operand: &Operand) -> Val {
        match operand {
            Operand::Number(number) => Val::Int(*number),
            Operand::List(texts) => Val::List(texts.clone()),
            Operand::Function(function) => Val::Function(function.clone()),
            Operand::Variable(place) => self.variables[*place].clone(),
        }
    }

    fn value(&self, target: &Target) -> Option<Val> {
        match target {
            Target::Table(name) => self.entry(name),
            Target::Variable(place) => Some(self.variables[*place].clone()),
        }
    }

    fn optional(&self, from: Option<&Target>) -> Option<Option<Id>> {
        match from.map(|from| self.value(from)) {
            None => Some(None),
            Some(Some(Val::Module(id))) => Some(Some(id)),
            Some(_) => None,
        }
    }
}

fn found(found: reference::Found) -> Found {
    Found {
        name: found.name,
        origin: found.origin,
        search: found.search,
        shared: found.shared,
    }
}
