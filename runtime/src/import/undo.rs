//! Steps that are taken back unless they come to their end.

/// Takes a step back when it is dropped, unless [`done`](Undo::done) was called:
/// code that fails and native code that panics leave the same behind.
pub(crate) struct Undo<'i, I, F: FnOnce(&mut I)> {
    pub(crate) importer: &'i mut I,
    undo: Option<F>,
}

impl<'i, I, F: FnOnce(&mut I)> Undo<'i, I, F> {
    pub(crate) fn new(importer: &'i mut I, undo: F) -> Undo<'i, I, F> {
        Undo {
            importer,
            undo: Some(undo),
        }
    }

    /// The step is taken.
    pub(crate) fn done(mut self) {
        self.undo = None;
    }
}

impl<I, F: FnOnce(&mut I)> Drop for Undo<'_, I, F> {
    fn drop(&mut self) {
        if let Some(undo) = self.undo.take() {
            undo(self.importer);
        }
    }
}
