//! The finder that walks a path (CPython `PathFinder`).

use crate::Cx;
use crate::import::guarded::{Guarded, Shared};
use crate::import::hook::is_component;
use crate::import::{
    Answer, Code, Finder, ImportError, ImportHost, Kind, PathHook, Request, Sought, Spec,
};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Searches `sys.path`, and below a package its `__path__`, entry by entry: each
/// entry by the first [`PathHook`] that takes it.
///
/// So the order of the entries decides, whatever they are. The first entry that
/// has a package or a module ends the search. Entries that have no more than a
/// folder of the name become portions of a namespace package, whose `__path__`
/// they are, if no entry behind them ends the search (PEP 420). That `__path__`
/// is a list like any other: it does not follow a later change of the path it
/// was found on, as CPython's does.
///
/// Which hook takes an entry is remembered (`sys.path_importer_cache`) until the
/// hooks change, the entry becomes something else ([`Answer::Moved`]) or caches
/// are invalidated. An entry that no hook takes has nothing
/// (`imp.NullImporter`), and the hooks are asked about it again at each search:
/// CPython remembers that too, and does not see a directory that appears later.
///
/// Scripts may see and change the hooks while modules are imported; a search
/// goes on with the hooks as they were.
///
/// ```
/// use enroll::import::{Frozen, FrozenModule, Path};
///
/// static FROZEN: &[FrozenModule] = &[FrozenModule::new("boot", b"led = 13")];
///
/// // `sys.path` may have an entry `.frozen`, as in MicroPython.
/// let path = Path::new();
/// path.push(Frozen::new(FROZEN));
/// assert_eq!(path.hooks(), ["frozen"]);
/// assert_eq!(path.hook_of(".frozen").as_deref(), Some("frozen"));
/// assert_eq!(path.hook_of("/lib"), None);
/// ```
#[derive(Default)]
pub struct Path {
    state: Guarded<State>,
}

#[derive(Default)]
struct State {
    /// In the order they are asked.
    hooks: Vec<Numbered>,
    /// The number of the hook that came last: the first is 1.
    last: u64,
    /// Which hook takes an entry.
    takers: BTreeMap<String, Option<u64>>,
    /// Changes whenever `takers` is emptied.
    age: u64,
}

/// The bits of a spec's tag that a hook has for itself; the others are the
/// hook's number.
const HOOK_BITS: u32 = 32;
const HOOK_TAG: u64 = (1 << HOOK_BITS) - 1;

#[derive(Clone)]
struct Numbered {
    number: u64,
    hook: Shared<dyn PathHook>,
}

impl Path {
    /// A finder without hooks: it finds nothing.
    #[must_use]
    pub const fn new() -> Path {
        Path {
            state: Guarded::new(State {
                hooks: Vec::new(),
                last: 0,
                takers: BTreeMap::new(),
                age: 0,
            }),
        }
    }

