//! Runs a case in the importer and in the model, and compares both after every
//! step.

use crate::operation::{Case, Outcome};
use crate::reference::{Id, Model, Val};
use crate::subject::Subject;
use enroll::import::{Count, Handle, ImportHost, Importer, Patched};
use importer::{Scripted, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What has happened, and how often.
#[derive(Default)]
pub(crate) struct Counts {
    /// A kind of operation had an outcome.
    pub(crate) operations: BTreeMap<(String, String), usize>,
    /// Code ran, a finder was asked.
    pub(crate) events: BTreeMap<String, usize>,
}

/// Where both differ.
#[derive(Debug)]
pub(crate) struct Mismatch {
    /// The number of the step, from 0.
    pub(crate) step: usize,
    pub(crate) text: String,
}

/// Runs a case, and counts.
pub(crate) fn run(case: &Case, counts: &mut Counts) -> Result<(), Mismatch> {
    let mut pair = Pair {
        subject: Subject::new(case),
        model: Model::new(case),
        ids: BTreeMap::new(),
        handles: BTreeMap::new(),
    };
    for (step, operation) in case.operations.iter().enumerate() {
        let compared = catch_unwind(AssertUnwindSafe(|| {
            let real = pair.subject.perform(operation);
            let model = pair.model.perform(operation);
            for event in &pair.model.log {
                *counts.events.entry(kind(event)).or_default() += 1;
            }
            let class = model.class();
            pair.compare(&real, &model, step).map(|()| class)
        }));
        let compared = compared.unwrap_or_else(|_| Err("it panicked".into()));
        match compared {
            Ok(class) => {
                let place = (operation.kind(), class);
                *counts.operations.entry(place).or_default() += 1;
            }
            Err(text) => return Err(Mismatch { step, text }),
        }
    }
    Ok(())
}

/// What an event is called in the counts.
fn kind(event: &str) -> String {
    let mut words = event.split(' ');
    let kind = match words.next() {
        Some("folders" | "frozen" | "call" | "sys" | "machine" | "machine-extra") => words.next(),
        first => first,
    };
    kind.unwrap_or_default().to_lowercase()
}

struct Pair {
    subject: Subject,
    model: Model,
    /// Which object of the importer is which of the model's.
    ids: BTreeMap<Handle, Id>,
    handles: BTreeMap<Id, Handle>,
}

impl Pair {
    fn compare(
        &mut self,
        real: &Outcome<Value>,
        model: &Outcome<Val>,
        step: usize,
    ) -> Result<(), String> {
        self.logs()?;
        if !self.same_outcome(real, model) {
            return Err(format!("outcome {real:?}\n    model {model:?}"));
        }
        self.tables()?;
        self.states()?;
        // What was seen so far leads to more.
        let mut seen = BTreeSet::new();
        while let Some(&id) = self.handles.keys().find(|id| !seen.contains(*id)) {
            seen.insert(id);
            self.module(id)?;
        }
        self.lazy()?;
        for id in seen.into_iter().filter(|id| id % 4 == step % 4) {
            self.dirs(id)?;
        }
        self.logs()
    }

    /// What has happened, in its order.
    fn logs(&mut self) -> Result<(), String> {
        let real = std::mem::take(&mut self.subject.shared.state().log);
        let model = std::mem::take(&mut self.model.log);
        differ("events", &real, &model)
    }

    fn same(&mut self, real: &Value, model: &Val) -> bool {
        match (real, model) {
            (Value::None, Val::None) => true,
            (Value::Int(real), Val::Int(model)) => real == model,
            (Value::Text(real), Val::Text(model)) => real == model,
            (Value::List(real), Val::List(model)) => real == model,
            (Value::Function(real), Val::Function(model)) => real == model,
            (Value::Module(real), Val::Module(model)) => {
                match (self.ids.get(real), self.handles.get(model)) {
                    (None, None) => {
                        self.ids.insert(*real, *model);
                        self.handles.insert(*model, *real);
                        true
                    }
                    (Some(id), Some(_)) => id == model,
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn same_outcome(&mut self, real: &Outcome<Value>, model: &Outcome<Val>) -> bool {
        use Outcome as O;
        match (real, model) {
            (O::Value(real), O::Value(model)) | (O::Maybe(Some(real)), O::Maybe(Some(model))) => {
                self.same(real, model)
            }
            (O::Bound(real), O::Bound(model)) => {
                real.len() == model.len()
                    && real
                        .iter()
                        .zip(model)
                        .all(|((name, real), (of, model))| name == of && self.same(real, model))
            }
            (O::Skipped, O::Skipped) | (O::Done, O::Done) | (O::Maybe(None), O::Maybe(None)) => {
                true
            }
            (O::Flag(real), O::Flag(model)) => real == model,
            (O::Number(real), O::Number(model)) => real == model,
            (O::Names(real), O::Names(model)) => real == model,
            (O::Unloaded(names, holders), O::Unloaded(of, by)) => names == of && holders == by,
            (O::Spec(real), O::Spec(model)) => real == model,
            (O::Failed(real), O::Failed(model)) => real == model,
            _ => false,
        }
    }

    /// `sys.modules`.
    fn tables(&mut self) -> Result<(), String> {
        let names: Vec<String> = self
            .model
            .table
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let mut cx = self.subject.cx();
        let loaded = Importer::new(&mut cx).loaded();
        differ("table", &loaded, &names)?;
        for name in names {
            let real = Importer::new(&mut self.subject.cx()).get(&name);
            let real = real.map_err(|error| error.0)?;
            let model = self.model.entry(&name);
            let same = match (&real, &model) {
                (Some(real), Some(model)) => self.same(real, model),
                _ => false,
            };
            if !same {
                return Err(format!("entry {name}: {real:?}\n    model {model:?}"));
            }
        }
        Ok(())
    }

    /// What the script has beside its modules.
    fn states(&mut self) -> Result<(), String> {
        let (variables, pin) = {
            let state = self.subject.shared.state();
            (state.variables.clone(), state.pin.clone())
        };
        let real = variables.iter().chain(&pin);
        let model: Vec<Val> = self
            .model
            .variables
            .iter()
            .chain(&self.model.pin)
            .cloned()
            .collect();
        if real.clone().count() != model.len() {
            return Err("the pin is set on one side".into());
        }
        for (real, model) in real.zip(model) {
            if !self.same(real, &model) {
                return Err(format!("variable {real:?}\n    model {model:?}"));
            }
        }
        let live = Scripted::imports(&mut self.subject.cx(), |imports| imports.len());
        let objects = self.model.objects.iter().filter(|object| !object.gone);
        differ("number of modules", &live, &objects.count())
    }

    /// One module: its names and what they are, without running anything.
    fn module(&mut self, id: Id) -> Result<(), String> {
        let handle = self.handles[&id];
        let name = self.model.objects[id].name.clone();
        let mut cx = self.subject.cx();
        let real = Importer::new(&mut cx).names(handle);
        let model = self.model.names(id);
        let (real, model) = match (real, model) {
            (Ok(real), Ok(model)) => (real, model),
            (Err(real), Err(model)) => return differ(&name, &real.0, &model.text),
            (real, model) => {
                return Err(format!("{name}: {real:?}\n    model {model:?}"));
            }
        };
        self.kept(handle)?;
        let texts = real.into_iter().map(|name| self.subject.shared.text(name));
        differ(&format!("names of {name}"), &texts.collect(), &model)?;
        let lazy = Scripted::imports(&mut self.subject.cx(), |imports| imports.is_lazy(handle));
        differ(
            &format!("{name} is lazy"),
            &lazy,
            &self.model.objects[id].lazy,
        )?;
        for attribute in model {
            let Some(expected) = self.model.visible(id, &attribute) else {
                continue;
            };
            let key = self.subject.intern(&attribute);
            let real = Importer::new(&mut self.subject.cx()).binding(handle, key);
            let real = real.map_err(|error| error.0)?;
            if self.model.objects[id].native.is_some() {
                let mut state = self.subject.shared.state();
                state.kept.insert((handle, key), real.clone());
            }
            if !real.as_ref().is_some_and(|real| self.same(real, &expected)) {
                return Err(format!(
                    "{name}.{attribute}: {real:?}\n    model {expected:?}"
                ));
            }
        }
        self.patches(id, handle)
    }

    /// Whether the host was told of every attribute of a native module that is
    /// another than when it was last looked at.
    fn kept(&mut self, handle: Handle) -> Result<(), String> {
        let kept = self.subject.shared.state().kept.clone();
        for ((of, name), before) in kept {
            if of != handle {
                continue;
            }
            let now = Importer::new(&mut self.subject.cx()).binding(handle, name);
            let now = now.map_err(|error| error.0)?;
            if now != before {
                return Err(format!("nobody told that {before:?} is {now:?} now"));
            }
        }
        Ok(())
    }

    fn patches(&mut self, id: Id, handle: Handle) -> Result<(), String> {
        let mut real = Importer::new(&mut self.subject.cx()).patches(handle);
        let mut model = self.model.objects[id].patches.clone();
        let shared = std::sync::Arc::clone(&self.subject.shared);
        // Stable, so the newest of a name stays the last.
        real.sort_by_key(|(name, _)| shared.text(*name));
        model.sort_by(|a, b| a.name.cmp(&b.name));
        let same = real.len() == model.len()
            && real.iter().zip(&model).all(|((name, real), model)| {
                let what = match (&real.what, &model.what) {
                    (Patched::Value(real), Some(model)) => self.same(real, model),
                    (Patched::Hidden, None) => true,
                    _ => false,
                };
                what && shared.text(*name) == model.name && shared.text(real.owner) == model.owner
            });
        if same {
            return Ok(());
        }
        let name = &self.model.objects[id].name;
        Err(format!("patches of {name}: {real:?}\n    model {model:?}"))
    }

    /// `dir` of a module, which may run a hook of its own.
    fn dirs(&mut self, id: Id) -> Result<(), String> {
        if self.model.objects[id].lazy {
            return Ok(());
        }
        let real = Importer::new(&mut self.subject.cx()).dir(self.handles[&id]);
        let real = real.map(|names| names.into_iter().collect());
        let model = self.model.dir(id);
        let model = model.map_err(|error| error.text);
        let name = format!("dir of {}", self.model.objects[id].name);
        differ(&name, &real.map_err(|error| error.0), &model)
    }

    fn lazy(&mut self) -> Result<(), String> {
        let real = Importer::new(&mut self.subject.cx()).lazy_report();
        let model = self.model.lazy_report();
        let count = |count: Count| (count.found, count.builtin);
        let counts = [
            count(real.proxied),
            count(real.most),
            count(real.loaded),
            count(real.before),
            count(real.bypassed),
            count(real.lost),
        ];
        differ("lazy report", &counts, &model)?;
        let proxied = model[0].0 + model[0].1;
        let memory = (proxied > 0).then_some(100 * proxied);
        differ("memory of lazy modules", &real.memory, &memory)
    }
}

fn differ<T: PartialEq + std::fmt::Debug>(what: &str, real: &T, model: &T) -> Result<(), String> {
    if real == model {
        return Ok(());
    }
    Err(format!("{what}: {real:?}\n    model {model:?}"))
}
