//! To which interpreter's modules a Python object belongs.

use crate::state::State;
use pyo3::PyErr;
use pyo3::exceptions::PyRuntimeError;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};

thread_local! {
    /// What was installed in this thread and not shut down.
    ///
    /// Python may hand an object to any thread, so an object has to be `Send`.
    /// What portable modules keep is not: it is counted without atomics. So an
    /// object holds a [`Key`], and the rest stays in its thread.
    static STATES: RefCell<Vec<Rc<State>>> = const { RefCell::new(Vec::new()) };
}

/// A number for everything that one `install` made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    number: usize,
    thread: ThreadId,
}

impl Key {
    pub(crate) fn new() -> Key {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Key {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            thread: thread::current().id(),
        }
    }

    /// Makes a state the one that its key finds.
    pub(crate) fn keep(state: Rc<State>) {
        STATES.with(|states| states.borrow_mut().push(state));
    }

    /// The state, unless this is another thread or it was shut down.
    pub(crate) fn find(self) -> Option<Rc<State>> {
        let find = |states: &RefCell<Vec<Rc<State>>>| {
            let states = states.try_borrow().ok()?;
            states.iter().find(|state| state.key == self).cloned()
        };
        // A thread that ends has no such variable any more.
        STATES.try_with(find).ok().flatten()
    }

    /// The state.
    ///
    /// # Errors
    ///
    /// `RuntimeError` in another thread, and after the shutdown.
    pub(crate) fn state(self) -> Result<Rc<State>, PyErr> {
        self.find().ok_or_else(|| self.gone())
    }

    /// Forgets the state, and hands it out.
    pub(crate) fn take(self) -> Option<Rc<State>> {
        STATES.with(|states| {
            let mut states = states.borrow_mut();
            let place = states.iter().position(|state| state.key == self)?;
            Some(states.remove(place))
        })
    }

    pub(crate) fn is_of_this_thread(self) -> bool {
        self.thread == thread::current().id()
    }

    #[cold]
    pub(crate) fn gone(self) -> PyErr {
        PyRuntimeError::new_err(if self.is_of_this_thread() {
            "the native modules of this interpreter were shut down"
        } else {
            "native modules answer in the thread alone that installed them"
        })
    }
}
