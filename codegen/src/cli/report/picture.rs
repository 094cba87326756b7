//! The parts of an image as a picture: each takes as much of it as it takes of
//! the read-only memory.

use super::markup::{Text, grouped};
use crate::cli::size::Row;
use std::fmt::Write;

/// The size of the picture; a browser scales it.
const SIZE: (f64, f64) = (1000.0, 460.0);

/// A part's place in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// The picture as SVG, and a legend below it if there is more than one kind.
pub(super) fn picture(id: &str, rows: &[&Row]) -> String {
    let total: u64 = rows.iter().map(|row| row.rom).sum();
    let rows: Vec<&Row> = rows.iter().copied().filter(|row| row.rom > 0).collect();
    let sizes: Vec<u64> = rows.iter().map(|row| row.rom).collect();
    let whole = Area {
        x: 0.0,
        y: 0.0,
        width: SIZE.0,
        height: SIZE.1,
    };
    let mut areas = Vec::new();
    divide(&sizes, whole, &mut areas);
    let mut out = format!(
        "<div class=\"map\" tabindex=\"0\" role=\"group\" aria-label=\"Picture\">\n<svg id=\"{id}\" class=\"picture\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Read-only memory by \
         part, {} bytes in all\">\n",
        SIZE.0,
        SIZE.1,
        grouped(total)
    );
    for (row, area) in rows.iter().zip(&areas) {
        // Of `errno-module (errno)`, scripts know the latter.
        let label = match (row.kind, row.name.split_once(" (")) {
            ("module", Some((_, modules))) => modules.trim_end_matches(')'),
            _ => &row.name,
        };
        let percent = row.rom as f64 * 100.0 / total as f64;
        let _ = writeln!(
            out,
            "<svg class=\"part\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\">\
             <title>{}: {} bytes, {percent:.1} %</title>\
             <rect class=\"{}\" data-bytes=\"{}\" width=\"100%\" height=\"100%\"/>\
             <text x=\"5\" y=\"15\">{}</text><text x=\"5\" y=\"30\" class=\"bytes\">{}</text></svg>",
            area.x,
            area.y,
            area.width,
            area.height,
            Text(&row.name),
            grouped(row.rom),
            class(row.kind),
            row.rom,
            Text(label),
            grouped(row.rom),
        );
    }
    out.push_str("</svg>\n</div>\n");
    let mut kinds: Vec<&str> = rows.iter().map(|row| row.kind).collect();
    kinds.dedup();
    if kinds.len() < 2 {
        return out;
    }
    out.push_str("<p class=\"legend\">");
    for kind in kinds {
        let _ = write!(
            out,
            "<span><i class=\"{}\"></i>{}</span> ",
            class(kind),
            Text(kind)
        );
    }
    out.push_str("</p>\n");
    out
}

/// The style of a kind.
fn class(kind: &str) -> &'static str {
    match kind {
        "module" => "k-module",
        "enroll runtime" => "k-runtime",
        "pool of names" => "k-pool",
        "table of modules" => "k-table",
        "frozen" => "k-frozen",
        "host" => "k-host",
        "package" => "k-package",
        "core, alloc, std" => "k-library",
        "firmware" => "k-firmware",
        _ => "k-other",
    }
}

/// Gives each size its share of an area, in their order: the area is cut across
/// its longer side where the halves are most alike.
fn divide(sizes: &[u64], area: Area, areas: &mut Vec<Area>) {
    if sizes.len() < 2 {
        areas.extend(sizes.first().map(|_| area));
        return;
    }
    let total: u64 = sizes.iter().sum();
    let (mut at, mut before) = (1, sizes[0]);
    while at + 1 < sizes.len() && (before + sizes[at]) * 2 <= total {
        before += sizes[at];
        at += 1;
    }
    let share = before as f64 / total as f64;
    let (mut first, mut second) = (area, area);
    if area.width >= area.height {
        first.width = area.width * share;
        second.x += first.width;
        second.width -= first.width;
    } else {
        first.height = area.height * share;
        second.y += first.height;
        second.height -= first.height;
    }
    divide(&sizes[..at], first, areas);
    divide(&sizes[at..], second, areas);
}

#[cfg(test)]
mod tests {
    use super::{Area, divide};

    #[test]
    fn every_size_has_its_share_and_nothing_overlaps() {
        let whole = Area {
            x: 0.0,
            y: 0.0,
            width: 100.0,
            height: 60.0,
        };
        for sizes in [
            vec![],
            vec![5],
            vec![1, 1],
            vec![900, 50, 25, 25],
            vec![1, 1, 1, 1000],
            (1..60).collect::<Vec<u64>>(),
        ] {
            let mut areas = Vec::new();
            divide(&sizes, whole, &mut areas);
            assert_eq!(areas.len(), sizes.len());
            let total: u64 = sizes.iter().sum();
            for (size, area) in sizes.iter().zip(&areas) {
                let share = *size as f64 / total as f64;
                let of_area = area.width * area.height / (whole.width * whole.height);
                assert!((share - of_area).abs() < 1e-9, "{sizes:?}: {area:?}");
                assert!(area.x >= 0.0 && area.x + area.width < whole.width + 1e-9);
                assert!(area.y >= 0.0 && area.y + area.height < whole.height + 1e-9);
            }
            for (at, a) in areas.iter().enumerate() {
                for b in &areas[at + 1..] {
                    let apart = a.x + a.width <= b.x + 1e-9
                        || b.x + b.width <= a.x + 1e-9
                        || a.y + a.height <= b.y + 1e-9
                        || b.y + b.height <= a.y + 1e-9;
                    assert!(apart, "{a:?} {b:?}");
                }
            }
        }
    }
}
