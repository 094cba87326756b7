//! Running a case in the interpreter of this package.

use crate::Running;
use crate::case::Case;
use crate::host::Script;
use crate::host::finder::Finder;
use crate::host::folder::Folder;
use crate::modules::table;
use crate::vm::error::Step;
use crate::vm::value::Value;
use crate::vm::{Vm, run_statements, show};
use enroll::Builtins;
use enroll::import::{Files, Frozen, Importer, Kind, Options, Path, Suffix};
use enroll::testing::KitError;
use std::io;

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
    ///
    /// # Errors
    ///
    /// Where its files cannot be written.
    pub fn run(&self, case: &Case) -> io::Result<String> {
        let has_option = |name: &str| case.options.split_whitespace().any(|known| known == name);
        let folder = Folder::new()?;
        for (name, text) in &case.files {
            folder.write(name, text)?;
        }
        let script = folder.real(&case.main);
        let builtins = if has_option("reserved") {
            self.without
        } else {
            self.with_builtins
        };
        let mut vm = Vm::new(builtins, folder);
        let imports = &mut vm.imports;
        if has_option("micropython") {
            imports.options = Options::micropython();
        }
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
        let frozen = case.freeze();
        let path = Path::new();
        path.push(Frozen::new(frozen));
        path.push(Files::new());
        imports.finders = vec![
            Finder::own(Frozen::new(frozen)),
            Finder::own(path),
            Finder::own(Frozen::extensible(frozen)),
        ];
        let mut cx = Running::new(&mut vm);
        if let Err(raised) = start(&mut cx, &script) {
            let message = show::text(&mut cx, &raised.0).unwrap_or_default();
            let class = raised.0.class_name();
            vm.output.push_str(&format!("{class}: {message}\n"));
        }
        Ok(vm.folder.named(&vm.output))
    }
}

fn start(cx: &mut Running<'_, '_>, script: &str) -> Step<()> {
    let main = Importer::new(cx).new_module("__main__")?;
    Importer::new(cx).set("__main__", Value::Module(main))?;
    run_statements(cx, main, script)
}

#[cfg(test)]
mod tests {
    use super::start;
    use crate::Running;
    use crate::host::folder::Folder;
    use crate::modules::table;
    use crate::vm::Vm;

    #[test]
    fn two_interpreters_share_the_table_and_nothing_else() {
        let builtins = table(true).unwrap();
        let mut one = Vm::new(builtins, Folder::new().unwrap());
        let mut two = Vm::new(builtins, Folder::new().unwrap());
        let first = "import enroll, errno, once, term\n\
            errno.EPERM = 100\nterm.ps1 = '$ '\nprint(errno.EPERM, term.ps1, enroll.log())\n";
        let second = "import enroll, errno, sys\nprint(errno.EPERM, 'once' in sys.modules)\n\
            import once, term\nprint(term.ps1, enroll.log())\n";
        let third = "import errno, term\nprint(errno.EPERM, term.ps1)\n";
        for (vm, script) in [(&mut one, first), (&mut two, second)] {
            assert!(start(&mut Running::new(vm), script).is_ok());
        }
        assert!(start(&mut Running::new(&mut one), third).is_ok());
        assert_eq!(one.output, "100 $  ['init once']\n100 $ \n");
        assert_eq!(two.output, "1 False\n>>>  ['init once']\n");
    }
}
