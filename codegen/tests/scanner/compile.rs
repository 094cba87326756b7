//! What rustc makes of a case.

use crate::case::{Case, MADE_FLAGS, ROOT, TARGET_FLAGS};
use enroll_codegen::source::cfg::CfgSet;
use object::{Object, ObjectSection, ObjectSymbol};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A compiler with the markers' stand-ins.
pub(crate) struct Compiler {
    rustc: String,
    library: PathBuf,
    /// The target's configuration, as Cargo hands it to a build script.
    pub(crate) cfgs: CfgSet,
    /// Whether `cfg_select!` is there.
    pub(crate) has_cfg_select: bool,
}

/// Where a marker was expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expanded {
    pub(crate) file: PathBuf,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) module_path: Vec<String>,
}

impl Compiler {
    pub(crate) fn new(folder: &Path) -> Compiler {
        let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_string());
        let stand_ins = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scanner/enroll.rs");
        let library = folder.join("libenroll.rlib");
        let mut command = Command::new(&rustc);
        command.args([
            "--edition=2021",
            "--crate-type=rlib",
            "--crate-name=enroll",
            "-o",
        ]);
        run(command.arg(&library).arg(stand_ins)).expect("the stand-ins compile");

        let probe = folder.join("probe.rs");
        std::fs::write(&probe, "cfg_select! { unix => {} _ => {} }").unwrap();
        let mut command = Command::new(&rustc);
        command.args([
            "--edition=2021",
            "--crate-type=lib",
            "--emit=metadata",
            "-o",
        ]);
        let has_cfg_select = run(command.arg(folder.join("probe.rmeta")).arg(&probe)).is_ok();

        Compiler {
            cfgs: cfgs(&rustc),
            rustc,
            library,
            has_cfg_select,
        }
    }

    /// Compiles a case in its folder: every symbol with its place, or what the
    /// compiler said.
    pub(crate) fn compile(
        &self,
        case: &Case,
        folder: &Path,
    ) -> Result<BTreeMap<String, Expanded>, String> {
        let mut command = Command::new(&self.rustc);
        command
            .current_dir(folder)
            .env("CARGO_MANIFEST_DIR", folder)
            .env("OUT_DIR", folder.join("out"))
            .args(["--crate-name=case", "--crate-type=lib", "--emit=obj"])
            .args(["-Cdebuginfo=0", "-Ccodegen-units=1"])
            .arg(format!("-Cdebug-assertions={}", case.debug_assertions))
            .args(["--cap-lints=allow", "--edition", case.edition])
            .arg("--extern")
            .arg(format!("enroll={}", self.library.display()))
            .args(["-o", "case.o", ROOT]);
        for feature in &case.features {
            command.arg("--cfg").arg(format!("feature={feature:?}"));
        }
        let made = MADE_FLAGS
            .iter()
            .filter(|(_, set)| *set && case.has_build_script);
        let made = made.map(|(flag, _)| flag);
        for flag in TARGET_FLAGS.iter().chain(made) {
            command.arg("--cfg").arg(flag);
        }
        run(&mut command)?;
        let object = std::fs::read(folder.join("case.o")).map_err(|error| error.to_string())?;
        symbols(&object, folder).map_err(|error| error.to_string())
    }
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// The target's configuration through the variables that Cargo would set.
fn cfgs(rustc: &str) -> CfgSet {
    let printed = run(Command::new(rustc).args(["--print", "cfg"])).unwrap();
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for line in printed.lines().chain(TARGET_FLAGS.iter().copied()) {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        let values = variables
            .entry(format!("CARGO_CFG_{}", name.to_uppercase()))
            .or_default();
        if !values.is_empty() {
            values.push(',');
        }
        values.push_str(value.trim_matches('"'));
    }
    CfgSet::from_env(variables)
}

fn symbols(object: &[u8], folder: &Path) -> object::Result<BTreeMap<String, Expanded>> {
    let object = object::File::parse(object)?;
    let mut symbols = BTreeMap::new();
    for symbol in object.symbols().filter(|symbol| symbol.is_definition()) {
        // Mach-O puts an underscore before every name.
        let name = symbol.name()?.trim_start_matches('_').to_string();
        let mut letters = name.chars();
        if !(matches!(letters.next(), Some('k' | 'm' | 'h' | 'u' | 'd'))
            && letters.all(|letter| letter.is_ascii_digit() || matches!(letter, '_' | '\n')))
        {
            continue;
        }
        let Some(section) = symbol.section_index() else {
            continue;
        };
        let section = object.section_by_index(section)?;
        let data = section.data()?;
        let start = usize::try_from(symbol.address() - section.address()).unwrap_or(0);
        let size = usize::try_from(symbol.size()).unwrap_or(0);
        let text = data.get(start..start + size).unwrap_or_default();
        symbols.insert(name, expanded(&String::from_utf8_lossy(text), folder));
    }
    Ok(symbols)
}

fn expanded(text: &str, folder: &Path) -> Expanded {
    let parts: Vec<&str> = text.split('|').collect();
    let [file, line, column, module_path] = parts[..] else {
        panic!("{text}");
    };
    let segments = module_path.split("::").skip(1);
    Expanded {
        file: folder.join(file),
        line: line.parse().unwrap(),
        column: column.parse().unwrap(),
        module_path: segments
            .map(|s| s.trim_start_matches("r#").to_string())
            .collect(),
    }
}
