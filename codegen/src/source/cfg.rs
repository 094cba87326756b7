//! Which `cfg` predicates hold, as far as a build script can know.

use super::predicate::Predicate;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Not;

/// The target's configuration, from the `CARGO_CFG_…` variables that Cargo
/// sets for a build script.
///
/// Cargo upper-cases the names, so they are kept and compared in lower case:
/// two flags that differ in case only are one here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CfgSet {
    /// Flags without a value: `unix`.
    pub names: BTreeSet<String>,
    /// Keys with all values they have: `target_os` → `linux`.
    pub pairs: BTreeMap<String, BTreeSet<String>>,
}

impl CfgSet {
    /// Reads the set from environment variables (`std::env::vars()`); those
    /// that do not begin with `CARGO_CFG_` are skipped.
    ///
    /// An empty value stands for `unix` as well as for `target_env = ""`:
    /// Cargo writes both alike, so both are entered.
    ///
    /// ```
    /// use enroll_codegen::source::cfg::CfgSet;
    ///
    /// let set = CfgSet::from_env([
    ///     ("CARGO_CFG_UNIX".to_string(), String::new()),
    ///     ("CARGO_CFG_TARGET_FEATURE".to_string(), "fxsr,sse2".to_string()),
    /// ]);
    /// assert!(set.names.contains("unix"));
    /// assert!(set.pairs["target_feature"].contains("sse2"));
    /// ```
    pub fn from_env(variables: impl IntoIterator<Item = (String, String)>) -> CfgSet {
        let mut set = CfgSet::default();
        for (variable, values) in variables {
            let Some(name) = variable.strip_prefix("CARGO_CFG_") else {
                continue;
            };
            let name = name.to_lowercase();
            // Features come from the graph, package by package.
            if name == "feature" {
                continue;
            }
            if values.is_empty() {
                set.names.insert(name.clone());
            }
            let values = values.split(',').map(str::to_string);
            set.pairs.entry(name).or_default().extend(values);
        }
        set
    }
}

/// Whether something is compiled: a build script cannot always know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It is not.
    False,
    /// It depends on what only the compiler is told.
    Unknown,
    /// It is.
    True,
}

impl Truth {
    /// Both: false if one is, true if both are.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Either: true if one is, false if both are.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::Unknown => Truth::Unknown,
            Truth::False => Truth::True,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

/// What is known about the configuration of one package of this build.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The folder of its `Cargo.toml`: what `env!("CARGO_MANIFEST_DIR")` is in
    /// its sources.
    pub package: &'a std::path::Path,
    /// The target.
    pub cfgs: &'a CfgSet,
    /// The features it is compiled with.
    pub features: &'a BTreeSet<String>,
    /// Whether it has a build script, which may set flags of its own.
    pub has_build_script: bool,
    /// What the firmware's build script said about predicates that cannot be
    /// decided, by their text (`name` or `name = "value"`).
    pub assumed: &'a BTreeMap<String, bool>,
    /// Whether to look at what is not compiled as well: no predicate is
    /// `False` then, but `Unknown`. For questions about what is missing.
    pub open: bool,
}

