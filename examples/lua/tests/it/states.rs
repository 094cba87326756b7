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
fn c25_portable_modules_keep_their_state_in_the_interpreter() {
    let (one, two) = (mlua::Lua::new(), mlua::Lua::new());
    for lua in [&one, &two] {
        install(lua, builtins()).unwrap();
        lua.load(r#"values = require "values""#).exec().unwrap();
    }
    one.load(r#"values.mode = "one"; values.count(); values.count()"#)
        .exec()
        .unwrap();
    two.load(
        r#"
        assert(not pcall(function() return values.mode end))
        assert(values.count()[1] == 1 and values.count()[2] == 20)
        values.mode = "two"
        "#,
    )
    .exec()
    .unwrap();
    one.load(r#"assert(values.mode == "one" and values.count()[1] == 3)"#)
        .exec()
        .unwrap();
}

#[test]
fn after_a_shutdown_modules_start_anew() {
    let lua = mlua::Lua::new();
    let printed = record_print(&lua);
    let modules = install(&lua, builtins()).unwrap();
    let count = r#"
        local sys, values = require "sys", require "values"
        return sys.count() * 1000 + values.count()[1] * 100 + values.count()[2]
    "#;
    let count = || lua.load(count).eval::<i64>().unwrap();
    assert_eq!(count(), 1120);
    assert_eq!(count(), 2340);
    modules.shutdown(&lua).unwrap();
    assert_eq!(count(), 1120);
    assert_eq!(*printed.borrow(), "init sys\ndeinit sys\ninit sys\n");
}

#[test]
fn c23_modules_of_lua_and_portable_ones_work_alike() {
    let lua = mlua::Lua::new();
    record_print(&lua);
    install(&lua, builtins()).unwrap();
    for (case, code) in [
        ("a constant of each", "errno.EPERM == 1 and values.YES"),
        (
            "a function of each",
            "sys.add(1, 2) == 3 and values.sum { 1, 2 } == 3",
        ),
        ("a portable extension of Lua's own", "errno.EIO == 5"),
        ("its function", "errno.describe(5) == 'input/output error'"),
        (
            "Lua's own extension of a portable one",
            "values.plus(1, 1) == 2",
        ),
        ("which replaces an entry", "values.INT == 70"),
        (
            "delegation of each",
            "stored(sys, 'ps1', 1) == 1 and stored(values, 'mode', 2) == 2",
        ),
        (
            "delegation of an extension",
            "stored(values, 'extra', 3) == 3",
        ),
        (
            "a deleted attribute of each",
            "missing(sys, 'ps1') and missing(values, 'mode') and missing(values, 'extra')",
        ),
        (
            "an error of each",
            "kind(sys.fail) == 'OSError' and kind(values.fail, 'os') == 'OSError'",
        ),
        (
            "a failing hook of each",
            "kind(function() sys.readonly = 1 end) == 'TypeError'
             and kind(function() values.refused = 1 end) == 'ValueError'",
        ),
        (
            "a wrong name in each",
            "near(errno, 'EPRM') == 'EPERM' and near(values, 'INTT') == 'INT'",
        ),
        (
            "a value from one to the other",
            "sys.apply(values.same, 7) == 7",
        ),
        ("and back", "values.call(sys.add, 3, 4) == 7"),
    ] {
        let code = format!(
            r#"
            local errno, sys, values = require "errno", require "sys", require "values"
            local function kind(...) return select(2, pcall(...)).kind end
            local function get(module, name) return module[name] end
            local function near(module, name)
              return select(2, pcall(get, module, name)).near[1]
            end
            local function missing(module, name)
              module[name] = 1
              module[name] = nil
              return kind(get, module, name) == "AttributeError"
            end
            local function stored(module, name, value)
              module[name] = value
              return module[name]
            end
            return {code}
            "#
        );
        assert_eq!(lua.load(code).eval::<bool>().ok(), Some(true), "{case}");
    }
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
        modules.names(&lua),
        [
            "bag", "brittle", "errno", "fragile", "net", "net.wifi", "os", "os.path", "settings",
            "sys", "uerrno", "values"
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
