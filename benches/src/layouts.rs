//! The pool in memory, as the generated file would hold it, and the layout it
//! was compared with.

use enroll::__private::Symbol;
use enroll::{
    Body, Broken, Class, Cx, Entry, Globals, Header, Hooks, Host, Info, Module, ModuleId, Offsets,
    Pool, Qstr, Table,
};
use enroll_abi::hash::hash;
use enroll_abi::index::Index;
use enroll_abi::layout::{index, layout};

/// A pool of these names; its arrays are leaked, as constants would be.
///
/// # Panics
///
/// If two names collide.
#[must_use]
pub fn pool(names: &[&str], salt: u32) -> Pool {
    let layout = layout(names, salt).expect("names without a collision");
    let offsets = if layout.is_narrow() {
        Offsets::U16(
            layout
                .offsets
                .iter()
                .map(|&at| at as u16)
                .collect::<Vec<_>>()
                .leak(),
        )
    } else {
        Offsets::U32(layout.offsets.leak())
    };
    Pool::new(
        salt,
        layout.len as u32,
        layout.text.leak(),
        offsets,
        layout.pilots.leak(),
    )
}

/// The plain layout: names sorted by id, buckets by the id's top bits, and a
/// scan over the candidates of a bucket.
#[derive(Clone, Copy, Debug)]
pub struct Scanned {
    text: &'static str,
    offsets: &'static [u32],
    buckets: &'static [u16],
    /// 8 further bits of each id, where the scan uses them.
    tags: &'static [u8],
}

impl Scanned {
    /// One bucket for about two names.
    #[must_use]
    pub fn new(names: &[&str]) -> Scanned {
        let mut sorted: Vec<(u32, &str)> =
            names.iter().map(|name| (hash(name, 0), *name)).collect();
        sorted.sort_unstable();
        let count = sorted.len().div_ceil(2).next_power_of_two();
        let mut buckets = vec![0u16; count + 1];
        let (mut text, mut offsets, mut tags) = (String::new(), vec![0], Vec::new());
        for (id, name) in sorted {
            text.push_str(name);
            offsets.push(text.len() as u32);
            tags.push(id as u8);
            buckets[enroll_abi::index::bucket(id, count) + 1] += 1;
        }
        for at in 0..count {
            buckets[at + 1] += buckets[at];
        }
        Scanned {
            text: text.leak(),
            offsets: offsets.leak(),
            buckets: buckets.leak(),
            tags: tags.leak(),
        }
    }

    /// Compares the text of every candidate.
    #[inline]
    #[must_use]
    pub fn get(&self, text: &str) -> Option<u32> {
        self.scan(text, |_, _| true)
    }

    /// Compares the text of candidates with the right tag.
    #[inline]
    #[must_use]
    pub fn get_tagged(&self, text: &str) -> Option<u32> {
        self.scan(text, |id, at| self.tags.get(at) == Some(&(id as u8)))
    }

    #[inline]
    fn scan(&self, text: &str, may_be: impl Fn(u32, usize) -> bool) -> Option<u32> {
        let id = hash(text, 0);
        let bucket = enroll_abi::index::bucket(id, self.buckets.len() - 1);
        let (from, to) = (*self.buckets.get(bucket)?, *self.buckets.get(bucket + 1)?);
        (usize::from(from)..usize::from(to)).find_map(|at| {
            let range = *self.offsets.get(at)? as usize..*self.offsets.get(at + 1)? as usize;
            let found = may_be(id, at) && self.text.as_bytes().get(range)? == text.as_bytes();
            found.then_some(id)
        })
    }
}

/// A host without anything: its modules are only looked for.
enum Nothing {}

impl Host for Nothing {
    type Rom = ();
    type Value<'vm> = ();
    type Context<'vm> = ();
    type Error = Broken;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Nothing>, _: &'static ()) -> Result<(), Broken> {
        Ok(())
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Nothing>, _: &'static str) -> Result<(), Broken> {
        Ok(())
    }

    fn module<'vm>(_: &mut Cx<'_, 'vm, Nothing>, _: ModuleId) -> Result<(), Broken> {
        Ok(())
    }
}

/// A table of empty modules of these names, as the generated file has it.
///
/// # Panics
///
/// If two names collide.
#[must_use]
pub fn table(names: &[&str]) -> Table {
    let mut names = names.to_vec();
    names.sort_unstable();
    let ids: Vec<u32> = names.iter().map(|name| hash(name, 0)).collect();
    let (pilots, slots) = index(&ids).expect("names without a collision");
    let entry = |name: &&str| Entry {
        symbol: Symbol::of(header(name)),
        extensions: &[],
        parent: None,
        submodules: &[],
    };
    Table {
        pool: Box::leak(Box::new(pool(&names, 0))),
        ids: ids.leak(),
        index: Index::new(pilots.leak(), slots.leak()),
        entries: names.iter().map(entry).collect::<Vec<_>>().leak(),
        aliases: &[],
        classes: &[],
    }
}

fn header(name: &str) -> &'static Header {
    let info = Info {
        name: Qstr::of(name, 0),
        class: Class::Builtin,
        aliases: &[],
        requires: &[],
        globals: Globals::new(&[], Index::EMPTY, &[]),
        doc: "",
    };
    let hooks = Hooks {
        init: None,
        deinit: None,
        attr: None,
        getattr: None,
        dir: None,
    };
    let module: Module<Nothing> = Module(Body::new(info, &[], hooks));
    Box::leak(Box::new(Header::module(Box::leak(Box::new(module)), 0)))
}
