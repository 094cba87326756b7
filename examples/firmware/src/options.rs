//! The command line.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
Usage: firmware [options] [script.lua [arguments]]

Without script and options it plays a short tour of its modules.

Options:
  -e CODE      run CODE
  --image FILE
               let the modules of an image take the place of frozen ones
  -i           give a prompt, after CODE or script if there is one; where the
               input is no terminal its lines are run without editing, and the
               exit status is 1 if one of them failed
  --           end of the options
  -h, --help   show this text
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) start: Start,
    pub(crate) interactive: bool,
    pub(crate) help: bool,
    /// What takes the place of frozen modules.
    pub(crate) image: Option<PathBuf>,
    /// The script's name and its arguments, for Lua's `arg`; without a script
    /// the firmware's own name stands first.
    pub(crate) arguments: Vec<OsString>,
}

/// What is run first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Tour,
    Code(String),
    File(PathBuf),
}

/// A command line that says nothing sensible.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Unknown(String),
    NoCode,
    NoImage,
    NotText,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Unknown(option) => write!(f, "unknown option '{option}'"),
            Wrong::NoCode => f.write_str("'-e' needs CODE after it"),
            Wrong::NoImage => f.write_str("'--image' needs a FILE after it"),
            Wrong::NotText => f.write_str("CODE must be UTF-8"),
        }
    }
}

impl Options {
    pub(crate) fn of(words: impl IntoIterator<Item = OsString>) -> Result<Options, Wrong> {
        let mut words = words.into_iter().peekable();
        let mut options = Options {
            start: Start::Tour,
            interactive: false,
            help: false,
            image: None,
            arguments: Vec::new(),
        };
        while let Some(word) = words.next_if(|word| word.as_encoded_bytes().starts_with(b"-")) {
            match word.to_str() {
                Some("-e") => {
                    let code = words.next().ok_or(Wrong::NoCode)?;
                    options.start = Start::Code(code.into_string().map_err(|_| Wrong::NotText)?);
                }
                Some("--image") => {
                    let file = words.next().ok_or(Wrong::NoImage)?;
                    options.image = Some(file.into());
                }
                Some("-i") => options.interactive = true,
                Some("-h" | "--help") => options.help = true,
                Some("--") => break,
                _ => return Err(Wrong::Unknown(word.to_string_lossy().into_owned())),
            }
        }
        options.arguments = words.collect();
        match (&options.start, options.arguments.first()) {
            (Start::Tour, Some(script)) => options.start = Start::File(script.into()),
            // CODE takes the place of the script, and what follows are its
            // arguments.
            _ => options.arguments.insert(0, "firmware".into()),
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_read_up_to_the_script() {
        let options = |words: &str| Options::of(words.split_whitespace().map(OsString::from));
        let file = |name: &str| Start::File(name.into());
        let code = |code: &str| Start::Code(code.to_owned());
        for (words, start, interactive, arguments) in [
            ("", Start::Tour, false, 1),
            ("-i", Start::Tour, true, 1),
            ("a.lua", file("a.lua"), false, 1),
            ("a.lua -i -e", file("a.lua"), false, 3),
            ("-i a.lua 1 2", file("a.lua"), true, 3),
            ("-e x", code("x"), false, 1),
            ("-e x 1 2", code("x"), false, 3),
            ("-e -i", code("-i"), false, 1),
            ("-- -i", file("-i"), false, 1),
        ] {
            let options = options(words).unwrap();
            assert_eq!(options.start, start, "{words}");
            assert_eq!(options.interactive, interactive, "{words}");
            assert_eq!(options.arguments.len(), arguments, "{words}");
        }
        assert_eq!(options("-x").unwrap_err(), Wrong::Unknown("-x".to_owned()));
        assert_eq!(options("-e").unwrap_err(), Wrong::NoCode);
        assert_eq!(options("--image").unwrap_err(), Wrong::NoImage);
        let with_image = options("--image x.img a.lua").unwrap();
        assert_eq!(with_image.image.as_deref(), Some("x.img".as_ref()));
        assert_eq!(with_image.start, file("a.lua"));
        assert!(options("--help").unwrap().help);
    }
}
