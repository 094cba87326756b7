//! Values of portable modules that Python objects refer to.

use crate::key::Key;
use enroll_portable::{Dict, List, Value};
use pyo3::Py;
use pyo3::types::PyWeakrefReference;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// The values of one interpreter that Python objects refer to.
///
/// A Python object has to be `Send`, which a portable value is not; so it holds
/// a [`Ticket`], and the value is here.
#[derive(Default)]
pub(crate) struct Held<'vm> {
    places: RefCell<Vec<Option<Value<'vm>>>>,
    free: RefCell<Vec<usize>>,
    /// The Python object of each value with an identity, as long as it lives.
    objects: RefCell<HashMap<usize, (usize, Py<PyWeakrefReference>)>>,
    /// Tickets that Python has dropped since the last [`Held::reclaim`].
    returned: Arc<Mutex<Vec<usize>>>,
    reclaiming: Cell<bool>,
}

/// A Python object's reference to a value.
pub(crate) struct Ticket {
    index: usize,
    key: Key,
    returned: Arc<Mutex<Vec<usize>>>,
}

impl Ticket {
    /// The number of the place; see [`Held::remember`].
    pub(super) fn index(&self) -> usize {
        self.index
    }

    pub(super) fn key(&self) -> Key {
        self.key
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let returned = self.returned.lock();
        let mut returned = returned.unwrap_or_else(PoisonError::into_inner);
        returned.push(self.index);
        drop(returned);
        // At once, as Python drops what nobody refers to. In another thread it
        // waits for the next reclaim of its own.
        if let Some(state) = self.key.find() {
            state.held.reclaim();
        }
    }
}

impl<'vm> Held<'vm> {
    /// Keeps a value until the ticket is dropped.
    pub(crate) fn hold(&self, key: Key, value: Value<'vm>) -> Ticket {
        self.reclaim();
        let free = self.free.borrow_mut().pop();
        let mut places = self.places.borrow_mut();
        let index = match free {
            Some(index) => index,
            None => {
                places.push(None);
                places.len() - 1
            }
        };
        if let Some(place) = places.get_mut(index) {
            *place = Some(value);
        }
        Ticket {
            index,
            key,
            returned: Arc::clone(&self.returned),
        }
    }

    /// The value of a ticket; `None` for one of another interpreter.
    pub(crate) fn value(&self, ticket: &Ticket) -> Option<Value<'vm>> {
        if !Arc::ptr_eq(&ticket.returned, &self.returned) {
            return None;
        }
        self.places.borrow().get(ticket.index)?.clone()
    }

    /// Runs something on the value of a place where it is, unless it is in use.
    pub(super) fn look<R>(&self, index: usize, run: impl FnOnce(&Value<'vm>) -> R) -> Option<R> {
        let places = self.places.try_borrow().ok()?;
        Some(run(places.get(index)?.as_ref()?))
    }

    /// Remembers the Python object of a value.
    pub(crate) fn remember(&self, identity: usize, ticket: usize, object: Py<PyWeakrefReference>) {
        let mut objects = self.objects.borrow_mut();
        let old = objects.insert(identity, (ticket, object));
        drop(objects);
        drop(old);
    }

    /// Runs something with the Python object of a value, which may be dead.
    pub(crate) fn object<R>(
        &self,
        identity: usize,
        read: impl FnOnce(&Py<PyWeakrefReference>) -> Option<R>,
    ) -> Option<R> {
        read(&self.objects.borrow().get(&identity)?.1)
    }

    /// Drops the values whose tickets were dropped.
    pub(crate) fn reclaim(&self) {
        // A value may hold the last reference to a Python object that holds a
        // ticket, and so on. That comes back here and is left to the loop: CPython
        // 3.13 lets ends be 10,000 deep, which is more than the stack takes.
        if self.reclaiming.replace(true) {
            return;
        }
        loop {
            let returned = self.returned.lock();
            let mut returned = returned.unwrap_or_else(PoisonError::into_inner);
            let indices = std::mem::take(&mut *returned);
            drop(returned);
            if indices.is_empty() {
                break;
            }
            for index in indices {
                let value = self
                    .places
                    .borrow_mut()
                    .get_mut(index)
                    .and_then(Option::take);
                let object = value.as_ref().and_then(identity).and_then(|identity| {
                    let mut objects = self.objects.borrow_mut();
                    match objects.get(&identity) {
                        Some((known, _)) if *known == index => objects.remove(&identity),
                        _ => None,
                    }
                });
                self.free.borrow_mut().push(index);
                // Nothing is borrowed now: their end may run anything.
                drop((value, object));
            }
        }
        self.reclaiming.set(false);
    }
}

/// A number that no other living value with an identity has.
pub(crate) fn identity(value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Object(object) => Some(object.identity()),
        Value::List(List::Shared(items)) => Some(Rc::as_ptr(items).addr()),
        Value::Dict(Dict::Shared(pairs)) => Some(Rc::as_ptr(pairs).addr()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use enroll_portable::{Object, Type};
    use pyo3::prelude::*;

    #[test]
    fn a_dropped_ticket_frees_its_value_and_its_place() {
        let key = Key::new();
        let held = Held::default();
        let first = held.hold(key, Value::Int(1));
        let second = held.hold(key, Value::Int(2));
        assert_eq!(held.value(&first), Some(Value::Int(1)));
        drop(first);
        assert_eq!(held.places.borrow().iter().flatten().count(), 2);
        held.reclaim();
        assert_eq!(held.places.borrow().iter().flatten().count(), 1);
        let third = held.hold(key, Value::Int(3));
        assert_eq!(held.places.borrow().len(), 2, "the place is used again");
        assert_eq!(held.value(&second), Some(Value::Int(2)));
        assert_eq!(held.value(&third), Some(Value::Int(3)));
        assert_eq!(Held::default().value(&third), None);
    }

    #[test]
    fn a_value_is_remembered_until_its_last_ticket_is_dropped() {
        static EMPTY: Type = Type::new("empty", "");
        let value = Value::Object(Object::new(&EMPTY, ()));
        let number = identity(&value).unwrap();
        let held = Held::default();
        Python::attach(|py| {
            let remember = |ticket: &Ticket| {
                let set = py.eval(c"set()", None, None).unwrap();
                let weak = PyWeakrefReference::new(&set).unwrap().unbind();
                held.remember(number, ticket.index(), weak);
            };
            let first = held.hold(Key::new(), value.clone());
            remember(&first);
            // Its Python object is gone, and another one takes its place before
            // that is noticed.
            let second = held.hold(Key::new(), value);
            remember(&second);
            drop(first);
            held.reclaim();
            assert_eq!(held.objects.borrow().len(), 1);
            drop(second);
            held.reclaim();
            assert!(held.objects.borrow().is_empty());
        });
    }
}
