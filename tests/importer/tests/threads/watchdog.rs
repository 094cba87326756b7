//! Ends the process where threads wait for each other for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Seconds that a test may take. It needs a few.
const LIMIT: u64 = 120;

/// Watches until it is dropped.
pub(crate) struct Watchdog {
    round: Arc<AtomicUsize>,
    _end: Sender<()>,
}

impl Watchdog {
    pub(crate) fn new(test: &'static str) -> Watchdog {
        let round = Arc::new(AtomicUsize::new(0));
        let (end, ended) = channel();
        let seen = Arc::clone(&round);
        thread::spawn(move || {
            if ended.recv_timeout(Duration::from_secs(LIMIT)) == Err(RecvTimeoutError::Timeout) {
                let round = seen.load(Ordering::Relaxed);
                eprintln!("{test}: not done after {LIMIT} s, in round {round}: a deadlock");
                std::process::abort();
            }
        });
        Watchdog { round, _end: end }
    }

    /// Says how far the test is.
    pub(crate) fn round(&self, round: usize) {
        self.round.store(round, Ordering::Relaxed);
    }
}
