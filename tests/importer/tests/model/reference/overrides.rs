//! The override layer.

use super::{Id, Model, Patch, Res, Val};

impl Model {
    /// Adds a patch as the newest, in place of one of the same owner.
    pub(crate) fn patch(&mut self, id: Id, name: &str, owner: &str, what: Option<Val>) -> Res<()> {
        self.load_late(id)?;
        self.check(id)?;
        self.undo(id, name, owner);
        self.objects[id].patches.push(Patch {
            name: name.into(),
            owner: owner.into(),
            what,
        });
        Ok(())
    }

    /// Takes back what an owner made of a name.
    pub(crate) fn undo(&mut self, id: Id, name: &str, owner: &str) -> bool {
        let patches = &mut self.objects[id].patches;
        let before = patches.len();
        patches.retain(|patch| patch.name != name || patch.owner != owner);
        patches.len() < before
    }

    /// Takes back all that an owner patched.
    pub(crate) fn undo_all(&mut self, owner: &str) -> usize {
        let mut undone = 0;
        for object in &mut self.objects {
            let before = object.patches.len();
            object.patches.retain(|patch| patch.owner != owner);
            undone += before - object.patches.len();
        }
        undone
    }
}
