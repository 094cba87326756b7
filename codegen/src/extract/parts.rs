//! Reads the crates of a graph side by side.

use super::Extraction;
use super::reader::Reader;
use crate::error::Diagnostics;
use crate::graph::Graph;
use crate::settings::Settings;
use crate::source::Inputs;
use crate::source::marker::Markers;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What one crate declares.
pub(super) struct Part {
    pub(super) extraction: Extraction,
    pub(super) diagnostics: Diagnostics,
    pub(super) inputs: Inputs,
}

/// The parts of all packages, in their order, whichever was read first.
///
/// A crate is read by one thread from beginning to end: the places of its tokens
/// are known to the thread that parsed them.
pub(super) fn read(graph: &Graph, settings: &Settings, markers: &Markers) -> Vec<Part> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parts = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(package) = graph.packages.get(index) else {
                return parts;
            };
            let mut extraction = Extraction::default();
            let mut diagnostics = Diagnostics::new();
            let reader = Reader {
                graph,
                settings,
                markers,
                package,
                index,
                extraction: &mut extraction,
                diagnostics: &mut diagnostics,
            };
            let inputs = reader.read();
            let part = Part {
                extraction,
                diagnostics,
                inputs,
            };
            parts.push((index, part));
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(8).min(graph.packages.len());
    let mut parts = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        for other in others {
            match other.join() {
                Ok(more) => parts.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        parts
    });
    parts.sort_unstable_by_key(|(index, _)| *index);
    parts.into_iter().map(|(_, part)| part).collect()
}
