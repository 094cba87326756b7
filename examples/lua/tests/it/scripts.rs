//! Every `tests/scripts/NAME.lua` runs in a state of its own; what it prints is
//! in `NAME.out` beside it. `ENROLL_BLESS=1` writes those files anew.

use crate::modules;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

#[test]
fn scripts_print_what_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut ran = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let script = entry.unwrap().path();
        if script
            .extension()
            .is_none_or(|extension| extension != "lua")
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
    assert!(ran >= 5, "only {ran} scripts in {}", folder.display());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What a script prints, then how it ended.
fn run(script: &Path) -> String {
    let lua = mlua::Lua::new();
    let modules = enroll_lua::install(&lua, modules::builtins()).unwrap();
    let printed = record_print(&lua);
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/?.lua");
    let package: mlua::Table = lua.globals().get("package").unwrap();
    package.set("path", files.to_str().unwrap()).unwrap();
    let name = script.file_name().unwrap().to_str().unwrap();
    let chunk = std::fs::read_to_string(script).unwrap();
    let ended = lua.load(chunk).set_name(format!("@{name}")).exec();
    modules.shutdown(&lua).unwrap();
    let mut text = printed.take();
    if let Err(error) = ended {
        let error = error.to_string();
        let first = error.lines().next().unwrap_or_default();
        writeln!(text, "ended with {first}").unwrap();
    }
    text
}

/// Makes `print` and `io.write` write into a text.
pub(crate) fn record_print(lua: &mlua::Lua) -> Rc<RefCell<String>> {
    let printed = Rc::new(RefCell::new(String::new()));
    let writer = Rc::clone(&printed);
    let tostring: mlua::Function = lua.globals().get("tostring").unwrap();
    let print = lua
        .create_function(move |_, values: mlua::Variadic<mlua::Value>| {
            let mut texts = Vec::new();
            for value in values.iter() {
                texts.push(tostring.call::<String>(value)?);
            }
            writer.borrow_mut().push_str(&texts.join("\t"));
            writer.borrow_mut().push('\n');
            Ok(())
        })
        .unwrap();
    lua.globals().set("print", print).unwrap();
    let writer = Rc::clone(&printed);
    let write = lua
        .create_function(move |_, texts: mlua::Variadic<String>| {
            writer.borrow_mut().push_str(&texts.concat());
            Ok(())
        })
        .unwrap();
    let io: mlua::Table = lua.globals().get("io").unwrap();
    io.set("write", write).unwrap();
    printed
}
