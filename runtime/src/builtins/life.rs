//! The beginning and the end of a builtin module: `init` and `deinit`.

use crate::adopt::Phase;
use crate::header::{Broken, Header};
use crate::table::ModuleId;
use crate::{Builtins, Cx, Host};

impl<H: Host> Builtins<H> {
    /// Runs a module's `init`, then those of its extensions. The caller sees to
    /// it that this happens once per interpreter ([`crate::Once`]).
    ///
    /// # Errors
    ///
    /// What a hook fails with: no later one runs then, and the `deinit` of those
    /// that ran does, last first, so that all can be tried again.
    pub fn init(&self, cx: &mut Cx<'_, '_, H>, id: ModuleId) -> Result<(), H::Error> {
        let base = self.table.header(id)?;
        self.init_of(cx, id, base)
    }

    pub(crate) fn init_of(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        base: &'static Header,
    ) -> Result<(), H::Error> {
        self.phase(cx, id, Ok(base), Phase::Init)?;
        for (ran, extension) in self.table.extensions(id).enumerate() {
            if let Err(error) = self.phase(cx, id, extension, Phase::Init) {
                let others = self.table.extensions(id).count() - ran;
                for extension in self.table.extensions(id).rev().skip(others) {
                    let _ = self.phase(cx, id, extension, Phase::Deinit);
                }
                let _ = self.phase(cx, id, Ok(base), Phase::Deinit);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Runs the `deinit` of a module's extensions, last first, then its own.
    /// All run, whatever one of them fails with.
    ///
    /// # Errors
    ///
    /// What the first that failed did.
    pub fn deinit(&self, cx: &mut Cx<'_, '_, H>, id: ModuleId) -> Result<(), H::Error> {
        self.deinit_of(cx, id, self.table.header(id)?)
    }

    pub(crate) fn deinit_of(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        base: &'static Header,
    ) -> Result<(), H::Error> {
        let mut result = Ok(());
        for extension in self.table.extensions(id).rev() {
            result = result.and(self.phase(cx, id, extension, Phase::Deinit));
        }
        result.and(self.phase(cx, id, Ok(base), Phase::Deinit))
    }

    /// Whether a module or one of its extensions has an `init`.
    ///
    /// # Errors
    ///
    /// [`Broken`] for an entry that cannot be used.
    #[cfg(feature = "alloc")]
    pub fn has_init(&self, id: ModuleId) -> Result<bool, Broken> {
        Ok(self.ends_of(id, self.table.header(id)?)?.0)
    }

    /// Whether a module or one of its extensions has a `deinit`: if so, it can
    /// be initialised again once that has run.
    ///
    /// # Errors
    ///
    /// [`Broken`] for an entry that cannot be used.
    #[cfg(feature = "alloc")]
    pub fn has_deinit(&self, id: ModuleId) -> Result<bool, Broken> {
        Ok(self.ends_of(id, self.table.header(id)?)?.1)
    }

    /// Whether a module or one of its extensions has an `init` and a `deinit`.
    #[cfg(feature = "alloc")]
    pub(crate) fn ends_of(
        &self,
        id: ModuleId,
        base: &'static Header,
    ) -> Result<(bool, bool), Broken> {
        let mut ends = (self.adapter(id, base)?.ends)(base);
        for extension in self.table.extensions(id) {
            let extension = extension?;
            let (init, deinit) = (self.adapter(id, extension)?.ends)(extension);
            ends = (ends.0 || init, ends.1 || deinit);
        }
        Ok(ends)
    }

    /// Runs the `init` or `deinit` of one declaration.
    fn phase(
        &self,
        cx: &mut Cx<'_, '_, H>,
        id: ModuleId,
        header: Result<&'static Header, Broken>,
        phase: Phase,
    ) -> Result<(), H::Error> {
        let header = header?;
        let adapter = self.adapter(id, header)?;
        (adapter.init)(&mut cx.within(Some(id)), header, phase)
    }
}
