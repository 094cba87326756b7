//! The native modules that the cases import.

mod constants;
mod extended;
mod hooks;
mod life;
mod packages;

pub(super) use life::PLUGIN;

use enroll::testing::Kit;

/// Adds all but [`PLUGIN`], which scripts register while they run.
pub(super) fn declared(kit: Kit) -> Kit {
    kit.declared::<constants::ERRNO>()
        .declared::<constants::PIN>()
        .declared::<constants::PIN_UPPER>()
        .declared::<constants::CLOCK>()
        .declared::<constants::UHASH>()
        .declared::<packages::OS>()
        .declared::<packages::OS_PATH>()
        .declared::<packages::OS_TEMP>()
        .declared::<packages::NET>()
        .declared::<packages::NET_HTTP>()
        .declared::<hooks::TERM>()
        .declared::<hooks::GUARDED>()
        .declared::<hooks::BOTH>()
        .declared::<life::ONCE>()
        .declared::<life::MOTOR>()
        .declared::<life::MOTOR_GEAR>()
        .declared::<life::FLAKY>()
        .declared::<life::GRUMPY>()
        .declared::<life::RADIO>()
        .declared::<extended::BOARD>()
        .declared::<extended::BOARD_A>()
        .declared::<extended::BOARD_B>()
        .declared::<extended::SHIELD>()
        .declared::<extended::SHIELD_A>()
        .declared::<extended::SHIELD_B>()
        .names(&["ps1", "ps2", "claimed", "dynamic", "who", "extra", "late"])
}
