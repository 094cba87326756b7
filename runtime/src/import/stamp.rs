//! Whether a place has changed since it was read.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// The coarsest clock of a file system, two seconds on FAT, and what a kernel's
/// own clock may lag behind.
const TICK: Duration = Duration::from_millis(2100);

/// What the system says of a file or folder and what changes with its content.
///
/// Besides the time of the last change, which tools set back, it has what tells
/// a replaced place from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    identity: Identity,
    size: u64,
}

/// Device, inode, and the time of the last change of either, which no tool
/// sets.
#[cfg(unix)]
type Identity = (u64, u64, i64, i64);

/// The time it was made.
#[cfg(not(unix))]
type Identity = Option<SystemTime>;

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;

    let place = (metadata.dev(), metadata.ino());
    (place.0, place.1, metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Identity {
    metadata.created().ok()
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            modified: metadata.modified().ok(),
            identity: identity(metadata),
            size: metadata.len(),
        }
    }

    /// Whether what was read after `now` is sure to bear another stamp once it
    /// changes. Within a tick of the last change, the next one may bear the same
    /// time.
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        let Some(latest) = self.latest() else {
            return false;
        };
        now.duration_since(latest).is_ok_and(|age| age >= TICK)
    }

    #[cfg(unix)]
    fn latest(&self) -> Option<SystemTime> {
        let (_, _, seconds, nanoseconds) = self.identity;
        let since = Duration::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?);
        let changed = SystemTime::UNIX_EPOCH.checked_add(since)?;
        Some(changed.max(self.modified?))
    }

    #[cfg(not(unix))]
    fn latest(&self) -> Option<SystemTime> {
        self.modified
    }
}

#[cfg(test)]
mod tests {
    use super::{Stamp, TICK};
    use std::time::SystemTime;

    #[test]
    fn a_stamp_settles_after_a_tick() {
        let stamp = Stamp::of(&std::fs::metadata(env!("CARGO_MANIFEST_DIR")).unwrap());
        let latest = stamp.latest().unwrap();
        assert!(!stamp.is_settled(latest));
        assert!(!stamp.is_settled(latest + TICK / 2));
        assert!(stamp.is_settled(latest + TICK));
        // A clock that was set back.
        assert!(!stamp.is_settled(SystemTime::UNIX_EPOCH));
    }
}
