//! Finds out everything about one build, as far as its mistakes let it.

use crate::builder::{Build, runtime, spelled};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::{extract, lacking};
use crate::freeze;
use crate::graph::{self, Request};
use crate::plan::plan;
use crate::settings::Settings;
use crate::source::Inputs;
use crate::source::folders;
use enroll_abi::salt;
use std::path::Path;

/// Who says which crates are in the build.
pub(crate) enum Source<'s> {
    /// Cargo, when asked for this.
    Cargo(&'s Request),
    /// A graph file.
    File(&'s Path),
}

/// What was found out.
pub(crate) struct Examined {
    /// The settings, with what the environment adds to them.
    pub(crate) settings: Settings,
    /// The answers of the stages up to the plan; where something is wrong, what
    /// is left of them without it. `None` where Cargo could not even say which
    /// crates there are.
    pub(crate) found: Option<Build>,
    /// The path of the runtime in the firmware's code.
    pub(crate) runtime: Option<String>,
    /// Everything that is wrong or deserves a warning.
    pub(crate) diagnostics: Diagnostics,
}

/// Runs the stages up to the plan. What the build reads may not lie around
/// `out`, the folder that it writes to.
pub(crate) fn examine(mut settings: Settings, source: &Source<'_>, out: Option<&Path>) -> Examined {
    let (found, runtime, diagnostics) = match find(&mut settings, source, out) {
        Ok((found, runtime, diagnostics)) => (Some(found), runtime, diagnostics),
        Err(diagnostics) => (None, None, diagnostics),
    };
    Examined {
        settings,
        found,
        runtime,
        diagnostics,
    }
}

type Told = (Build, Option<String>, Diagnostics);

fn find(
    settings: &mut Settings,
    source: &Source<'_>,
    out: Option<&Path>,
) -> Result<Told, Diagnostics> {
    let value = std::env::var(salt::VARIABLE).ok();
    settings.salt = salt::parse(value.as_deref())
        .map_err(|error| Diagnostic::new(Kind::Setting, error.to_string()))?;
    settings.assumed = spelled(&settings.assumed)?;
    let mut graph = match source {
        Source::Cargo(request) => graph::load(request)?,
        Source::File(file) => graph::file::read(file)?,
    };
    settings.add(&graph.packages[graph.firmware].metadata.settings);
    let mut diagnostics = graph.warnings.clone();
    diagnostics.extend(settings.malformed());
    let named = std::env::var_os(folders::VARIABLE).unwrap_or_default();
    settings.user_modules.extend(folders::split(&named));
    let parents = &settings.user_modules;
    let (folders, watched) = folders::find(parents, &graph.workspace, out, &mut diagnostics);
    graph.inputs.files.extend(watched);
    graph.packages[graph.firmware].folders = folders;
    let mut inputs = Inputs::default();
    let settings = &*settings;
    let mut extraction = extract(&graph, settings, &mut inputs, &mut diagnostics);
    // Asked only where the manifest does not tell.
    if !extraction.lacking.is_empty()
        && let Source::Cargo(request) = source
        && let Some(names) = graph::dependency_names(request)
    {
        let firmware = &graph.packages[graph.firmware];
        lacking::tell(firmware, &extraction.lacking, &names, &mut diagnostics);
    }
    let firmware = &graph.packages[graph.firmware].dir;
    let frozen = freeze::collect(&settings.freezes, firmware, out, &mut diagnostics);
    extraction.names.extend(frozen.names);
    inputs.files.extend(frozen.inputs);
    let frozen = frozen.set;
    let plan = plan(&graph, &extraction, &frozen, settings, &mut diagnostics);
    let runtime = match runtime(&graph, settings) {
        Ok(runtime) => Some(runtime),
        Err(error) => {
            diagnostics.push(error);
            None
        }
    };
    let found = Build {
        graph,
        extraction,
        plan,
        frozen,
        rust: String::new(),
        user_modules: None,
        warnings: Diagnostics::new(),
        inputs,
    };
    Ok((found, runtime, diagnostics))
}
