//! Running a case in the interpreter of this package.

use crate::Running;
use crate::case::Case;
use crate::host::Script;
use crate::host::finder::{Finder, Own};
use crate::modules::table;
use crate::vm::value::Value;
use crate::vm::{Vm, run_statements, show};
use enroll::Builtins;
use enroll::import::{Importer, Kind, Options, Suffix};
use enroll::testing::KitError;

/// The tables that the cases run with.
pub struct Suite {
    with_builtins: &'static Builtins<Script>,
    without: &'static Builtins<Script>,
}

impl Suite {
    /// Makes the tables, which stay for the process.
    ///
    /// # Errors
    ///
    /// Where two names have the same id: set `ENROLL_QSTR_SALT`.
    pub fn new() -> Result<Suite, KitError> {
        Ok(Suite {
            with_builtins: table(true)?,
            without: table(false)?,
        })
    }

    /// Runs a case in a new interpreter and gives what it printed.
    #[must_use]
    pub fn run(&self, case: &Case) -> String {
        let has_option = |name: &str| case.options.split_whitespace().any(|known| known == name);
        let builtins = if has_option("reserved") {
            self.without
        } else {
            self.with_builtins
        };
        let mut vm = Vm::new(builtins);
        for (path, text) in &case.files {
            vm.files.write(&format!("/lib/{path}"), text);
        }
        for (path, text) in &case.frozen {
            vm.files.freeze(path, text);
        }
        let imports = &mut vm.imports;
        imports.options = if has_option("micropython") {
            Options::micropython()
        } else {
            Options::default()
        };
        if !has_option("reserved") {
            imports.options.reserved = "native".into();
        }
        // Those of CPython 3.11, so that it can be compared.
        imports.options.tag = "cpython-311".into();
        imports.options.magic = [0xa7, 0x0d, 0x0d, 0x0a];
        imports.suffixes = vec![
            Suffix::new(".py", Kind::Source),
            Suffix::new(".pyc", Kind::Compiled),
        ];
        imports.finders = vec![Finder::Own(Own::Frozen), Finder::Own(Own::Files)];
        let mut cx = Running::new(&mut vm);
        if let Err(raised) = start(&mut cx, &case.main) {
            let message = show::text(&mut cx, &raised.0).unwrap_or_default();
            let class = raised.0.class_name();
            vm.output.push_str(&format!("{class}: {message}\n"));
        }
        vm.output
    }
}

fn start(cx: &mut Running<'_, '_>, script: &str) -> Result<(), crate::vm::error::Raised> {
    let main = Importer::new(cx).new_module("__main__")?;
    Importer::new(cx).set("__main__", Value::Module(main))?;
    run_statements(cx, main, script)
}
