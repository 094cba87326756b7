//! What portable modules keep, for an interpreter whose contexts come and go.

use crate::Value;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec;
use core::any::{Any, TypeId};
use core::cell::RefCell;
use enroll::{ModuleId, Qstr};

/// What the portable modules of one interpreter keep: what
/// [`Vm::words`](crate::Vm::words), [`slot`](crate::Vm::slot) and
/// [`state`](crate::Vm::state) lend.
///
/// A script that calls a native function that calls a script gives a host two
/// contexts of one interpreter, and both reach one `Keep`. So nothing in it is
/// borrowed while a module uses it: what is lent is taken out, held by the
/// context in its [`Lent`], and put back when the context asks for something
/// else or ends.
///
/// ```
/// use enroll::{ModuleId, qstr};
/// use enroll_portable::{Keep, Lent, Vm};
/// # use enroll::Qstr;
/// use std::rc::Rc;
///
/// struct Context {
///     keep: Rc<Keep<'static>>,
///     lent: Lent<'static>,
/// }
///
/// impl Vm<'static> for Context {
///     fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
///         self.keep.words(&mut self.lent, module, name, n)
///     }
/// }
///
/// impl Drop for Context {
///     fn drop(&mut self) {
///         self.keep.settle(&mut self.lent);
///     }
/// }
/// # let keep = Rc::new(Keep::default());
/// # let module = ModuleId::new(0);
/// # let outer = &mut Context { keep: Rc::clone(&keep), lent: Lent::default() };
/// # outer.words(module, qstr!("calls"), 1).unwrap()[0] = 7;
/// # keep.settle(&mut outer.lent); // before a script is called
/// # let inner = &mut Context { keep: Rc::clone(&keep), lent: Lent::default() };
/// # assert_eq!(inner.words(module, qstr!("calls"), 1), Some(&mut [7][..]));
/// ```
#[derive(Default)]
pub struct Keep<'vm> {
    words: RefCell<BTreeMap<Name, Box<[u32]>>>,
    slots: RefCell<BTreeMap<Name, Option<Value<'vm>>>>,
    states: RefCell<BTreeMap<Kind, Option<Box<dyn Any>>>>,
}

type Name = (ModuleId, Qstr);
type Kind = (ModuleId, TypeId);

/// What a context has taken out of a [`Keep`].
#[derive(Default)]
pub struct Lent<'vm>(Option<Taken<'vm>>);

enum Taken<'vm> {
    Words(Name, Box<[u32]>),
    Slot(Name, Option<Value<'vm>>),
    State(Kind, Option<Box<dyn Any>>),
}

impl<'vm> Keep<'vm> {
    /// As [`Vm::words`](crate::Vm::words); `None` where other words of that
    /// name are not `n`.
    pub fn words<'l>(
        &self,
        lent: &'l mut Lent<'vm>,
        module: ModuleId,
        name: Qstr,
        n: usize,
    ) -> Option<&'l mut [u32]> {
        self.settle(lent);
        let key = (module, name);
        let words = self.words.borrow_mut().remove(&key);
        let words = words.unwrap_or_else(|| vec![0; n].into());
        match lent.0.insert(Taken::Words(key, words)) {
            Taken::Words(_, words) if words.len() == n => Some(words),
            _ => None,
        }
    }

    /// As [`Vm::slot`](crate::Vm::slot).
    pub fn slot<'l>(
        &self,
        lent: &'l mut Lent<'vm>,
        module: ModuleId,
        name: Qstr,
    ) -> Option<&'l mut Option<Value<'vm>>> {
        self.settle(lent);
        let key = (module, name);
        let slot = self.slots.borrow_mut().remove(&key).flatten();
        match lent.0.insert(Taken::Slot(key, slot)) {
            Taken::Slot(_, slot) => Some(slot),
            _ => None,
        }
    }

    /// As [`Vm::state`](crate::Vm::state).
    pub fn state<'l>(
        &self,
        lent: &'l mut Lent<'vm>,
        module: ModuleId,
        of: TypeId,
    ) -> Option<&'l mut Option<Box<dyn Any>>> {
        self.settle(lent);
        let key = (module, of);
        let state = self.states.borrow_mut().remove(&key).flatten();
        match lent.0.insert(Taken::State(key, state)) {
            Taken::State(_, state) => Some(state),
            _ => None,
        }
    }

    /// Puts back what a context has taken out: when it ends, and before it runs
    /// a script, which may come to the same module by another context.
    pub fn settle(&self, lent: &mut Lent<'vm>) {
        match lent.0.take() {
            None => {}
            Some(Taken::Words(key, words)) => {
                self.words.borrow_mut().insert(key, words);
            }
            Some(Taken::Slot(key, slot)) => {
                let old = self.slots.borrow_mut().insert(key, slot);
                // Its end may come back here, so nothing is borrowed now.
                drop(old);
            }
            Some(Taken::State(key, state)) => {
                let old = self.states.borrow_mut().insert(key, state);
                drop(old);
            }
        }
    }

    /// Drops what a module keeps: its `init` failed, or it was unloaded.
    pub fn forget(&self, module: ModuleId) {
        self.words.borrow_mut().retain(|key, _| key.0 != module);
        let slots = take(&self.slots, |key| key.0 == module);
        let states = take(&self.states, |key| key.0 == module);
        drop((slots, states));
    }
}

