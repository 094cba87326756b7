//! The table with all modules of these tests.

use crate::own::{
    BAG, FRAGILE, JSON, MACHINE, MACHINE_DISK, MACHINE_EXTRA, NAMES as OWN_NAMES, NET, NET_WIFI,
    SETTINGS,
};
use crate::portable::{NAMES, VALUES, VALUES_EXTRA, VALUES_OWN};
use crate::types::TYPES;
use enroll::{Adapter, Builtins, testing::Kit};
use enroll_cpython::CPython;
use enroll_portable::Portable;
use std::sync::OnceLock;

/// One table for all interpreters, as in a firmware.
pub(crate) fn builtins() -> &'static Builtins<CPython> {
    static ADAPTERS: &[Adapter<CPython>] = &[Adapter::of::<CPython>(), Adapter::of::<Portable>()];
    static BUILTINS: OnceLock<&'static Builtins<CPython>> = OnceLock::new();
    BUILTINS.get_or_init(|| {
        Kit::new()
            .declared::<MACHINE>()
            .declared::<MACHINE_DISK>()
            .declared::<MACHINE_EXTRA>()
            .declared::<SETTINGS>()
            .declared::<JSON>()
            .declared::<NET>()
            .declared::<NET_WIFI>()
            .declared::<FRAGILE>()
            .declared::<BAG>()
            .declared::<VALUES>()
            .declared::<VALUES_EXTRA>()
            .declared::<VALUES_OWN>()
            .declared::<TYPES>()
            .names(OWN_NAMES)
            .names(NAMES)
            .build(ADAPTERS)
            .expect("the kit is sound")
    })
}
