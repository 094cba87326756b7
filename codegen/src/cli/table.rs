//! A table for people: columns as wide as what is in them.

use std::fmt;
use std::path::Path;

/// Rows of `N` texts under a heading.
pub(super) struct Table<const N: usize> {
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// With the names of its columns.
    pub(super) fn new(heading: [&str; N]) -> Table<N> {
        Table {
            rows: vec![heading.map(str::to_owned)],
        }
    }

    /// Adds a row. A column whose cells below the heading are all numbers, or
    /// empty, is set to the right; one in which all are empty is not shown.
    pub(super) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width: [usize; N] = std::array::from_fn(|column| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or_default()
        });
        let right: [bool; N] = std::array::from_fn(|column| {
            let mut cells = self.rows.iter().skip(1).map(|row| &row[column]);
            cells.all(|cell| {
                cell.is_empty()
                    || cell.starts_with(|first: char| first.is_ascii_digit() || first == '-')
            })
        });
        let shown: [bool; N] = std::array::from_fn(|column| {
            let mut cells = self.rows.iter().skip(1).map(|row| &row[column]);
            cells.any(|cell| !cell.is_empty())
        });
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate().filter(|(column, _)| shown[*column]) {
                let width = width[column];
                match right[column] {
                    true => line.push_str(&format!("{cell:>width$}  ")),
                    false => line.push_str(&format!("{cell:<width$}  ")),
                }
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A file as a person at the prompt would write it: from the current folder, if
/// it is below.
pub(super) fn shown(file: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| file.strip_prefix(here).ok().map(Path::to_owned));
    below.as_deref().unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Table, shown};
    use std::path::Path;

    #[test]
    fn files_are_told_from_the_current_folder() {
        let here = std::env::current_dir().unwrap();
        let below = Path::new("target").join("x");
        assert_eq!(shown(&here.join(&below)), below.display().to_string());
        let above = here.parent().unwrap().join("x");
        assert_eq!(shown(&above), above.display().to_string());
    }

    #[test]
    fn a_column_without_a_cell_is_not_shown() {
        let mut table = Table::new(["name", "hooks", "n"]);
        table.row(["a".into(), String::new(), String::new()]);
        table.row(["b".into(), String::new(), "12".into()]);
        assert_eq!(table.to_string(), "name   n\na\nb     12\n");
    }

    #[test]
    fn columns_are_as_wide_as_their_cells_and_numbers_stand_right() {
        let mut table = Table::new(["name", "n", "where"]);
        table.row(["a".into(), "7".into(), "x".into()]);
        table.row(["longer".into(), "1234".into(), String::new()]);
        let expected = "name       n  where\na          7  x\nlonger  1234\n";
        assert_eq!(table.to_string(), expected);
    }
}
