//! Those of `cargo build`'s arguments that say which build is meant.

use std::ffi::OsString;

/// Which build is meant; the rest is Cargo's alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) packages: Vec<String>,
    pub(super) exclude: Vec<String>,
    pub(super) workspace: bool,
    pub(super) features: Vec<String>,
    pub(super) all_features: bool,
    pub(super) no_default_features: bool,
    pub(super) targets: Vec<String>,
    pub(super) profile: Option<String>,
    pub(super) target_dir: Option<OsString>,
    /// What `cargo metadata` has to be told too.
    pub(super) shared: Vec<OsString>,
    /// An argument that is none, for all we know, or that lacks its value.
    pub(super) unclear: Option<String>,
}

impl Arguments {
    pub(super) fn read(args: &[OsString]) -> Arguments {
        let mut read = Arguments::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let text = arg.to_string_lossy();
            let (option, joined) = split(&text);
            let (mut unclear, mut lacks_value) = (false, false);
            let mut value = || {
                let value = match joined {
                    Some(value) => Some(OsString::from(value)),
                    None => args.next().cloned(),
                };
                lacks_value = value.is_none();
                value
            };
            let mut text = || value().map(|value| value.to_string_lossy().into_owned());
            match option {
                "--package" | "-p" => read.packages.extend(text()),
                "--exclude" => read.exclude.extend(text()),
                "--workspace" | "--all" => read.workspace = true,
                "--features" | "-F" => {
                    let value = text().unwrap_or_default();
                    let names = value.split([',', ' ']).filter(|name| !name.is_empty());
                    read.features.extend(names.map(str::to_owned));
                }
                "--all-features" => read.all_features = true,
                "--no-default-features" => read.no_default_features = true,
                "--target" => read.targets.extend(text()),
                "--profile" => read.profile = text(),
                "--release" | "-r" => read.profile = Some("release".to_owned()),
                "--target-dir" => read.target_dir = value(),
                "--manifest-path" | "--config" | "-Z" | "--lockfile-path" => {
                    read.shared.push(option.into());
                    read.shared.extend(value());
                }
                "--offline" | "--locked" | "--frozen" => read.shared.push(option.into()),
                // These change nothing that a build script finds.
                "--quiet"
                | "-q"
                | "--verbose"
                | "-v"
                | "-vv"
                | "--keep-going"
                | "--timings"
                | "--ignore-rust-version"
                | "--future-incompat-report"
                | "--lib"
                | "--bins"
                | "--examples"
                | "--tests"
                | "--benches"
                | "--all-targets" => {}
                "--jobs" | "-j" | "--color" | "--message-format" | "--artifact-dir" | "--bin"
                | "--example" | "--test" | "--bench" => drop(value()),
                _ => unclear = true,
            }
            if unclear || lacks_value {
                read.unclear
                    .get_or_insert_with(|| arg.to_string_lossy().into_owned());
            }
        }
        read
    }

    /// The folder in the target folder that the profile's output goes to.
    pub(super) fn profile_folder(&self) -> &str {
        match self.profile.as_deref() {
            None | Some("dev" | "test") => "debug",
            Some("bench") => "release",
            Some(profile) => profile,
        }
    }
}

/// Takes the first argument that is neither an option nor an option's value.
pub(in crate::cli) fn positional(args: &[OsString]) -> (Option<OsString>, Vec<OsString>) {
    const WITH_VALUE: &[&str] = &[
        "--bench",
        "--bin",
        "--color",
        "--config",
        "--example",
        "--exclude",
        "--features",
        "--jobs",
        "--lockfile-path",
        "--manifest-path",
        "--message-format",
        "--package",
        "--profile",
        "--target",
        "--target-dir",
        "--test",
        "-F",
        "-Z",
        "-j",
        "-p",
    ];
    let mut is_value = false;
    let at = args.iter().position(|arg| {
        let text = arg.to_string_lossy();
        let was_value = std::mem::replace(&mut is_value, WITH_VALUE.contains(&&*text));
        !was_value && !text.starts_with('-')
    });
    let mut rest = args.to_vec();
    (at.map(|at| rest.remove(at)), rest)
}

/// An option without its value, and the value if it is joined to it.
fn split(text: &str) -> (&str, Option<&str>) {
    if let Some((option, value)) = text.split_once('=').filter(|_| text.starts_with("--")) {
        return (option, Some(value));
    }
    for short in ["-p", "-F", "-Z", "-j"] {
        if let Some(value) = text.strip_prefix(short).filter(|value| !value.is_empty()) {
            return (short, Some(value.strip_prefix('=').unwrap_or(value)));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::{Arguments, positional};
    use std::ffi::OsString;

    #[test]
    fn a_name_may_stand_anywhere() {
        for (line, name, rest) in [
            ("os -p fw", Some("os"), "-p fw"),
            (
                "--offline -p fw os --features a",
                Some("os"),
                "--offline -p fw --features a",
            ),
            (
                "--manifest-path m --target=x -Fa os.path",
                Some("os.path"),
                "--manifest-path m --target=x -Fa",
            ),
            ("-p fw", None, "-p fw"),
        ] {
            let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
            let (found, left) = positional(&args);
            assert_eq!(found, name.map(OsString::from), "{line}");
            let left: Vec<_> = left.iter().map(|arg| arg.to_string_lossy()).collect();
            assert_eq!(left.join(" "), rest, "{line}");
        }
    }

    #[test]
    fn options_are_read_in_every_spelling() {
        let read = |line: &str| {
            let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
            Arguments::read(&args)
        };
        let long = "--package fw --features a,b --features=c --target x --release --offline \
                    --manifest-path=m --message-format json";
        let short = "-pfw -Fa,b -F c --target=x --profile release --offline --manifest-path m";
        let expected = Arguments {
            packages: vec!["fw".into()],
            features: vec!["a".into(), "b".into(), "c".into()],
            targets: vec!["x".into()],
            profile: Some("release".into()),
            shared: vec!["--offline".into(), "--manifest-path".into(), "m".into()],
            ..Arguments::default()
        };
        assert_eq!(read(long), expected);
        assert_eq!(read(short), expected);
        assert_eq!(read("").profile_folder(), "debug");
        assert_eq!(read("-r").profile_folder(), "release");
        assert_eq!(read("--profile=small").profile_folder(), "small");
    }

    #[test]
    fn what_is_no_argument_is_left_to_cargo() {
        for (line, unclear) in [
            ("-q -j4 -j 4 -vv --color always --all-targets --bin x", None),
            ("-p fw --jsn", Some("--jsn")),
            ("os -p fw", Some("os")),
            ("-p fw -- x", Some("--")),
            ("-r -p", Some("-p")),
        ] {
            let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
            assert_eq!(Arguments::read(&args).unclear.as_deref(), unclear, "{line}");
        }
    }
}
