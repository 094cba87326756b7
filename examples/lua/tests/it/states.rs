//! More than one interpreter in a process, and what it costs to load.

use crate::modules::builtins;
use crate::scripts::record_print;
use enroll_lua::{Error, install};

#[test]
fn c25_two_states_of_one_process_share_nothing_that_changes() {
    let (one, two) = (mlua::Lua::new(), mlua::Lua::new());
    let printed = [record_print(&one), record_print(&two)];
    let modules = [
        install(&one, builtins()).unwrap(),
        install(&two, builtins()).unwrap(),
    ];
    one.load(
        r#"
        sys = require "sys"
        sys.ps1 = "one"
        assert(sys.count() == 1 and sys.count() == 2)
    "#,
    )
    .exec()
    .unwrap();
    two.load(
        r#"
        sys = require "sys"
        assert(not pcall(function() return sys.ps1 end))
        sys.ps1 = "two"
        assert(sys.count() == 1)
    "#,
    )
    .exec()
    .unwrap();
    one.load(r#"assert(sys.ps1 == "one" and sys.count() == 3); sys.ps1 = nil"#)
        .exec()
        .unwrap();
    modules[0].shutdown(&one).unwrap();
    drop(one);
    two.load(r#"assert(sys.ps1 == "two" and sys.count() == 2)"#)
        .exec()
        .unwrap();
    assert_eq!(*printed[0].borrow(), "init sys\ndeinit sys\n");
    assert_eq!(*printed[1].borrow(), "init sys\n");
}

#[test]
fn a_constant_is_kept_after_its_first_load() {
    let lua = mlua::Lua::new();
    install(&lua, builtins()).unwrap();
    lua.load(
        r#"
        sys = require "sys"
        local _ = sys.version, sys.add
        collectgarbage()
        collectgarbage("stop")
    "#,
    )
    .exec()
    .unwrap();
    let loads = lua
        .load("for _ = 1, 10000 do local _ = sys.version; local _ = sys.add end")
        .into_function()
        .unwrap();
    let before = lua.used_memory();
    loads.call::<()>(()).unwrap();
    assert!(
        lua.used_memory() <= before + 1024,
        "20,000 loads took {} bytes",
        lua.used_memory() - before
    );
}

#[test]
fn names_and_dir_are_what_a_prompt_completes() {
    let lua = mlua::Lua::new();
    let printed = record_print(&lua);
    let modules = install(&lua, builtins()).unwrap();
    assert_eq!(
        modules.names(),
        [
            "brittle", "errno", "fragile", "net", "net.wifi", "os", "os.path", "settings", "sys",
            "uerrno"
        ]
    );
    let dir = |name: &str| {
        let id = modules.find(name).unwrap();
        modules.dir(&lua, id).unwrap()
    };
    assert_eq!(dir("os"), ["__name__", "sep", "linesep", "path", "cpus"]);
    assert_eq!(dir("os.path"), ["__name__", "curdir"]);
    assert_eq!(dir("uerrno"), dir("errno"));
    assert_eq!(modules.find("os.paht"), None);
    assert_eq!(modules.find("ernno"), None);
    assert_eq!(*printed.borrow(), "", "nothing was imported");
    let errno = lua.load(r#"require "errno""#).eval().unwrap();
    assert_eq!(modules.of(&errno), modules.find("errno"));
    assert_eq!(modules.of(&mlua::Value::Integer(1)), None);
    let errno = modules.find("errno").unwrap();
    let constant = |name| modules.constant(&lua, errno, name).unwrap();
    assert_eq!(constant("EPERM"), Some(mlua::Value::Integer(1)));
    assert_eq!(constant("EPRM"), None);
}

#[test]
fn an_error_reaches_rust_with_its_parts() {
    let lua = mlua::Lua::new();
    install(&lua, builtins()).unwrap();
    let load = lua.create_function(|lua, ()| {
        let require: mlua::Function = lua.globals().get("require")?;
        let errno: mlua::Table = require.call("errno")?;
        errno.get::<mlua::Value>("EPRM")
    });
    let error = load.unwrap().call::<mlua::Value>(()).unwrap_err();
    assert!(
        error.to_string().contains("did you mean 'EPERM'?"),
        "{error}"
    );
    let error = mlua::Error::from(Error::new("ValueError", "too much"));
    let error = error.downcast_ref::<Error>().unwrap();
    assert_eq!(error.kind(), "ValueError");
    assert_eq!(error.to_string(), "ValueError: too much");
}
