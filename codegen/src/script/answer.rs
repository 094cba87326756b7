//! Everything a build script found out, for `cargo enroll`.

use super::FORMAT;
use super::record::told;
use crate::error::Diagnostic;
use crate::examine::Examined;
use crate::graph::{self, Request};
use crate::report;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Writes the answer: request, settings, every diagnostic, and graph and plan
/// as far as the run came, whether or not a build would be refused.
///
/// # Errors
///
/// [`Kind::Unwritable`](crate::error::Kind::Unwritable).
pub(crate) fn answer(
    file: &Path,
    request: &Request,
    examined: &Examined,
) -> Result<(), Diagnostic> {
    let found = examined.found.as_ref();
    let graph = found.map(|found| graph::file::json(&found.graph, None));
    let plan = found.map(|found| -> Value {
        let hosts = examined.settings.hosts();
        let text = report::json(found, &hosts);
        serde_json::from_str(&text).unwrap_or_default()
    });
    let frozen = found.iter().flat_map(|found| &found.frozen.modules);
    let frozen = frozen.map(|module| (module.name.clone(), json!(module.file)));
    let diagnostics = examined.diagnostics.sorted();
    let diagnostics: Vec<Value> = diagnostics.into_iter().map(Diagnostic::json).collect();
    let text = format!(
        "{:#}\n",
        json!({
            "format": FORMAT,
            "request": told(request),
            "settings": examined.settings.json(),
            "graph": graph,
            "plan": plan,
            "frozen_files": frozen.collect::<Map<String, Value>>(),
            "diagnostics": diagnostics,
            "rendered": examined.diagnostics.render(),
        })
    );
    crate::emit::replace(file, text.as_bytes())
}
