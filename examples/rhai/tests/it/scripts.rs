//! Every `tests/scripts/NAME.rhai` runs in an engine of its own; what it prints
//! is in `NAME.out` beside it. `ENROLL_BLESS=1` writes those files anew.

use crate::modules::{builtins, said, say};
use enroll_rhai::{Interpreter, Options, Report};
use rhai::module_resolvers::StaticModuleResolver;
use rhai::packages::{Package, StandardPackage};
use rhai::{Engine, Module};
use std::path::Path;

#[test]
fn scripts_print_what_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut ran = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let script = entry.unwrap().path();
        if script
            .extension()
            .is_none_or(|extension| extension != "rhai")
        {
            continue;
        }
        ran += 1;
        let printed = run(&script);
        let expected = script.with_extension("out");
        if std::fs::read_to_string(&expected).unwrap_or_default() != printed {
            if std::env::var_os("ENROLL_BLESS").is_some() {
                std::fs::write(&expected, &printed).unwrap();
            }
            wrong.push(format!("{}:\n{printed}", script.display()));
        }
    }
    assert!(ran >= 4, "only {ran} scripts in {}", folder.display());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What a script prints, then how it ended.
fn run(script: &Path) -> String {
    let rhai = interpreter();
    let ended = rhai.run(&std::fs::read_to_string(script).unwrap());
    rhai.shutdown().unwrap();
    if let Err(error) = ended {
        say(&format!("ended with {}", Report(&error)));
    }
    without_hashes(&said())
}

/// Rhai names a closure by a hash that is another one in each build.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split("anon$");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str("anon");
        result.push_str(part.trim_start_matches(|char: char| char.is_ascii_hexdigit()));
    }
    result
}

/// An engine that says what it prints, with the modules of the tests.
pub(crate) fn interpreter() -> Interpreter {
    options().install(engine(), builtins()).unwrap()
}

pub(crate) fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine.register_global_module(StandardPackage::new().as_shared_module());
    engine.on_print(say);
    engine.on_debug(|text, _, _| say(text));
    // A debug build allows 8 levels, fewer than a release build.
    engine.set_max_call_levels(32);
    engine
}

/// With two modules of scripts, one of which takes the place of a builtin one.
fn options() -> Options {
    let mut others = StaticModuleResolver::new();
    for name in ["settings", "errno", "extra"] {
        let mut module = Module::new();
        module.set_var("origin", "script");
        others.insert(name, module);
    }
    Options::new().resolver(others)
}
