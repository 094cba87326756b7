//! Random programs of imports: a handful of modules that import each other, and
//! a script.
//!
//! They leave out what is known to differ: blocked packages, a `__getattr__` that
//! answers `__path__`, and star imports of names that are missing.

use enroll_tests_conformance::case::{Case, Python};

/// Name and file of each module.
const MODULES: [(&str, &str); 9] = [
    ("a", "a.py"),
    ("b", "b.py"),
    ("pkg", "pkg/__init__.py"),
    ("pkg.s", "pkg/s.py"),
    ("pkg.t", "pkg/t.py"),
    ("pkg.sub", "pkg/sub/__init__.py"),
    ("pkg.sub.x", "pkg/sub/x.py"),
    ("pkg.sub.y", "pkg/sub/y.py"),
    ("ns.q", "ns/q.py"),
];
const MISSING: [&str; 4] = ["nope", "pkg.nope", "a.nope", "ns"];
const NAMES: [&str; 9] = ["v", "w", "s", "t", "sub", "x", "y", "q", "pkg"];
const TABLE: &str = "print(sorted([n for n in sys.modules if n in ('a', 'b', 'pkg', 'ns') \
                     or n.startswith('pkg.') or n.startswith('ns.')]))\n";

/// A generator of programs: the same seed gives the same ones.
pub struct Programs(u64);

impl Programs {
    /// A generator from any seed.
    #[must_use]
    pub fn new(seed: u64) -> Programs {
        Programs(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// The next program. Its expected output is empty.
    #[must_use]
    pub fn next_case(&mut self) -> Case {
        let mut files = Vec::new();
        for (name, path) in MODULES {
            let mut text = format!("import sys\nprint('run {name}')\n");
            if self.chance(10) {
                text.push_str(
                    "def __getattr__(name):\n    raise AttributeError('getattr ' + name)\n",
                );
            }
            for _ in 0..self.below(5) {
                text.push_str(&self.statement(Some(name)));
            }
            text.push_str(&format!("print('end {name}')\n"));
            files.push((path.into(), text));
        }
        files.push(("more/s.py".into(), "print('more', __name__)\n".into()));
        let mut main = String::from("import sys, importlib, importlib.util\n");
        for _ in 0..4 + self.below(9) {
            let statement = self.step();
            main.push_str(&statement);
        }
        main.push_str(TABLE);
        Case {
            files,
            main,
            python: Python::Yes,
            ..Case::default()
        }
    }

    /// One that a module or the script may have.
    fn statement(&mut self, module: Option<&str>) -> String {
        let name = self.pick(&NAMES);
        let target = self.module();
        match self.below(16) {
            0 | 1 => format!("import {target}\n"),
            2 => format!("import {target} as {}\n", self.pick(&NAMES)),
            3..=5 => format!("from {target} import {name}\n"),
            6 => format!("from {target} import {name} as {}\n", self.pick(&NAMES)),
            7 if module.is_some() => {
                let dots = &"..."[..1 + self.below(3)];
                let below = self.pick(&["", "s", "t", "sub", "x", "sub.x", "y"]);
                format!("from {dots}{below} import {name}\n")
            }
            8 => format!(
                "from {} import *\n",
                self.pick(&["a", "b", "pkg", "pkg.sub"])
            ),
            9 => format!("{name} = {}\n", self.below(100)),
            10 => match module {
                Some(module) if self.chance(40) => format!("raise ValueError('{module}')\n"),
                _ => format!("print('{name}' in globals())\n"),
            },
            11 => {
                let (dropped, _) = MODULES[self.below(MODULES.len())];
                if Some(dropped) == module {
                    return "import sys as again\n".into();
                }
                format!("sys.modules.pop('{dropped}', None)\n")
            }
            12 => format!("del {name}\n"),
            13 if matches!(module, Some("pkg" | "pkg.sub")) => {
                "__path__.append('/lib/more')\n".into()
            }
            _ => format!("print('{target}' in sys.modules)\n"),
        }
    }

    /// One that the script may have besides.
    fn step(&mut self) -> String {
        let (module, _) = MODULES[self.below(MODULES.len())];
        let name = self.pick(&NAMES);
        match self.below(9) {
            0 | 1 => format!("importlib.reload(sys.modules['{module}'])\n"),
            2 => format!("importlib.import_module('{}')\n", self.module()),
            3 => format!("print(importlib.util.find_spec('{module}') is None)\n"),
            4 => format!("print(hasattr(sys.modules['{module}'], '{name}'))\n"),
            5 => format!("importlib.import_module('.{name}', '{module}')\n"),
            _ => self.statement(None),
        }
    }

    fn module(&mut self) -> &'static str {
        let at = self.below(MODULES.len() + MISSING.len());
        match MODULES.get(at) {
            Some((name, _)) => name,
            None => MISSING[at - MODULES.len()],
        }
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn below(&mut self, limit: usize) -> usize {
        // Xorshift: what comes out needs to be varied, not unpredictable.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }
}
