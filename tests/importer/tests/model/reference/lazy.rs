//! Modules that are found at once and loaded at first use.

use super::search::{Contents, Found};
use super::{Id, Model, Res, Val};

/// What lazy import leaves alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bypassed {
    Name(String),
    Package(String),
    Path(String),
}

/// Modules that finders found, and native ones.
pub(crate) type Count = (usize, usize);

#[derive(Clone, Debug, Default)]
pub(crate) struct Lazy {
    pub(crate) is_on: bool,
    pub(crate) bypass: Vec<Bypassed>,
    /// Found and not loaded, whether they are in the table or not.
    pub(crate) waiting: Vec<Id>,
    pub(crate) most: Count,
    pub(crate) loaded: Count,
    pub(crate) before: Option<Count>,
    pub(crate) bypassed: Count,
    pub(crate) lost: Count,
}

/// Proxied now, most at once, loaded, before, bypassed, lost.
pub(crate) type Report = [Count; 6];

fn add(count: &mut Count, is_native: bool) {
    if is_native {
        count.1 += 1;
    } else {
        count.0 += 1;
    }
}

impl Model {
    fn is_native(&self, id: Id) -> bool {
        self.objects[id].native.is_some()
    }

    fn count(&self, ids: impl IntoIterator<Item = Id>) -> Count {
        let mut count = (0, 0);
        for id in ids {
            add(&mut count, self.is_native(id));
        }
        count
    }

    /// Whether a new module is to wait; `found` is `None` for a native one.
    pub(crate) fn is_lazy(&mut self, name: &str, found: Option<&Found>) -> bool {
        if !self.lazy.is_on || found.is_some_and(|found| found.what == Contents::Folder) {
            return false;
        }
        let origin = found
            .and_then(|found| found.origin.as_deref())
            .unwrap_or("");
        let is_below = |whole: &str, of: &str, separator: char| {
            let rest = whole.strip_prefix(of);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(separator))
        };
        let bypassed = self.lazy.bypass.iter().any(|bypass| match bypass {
            Bypassed::Name(of) => name == of,
            Bypassed::Package(of) => is_below(name, of, '.'),
            Bypassed::Path(of) => is_below(origin, of, '/'),
        });
        if bypassed {
            add(&mut self.lazy.bypassed, found.is_none());
        }
        !bypassed
    }

    /// A module waits, which is in the table already.
    pub(crate) fn postpone(&mut self, id: Id) {
        self.objects[id].lazy = true;
        self.lazy.waiting.push(id);
        let now = self.proxied();
        if now.0 + now.1 > self.lazy.most.0 + self.lazy.most.1 {
            self.lazy.most = now;
        }
    }

    fn proxied(&self) -> Count {
        let waiting = self.lazy.waiting.iter().copied();
        self.count(waiting.filter(|id| self.is_loaded(*id)))
    }

    /// A module goes that may be waiting.
    pub(crate) fn lose(&mut self, id: Id) {
        if self.lazy.waiting.contains(&id) {
            self.lazy.waiting.retain(|known| *known != id);
            let is_native = self.is_native(id);
            add(&mut self.lazy.lost, is_native);
        }
    }

    pub(crate) fn install_lazy(&mut self, bypass: Vec<Bypassed>) {
        if self.lazy.before.is_none() {
            let loaded = (0..self.objects.len())
                .filter(|id| self.is_loaded(*id) && !self.objects[*id].lazy)
                .filter(|id| !self.objects[*id].gone);
            self.lazy.before = Some(self.count(loaded));
        }
        self.lazy.is_on = true;
        self.lazy.bypass = bypass;
    }

    pub(crate) fn lazy_report(&self) -> Report {
        let waiting = self.lazy.waiting.iter().copied();
        let lost = self.count(waiting.filter(|id| !self.is_loaded(*id)));
        let lost = (self.lazy.lost.0 + lost.0, self.lazy.lost.1 + lost.1);
        let lazy = &self.lazy;
        [
            self.proxied(),
            lazy.most,
            lazy.loaded,
            lazy.before.unwrap_or_default(),
            lazy.bypassed,
            lost,
        ]
    }

    /// Loads a module that waits for it. One that fails waits again.
    pub(crate) fn load_late(&mut self, id: Id) -> Res<()> {
        if !self.objects[id].lazy {
            return Ok(());
        }
        self.objects[id].lazy = false;
        let name = self.objects[id].name.clone();
        let is_native = self.is_native(id);
        let before = self.entry(&name);
        let was_me = before == Some(Val::Module(id));
        let was_other = before.is_some() && !was_me;
        let done = if is_native {
            self.init(id)
        } else {
            self.run(id)
        };
        if let Err(mut error) = done {
            self.objects[id].lazy = true;
            if was_me {
                self.enter(&name, Val::Module(id));
            }
            if !is_native {
                self.objects[id].dict.clear();
                self.describe(id);
            }
            let name = self.registered_name(id);
            error.text = format!("{} (late import of {name})", error.text);
            error.missing = None;
            return Err(error);
        }
        self.lazy.waiting.retain(|known| *known != id);
        add(&mut self.lazy.loaded, is_native);
        // It may have put something else in its place.
        if !is_native
            && !was_other
            && let Some(value) = self.entry(&name)
            && value != Val::Module(id)
        {
            self.objects[id].instead = Some(value.clone());
            self.replace_everywhere(&Val::Module(id), &value);
        }
        Ok(())
    }

    fn replace_everywhere(&mut self, old: &Val, new: &Val) {
        let entries = self.table.iter_mut().map(|(_, value)| value);
        let objects = self.objects.iter_mut().flat_map(|object| {
            let patched = object.patches.iter_mut();
            let patched = patched.filter_map(|patch| patch.what.as_mut());
            object.dict.values_mut().chain(patched)
        });
        for value in entries.chain(objects).chain(&mut self.variables) {
            if value == old {
                *value = new.clone();
            }
        }
    }
}
