//! Operations that change the world and not the interpreter.

use crate::operation::Operation;
use importer::World;

impl Operation {
    /// Changes the world as it says.
    pub(crate) fn change(&self, world: &mut World) {
        match self {
            Operation::Write { folder, tail, file } => {
                let place = (folder.clone(), tail.clone());
                match file {
                    Some(file) => world.folders.insert(place, file.clone()),
                    None => world.folders.remove(&place),
                };
            }
            Operation::Freeze { name, file } => {
                match file {
                    Some(file) => world.frozen.insert(name.clone(), file.clone()),
                    None => world.frozen.remove(name),
                };
            }
            Operation::Rewrite {
                program,
                statements,
            } => world.programs[*program].clone_from(statements),
            Operation::Break { action, of, times } => {
                world.failing.insert((*action, of.clone()), *times);
            }
            Operation::SwapFinders => world.frozen_first = !world.frozen_first,
            _ => {}
        }
    }
}
