//! A value of a JSON file that knows its place.

use super::spot::{Step, spot};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::document;
use crate::near::near;
use crate::place::Place;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

/// A file that is being read.
pub(super) struct File<'t> {
    pub(super) path: &'t Path,
    pub(super) text: &'t str,
    /// What is wrong with it.
    pub(super) told: RefCell<Diagnostics>,
}

/// A value of it.
#[derive(Clone)]
pub(super) struct Item<'t> {
    file: &'t File<'t>,
    pub(super) value: &'t Value,
    steps: Vec<Step>,
}

impl<'t> File<'t> {
    pub(super) fn root(&'t self, value: &'t Value) -> Item<'t> {
        Item {
            file: self,
            value,
            steps: Vec::new(),
        }
    }
}

impl<'t> Item<'t> {
    pub(super) fn place(&self) -> Place {
        self.place_of(false)
    }

    fn place_of(&self, key: bool) -> Place {
        match spot(self.file.text, &self.steps, key) {
            Some(range) => document::place(self.file.path, self.file.text, range),
            None => Place::file(self.file.path),
        }
    }

    /// Says what is wrong with it.
    pub(super) fn wrong(&self, message: impl Into<String>, label: &str, help: &str) {
        let mut told = Diagnostic::new(Kind::GraphFile, message).at(self.place(), label);
        if !help.is_empty() {
            told = told.help(help);
        }
        self.file.told.borrow_mut().push(told);
    }

    /// Says that a key is none of these, for each that is not.
    pub(super) fn keys(&self, known: &[&str]) {
        let Some(object) = self.object() else {
            return;
        };
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let mut item = self.step(Step::Key(key.clone()), &Value::Null);
            item.value = self.value;
            let message = format!("`{key}` is not a key of a graph file here");
            let known = known.iter().copied();
            let told = Diagnostic::new(Kind::GraphFile, message)
                .at(item.place_of(true), "unknown key")
                .help(near(key, known).unwrap_or_else(|| "remove it".to_owned()));
            self.file.told.borrow_mut().push(told);
        }
    }

    fn step(&self, step: Step, value: &'t Value) -> Item<'t> {
        let steps = self.steps.iter().cloned().chain([step]).collect();
        Item {
            file: self.file,
            value,
            steps,
        }
    }

    /// The value of a key; `None` where it is missing or null.
    pub(super) fn get(&self, key: &str) -> Option<Item<'t>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.step(Step::Key(key.to_owned()), value))
    }

    /// The same; says so where it is missing.
    pub(super) fn must(&self, key: &str) -> Option<Item<'t>> {
        let item = self.get(key);
        if item.is_none() && self.value.is_object() {
            self.wrong(format!("`{key}` is missing"), "in this object", "");
        }
        item
    }

    pub(super) fn object(&self) -> Option<&'t serde_json::Map<String, Value>> {
        let object = self.value.as_object();
        if object.is_none() {
            self.wrong("this is no object", "", "write `{ … }`");
        }
        object
    }

    pub(super) fn entries(&self) -> Vec<(&'t str, Item<'t>)> {
        let entries = self.object().into_iter().flatten();
        entries
            .map(|(key, value)| (key.as_str(), self.step(Step::Key(key.clone()), value)))
            .collect()
    }

    pub(super) fn text(&self) -> Option<&'t str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong("this is no text", "", "write it between quotation marks");
        }
        text
    }

    pub(super) fn flag(&self) -> bool {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.wrong("this is neither `true` nor `false`", "", "");
        }
        flag.unwrap_or_default()
    }

    pub(super) fn number(&self) -> usize {
        let number = self
            .value
            .as_u64()
            .and_then(|number| number.try_into().ok());
        if number.is_none() {
            self.wrong("this is no number", "", "");
        }
        number.unwrap_or_default()
    }

    pub(super) fn list(&self) -> Vec<Item<'t>> {
        let Some(list) = self.value.as_array() else {
            self.wrong("this is no list", "", "write `[ … ]`");
            return Vec::new();
        };
        let items = list.iter().enumerate();
        items
            .map(|(index, value)| self.step(Step::Index(index), value))
            .collect()
    }

    pub(super) fn texts(&self) -> BTreeSet<String> {
        let items = self.list();
        let texts = items.iter().filter_map(Item::text);
        texts.map(str::to_owned).collect()
    }
}
