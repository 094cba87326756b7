//! What an interpreter on this board relies on.

mod attributes;
mod calls;
mod sizes;
mod state;
mod table;

use crate::BUILTINS;
use crate::report::Report;
use enroll::Cx;
use enroll_portable::{Error, Kind, Portable, Value};

/// Runs every check.
pub fn run(report: &mut Report) {
    table::run(report);
    attributes::run(report);
    calls::run(report);
    state::run(report);
    sizes::run(report);
}

/// `module.name` as a script writes it: two texts become ids first.
fn load<'vm>(cx: &mut Cx<'_, 'vm, Portable>, path: &str) -> Result<Option<Value<'vm>>, Kind> {
    let (module, name) = path.split_once('.').ok_or(Kind::ValueError)?;
    let id = BUILTINS.find_text(module).ok_or(Kind::ImportError)?;
    match BUILTINS.pool().get(name) {
        Some(name) => kind(BUILTINS.load(cx, id, name)),
        None => Ok(None),
    }
}

/// An error by its kind, which can be compared.
fn kind<T>(result: Result<T, Error>) -> Result<T, Kind> {
    result.map_err(|error| error.kind())
}
