//! Names that a Rhai script cannot write.

/// The name that a script means by one with an underscore at its end, if Rhai
/// keeps that name for itself: `match_` is `match`.
pub(crate) fn spelled(name: &str) -> Option<&str> {
    let meant = name.strip_suffix('_')?;
    (!meant.is_empty() && !rhai::is_valid_function_name(meant)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_underscore_is_taken_off_reserved_words_alone() {
        assert_eq!(spelled("match_"), Some("match"));
        assert_eq!(spelled("import_"), Some("import"));
        assert_eq!(spelled("sample_"), None);
        assert_eq!(spelled("match"), None);
        assert_eq!(spelled("_"), None);
    }
}
