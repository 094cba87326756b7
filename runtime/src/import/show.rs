//! A module as a person sees it.

use crate::import::{Handle, ImportHost, Importer, Kind};
use crate::qstr;
use alloc::format;
use alloc::string::String;

impl<H: ImportHost> Importer<'_, '_, '_, H> {
    /// What printing a module shows: its registered name, whatever the name it
    /// was imported by, and where it is from, as CPython shows it. A lazy module
    /// is not loaded for it.
    ///
    /// # Errors
    ///
    /// [`Gone`](crate::import::ImportError::Gone).
    pub fn show(&mut self, module: Handle) -> Result<String, H::Error> {
        let spec = self.module_spec(module);
        let spec = self.settle(spec)?;
        let name = self.name_of(module);
        let Some(spec) = spec else {
            return Ok(format!("<module '{name}'>"));
        };
        Ok(match (spec.kind, &spec.origin) {
            (Kind::Builtin, _) => format!("<module '{name}' (built-in)>"),
            (Kind::Frozen, _) => format!("<module '{name}' (frozen)>"),
            (Kind::Namespace, _) => format!("<module '{name}' (namespace)>"),
            (_, Some(origin)) if spec.has_file => format!("<module '{name}' from '{origin}'>"),
            (_, Some(origin)) => format!("<module '{name}' ({origin})>"),
            (_, None) => format!("<module '{name}'>"),
        })
    }

    /// What `help` shows of a module: what printing shows, its `__doc__`, and the
    /// names that are no special ones, a line each.
    ///
    /// # Errors
    ///
    /// As [`dir`](Importer::dir).
    pub fn help(&mut self, module: Handle) -> Result<String, H::Error> {
        let mut text = self.show(module)?;
        text.push('\n');
        let names = self.dir(module)?;
        let doc = self.load(module, qstr!("__doc__"))?;
        if let Some(doc) = doc.and_then(|doc| H::to_text(self.cx, &doc))
            && !doc.is_empty()
        {
            text.push_str(doc.trim_end());
            text.push('\n');
        }
        for name in names {
            if !name.starts_with("__") {
                text.push_str("  ");
                text.push_str(&name);
                text.push('\n');
            }
        }
        Ok(text)
    }

    /// The label of the finder that found a module, for `__loader__`.
    pub(crate) fn loader_label(&mut self, module: Handle) -> Option<String> {
        use crate::import::Finder as _;

        self.imports(|imports| {
            let record = imports.records.get(module)?;
            if record.native.is_some() {
                return Some("builtin".into());
            }
            let finder = record.found.as_ref()?.finder.as_ref()?;
            Some(finder.label().into())
        })
    }
}
