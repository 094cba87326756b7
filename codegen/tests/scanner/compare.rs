//! The scanner's answer for a case against the compiler's.

use crate::case::{Case, MADE_FLAGS, ROOT};
use crate::compile::{Compiler, Expanded};
use enroll_codegen::source::cfg::{Context, Truth};
use enroll_codegen::source::marker::Markers;
use enroll_codegen::source::{Found, Hidden, Unseen, Walk, What, Within, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Token};

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Compared {
    /// Symbols on which both agree, place and module included.
    pub(crate) agreed: usize,
    /// Symbols that the scanner rightly found undecided before it was told the
    /// build script's flags.
    pub(crate) undecided: usize,
    /// Symbols under macros that only the compiler expands.
    pub(crate) under_macros: usize,
}

/// Compiles and scans a case in its folder; the differences, if there are any.
pub(crate) fn compare(case: &Case, folder: &Path, compiler: &Compiler) -> Result<Compared, String> {
    let compiled = compiler
        .compile(case, folder)
        .map_err(|error| format!("the case does not compile:\n{error}"))?;
    let mut told: BTreeMap<String, bool> = BTreeMap::new();
    let first = scan(case, folder, compiler, &told);
    if !case.has_build_script {
        return exact(&first, &compiled);
    }
    let undecided = lenient(&first, &compiled)?;
    let made = MADE_FLAGS
        .iter()
        .map(|(flag, set)| ((*flag).to_string(), *set));
    told.extend(made);
    told.insert("debug_assertions".to_string(), case.debug_assertions);
    let second = scan(case, folder, compiler, &told);
    let compared = exact(&second, &compiled)?;
    Ok(Compared {
        agreed: compared.agreed
            - undecided
                .iter()
                .filter(|name| compiled.contains_key(**name))
                .count(),
        undecided: undecided.len(),
        ..compared
    })
}

fn scan(case: &Case, folder: &Path, compiler: &Compiler, told: &BTreeMap<String, bool>) -> Walk {
    let context = Context {
        package: folder,
        cfgs: &compiler.cfgs,
        features: &case.features,
        has_build_script: case.has_build_script,
        assumed: told,
        open: false,
    };
    walk(&folder.join(ROOT), &context, &Markers::default())
}

/// A call with a literal name.
struct Named<'a> {
    name: String,
    found: &'a Found,
    /// Whether a macro decides what becomes of it.
    under_macro: bool,
}

fn named(walk: &Walk) -> Result<Vec<Named<'_>>, String> {
    if walk.diagnostics.has_errors() {
        return Err(walk.diagnostics.render());
    }
    let mut list = Vec::new();
    for found in &walk.found {
        let own = match &found.within {
            None => false,
            // These expand their arguments once.
            Some(Within::Arguments(name)) => {
                !["println", "vec", "assert", "format", "assert_eq"].contains(&name.as_str())
            }
            Some(Within::Definition(_)) => true,
        };
        let around = found
            .conditions
            .iter()
            .any(|c| matches!(c.what, What::Macro(_)));
        let under_macro = own || around;
        match literal.parse2(found.tokens.clone()) {
            Ok(literal) => list.push(Named {
                name: literal.value(),
                found,
                under_macro,
            }),
            Err(_) if under_macro => {}
            Err(error) => return Err(format!("{}: {error}", found.place)),
        }
    }
    Ok(list)
}

/// A string literal with an optional comma.
fn literal(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let literal = input.parse()?;
    input.parse::<Option<Token![,]>>()?;
    Ok(literal)
}

