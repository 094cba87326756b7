//! What portable modules keep in one interpreter, and the values of theirs
//! that Lua refers to.

use crate::Context;
use enroll::{ModuleId, Qstr};
use enroll_portable::Value;
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

type Words = HashMap<(ModuleId, Qstr), Box<[u32]>>;
type Slots<'vm> = HashMap<(ModuleId, Qstr), Option<Value<'vm>>>;
type States = HashMap<(ModuleId, TypeId), Option<Box<dyn Any>>>;

/// The state of portable modules, and their values that Lua holds.
///
/// Lua's userdata cannot hold a value that has a lifetime, so it holds a
/// [`Ticket`], and the value is here. A cycle between a native object and a
/// Lua table is therefore never collected before the interpreter ends: Lua
/// does not see what a native object refers to.
#[derive(Default)]
pub(crate) struct Guests<'vm> {
    words: RefCell<Words>,
    slots: RefCell<Slots<'vm>>,
    states: RefCell<States>,
    held: RefCell<Vec<Option<Value<'vm>>>>,
    free: RefCell<Vec<usize>>,
    /// Tickets that Lua has collected since the last [`Guests::reclaim`].
    returned: Rc<RefCell<Vec<usize>>>,
}

/// Lua's reference to a value of a portable module.
pub(crate) struct Ticket {
    index: usize,
    returned: Rc<RefCell<Vec<usize>>>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // Lua collects while native code runs, so nothing happens here that
        // could come back to it.
        self.returned.borrow_mut().push(self.index);
    }
}

impl<'vm> Guests<'vm> {
    /// Keeps a value until Lua collects the ticket.
    pub(crate) fn hold(&self, value: Value<'vm>) -> Ticket {
        let free = self.free.borrow_mut().pop();
        let mut held = self.held.borrow_mut();
        let index = match free {
            Some(index) => index,
            None => {
                held.push(None);
                held.len() - 1
            }
        };
        if let Some(place) = held.get_mut(index) {
            *place = Some(value);
        }
        Ticket {
            index,
            returned: Rc::clone(&self.returned),
        }
    }

    /// The value of a ticket; `None` for one of another interpreter.
    pub(crate) fn value(&self, ticket: &Ticket) -> Option<Value<'vm>> {
        if !Rc::ptr_eq(&ticket.returned, &self.returned) {
            return None;
        }
        self.held.borrow().get(ticket.index)?.clone()
    }

    /// Drops the values that Lua has collected.
    pub(crate) fn reclaim(&self) {
        loop {
            let returned = std::mem::take(&mut *self.returned.borrow_mut());
            if returned.is_empty() {
                return;
            }
            for index in returned {
                let place = self.held.borrow_mut().get_mut(index).and_then(Option::take);
                self.free.borrow_mut().push(index);
                // It may hold the last reference to others, so nothing is
                // borrowed now.
                drop(place);
            }
        }
    }

    /// Drops what a module keeps.
    pub(crate) fn forget(&self, module: ModuleId) {
        self.words.borrow_mut().retain(|key, _| key.0 != module);
        self.states.borrow_mut().retain(|key, _| key.0 != module);
        let slots: Slots<'vm> = std::mem::take(&mut *self.slots.borrow_mut());
        let kept = slots.into_iter().filter(|(key, _)| key.0 != module);
        let kept: Slots<'vm> = kept.collect();
        self.slots.borrow_mut().extend(kept);
    }
}

/// Something that was taken out, so that `&mut` of it can be handed on; the
/// next call of the context puts it back.
pub(crate) enum Lent<'vm> {
    Words((ModuleId, Qstr), Box<[u32]>),
    Slot((ModuleId, Qstr), Option<Value<'vm>>),
    State((ModuleId, TypeId), Option<Box<dyn Any>>),
}

impl<'vm> Context<'vm> {
    /// Puts back what was lent, before anything else can ask for it.
    pub(crate) fn settle(&mut self) {
        let guests = &self.guests;
        match self.lent.take() {
            None => {}
            Some(Lent::Words(key, words)) => {
                guests.words.borrow_mut().insert(key, words);
            }
            Some(Lent::Slot(key, slot)) => {
                guests.slots.borrow_mut().insert(key, slot);
            }
            Some(Lent::State(key, state)) => {
                guests.states.borrow_mut().insert(key, state);
            }
        }
    }

    pub(crate) fn lend_words(&mut self, key: (ModuleId, Qstr), n: usize) -> Option<&mut [u32]> {
        self.settle();
        let words = self.guests.words.borrow_mut().remove(&key);
        let words = words.unwrap_or_else(|| vec![0; n].into());
        match self.lent.insert(Lent::Words(key, words)) {
            Lent::Words(_, words) => words.get_mut(..n),
            _ => None,
        }
    }

    pub(crate) fn lend_slot(&mut self, key: (ModuleId, Qstr)) -> Option<&mut Option<Value<'vm>>> {
        self.settle();
        let slot = self.guests.slots.borrow_mut().remove(&key);
        match self.lent.insert(Lent::Slot(key, slot.flatten())) {
            Lent::Slot(_, slot) => Some(slot),
            _ => None,
        }
    }

    pub(crate) fn lend_state(
        &mut self,
        key: (ModuleId, TypeId),
    ) -> Option<&mut Option<Box<dyn Any>>> {
        self.settle();
        let state = self.guests.states.borrow_mut().remove(&key);
        match self.lent.insert(Lent::State(key, state.flatten())) {
            Lent::State(_, state) => Some(state),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_returned_ticket_frees_its_value_and_its_place() {
        let guests = Guests::default();
        let first = guests.hold(Value::Int(1));
        let second = guests.hold(Value::Int(2));
        assert_eq!(guests.value(&first), Some(Value::Int(1)));
        drop(first);
        assert_eq!(guests.held.borrow().iter().flatten().count(), 2);
        guests.reclaim();
        assert_eq!(guests.held.borrow().iter().flatten().count(), 1);
        let third = guests.hold(Value::Int(3));
        assert_eq!(guests.held.borrow().len(), 2, "the place is used again");
        assert_eq!(guests.value(&second), Some(Value::Int(2)));
        assert_eq!(guests.value(&third), Some(Value::Int(3)));
        assert_eq!(Guests::default().value(&third), None);
    }
}
