//! A table of the page.

use super::markup::{Text, grouped};
use std::fmt;

/// What stands in one place of a table, as HTML.
#[derive(Default)]
pub(super) struct Cell {
    html: String,
    /// What a column of numbers is sorted by.
    number: Option<u64>,
}

impl Cell {
    pub(super) fn html(html: String) -> Cell {
        Cell { html, number: None }
    }

    pub(super) fn text(text: &str) -> Cell {
        Cell::html(Text(text).to_string())
    }

    /// A text in the type of code.
    pub(super) fn code(text: &str) -> Cell {
        match text {
            "" => Cell::default(),
            text => Cell::html(format!("<code>{}</code>", Text(text))),
        }
    }

    pub(super) fn number(number: u64) -> Cell {
        Cell::html(grouped(number)).counts(number)
    }

    /// A few words, and on demand every item.
    pub(super) fn list(summary: &str, items: &[String]) -> Cell {
        let items = items.iter();
        let items = items.map(|item| format!("<code>{}</code>", Text(item)));
        let items: Vec<String> = items.collect();
        match &*items {
            [] => Cell::text(summary),
            items => Cell::html(format!(
                "<details><summary>{}</summary>{}</details>",
                Text(summary),
                items.join(" ")
            )),
        }
    }

    /// The number that this stands for.
    pub(super) fn counts(mut self, number: u64) -> Cell {
        self.number = Some(number);
        self
    }

    pub(super) fn and(mut self, html: &str) -> Cell {
        self.html.push_str(html);
        self
    }
}

/// A table with a heading above it, both in a section.
pub(super) struct Table<'a> {
    pub(super) id: &'a str,
    pub(super) heading: &'a str,
    /// The columns; those with a `#` hold numbers.
    pub(super) columns: &'a [&'a str],
    /// The cells of each row; the first names it.
    pub(super) rows: Vec<Vec<Cell>>,
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Table { id, heading, .. } = self;
        write!(
            f,
            "<section aria-labelledby=\"{id}-heading\">\n\
             <h2 id=\"{id}-heading\">{heading} <small class=\"count\">{}</small></h2>\n\
             <table id=\"{id}\">\n<thead><tr>",
            self.rows.len()
        )?;
        let columns = self.columns.iter();
        let columns = columns.map(|column| match column.strip_prefix('#') {
            Some(column) => (column, " class=\"number\""),
            None => (*column, ""),
        });
        let columns: Vec<(&str, &str)> = columns.collect();
        for (column, class) in &columns {
            write!(f, "<th scope=\"col\"{class}>{column}</th>")?;
        }
        f.write_str("</tr></thead>\n<tbody>\n")?;
        for (at, row) in self.rows.iter().enumerate() {
            write!(f, "<tr id=\"{id}-{at}\">")?;
            for (column, (cell, (name, class))) in row.iter().zip(&columns).enumerate() {
                let number = cell.number.map(|number| format!(" data-n=\"{number}\""));
                let number = number.unwrap_or_default();
                let html = &cell.html;
                match column {
                    0 => write!(f, "<th scope=\"row\"{class}{number}>{html}</th>")?,
                    _ if html.is_empty() => write!(f, "<td{class}></td>")?,
                    _ => write!(f, "<td{class}{number} data-of=\"{name}\">{html}</td>")?,
                }
            }
            f.write_str("</tr>\n")?;
        }
        f.write_str("</tbody>\n</table>\n</section>\n")
    }
}
