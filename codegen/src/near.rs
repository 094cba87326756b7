//! Near names, for errors.

/// `did you mean …`, if one of `known` is near enough to be meant.
///
/// Near is a Jaro-Winkler similarity of 0.8, at most three names, the nearest
/// first.
pub(crate) fn near<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let mut ranked: Vec<(f64, &str)> = known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(similarity, _)| *similarity >= 0.8)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    ranked.dedup_by_key(|(_, name)| *name);
    let names: Vec<String> = ranked
        .iter()
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn the_nearest_names_come_first() {
        let known = ["errno", "random", "os", "errors"];
        for (name, expected) in [
            ("erno", Some("did you mean `errno` or `errors`?")),
            ("randm", Some("did you mean `random`?")),
            ("zlib", None),
        ] {
            assert_eq!(near(name, known).as_deref(), expected, "{name}");
        }
    }
}