    /// A finder for zip archives, where the feature `zip` is on, and
    /// directories. It finds what bears a suffix of
    /// [`Imports::suffixes`](crate::import::Imports::suffixes), which the host
    /// sets.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn standard() -> Path {
        let path = Path::new();
        #[cfg(feature = "zip")]
        path.push(crate::import::Zip::new());
        path.push(crate::import::Files::new());
        path
    }

    /// Adds a hook behind the others.
    pub fn push(&self, hook: impl PathHook + 'static) {
        self.insert(usize::MAX, hook);
    }

    /// Adds a hook at a position, counted from 0; behind the others where there
    /// are fewer.
    pub fn insert(&self, position: usize, hook: impl PathHook + 'static) {
        let hook = Shared::new(hook);
        self.state.with(|state| {
            state.last += 1;
            let number = state.last;
            let position = position.min(state.hooks.len());
            state.hooks.insert(position, Numbered { number, hook });
            state.forget();
        });
    }

    /// Takes the first hook with this label away. `false` where there is none.
    ///
    /// What it found and is not loaded yet cannot be loaded any more.
    pub fn remove(&self, label: &str) -> bool {
        self.state.with(|state| {
            let mut hooks = state.hooks.iter();
            let Some(position) = hooks.position(|known| known.hook.label() == label) else {
                return false;
            };
            state.hooks.remove(position);
            state.forget();
            true
        })
    }

    /// The labels of the hooks, in the order they are asked.
    #[must_use]
    pub fn hooks(&self) -> Vec<String> {
        let hooks = self.state.with(|state| state.hooks.clone());
        hooks
            .iter()
            .map(|known| known.hook.label().into())
            .collect()
    }

    /// The label of the hook that takes an entry; `None` where none does.
    #[must_use]
    pub fn hook_of(&self, entry: &str) -> Option<String> {
        Some(self.taker(entry)?.hook.label().into())
    }

    /// What is remembered: entries, sorted, with the label of the hook that
    /// takes each, or `None` (`sys.path_importer_cache`).
    #[must_use]
    pub fn remembered(&self) -> Vec<(String, Option<String>)> {
        self.state.with(|state| {
            let takers = state.takers.iter();
            takers
                .map(|(entry, taker)| {
                    let hook = taker.and_then(|number| state.hook(number));
                    (entry.clone(), hook.map(|known| known.hook.label().into()))
                })
                .collect()
        })
    }

    fn taker(&self, entry: &str) -> Option<Numbered> {
        let (known, hooks, age) = self.state.with(|state| {
            let known = state.takers.get(entry).copied().flatten();
            match known.and_then(|number| state.hook(number)) {
                Some(known) => (Some(known), Vec::new(), state.age),
                None => (None, state.hooks.clone(), state.age),
            }
        });
        if known.is_some() {
            return known;
        }
        // The hooks are asked outside of the guard: one may look at this finder.
        let taker = hooks.into_iter().find(|known| known.hook.takes(entry));
        self.state.with(|state| {
            if state.age == age {
                let number = taker.as_ref().map(|known| known.number);
                state.takers.insert(entry.into(), number);
            }
        });
        taker
    }

    /// Searches one entry, and says which hook found something.
    fn ask(&self, entry: &str, sought: &Sought<'_>) -> (Answer, u64) {
        // An entry that moves again while it is looked at has nothing for now.
        for _ in 0..2 {
            let Some(taker) = self.taker(entry) else {
                return (Answer::Nothing, 0);
            };
            match taker.hook.find(entry, sought) {
                Answer::Moved => self.state.with(|state| {
                    state.takers.remove(entry);
                }),
                answer => return (answer, taker.number),
            }
        }
        (Answer::Nothing, 0)
    }

    fn search(&self, path: &[String], sought: &Sought<'_>) -> Option<Spec> {
        if !is_component(sought.tail) {
            return None;
        }
        let mut portions = Vec::new();
        for entry in path {
            match self.ask(entry, sought) {
                (Answer::Module(mut spec), number) => {
                    spec.tag = number << HOOK_BITS | spec.tag & HOOK_TAG;
                    return Some(spec);
                }
                (Answer::Portion(portion), _) => portions.push(portion),
                (Answer::Nothing | Answer::Moved, _) => {}
            }
        }
        if portions.is_empty() {
            return None;
        }
        let mut spec = Spec::new(sought.name, Kind::Namespace);
        spec.search = Some(portions);
        Some(spec)
    }
}

impl State {
    fn hook(&self, number: u64) -> Option<Numbered> {
        let mut hooks = self.hooks.iter();
        hooks.find(|known| known.number == number).cloned()
    }

    fn forget(&mut self) {
        self.takers.clear();
        self.age += 1;
    }
}

impl<H: ImportHost> Finder<H> for Path {
    fn label(&self) -> &str {
        "path"
    }

    fn find<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, H::Error> {
        let (suffixes, init) = H::imports(cx, |imports| {
            (imports.suffixes.clone(), imports.options.init.clone())
        });
        let mut sought = Sought::new(request.name, &suffixes);
        sought.tail = request.tail;
        sought.init = &init;
        sought.refuses = H::refuses;
        Ok(self.search(request.path, &sought))
    }

    fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, H>, spec: &Spec) -> Result<Code, H::Error> {
        let number = spec.tag >> HOOK_BITS;
        let hook = self.state.with(|state| state.hook(number));
        let code = match hook {
            Some(known) => known.hook.code(&Spec {
                tag: spec.tag & HOOK_TAG,
                ..spec.clone()
            }),
            None => Err(ImportError::Unreadable {
                place: spec.origin.clone().unwrap_or_default(),
                why: "the path hook that found it was removed".into(),
            }),
        };
        code.map_err(|error| H::error(cx, error))
    }

    fn invalidate_caches(&self) {
        let hooks = self.state.with(|state| {
            state.forget();
            state.hooks.clone()
        });
        for known in hooks {
            known.hook.invalidate_caches();
        }
    }
}
