//! Draws diagnostics as rustc does: level, message, source line with labels,
//! help, and what was reported below.

use super::Diagnostic;
use crate::place::Place;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Draws all of `list` in the order given, one blank line between two.
///
/// The files are read again, since no stage keeps their text. A file that is
/// gone, or that is not UTF-8, costs the source line only: file, line and
/// column are printed all the same.
pub(super) fn draw(list: &[&Diagnostic], color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut files = Files::default();
    for (place, _) in list.iter().flat_map(|diagnostic| &diagnostic.places) {
        files.read(&place.file);
    }
    let mut out = String::new();
    for (index, diagnostic) in list.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&renderer.render(&[group(diagnostic, &files)]));
        out.push('\n');
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let level = if diagnostic.kind.is_error() {
        Level::ERROR
    } else {
        Level::WARNING
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
    for (file, places) in by_file(diagnostic) {
        let path = file.to_string_lossy().into_owned();
        match excerpt(files.text(file), &places) {
            Some((text, annotations)) => {
                let snippet = Snippet::source(text).path(path).annotations(annotations);
                group = group.element(snippet);
            }
            None => {
                for place in &places {
                    let origin = Origin::path(path.clone())
                        .line(place.place.line)
                        .char_column(place.place.column);
                    group = group.element(origin);
                    if !place.label.is_empty() {
                        group = group.element(Level::NOTE.message(place.label));
                    }
                }
            }
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    if let Some(cause) = &diagnostic.cause {
        let text = format!("caused by: {}", cause.trim_end());
        group = group.element(Level::NOTE.message(text));
    }
    group
}

/// One place to mark; the first of a diagnostic is what it is about.
struct Mark<'a> {
    place: &'a Place,
    label: &'a str,
    primary: bool,
}

/// The places grouped by file, files in the order of their first place.
fn by_file(diagnostic: &Diagnostic) -> Vec<(&Path, Vec<Mark<'_>>)> {
    let mut groups: Vec<(&Path, Vec<Mark<'_>>)> = Vec::new();
    for (index, (place, label)) in diagnostic.places.iter().enumerate() {
        let mark = Mark {
            place,
            label,
            primary: index == 0,
        };
        match groups.iter_mut().find(|(file, _)| *file == place.file) {
            Some((_, marks)) => marks.push(mark),
            None => groups.push((&place.file, vec![mark])),
        }
    }
    groups
}

/// The text with its annotations; `None` if there is no text or if one place
/// lies outside it, because the file changed or is a file as a whole.
fn excerpt<'a>(
    text: Option<&'a str>,
    marks: &[Mark<'a>],
) -> Option<(&'a str, Vec<Annotation<'a>>)> {
    let text = text?;
    let mut annotations = Vec::new();
    for mark in marks {
        let span = span(text, mark.place)?;
        let kind = if mark.primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let mut annotation = kind.span(span);
        if !mark.label.is_empty() {
            annotation = annotation.label(mark.label);
        }
        annotations.push(annotation);
    }
    Some((text, annotations))
}

/// The bytes of a place in its file's text.
fn span(text: &str, place: &Place) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    let mut lines = text.split_inclusive('\n');
    for _ in 1..place.line {
        start += lines.next()?.len();
    }
    let line = lines.next()?.trim_end_matches(['\n', '\r']);
    let mut offsets = line
        .char_indices()
        .map(|(offset, _)| offset)
        .chain([line.len()]);
    let from = offsets.nth(place.column.checked_sub(1)?)?;
    let to = match place.width {
        0 => from,
        // A width past the end of its line is cut there.
        width => offsets.nth(width - 1).unwrap_or(line.len()),
    };
    Some(start + from..start + to)
}

/// The texts of all files that some place is in.
#[derive(Default)]
struct Files {
    texts: HashMap<PathBuf, Option<String>>,
}

impl Files {
    fn read(&mut self, path: &Path) {
        if !self.texts.contains_key(path) {
            let text = std::fs::read_to_string(path).ok();
            // Spans do not count a byte order mark.
            let text = text.map(|text| match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            });
            self.texts.insert(path.to_path_buf(), text);
        }
    }

    fn text(&self, path: &Path) -> Option<&str> {
        self.texts.get(path)?.as_deref()
    }
}
