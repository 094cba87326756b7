//! Finds out everything about one build, as far as its mistakes let it.

use crate::builder::{runtime, spelled};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::{Extraction, extract};
use crate::graph::{self, Graph, Request};
use crate::plan::{Plan, plan};
use crate::settings::Settings;
use crate::source::Inputs;
use crate::source::folders;
use enroll_abi::salt;

/// What was found out.
pub(crate) struct Examined {
    /// The settings, with what the environment adds to them.
    pub(crate) settings: Settings,
    /// `None` where Cargo could not even say which crates there are.
    pub(crate) found: Option<Found>,
    /// Everything that is wrong or deserves a warning.
    pub(crate) diagnostics: Diagnostics,
}

/// The answers of the stages; where something is wrong, what is left of them
/// without it.
pub(crate) struct Found {
    pub(crate) graph: Graph,
    pub(crate) extraction: Extraction,
    pub(crate) plan: Plan,
    /// The path of the runtime in the firmware's code.
    pub(crate) runtime: Option<String>,
    pub(crate) inputs: Inputs,
}

/// Runs the stages up to the plan.
pub(crate) fn examine(mut settings: Settings, request: &Request) -> Examined {
    match find(&mut settings, request) {
        Ok((found, diagnostics)) => Examined {
            settings,
            found: Some(found),
            diagnostics,
        },
        Err(diagnostics) => Examined {
            settings,
            found: None,
            diagnostics,
        },
    }
}

fn find(settings: &mut Settings, request: &Request) -> Result<(Found, Diagnostics), Diagnostics> {
    let value = std::env::var(salt::VARIABLE).ok();
    settings.salt = salt::parse(value.as_deref())
        .map_err(|error| Diagnostic::new(Kind::Setting, error.to_string()))?;
    settings.assumed = spelled(&settings.assumed)?;
    let mut graph = graph::load(request)?;
    let mut diagnostics = graph.warnings.clone();
    diagnostics.extend(settings.malformed());
    let named = std::env::var_os(folders::VARIABLE).unwrap_or_default();
    settings.user_modules.extend(folders::split(&named));
    let parents = &settings.user_modules;
    let (folders, watched) = folders::find(parents, &graph.workspace, &mut diagnostics);
    graph.inputs.files.extend(watched);
    graph.packages[graph.firmware].folders = folders;
    let mut inputs = Inputs::default();
    let settings = &*settings;
    let extraction = extract(&graph, settings, &mut inputs, &mut diagnostics);
    let plan = plan(&graph, &extraction, settings, &mut diagnostics);
    let runtime = match runtime(&graph, settings) {
        Ok(runtime) => Some(runtime),
        Err(error) => {
            diagnostics.push(error);
            None
        }
    };
    let found = Found {
        graph,
        extraction,
        plan,
        runtime,
        inputs,
    };
    Ok((found, diagnostics))
}