impl Context<'_> {
    /// Whether a predicate holds for this package.
    ///
    /// A flag that is not in the target's set is false, unless a build script
    /// of the package, the profile (`debug_assertions`, `panic`) or an
    /// unstable compiler flag could have set it. `test`, `doc` and
    /// `proc_macro` are false: a firmware's dependencies are compiled without.
    pub fn truth(&self, predicate: &Predicate) -> Truth {
        match self.decided(predicate) {
            Truth::False if self.open => Truth::Unknown,
            truth => truth,
        }
    }

    fn decided(&self, predicate: &Predicate) -> Truth {
        if let Some(&value) = self.assumed.get(&predicate.to_string()) {
            return value.into();
        }
        match predicate {
            Predicate::Constant(value) => (*value).into(),
            Predicate::Name(name) => self.name(name),
            Predicate::Pair(name, value) => self.pair(name, value),
            Predicate::Not(of) => !self.truth(of),
            Predicate::All(of) => (of.iter()).fold(Truth::True, |all, p| all.and(self.truth(p))),
            Predicate::Any(of) => (of.iter()).fold(Truth::False, |any, p| any.or(self.truth(p))),
            Predicate::Other(_) => Truth::Unknown,
        }
    }

    fn name(&self, name: &str) -> Truth {
        if PROFILE.contains(&name) {
            return Truth::Unknown;
        }
        if NEVER.contains(&name) {
            return Truth::False;
        }
        if self.cfgs.names.contains(&name.to_lowercase()) {
            return Truth::True;
        }
        self.absent(name)
    }

    fn pair(&self, name: &str, value: &str) -> Truth {
        if name == "feature" {
            return self.features.contains(value).into();
        }
        if PROFILE.contains(&name) {
            return Truth::Unknown;
        }
        match self.cfgs.pairs.get(&name.to_lowercase()) {
            Some(values) if values.contains(value) => Truth::True,
            _ => self.absent(name),
        }
    }

    /// A flag that the target does not have.
    fn absent(&self, name: &str) -> Truth {
        let of_target = name.starts_with("target_") || matches!(name, "unix" | "windows");
        let of_tool = matches!(name, "clippy" | "docsrs" | "miri" | "rustfmt");
        if self.has_build_script && !of_target && !of_tool {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}

/// Set by the profile or by compiler flags that `rustc --print cfg`, which
/// Cargo asks, does not know or answers wrongly (`panic` is the target's
/// default there, whatever the profile says).
const PROFILE: &[&str] = &[
    "debug_assertions",
    "overflow_checks",
    "ub_checks",
    "contract_checks",
    "fmt_debug",
    "panic",
    "relocation_model",
    "sanitize",
    "sanitizer_cfi_generalize_pointers",
    "sanitizer_cfi_normalize_integers",
];

/// Set by tools that compile something else than a firmware's dependency.
const NEVER: &[&str] = &["test", "doc", "doctest", "proc_macro"];

#[cfg(test)]
mod tests {
    use super::*;

    fn linux() -> CfgSet {
        CfgSet::from_env(
            [
                ("CARGO_CFG_UNIX", ""),
                ("CARGO_CFG_TARGET_OS", "linux"),
                ("CARGO_CFG_TARGET_ENV", ""),
                ("CARGO_CFG_TARGET_FEATURE", "fxsr,sse2"),
                ("CARGO_CFG_PANIC", "unwind"),
                ("CARGO_CFG_DEBUG_ASSERTIONS", ""),
                ("CARGO_CFG_FEATURE", "firmware"),
                ("CARGO_CFG_MY_FLAG", ""),
                ("CARGO_CFG_LEVEL", "one,two"),
                ("CARGO_PKG_NAME", "x"),
            ]
            .map(|(name, value)| (name.to_string(), value.to_string())),
        )
    }

    fn check(has_build_script: bool, cases: &[(&str, Truth)]) {
        let cfgs = linux();
        let features = BTreeSet::from(["std".to_string()]);
        let assumed = BTreeMap::from([
            ("assumed".to_string(), true),
            ("kind = \"b\"".to_string(), true),
            ("kind = \"c\"".to_string(), false),
        ]);
        let context = Context {
            package: std::path::Path::new(""),
            cfgs: &cfgs,
            features: &features,
            has_build_script,
            assumed: &assumed,
            open: false,
        };
        for (text, expected) in cases {
            let predicate: Predicate = text.parse().unwrap();
            assert_eq!(context.truth(&predicate), *expected, "{text}");
        }
    }

    #[test]
    fn known_predicates() {
        use Truth::{False, True, Unknown};
        let cases = [
            ("unix", True),
            ("windows", False),
            ("target_os = \"linux\"", True),
            ("target_os = \"none\"", False),
            ("target_env = \"\"", True),
            ("target_env = \"gnu\"", False),
            ("target_abi = \"eabi\"", False),
            ("target_feature = \"sse2\"", True),
            ("target_feature = \"avx\"", False),
            ("feature = \"std\"", True),
            ("feature = \"firmware\"", False),
            ("my_flag", True),
            ("level = \"two\"", True),
            ("test", False),
            ("doc", False),
            ("proc_macro", False),
            ("docsrs", False),
            ("miri", False),
            ("debug_assertions", Unknown),
            ("panic = \"unwind\"", Unknown),
            ("version(\"1.80\")", Unknown),
            ("true", True),
            ("false", False),
            // `r#` makes a name of `true`, and changes nothing elsewhere.
            ("all(unix, r#any(r#unix))", True),
            ("r#not(unix)", False),
            ("assumed", True),
            ("kind = \"b\"", True),
            ("kind = \"c\"", False),
        ];
        check(false, &cases);
        check(true, &cases);
    }

    #[test]
    fn a_build_script_may_set_what_the_target_does_not_have() {
        check(
            false,
            &[
                ("made", Truth::False),
                ("made = \"x\"", Truth::False),
                ("r#true", Truth::False),
            ],
        );
        check(
            true,
            &[("made", Truth::Unknown), ("made = \"x\"", Truth::Unknown)],
        );
        check(true, &[("level = \"three\"", Truth::Unknown)]);
    }

    #[test]
    fn three_valued_logic() {
        use Truth::{False, True, Unknown};
        check(
            true,
            &[
                ("not(made)", Unknown),
                ("not(unix)", False),
                ("all()", True),
                ("any()", False),
                ("all(made, windows)", False),
                ("all(made, unix)", Unknown),
                ("any(made, unix)", True),
                ("any(made, windows)", Unknown),
                ("not(any(made, windows))", Unknown),
                ("not(all(made, windows))", True),
                ("any(not(made), all(unix, not(test)))", True),
            ],
        );
    }

    #[test]
    fn malformed_predicates_are_errors() {
        for text in [
            "",
            "not()",
            "not(a, b)",
            "a b",
            "a = 1",
            "\"a\"",
            "all(a b)",
        ] {
            assert!(text.parse::<Predicate>().is_err(), "{text}");
        }
    }
}
