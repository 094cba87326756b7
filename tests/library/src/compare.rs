//! Cases and their `.out` files: what the tests of both workspaces do.

use crate::case::{Case, read_all};
use crate::host::{HOSTS, Host};
use crate::outcome::{self, Line};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// All cases of a folder, and hosts to run them.
pub struct Comparison<R> {
    cases: Vec<(PathBuf, Case)>,
    hosts: Vec<Host>,
    run: R,
}

impl<R: Fn(&Case, Host) -> Result<Vec<Line>, String>> Comparison<R> {
    /// Reads the cases below a folder.
    ///
    /// # Errors
    ///
    /// As [`read_all`].
    pub fn new(folder: &Path, hosts: &[Host], run: R) -> io::Result<Comparison<R>> {
        Ok(Comparison {
            cases: read_all(folder)?,
            hosts: hosts.to_vec(),
            run,
        })
    }

    /// Runs every case, and gives how many lines were compared on each host and a
    /// message of what differs. With `ENROLL_BLESS` the `.out` files are written anew;
    /// what differed is told all the same.
    ///
    /// # Errors
    ///
    /// Where an `.out` file cannot be written.
    pub fn run(&self) -> io::Result<(Vec<usize>, String)> {
        let bless = env::var_os("ENROLL_BLESS").is_some();
        let (mut compared, mut failed) = (vec![0; self.hosts.len()], String::new());
        for (path, case) in &self.cases {
            let known = known(path);
            let mut new = known.clone();
            // Those of a statement that is no longer there.
            let shown = HOSTS.map(|host| case.lines_for(host));
            new.retain(|line| shown.iter().any(|lines| lines.contains(&line.line)));
            for (host, count) in self.hosts.iter().zip(&mut compared) {
                if case.runs_on(*host) {
                    self.one(case, *host, &mut new, count, &mut failed);
                }
            }
            if new != known {
                failed += &format!("\n{}: the .out file is not up to date\n", case.name);
                if bless {
                    fs::write(path.with_extension("out"), outcome::write(&new))?;
                }
            }
        }
        Ok((compared, failed))
    }

    fn one(
        &self,
        case: &Case,
        host: Host,
        new: &mut Vec<Line>,
        count: &mut usize,
        failed: &mut String,
    ) {
        let printed = match (self.run)(case, host) {
            Ok(printed) => printed,
            Err(error) => {
                *failed += &format!("\n{} on {host}: {error}\n", case.name);
                return;
            }
        };
        *count += printed.len();
        let expected = of_host(case, host, new);
        if outcome::agree(host, &expected, &printed) {
            return;
        }
        let differences = outcome::differences(host, &expected, &printed);
        *failed += &format!("\n{} on {host}:\n{differences}", case.name);
        // What enroll's modules do is what is expected of CPython's own.
        if host != Host::Stdlib {
            let lines = case.lines_for(host);
            *new = outcome::merged(host, new, &printed, |line| lines.contains(&line));
        }
    }

    /// The marks that leave out what a host can do all the same, each as a line of a
    /// message: whatever hides behind them is not compared.
    pub fn needless_marks(&self) -> String {
        let mut needless = String::new();
        for (path, case) in &self.cases {
            let known = known(path);
            for &host in &self.hosts {
                for (line, mark) in case.marks_of(host) {
                    let tried = case.without(line, host);
                    let expected = of_host(&tried, host, &known);
                    let printed = (self.run)(&tried, host);
                    if printed.is_ok_and(|printed| outcome::agree(host, &expected, &printed)) {
                        let line = line.map_or(String::new(), |line| format!(":{line}"));
                        let why = &mark.why;
                        needless += &format!("{}{line} needs no `not {host}: {why}`\n", case.name);
                    }
                }
            }
        }
        needless
    }

    /// The cases of a module.
    pub fn of_module<'c>(&'c self, module: &'c str) -> impl Iterator<Item = &'c Case> {
        let cases = self.cases.iter().map(|(_, case)| case);
        cases.filter(move |case| case.module == module)
    }

    /// How many lines of a module are compared on a host.
    pub fn lines(&self, module: &str, host: Host) -> usize {
        let of_module = self.cases.iter().filter(|(_, case)| case.module == module);
        of_module
            .map(|(path, case)| of_host(case, host, &known(path)).len())
            .sum()
    }

    /// The host and the reason of every mark.
    pub fn reasons(&self) -> impl Iterator<Item = (Host, &str)> {
        let marks = self
            .cases
            .iter()
            .flat_map(|(_, case)| HOSTS.into_iter().flat_map(|host| case.marks_of(host)));
        marks.map(|(_, mark)| (mark.host, mark.why.as_str()))
    }

    /// What is left out on some host and why, as lines.
    pub fn left_out(&self) -> String {
        let mut text = String::new();
        for (_, case) in &self.cases {
            for host in HOSTS {
                for (line, mark) in case.marks_of(host) {
                    let line = line.map_or(String::new(), |line| format!(":{line}"));
                    text += &format!("{}{line} not on {host}: {}\n", case.name, mark.why);
                }
            }
        }
        text
    }
}

/// What the `.out` file says; nothing where there is none.
fn known(path: &Path) -> Vec<Line> {
    let text = fs::read_to_string(path.with_extension("out"));
    outcome::read(&text.unwrap_or_default())
}

fn of_host(case: &Case, host: Host, lines: &[Line]) -> Vec<Line> {
    let theirs = case.lines_for(host);
    let lines = lines.iter().filter(|line| theirs.contains(&line.line));
    lines.cloned().collect()
}
