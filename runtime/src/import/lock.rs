//! The import lock (CPython `imp.acquire_lock`).

/// The lock that a thread holds while it imports something.
///
/// Re-entrant: the code of a module imports others. `()` is the lock of a host
/// without threads; `Arc<ThreadLock>` (feature `std`) is one for threads. A host
/// with a global interpreter lock implements its own, which gives that up while
/// it waits here.
pub trait ImportLock: Clone {
    /// Waits until no other thread holds it, and holds it once more.
    fn acquire(&self);

    /// Holds it once less. `false` where this thread does not hold it.
    fn release(&self) -> bool;

    /// Whether any thread holds it.
    fn is_held(&self) -> bool;

    /// Whether this thread holds it.
    fn is_mine(&self) -> bool;
}

/// No threads: never held, and a release is never wrong.
impl ImportLock for () {
    #[inline]
    fn acquire(&self) {}

    #[inline]
    fn release(&self) -> bool {
        true
    }

    #[inline]
    fn is_held(&self) -> bool {
        false
    }

    #[inline]
    fn is_mine(&self) -> bool {
        true
    }
}

#[cfg(feature = "std")]
pub use threads::ThreadLock;

#[cfg(feature = "std")]
mod threads {
    use super::ImportLock;
    use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
    use std::thread::{self, ThreadId};

    /// A re-entrant import lock for the threads of one interpreter.
    ///
    /// ```
    /// use enroll::import::{ImportLock, ThreadLock};
    /// use std::sync::Arc;
    ///
    /// let lock = Arc::new(ThreadLock::new());
    /// lock.acquire();
    /// lock.acquire();
    /// assert!(lock.release() && lock.is_held());
    /// assert!(lock.release() && !lock.is_held());
    /// assert!(!lock.release());
    /// ```
    #[derive(Debug, Default)]
    pub struct ThreadLock {
        owner: Mutex<Option<Owner>>,
        free: Condvar,
    }

    #[derive(Debug)]
    struct Owner {
        thread: ThreadId,
        depth: usize,
    }

    impl ThreadLock {
        /// A lock that nobody holds.
        #[must_use]
        pub fn new() -> ThreadLock {
            ThreadLock::default()
        }

        // Nothing panics while it is locked, so a poisoned one is as good.
        fn owner(&self) -> MutexGuard<'_, Option<Owner>> {
            self.owner.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    impl ImportLock for Arc<ThreadLock> {
        fn acquire(&self) {
            let me = thread::current().id();
            let mut owner = self.owner();
            loop {
                match &mut *owner {
                    None => {
                        *owner = Some(Owner {
                            thread: me,
                            depth: 1,
                        });
                        return;
                    }
                    Some(held) if held.thread == me => {
                        held.depth += 1;
                        return;
                    }
                    Some(_) => {
                        owner = self
                            .free
                            .wait(owner)
                            .unwrap_or_else(PoisonError::into_inner);
                    }
                }
            }
        }

        fn release(&self) -> bool {
            let mut owner = self.owner();
            match &mut *owner {
                Some(held) if held.thread == thread::current().id() => {
                    held.depth -= 1;
                    if held.depth == 0 {
                        *owner = None;
                        self.free.notify_one();
                    }
                    true
                }
                _ => false,
            }
        }

        fn is_held(&self) -> bool {
            self.owner().is_some()
        }

        fn is_mine(&self) -> bool {
            let me = thread::current().id();
            self.owner()
                .as_ref()
                .is_some_and(|owner| owner.thread == me)
        }
    }
}
