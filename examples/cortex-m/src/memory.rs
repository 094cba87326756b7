//! The interpreter's side of portable modules, in a fixed amount of memory.
//!
//! All state of modules lives here and none in the modules, so a second
//! `Memory` is a second interpreter.

use crate::BUILTINS;
use enroll::{ModuleId, Qstr};
use enroll_portable::{Value, Vm};

/// Words that all modules together can keep.
const WORDS: usize = 16;
/// Names that modules can keep words or a value under.
const NAMES: usize = 8;

/// What the modules of one interpreter keep.
#[derive(Default)]
pub struct Memory<'vm> {
    words: [u32; WORDS],
    /// Where the next words are taken from.
    used: usize,
    ranges: [Option<(Key, usize)>; NAMES],
    slots: [Option<(Key, Option<Value<'vm>>)>; NAMES],
}

type Key = (ModuleId, Qstr);

impl<'vm> Vm<'vm> for Memory<'vm> {
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        let key = (module, name);
        let known = self.ranges.iter().flatten().find(|(of, _)| *of == key);
        let from = match known {
            Some(&(_, from)) => from,
            None => {
                let from = self.used;
                // Asked before anything changes: a refused request takes none.
                self.words.get(from..from.checked_add(n)?)?;
                *self.ranges.iter_mut().find(|range| range.is_none())? = Some((key, from));
                self.used += n;
                from
            }
        };
        self.words.get_mut(from..from + n)
    }

    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'vm>>> {
        let key = (module, name);
        let is_of = |slot: &Option<(Key, _)>| matches!(slot, Some((of, _)) if *of == key);
        let position = self
            .slots
            .iter()
            .position(is_of)
            .or_else(|| self.slots.iter().position(Option::is_none))?;
        let (_, value) = self.slots[position].get_or_insert((key, None));
        Some(value)
    }

    fn text(&self, name: Qstr) -> Option<&str> {
        BUILTINS.pool().text(name)
    }

    fn intern(&mut self, text: &str) -> Option<Qstr> {
        BUILTINS.pool().get(text)
    }

    fn module_name(&self, module: ModuleId) -> Option<&'static str> {
        Some(BUILTINS.table().name_text(module))
    }
}
