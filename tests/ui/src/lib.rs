//! A host that the cases declare for, as small as a host can be.

use enroll::{Broken, Cx, Host, ModuleId};

/// An interpreter whose constants are integers.
pub enum Tiny {}

impl Host for Tiny {
    type Rom = i64;
    type Value<'vm> = i64;
    type Context<'vm> = ();
    type Error = Broken;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Tiny>, rom: &'static i64) -> Result<i64, Broken> {
        Ok(*rom)
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: &'static str) -> Result<i64, Broken> {
        Ok(0)
    }

    fn module<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: ModuleId) -> Result<i64, Broken> {
        Ok(0)
    }
}

/// An interpreter whose constants are texts: another type than [`Tiny`]'s.
pub enum Other {}

impl Host for Other {
    type Rom = &'static str;
    type Value<'vm> = &'static str;
    type Context<'vm> = ();
    type Error = Broken;

    fn live<'vm>(
        _: &mut Cx<'_, 'vm, Other>,
        rom: &'static &'static str,
    ) -> Result<&'static str, Broken> {
        Ok(rom)
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Other>, text: &'static str) -> Result<&'static str, Broken> {
        Ok(text)
    }

    fn module<'vm>(_: &mut Cx<'_, 'vm, Other>, _: ModuleId) -> Result<&'static str, Broken> {
        Ok("")
    }
}
