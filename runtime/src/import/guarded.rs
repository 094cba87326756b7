//! What a finder remembers, although several scripts use it at once.

#[cfg(not(feature = "std"))]
use core::cell::RefCell;
#[cfg(feature = "std")]
use std::sync::{Mutex, PoisonError};

/// What threads may share where there are threads: `Send + Sync` with the
/// feature `std`, any type without it.
///
/// Implemented for every such type, so it is never written out but as a bound.
#[cfg(feature = "std")]
pub trait Shareable: Send + Sync {}

#[cfg(feature = "std")]
impl<T: Send + Sync + ?Sized> Shareable for T {}

/// What threads may share where there are threads: `Send + Sync` with the
/// feature `std`, any type without it.
///
/// Implemented for every such type, so it is never written out but as a bound.
#[cfg(not(feature = "std"))]
pub trait Shareable {}

#[cfg(not(feature = "std"))]
impl<T: ?Sized> Shareable for T {}

/// A pointer that finders share.
#[cfg(feature = "std")]
pub(crate) type Shared<T> = alloc::sync::Arc<T>;
/// A pointer that finders share.
#[cfg(not(feature = "std"))]
pub(crate) type Shared<T> = alloc::rc::Rc<T>;

/// Changed behind a shared reference: a mutex with `std`, else a `RefCell`.
///
/// Nothing that is run by [`with`](Guarded::with) may use the same one again:
/// hooks and hosts are called outside of it.
#[derive(Debug, Default)]
pub(crate) struct Guarded<T> {
    #[cfg(feature = "std")]
    inner: Mutex<T>,
    #[cfg(not(feature = "std"))]
    inner: RefCell<T>,
}

impl<T> Guarded<T> {
    pub(crate) const fn new(value: T) -> Guarded<T> {
        Guarded {
            #[cfg(feature = "std")]
            inner: Mutex::new(value),
            #[cfg(not(feature = "std"))]
            inner: RefCell::new(value),
        }
    }

    pub(crate) fn with<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        // What is remembered here can be forgotten at any time, so half a
        // change by a thread that panicked does no harm.
        #[cfg(feature = "std")]
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        #[cfg(not(feature = "std"))]
        let mut inner = self.inner.borrow_mut();
        change(&mut inner)
    }
}
