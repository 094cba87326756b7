//! The `import` statement (CPython `__import__`).

use crate::import::importer::{Fault, Step};
use crate::import::{Handle, ImportHost, Importer};
use alloc::string::String;
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// What an `import` statement evaluates to, through the replaced import
    /// function if there is one ([`set_import`](Importer::set_import)).
    ///
    /// `import a.b` gives `a`; with names in `fromlist`, `from a.b import c`, it
    /// gives `a.b`, whose submodules of these names are imported too. `level` is
    /// the number of leading dots, seen from the module `from`.
    ///
    /// # Errors
    ///
    /// As [`import`](Importer::import), and those of relative imports.
    pub fn import_name(
        &mut self,
        name: &str,
        from: Option<Handle>,
        fromlist: &[&str],
        level: usize,
    ) -> Result<H::Value<'vm>, H::Error> {
        let Some(replaced) = self.imports(|imports| imports.import.clone()) else {
            return self.import_default(name, from, fromlist, level);
        };
        let fromlist: Vec<String> = fromlist.iter().map(|&name| name.into()).collect();
        let arguments = [
            H::string(self.cx, name)?,
            match from {
                Some(module) => H::object(self.cx, module)?,
                None => H::none(self.cx),
            },
            H::none(self.cx),
            H::strings(self.cx, &fromlist)?,
            H::integer(self.cx, level as i64)?,
        ];
        H::call(self.cx, &replaced, &arguments)
    }

    /// The same without the replaced import function, which can chain to it.
    ///
    /// # Errors
    ///
    /// As [`import_name`](Importer::import_name).
    pub fn import_default(
        &mut self,
        name: &str,
        from: Option<Handle>,
        fromlist: &[&str],
        level: usize,
    ) -> Result<H::Value<'vm>, H::Error> {
        let imported = self.statement(name, from, fromlist, level);
        self.settle(imported)
    }

    /// Replaces the function that `import` statements call, or with `None` takes
    /// it back. It is called as CPython's `__import__`: name, the importing
    /// module in place of its globals, None, the names, level.
    pub fn set_import(&mut self, function: Option<H::Value<'vm>>) {
        self.imports(|imports| imports.import = function);
    }

    fn statement(
        &mut self,
        name: &str,
        from: Option<Handle>,
        fromlist: &[&str],
        level: usize,
    ) -> Step<H::Value<'vm>, H> {
        let full = self.absolute(name, from, level)?;
        let module = self.import_full(&full)?;
        if !fromlist.is_empty() {
            self.import_submodules(&module, fromlist, true)?;
            return Ok(module);
        }
        // What the statement binds: the first component as it was written.
        let Some((_, rest)) = name.split_once('.') else {
            return Ok(module);
        };
        let bound = &full[..full.len() - rest.len() - 1];
        if level == 0 {
            // Where its entry was taken away, it is imported again.
            return self.import_full(bound);
        }
        match self.entry(bound) {
            Some(entry) => self.value(entry),
            None => Err(Fault::Import(crate::import::ImportError::Vanished {
                name: bound.into(),
            })),
        }
    }
}
