//! The words behind a command: its own, and those for `cargo build`.

use std::ffi::{OsStr, OsString};

/// What was typed behind the name of a command.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Options {
    /// Flags of the command that were given.
    flags: Vec<&'static str>,
    /// Options of the command with their values.
    values: Vec<(&'static str, OsString)>,
    /// The words before the first option.
    pub(super) words: Vec<OsString>,
    /// Everything else, for `cargo build`.
    pub(super) cargo: Vec<OsString>,
}

impl Options {
    /// Takes out of the arguments what belongs to the command: `flags`, options
    /// with a value (`--out FILE` or `--out=FILE`), and the words before the
    /// first argument that begins with a hyphen: `cargo build` has none. A hyphen
    /// alone is such a word.
    pub(super) fn of(
        args: &[OsString],
        flags: &[&'static str],
        with_value: &[&'static str],
    ) -> Result<Options, String> {
        let mut options = Options::default();
        let mut args = args.iter().cloned();
        let mut is_first = true;
        while let Some(arg) = args.next() {
            let text = arg.to_string_lossy();
            if text == "--" {
                options.cargo.push(arg);
                options.cargo.extend(args);
                break;
            }
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (&*text, None),
            };
            if let Some(flag) = flags.iter().find(|flag| **flag == text) {
                options.flags.push(flag);
            } else if let Some(option) = with_value.iter().find(|option| **option == name) {
                let value = match value {
                    Some(value) => OsString::from(value),
                    None => args
                        .next()
                        .ok_or_else(|| format!("error: `{option}` needs a value"))?,
                };
                options.values.push((option, value));
            } else if is_first && (text == "-" || !text.starts_with('-')) {
                options.words.push(arg);
                continue;
            } else {
                options.cargo.push(arg);
                is_first = false;
                continue;
            }
        }
        Ok(options)
    }

    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// The last value that was given.
    pub(super) fn value(&self, option: &str) -> Option<&OsStr> {
        let values = self.values.iter().rev();
        let mut values = values.filter(|(name, _)| *name == option);
        values.next().map(|(_, value)| &**value)
    }

    /// The words as texts.
    pub(super) fn names(&self) -> Vec<String> {
        let words = self.words.iter();
        words
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Options;
    use std::ffi::{OsStr, OsString};

    fn of(args: &[&str]) -> Result<Options, String> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        Options::of(&args, &["--json"], &["--out"])
    }

    #[test]
    fn what_is_the_commands_own_is_taken_out() {
        let options = of(&["os", "json", "--json", "-p", "fw", "--out", "x", "--out=y"]).unwrap();
        assert!(options.has("--json") && !options.has("--html"));
        assert_eq!(options.names(), ["os", "json"]);
        assert_eq!(options.cargo, ["-p", "fw"]);
        assert_eq!(options.value("--out"), Some(OsStr::new("y")));
        assert_eq!(options.value("--in"), None);

        let options = of(&["--json", "os", "-p", "fw", "--", "--json", "--out"]).unwrap();
        assert_eq!(options.names(), ["os"]);
        assert_eq!(options.cargo, ["-p", "fw", "--", "--json", "--out"]);
        assert_eq!(options.value("--out"), None);

        assert_eq!(of(&["a", "-"]).unwrap().names(), ["a", "-"]);

        assert_eq!(
            of(&["--out"]),
            Err("error: `--out` needs a value".to_owned())
        );
    }
}
