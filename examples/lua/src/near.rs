//! Names near a wrong one.

/// How many names are worth reading.
const MANY: usize = 3;

/// The names within a third of `wanted`'s length in edits, the nearest first.
pub(crate) fn near<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let length = wanted.chars().count();
    let limit = (length / 3).max(1);
    let mut found: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| !name.starts_with("__") || wanted.starts_with('_'))
        // So a stranger's long name is not compared with all there are.
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::damerau_levenshtein(wanted, name), name))
        .filter(|(edits, _)| (1..=limit).contains(edits))
        .collect();
    found.sort_unstable();
    found.dedup();
    let nearest = found.first().map_or(0, |(edits, _)| *edits);
    found
        .into_iter()
        .take_while(|(edits, _)| *edits == nearest)
        .take(MANY)
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// `; did you mean 'EPERM'?`, or nothing.
pub(crate) fn phrase(near: &[String]) -> String {
    let Some((last, others)) = near.split_last() else {
        return String::new();
    };
    let mut phrase = String::from("; did you mean ");
    for (position, name) in others.iter().enumerate() {
        let comma = if position + 1 < others.len() {
            ","
        } else {
            " or"
        };
        phrase.push_str(&format!("'{name}'{comma} "));
    }
    phrase.push_str(&format!("'{last}'?"));
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_the_nearest_of_a_third_of_the_length() {
        let names = ["EPERM", "EPIPE", "ENOENT", "errorcode", "__name__", "EROFS"];
        for (wanted, expected) in [
            ("EPRM", &["EPERM"][..]),
            ("EPERN", &["EPERM"]),
            ("ENONET", &["ENOENT"]),
            ("errorcodes", &["errorcode"]),
            ("name", &[]),
            ("_name__", &["__name__"]),
            ("x", &[]),
            ("completely_else", &[]),
            ("EPREM", &["EPERM"]),
            ("EPIRE", &["EPIPE"]),
        ] {
            assert_eq!(near(wanted, names), expected, "{wanted}");
        }
        assert_eq!(near("b", ["aa", "c", "a"]), ["a", "c"]);
        assert_eq!(near("listdirs", ["listdi", "listdir"]), ["listdir"]);
    }

    #[test]
    fn the_phrase_lists_them() {
        let phrase = |names: &[&str]| phrase(&names.map_owned());
        assert_eq!(phrase(&[]), "");
        assert_eq!(phrase(&["a"]), "; did you mean 'a'?");
        assert_eq!(phrase(&["a", "b"]), "; did you mean 'a' or 'b'?");
        assert_eq!(phrase(&["a", "b", "c"]), "; did you mean 'a', 'b' or 'c'?");
    }

    trait MapOwned {
        fn map_owned(&self) -> Vec<String>;
    }

    impl MapOwned for [&str] {
        fn map_owned(&self) -> Vec<String> {
            self.iter().map(|name| (*name).to_owned()).collect()
        }
    }
}
