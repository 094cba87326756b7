//! From the lines of a file to cases.

use super::{Case, CaseError, Cold, Python};

/// Adds the cases of one file.
///
/// # Errors
///
/// [`CaseError::Wrong`].
pub fn parse(
    heading: &str,
    file: &str,
    text: &str,
    cases: &mut Vec<Case>,
) -> Result<(), CaseError> {
    let mut reader: Option<Reader> = None;
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", number + 1);
        if let Some(title) = line.strip_prefix("=== ") {
            if let Some(done) = reader.take() {
                cases.push(done.finish()?);
            }
            reader = Some(Reader::new(heading, title, place));
        } else if let Some(reader) = &mut reader {
            reader.line(line, &place)?;
        } else if !line.is_empty() && !line.starts_with('#') {
            return Err(wrong(&place, "a case begins with `=== title`"));
        }
    }
    if let Some(done) = reader {
        cases.push(done.finish()?);
    }
    Ok(())
}

fn wrong(place: &str, what: impl Into<String>) -> CaseError {
    CaseError::Wrong {
        place: place.into(),
        what: what.into(),
    }
}

/// A case on its way.
struct Reader {
    case: Case,
    /// Each section with its lines.
    sections: Vec<(String, String)>,
}

impl Reader {
    fn new(heading: &str, title: &str, place: String) -> Reader {
        Reader {
            case: Case {
                heading: heading.into(),
                title: title.trim().into(),
                place,
                ..Case::default()
            },
            sections: Vec::new(),
        }
    }

    fn line(&mut self, line: &str, place: &str) -> Result<(), CaseError> {
        if let Some(section) = line.strip_prefix("--- ") {
            let section = section.trim();
            if self.sections.iter().any(|(known, _)| known == section) {
                return Err(wrong(place, format!("a second section `{section}`")));
            }
            self.sections.push((section.into(), String::new()));
            return Ok(());
        }
        if let Some((_, lines)) = self.sections.last_mut() {
            lines.push_str(line);
            lines.push('\n');
            return Ok(());
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim();
        match name.trim() {
            "source" => self.case.source = value.into(),
            "options" => self.case.options = value.into(),
            "python" => {
                let (word, why) = value.split_once(' ').unwrap_or((value, ""));
                self.case.python = match word {
                    "yes" => Python::Yes,
                    "no" => Python::No,
                    "differs" if !why.is_empty() => Python::Differs {
                        why: why.trim().into(),
                        out: String::new(),
                    },
                    _ => return Err(wrong(place, "python: yes, no, or differs and why")),
                };
            }
            "" => {}
            other => return Err(wrong(place, format!("no header is called `{other}`"))),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Case, CaseError> {
        let place = self.case.place.clone();
        let mut seen = [false; 2];
        for (section, lines) in self.sections {
            match section.as_str() {
                "main" => {
                    self.case.main = lines;
                    seen[0] = true;
                }
                // An empty line before the next case belongs to neither.
                "out" => {
                    self.case.out = trimmed(&lines);
                    seen[1] = true;
                }
                "cpython" => match &mut self.case.python {
                    Python::Differs { out, .. } => *out = trimmed(&lines),
                    _ => return Err(wrong(&place, "a section `cpython` without `differs`")),
                },
                path => match path.strip_prefix("frozen ") {
                    Some(words) => self.case.frozen.push(Cold::new(words, lines)),
                    None => self.case.files.push((path.into(), lines)),
                },
            }
        }
        if self.case.source.is_empty() {
            return Err(wrong(&place, "a case needs its source"));
        }
        if seen != [true, true] {
            return Err(wrong(&place, "a case needs the sections `main` and `out`"));
        }
        if self.case.python != Python::No && !self.case.frozen.is_empty() {
            return Err(wrong(&place, "CPython has no frozen modules of ours"));
        }
        if let Python::Differs { out, .. } = &self.case.python
            && (out.is_empty() || *out == self.case.out)
        {
            return Err(wrong(&place, "`differs` needs another output in `cpython`"));
        }
        Ok(self.case)
    }
}

fn trimmed(lines: &str) -> String {
    let text = lines.trim_end_matches('\n');
    if text.is_empty() {
        return String::new();
    }
    format!("{text}\n")
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::case::{Cold, Python};

    fn error(text: &str) -> String {
        let mut cases = Vec::new();
        match parse("heading", "file", text, &mut cases) {
            Ok(()) => panic!("{cases:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_case_is_read_section_by_section() {
        let text = "# a comment\n\n=== a title\nsource: PEP 1\npython: differs it is so\n\
            --- a/b.py\nx = 1\n\n--- main\nimport a.b\n--- out\n1\n--- cpython\n2\n\n=== another\nsource: PEP 2\n\
            --- frozen c/__init__.py extensible as d\ny = 2\n--- main\n--- out\n";
        let mut cases = Vec::new();
        parse("heading", "file", text, &mut cases).unwrap();
        let [case, other] = &cases[..] else {
            panic!("{cases:?}");
        };
        assert_eq!(
            (case.title.as_str(), case.place.as_str()),
            ("a title", "file:3")
        );
        assert_eq!(case.files, [("a/b.py".into(), "x = 1\n\n".into())]);
        let cold = Cold {
            name: "c".into(),
            is_package: true,
            is_extensible: true,
            aliases: vec!["d".into()],
            source: "y = 2\n".into(),
        };
        assert_eq!(other.frozen, [cold]);
        assert_eq!(
            (case.main.as_str(), case.out.as_str()),
            ("import a.b\n", "1\n")
        );
        assert_eq!(case.cpython(), Some("2\n"));
        assert_eq!((&other.python, other.cpython()), (&Python::No, None));
    }

    #[test]
    fn what_a_case_lacks_is_told_with_its_place() {
        for (text, expected) in [
            ("x", "file:1: a case begins with `=== title`"),
            (
                "=== t\n--- main\n--- out\n",
                "file:1: a case needs its source",
            ),
            (
                "=== t\nsource: s\n--- main\n",
                "file:1: a case needs the sections `main` and `out`",
            ),
            (
                "=== t\nsource: s\n--- main\n--- main\n",
                "file:4: a second section `main`",
            ),
            ("=== t\nsauce: s\n", "file:2: no header is called `sauce`"),
            (
                "=== t\npython: differs\n",
                "file:2: python: yes, no, or differs and why",
            ),
            (
                "=== t\nsource: s\npython: differs so\n--- main\n--- out\n1\n--- cpython\n1\n",
                "file:1: `differs` needs another output in `cpython`",
            ),
            (
                "=== t\nsource: s\npython: yes\n--- main\n--- out\n--- cpython\n1\n",
                "file:1: a section `cpython` without `differs`",
            ),
            (
                "=== t\nsource: s\npython: yes\n--- frozen a.py\n--- main\n--- out\n",
                "file:1: CPython has no frozen modules of ours",
            ),
        ] {
            assert_eq!(error(text), expected);
        }
    }
}
