//! A list of frozen modules in read-only memory.

use super::{Described, FrozenModule, FrozenModules, sealed};
use crate::import::Code;
use alloc::format;
use alloc::vec::Vec;

/// The modules that a firmware was built with, as [`Frozen`](super::Frozen)
/// searches them.
#[derive(Clone, Debug)]
pub struct Rom {
    pub(super) modules: &'static [FrozenModule],
    /// Positions in the order of the names, where the set is not sorted.
    order: Vec<u32>,
    /// Sorted, with the position of the module.
    aliases: Vec<(&'static str, u32)>,
}

impl Rom {
    pub(super) fn new(modules: &'static [FrozenModule]) -> Rom {
        let positions = 0..modules.len() as u32;
        let is_sorted = modules.is_sorted_by_key(|module| module.name);
        let mut order: Vec<u32> = match is_sorted {
            true => Vec::new(),
            false => positions.clone().collect(),
        };
        order.sort_by_key(|&position| modules[position as usize].name);
        let names = modules.iter().map(|module| module.aliases);
        let mut aliases: Vec<(&str, u32)> = positions
            .zip(names)
            .flat_map(|(position, names)| names.iter().map(move |name| (*name, position)))
            .collect();
        aliases.sort();
        Rom {
            modules,
            order,
            aliases,
        }
    }

    /// The first place, in the order of the names, whose name is not before.
    fn place(&self, is_before: impl Fn(&str) -> bool) -> usize {
        if self.order.is_empty() {
            return self
                .modules
                .partition_point(|module| is_before(module.name));
        }
        self.order
            .partition_point(|&position| is_before(self.modules[position as usize].name))
    }

    /// What is at a place in the order of the names.
    fn at(&self, place: usize) -> Option<(usize, &'static FrozenModule)> {
        let position = self.order.get(place).map_or(place, |&at| at as usize);
        Some((position, self.modules.get(position)?))
    }
}

impl sealed::Sealed for Rom {}

impl FrozenModules for Rom {
    const ORIGIN: &'static str = "frozen";
    const LABELS: [&'static str; 2] = ["frozen", "frozen extensible"];

    fn position(&self, name: &str) -> Option<usize> {
        let place = self.place(|known| known < name);
        if let Some((position, module)) = self.at(place)
            && module.name == name
        {
            return Some(position);
        }
        let place = self.aliases.partition_point(|(alias, _)| *alias < name);
        let (alias, position) = self.aliases.get(place)?;
        (*alias == name).then_some(*position as usize)
    }

    fn has_below(&self, package: &str) -> bool {
        let below = format!("{package}.");
        let place = self.place(|name| name < below.as_str());
        self.at(place)
            .is_some_and(|(_, module)| module.name.starts_with(&below))
    }

    fn describe(&self, position: usize) -> Option<Described> {
        let module = self.modules.get(position)?;
        Some(Described {
            name: module.name,
            suffix: module.suffix,
            is_package: module.is_package,
            class: module.class,
            is_aliased: !module.aliases.is_empty(),
        })
    }

    fn code(&self, position: usize) -> Option<Code> {
        let module = self.modules.get(position)?;
        Some(Code::new(module.code).with_names(module.names))
    }

    fn identity(&self) -> usize {
        self.modules.as_ptr() as usize
    }
}
