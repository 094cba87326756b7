//! What the test interpreter keeps, and gives to modules.

use crate::{Error, Portable, Value, Vm};
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::any::{Any, TypeId};
use core::time::Duration;
use enroll::{Access, Builtins, Claim, ModuleId, Once, Qstr};

pub(super) struct Machine {
    builtins: &'static Builtins<Portable>,
    pub(super) once: Once<32>,
    pub(super) output: String,
    /// The clocks, which stand still until a test or a sleep moves them.
    pub(super) monotonic: Duration,
    pub(super) unix_time: Duration,
    depth: u8,
    words: BTreeMap<(ModuleId, Qstr), Vec<u32>>,
    slots: BTreeMap<(ModuleId, Qstr), Option<Value<'static>>>,
    states: BTreeMap<(ModuleId, TypeId), Option<Box<dyn Any>>>,
    /// Names that are not in the pool: those of hooks, and typed ones.
    names: BTreeMap<Qstr, Box<str>>,
}

impl Machine {
    pub(super) fn new(builtins: &'static Builtins<Portable>) -> Machine {
        Machine {
            builtins,
            once: Once::new(),
            output: String::new(),
            monotonic: Duration::ZERO,
            unix_time: Duration::ZERO,
            depth: 0,
            words: BTreeMap::new(),
            slots: BTreeMap::new(),
            states: BTreeMap::new(),
            names: BTreeMap::new(),
        }
    }

    /// A module by its whole dotted name or an alias.
    pub(super) fn find(&self, name: &str) -> Option<ModuleId> {
        self.builtins.find_text(name)
    }

    /// A name's text; where only its id is known, that.
    pub(super) fn name_text(&self, name: Qstr) -> String {
        self.text(name)
            .map_or_else(|| format!("{name:?}"), ToOwned::to_owned)
    }

    /// Drops what a module kept.
    pub(super) fn forget(&mut self, id: ModuleId) {
        self.once.forget(id);
        self.words.retain(|(module, _), _| *module != id);
        self.slots.retain(|(module, _), _| *module != id);
        self.states.retain(|(module, _), _| *module != id);
    }
}

impl Vm<'static> for Machine {
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        let words = self.words.entry((module, name));
        let words = words.or_insert_with(|| alloc::vec![0; n]);
        (words.len() == n).then_some(words)
    }

    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'static>>> {
        Some(self.slots.entry((module, name)).or_default())
    }

    fn state(&mut self, module: ModuleId, of: TypeId) -> Option<&mut Option<Box<dyn Any>>> {
        Some(self.states.entry((module, of)).or_default())
    }

    fn text(&self, name: Qstr) -> Option<&str> {
        match self.builtins.pool().text(name) {
            Some(text) => Some(text),
            None => self.names.get(&name).map(|text| &**text),
        }
    }

    /// A text whose id another one has already is refused: an interpreter for
    /// tests need not tell them apart.
    fn intern(&mut self, text: &str) -> Option<Qstr> {
        let name = Qstr::of(text, self.builtins.pool().salt());
        match self.text(name) {
            Some(known) => (known == text).then_some(name),
            None => {
                self.names.insert(name, text.into());
                Some(name)
            }
        }
    }

    fn module_name(&self, module: ModuleId) -> Option<&'static str> {
        Some(self.builtins.table().name_text(module)).filter(|name| !name.is_empty())
    }

    fn module_attr(
        &mut self,
        module: ModuleId,
        name: &str,
        access: Access<'_, Value<'static>>,
    ) -> Result<Claim<Value<'static>>, Error> {
        let builtins = self.builtins;
        let Some(name) = self.intern(name) else {
            return Ok(Claim::Declined);
        };
        let cx = &mut Portable::cx(self);
        match access {
            Access::Load => Ok(match builtins.load(cx, module, name)? {
                Some(value) => Claim::Value(value),
                None => Claim::Declined,
            }),
            Access::Store(_) | Access::Delete => builtins.delegate(cx, module, name, access),
        }
    }

    fn monotonic(&mut self) -> Option<Duration> {
        Some(self.monotonic)
    }

    fn unix_time(&mut self) -> Option<Duration> {
        Some(self.unix_time)
    }

    fn sleep(&mut self, time: Duration) -> Result<(), Error> {
        self.monotonic = self.monotonic.saturating_add(time);
        self.unix_time = self.unix_time.saturating_add(time);
        Ok(())
    }

    fn depth(&mut self) -> Option<&mut u8> {
        Some(&mut self.depth)
    }

    fn print(&mut self, text: &str) -> Result<(), Error> {
        self.output.push_str(text);
        Ok(())
    }
}