/// Takes the entries out that `which` names.
fn take<K: Ord + Copy, V>(
    from: &RefCell<BTreeMap<K, V>>,
    which: impl Fn(&K) -> bool,
) -> BTreeMap<K, V> {
    let mut all = from.borrow_mut();
    let keys = all.keys().copied().filter(which);
    let keys: vec::Vec<K> = keys.collect();
    keys.into_iter()
        .filter_map(|key| all.remove_entry(&key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::rc::Rc;
    use core::cell::Cell;
    use enroll::qstr;

    const ONE: ModuleId = ModuleId::new(1);
    const TWO: ModuleId = ModuleId::new(2);

    #[test]
    fn what_one_context_puts_back_another_finds() {
        let keep = Keep::default();
        let mut outer = Lent::default();
        keep.words(&mut outer, ONE, qstr!("calls"), 2).unwrap()[1] = 3;
        *keep.slot(&mut outer, ONE, qstr!("calls")).unwrap() = Some(Value::Int(4));
        let mut inner = Lent::default();
        let words = keep.words(&mut inner, ONE, qstr!("calls"), 2);
        assert_eq!(words, Some(&mut [0, 3][..]), "asking for a slot settled it");
        assert_eq!(keep.words(&mut inner, ONE, qstr!("calls"), 3), None);
        let slot = keep.slot(&mut inner, ONE, qstr!("calls")).unwrap();
        assert_eq!(*slot, None, "it is still taken out");
        keep.settle(&mut inner);
        keep.settle(&mut outer);
        let slot = keep.slot(&mut inner, ONE, qstr!("calls")).unwrap();
        assert_eq!(*slot, Some(Value::Int(4)));
        let slot = keep.slot(&mut inner, TWO, qstr!("calls")).unwrap();
        assert_eq!(*slot, None, "another module has its own");
    }

    #[test]
    fn forgetting_a_module_drops_what_it_kept_and_nothing_else() {
        struct Flag(Rc<Cell<u8>>);
        impl Drop for Flag {
            fn drop(&mut self) {
                self.0.set(self.0.get() + 1);
            }
        }
        let keep = Keep::default();
        let drops = Rc::new(Cell::new(0));
        let mut lent = Lent::default();
        for module in [ONE, TWO] {
            let state = keep.state(&mut lent, module, TypeId::of::<Flag>());
            *state.unwrap() = Some(Box::new(Flag(Rc::clone(&drops))));
            keep.words(&mut lent, module, qstr!("calls"), 1).unwrap()[0] = 1;
        }
        keep.settle(&mut lent);
        keep.forget(ONE);
        assert_eq!(drops.get(), 1);
        let words = keep.words(&mut lent, ONE, qstr!("calls"), 1);
        assert_eq!(words, Some(&mut [0][..]));
        let words = keep.words(&mut lent, TWO, qstr!("calls"), 1);
        assert_eq!(words, Some(&mut [1][..]));
        let state = keep.state(&mut lent, TWO, TypeId::of::<Flag>()).unwrap();
        assert!(state.is_some());
    }
}
