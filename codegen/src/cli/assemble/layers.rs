//! Files that include others, and variants: which tables lie over which.

use super::manifest::{self, File, Include, Manifest};
use super::told::wrong;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::near::near;
use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Reads a manifest and everything that it includes, and lays the tables over
/// each other: included files first, in their order, then the file itself,
/// then its variant. An included file counts once, where it is included first,
/// as in MicroPython (`tools/manifestfile.py`, `include`); its variant of the
/// name that was asked for lies over it, too.
///
/// # Errors
///
/// What any of the files says wrong goes to `told`.
pub(super) fn load(path: &Path, variant: Option<&str>, told: &mut Diagnostics) -> Manifest {
    let mut layers = Layers {
        variant,
        files: BTreeMap::new(),
        done: BTreeSet::new(),
        under_way: Vec::new(),
        laid: Manifest::default(),
        has_variant: false,
        told,
    };
    layers.file(path, &BTreeSet::new());
    if let Some(variant) = variant
        && !layers.has_variant
        && !layers.told.has_errors()
    {
        let known: BTreeSet<&str> = layers
            .files
            .values()
            .flat_map(|file| file.variants.keys().map(String::as_str))
            .collect();
        let mut error = Diagnostic::new(
            Kind::Assembly,
            format!("{} has no variant `{variant}`", path.display()),
        );
        let list: Vec<&str> = known.iter().copied().collect();
        error = error.help(match near(variant, known) {
            Some(near) => near,
            None if list.is_empty() => {
                format!("it has none: write [variants.{variant}], and below it what differs")
            }
            None => format!("it has `{}`", list.join("`, `")),
        });
        layers.told.push(error);
    }
    layers.laid
}

struct Layers<'a> {
    variant: Option<&'a str>,
    /// By their real paths.
    files: BTreeMap<PathBuf, File>,
    done: BTreeSet<PathBuf>,
    under_way: Vec<(PathBuf, Option<Place>)>,
    laid: Manifest,
    has_variant: bool,
    told: &'a mut Diagnostics,
}

impl Layers<'_> {
    /// Lays one file over what there is, with variants of it.
    fn file(&mut self, path: &Path, variants: &BTreeSet<String>) {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if !self.done.insert(real.clone()) {
            return;
        }
        let Some(file) = manifest::read(path, self.told) else {
            return;
        };
        self.under_way.push((real.clone(), None));
        let File {
            itself,
            variants: mut own,
        } = file;
        self.includes(itself.includes);
        self.laid.lay(itself.manifest);
        let mut wanted: Vec<&str> = variants.iter().map(String::as_str).collect();
        if let Some(variant) = self.variant
            && own.contains_key(variant)
        {
            self.has_variant = true;
            if !variants.contains(variant) {
                wanted.push(variant);
            }
        }
        let mut left = BTreeMap::new();
        for name in wanted {
            if let Some(layer) = own.remove(name) {
                self.includes(layer.includes);
                self.laid.lay(layer.manifest);
                left.insert(name.to_owned(), manifest::Layer::default());
            }
        }
        own.extend(left);
        self.under_way.pop();
        let file = File {
            itself: manifest::Layer::default(),
            variants: own,
        };
        self.files.insert(real, file);
    }

    fn includes(&mut self, includes: Vec<Include>) {
        for include in includes {
            let real = include.path.canonicalize();
            let real = real.unwrap_or_else(|_| include.path.clone());
            if let Some(last) = self.under_way.last_mut() {
                last.1 = Some(include.place.clone());
            }
            let circle = self.under_way.iter().position(|(path, _)| *path == real);
            if let Some(first) = circle {
                let mut error = wrong("this manifest includes itself", &include.place);
                for (_, place) in &self.under_way[first..self.under_way.len() - 1] {
                    if let Some(place) = place {
                        error = error.at(place.clone(), "by way of this");
                    }
                }
                self.told.push(error.help("remove one of the includes"));
                continue;
            }
            let wanted: BTreeSet<String> = include
                .variants
                .iter()
                .map(|variant| variant.value.clone())
                .collect();
            self.file(&include.path, &wanted);
            let Some(file) = self.files.get(&real) else {
                continue;
            };
            for variant in &include.variants {
                if file.variants.contains_key(&variant.value) {
                    continue;
                }
                let known = file.variants.keys().map(String::as_str);
                let message = format!(
                    "{} has no variant `{}`",
                    include.path.display(),
                    variant.value
                );
                let help = near(&variant.value, known)
                    .unwrap_or_else(|| "variants are the tables [variants.…]".to_owned());
                self.told.push(wrong(message, &variant.place).help(help));
            }
        }
    }
}