/// With everything decided: both sides must be equal.
fn exact(walk: &Walk, compiled: &BTreeMap<String, Expanded>) -> Result<Compared, String> {
    let mut wrong = Vec::new();
    let mut compared = Compared::default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut under_macros: BTreeSet<String> = BTreeSet::new();
    for call in named(walk)? {
        let (name, found) = (&call.name, call.found);
        if !stands_there(found) {
            wrong.push(format!("{name}: no {} at {}", found.name, found.place));
        }
        if call.under_macro {
            if !name.starts_with('m') {
                wrong.push(format!("{name}: found under a macro at {}", found.place));
            }
            under_macros.insert(name.clone());
            continue;
        }
        if found.presence != Truth::True {
            wrong.push(format!(
                "{name}: undecided at {}: {:?}",
                found.place, found.conditions
            ));
        }
        if !seen.insert(name.clone()) {
            wrong.push(format!("{name}: found twice, again at {}", found.place));
        }
        match compiled.get(name) {
            Some(expanded) if name.starts_with('k') => match differs(found, expanded) {
                None => compared.agreed += 1,
                Some(difference) => wrong.push(format!("{name}: {difference}")),
            },
            Some(_) => wrong.push(format!("{name}: found as certain at {}", found.place)),
            None => wrong.push(format!("{name}: found at {}, not compiled", found.place)),
        }
    }
    for (name, expanded) in compiled {
        match name.chars().next() {
            Some('k') if !seen.contains(name) => {
                wrong.push(format!("{name}: compiled, not found: {expanded:?}"));
            }
            Some('m') if !under_macros.contains(name) => {
                wrong.push(format!(
                    "{name}: compiled under a macro, not found: {expanded:?}"
                ));
            }
            Some('u') if hides(walk, name).is_none() => {
                wrong.push(format!("{name}: in a file that nothing is said of"));
            }
            Some('d') => wrong.push(format!("{name}: a decoy was compiled: {expanded:?}")),
            _ => {}
        }
    }
    for unseen in &walk.unseen {
        if let Hidden::Include(text) = &unseen.what
            && unseen.presence == Truth::True
            && !compiled
                .keys()
                .any(|name| text.contains(&format!("/{name}.rs")))
        {
            wrong.push(format!("{text}: at {}, not compiled", unseen.place));
        }
    }
    let hidden = walk.found.iter().any(|found| {
        matches!(found.within, Some(Within::Definition(_)))
            && literal.parse2(found.tokens.clone()).is_err()
    });
    if !hidden && let Some(name) = compiled.keys().find(|name| name.starts_with('h')) {
        wrong.push(format!(
            "{name}: a name from a macro's argument, and nothing says so"
        ));
    }
    compared.under_macros = under_macros.len();
    match wrong.is_empty() {
        true => Ok(compared),
        false => Err(wrong.join("\n")),
    }
}

/// Before the build script's flags are known: nothing may be certain that is
/// not so. Hands back the undecided names.
fn lenient<'a>(
    walk: &Walk,
    compiled: &'a BTreeMap<String, Expanded>,
) -> Result<BTreeSet<&'a str>, String> {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let mut undecided = BTreeSet::new();
    for call in named(walk)? {
        let (name, found) = (&call.name, call.found);
        seen.insert(name.clone());
        if call.under_macro {
            continue;
        }
        let by_flag = found.conditions.iter().any(|condition| {
            condition.truth == Truth::Unknown
                && matches!(&condition.what, What::Cfg(text)
                    if text.contains("debug_assertions")
                        || MADE_FLAGS.iter().any(|(flag, _)| text.contains(flag)))
        });
        match (found.presence, compiled.get_key_value(name)) {
            (Truth::True, None) => {
                wrong.push(format!("{name}: certain at {}, not compiled", found.place));
            }
            (Truth::Unknown, _) if !by_flag => {
                wrong.push(format!(
                    "{name}: undecided without reason at {}",
                    found.place
                ));
            }
            (Truth::Unknown, Some((name, _))) => {
                undecided.insert(name.as_str());
            }
            _ => {}
        }
    }
    for name in compiled
        .keys()
        .filter(|name| name.starts_with(['k', 'm', 'u']))
    {
        if !seen.contains(name) && hides(walk, name).is_none() {
            wrong.push(format!(
                "{name}: compiled, not found before the flags are known"
            ));
        }
    }
    match wrong.is_empty() {
        true => Ok(undecided),
        false => Err(wrong.join("\n")),
    }
}

/// What is said of the `include!` of the file with this symbol.
fn hides<'a>(walk: &'a Walk, name: &str) -> Option<&'a Unseen> {
    let file = format!("/{name}.rs");
    let names =
        |unseen: &&Unseen| matches!(&unseen.what, Hidden::Include(text) if text.contains(&file));
    walk.unseen.iter().find(names)
}

/// Whether the macro's name is where it was found: the compiler only tells
/// where the path before it begins.
fn stands_there(found: &Found) -> bool {
    let text = std::fs::read_to_string(&found.file).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let line = text.split('\n').nth(found.place.line - 1);
    let rest = line.map(|line| line.chars().skip(found.place.column - 1));
    let rest = rest.map_or(String::new(), Iterator::collect);
    rest.trim_start_matches("r#").starts_with(&found.name)
}

fn differs(found: &Found, expanded: &Expanded) -> Option<String> {
    let canonical = |path: &Path| path.canonicalize().ok();
    let place = &found.place;
    // The compiler's column is where the path begins, ours its last segment.
    let column_differs = place.column < expanded.column;
    let differs = place.line < expanded.line
        || (place.line == expanded.line && column_differs)
        || place.line > expanded.line + 10
        || found.module_path != expanded.module_path
        || canonical(&place.file) != canonical(&expanded.file);
    differs.then(|| {
        format!(
            "found at {place} in {:?}, compiled at {expanded:?}",
            found.module_path
        )
    })
}
