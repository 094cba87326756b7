//! What the importer does for scripts, where a script alone cannot see it.

use crate::modules;
use crate::scripts::record_print;
use enroll::import::{
    Code, Entry, Finder, FrozenFile, FrozenModule, FrozenSet, ImportHost, Importer, Kind, OnClash,
    Request, Spec,
};
use enroll::{Adapter, Builtins, Class, Cx, qstr, testing::Kit};
use enroll_codegen::freeze;
use enroll_lua::{Assignment, CODE, Error, Lua, Options, Rom, install};
use enroll_portable::Portable;
use mlua::{MultiValue, Value};
use std::rc::Rc;

enroll::register_module! {
    static PINS: Module<Lua> = "pins" {
        "LED" => Rom::Int(25),
        "rewire" => Rom::Function(rewire),
    }
    init: init,
    deinit: deinit,
}

fn init(_: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    Ok(())
}

fn deinit(_: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    Err(Error::new("OSError", "the pins are in use"))
}

/// Native code that patches a module, or with nil takes that back.
fn rewire(cx: &mut Cx<'_, '_, Lua>, arguments: MultiValue) -> Result<MultiValue, Error> {
    let value = arguments.front().cloned().unwrap_or_default();
    let mut importer = Importer::new(cx);
    let Some(pins) = importer.builtin("pins")? else {
        return Err(Error::new("ImportError", "there are no pins"));
    };
    match value {
        Value::Nil => drop(importer.undo(pins, qstr!("LED"), qstr!("rewire"))),
        value => importer.patch(pins, qstr!("LED"), qstr!("rewire"), value)?,
    }
    Ok(MultiValue::new())
}

enroll::register_module! {
    /// A module that a plugin brings.
    static PLUGIN: Module<Portable> = "plugin" {
        "version" => enroll_portable::Rom::Int(3),
    }
    aliases: ["uplugin"],
    class: extensible,
}

enroll::register_module! {
    static PLUGIN_PART: Module<Lua> = "plugin.part" {
        "name" => Rom::Str("part"),
    }
}

fn builtins() -> &'static Builtins<Lua> {
    static ADAPTERS: &[Adapter<Lua>] = &[Adapter::of::<Lua>(), Adapter::of::<Portable>()];
    Kit::new().declared::<PINS>().build(ADAPTERS).unwrap()
}

#[track_caller]
fn run(lua: &mlua::Lua, code: &str) {
    lua.load(code).set_name("@test.lua").exec().unwrap();
}

#[test]
fn two_interpreters_patch_unload_and_wait_apart() {
    let (one, two) = (mlua::Lua::new(), mlua::Lua::new());
    let modules = [&one, &two].map(|lua| {
        record_print(lua);
        let modules = install(lua, modules::builtins()).unwrap();
        run(
            lua,
            "enroll, errno, sys = require 'enroll', require 'errno', require 'sys'
             assert(errno.EPERM == 1)
             package.preload.config = function() return { loaded = true } end",
        );
        modules
    });
    run(
        &one,
        "errno.EPERM = 'one'
         enroll.patch(errno, 'ENEW', 1)
         enroll.unload 'sys'
         enroll.lazy.install()
         config = require 'config'
         assert(enroll.lazy.is_waiting(config))",
    );
    run(
        &two,
        "assert(errno.EPERM == 1 and #enroll.patches(errno) == 0)
         assert(sys.version and require 'sys' == sys)
         config = require 'config'
         assert(not enroll.lazy.is_waiting(config) and config.loaded)
         errno.EPERM = 'two'",
    );
    run(
        &one,
        "assert(errno.EPERM == 'one' and config.loaded)
         enroll.undo_all()
         assert(errno.EPERM == 1)",
    );
    modules[0].shutdown(&one).unwrap();
    drop(one);
    run(&two, "assert(errno.EPERM == 'two' and sys.version)");
}

#[test]
fn options_say_which_names_an_assignment_patches() {
    for (assignment, known, unknown) in [
        (Assignment::Refused, false, false),
        (Assignment::Known, true, false),
        (Assignment::Any, true, true),
    ] {
        let lua = mlua::Lua::new();
        let options = Options::new().assignment(assignment);
        options.install(&lua, modules::builtins()).unwrap();
        record_print(&lua);
        let tried: Vec<bool> = lua
            .load(
                "local errno, sys = require 'errno', require 'sys'
                 local function try(module, name, value)
                   return (pcall(function() module[name] = value end))
                 end
                 sys.ps1 = 'a hook claims it'
                 require 'enroll'.patch(errno, 'ENOENT', 3)
                 assert(errno.ENOENT == 3)
                 return {
                   try(errno, 'EPERM', 5), try(errno, 'EPERM', nil),
                   try(errno, 'ENOENT', 4), try(require 'os', 'path', 1),
                   try(errno, 'EMINE', 5), try(errno, 'EMINE', nil),
                 }",
            )
            .eval()
            .unwrap();
        assert_eq!(tried[..4], [known; 4], "{assignment:?}");
        assert_eq!(tried[4..], [unknown; 2], "{assignment:?}");
    }
    let lua = mlua::Lua::new();
    let options = Options::new().assignment(Assignment::Refused);
    options.install(&lua, builtins()).unwrap();
    for (code, told) in [
        (
            "require 'pins'.LED = 1",
            "attribute 'LED' of module 'pins' is a constant: it cannot be set",
        ),
        (
            "require 'pins'.LED = nil",
            "attribute 'LED' of module 'pins' is a constant: it cannot be deleted",
        ),
    ] {
        let error = lua.load(code).exec().unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
    let none = Options::new()
        .reserved("")
        .install(&mlua::Lua::new(), builtins());
    assert!(none.is_ok());
}

#[test]
fn a_patch_of_native_code_reaches_a_constant_that_was_kept() {
    let lua = mlua::Lua::new();
    install(&lua, builtins()).unwrap();
    run(
        &lua,
        "pins = require 'pins'
         local rewire = pins.rewire
         assert(pins.LED == 25)
         rewire(13)
         assert(pins.LED == 13)
         rewire(14)
         assert(pins.LED == 14)
         rewire()
         assert(pins.LED == 25 and pins.rewire == rewire)
         collectgarbage()
         collectgarbage('stop')",
    );
    // Untouched again, loads are as fast as before.
    let loads = lua.load("for _ = 1, 10000 do local _ = pins.LED; local _ = pins.rewire end");
    let loads = loads.into_function().unwrap();
    let before = lua.used_memory();
    loads.call::<()>(()).unwrap();
    assert!(lua.used_memory() <= before + 1024);
}

#[test]
fn an_unload_whose_deinit_fails_is_told_and_done() {
    let lua = mlua::Lua::new();
    let modules = install(&lua, builtins()).unwrap();
    let error = lua
        .load("pins = require 'pins'; require 'enroll'.unload 'pins'")
        .exec()
        .unwrap_err();
    assert!(
        error.to_string().contains("OSError: the pins are in use"),
        "{error}"
    );
    run(
        &lua,
        "assert(package.loaded.pins == nil and require 'pins' ~= pins)
         assert(not pcall(function() return pins.LED end))",
    );
    let error = modules.shutdown(&lua).unwrap_err();
    assert_eq!(error.to_string(), "OSError: the pins are in use");
    modules.shutdown(&lua).unwrap();
}

#[test]
fn a_module_that_was_never_used_is_not_shut_down() {
    let lua = mlua::Lua::new();
    let modules = install(&lua, builtins()).unwrap();
    run(
        &lua,
        "require 'enroll'.lazy.install()
         pins = require 'pins'
         assert(tostring(pins) == \"<module 'pins'>\" and pins ~= {})",
    );
    modules.shutdown(&lua).unwrap();
    run(&lua, "assert(pins.LED == 25)");
    assert!(modules.shutdown(&lua).is_err());
}

#[test]
fn native_modules_are_registered_while_scripts_run() {
    let lua = mlua::Lua::new();
    let modules = install(&lua, builtins()).unwrap();
    assert!(lua.load("require 'plugin'").exec().is_err());
    modules
        .with_importer(&lua, |importer| {
            importer.register::<PLUGIN>()?;
            importer.register::<PLUGIN_PART>()
        })
        .unwrap();
    run(
        &lua,
        "local plugin, origin = require 'plugin'
         assert(plugin.version == 3 and plugin.__name__ == 'plugin' and origin == ':extensible:')
         assert(require 'uplugin' == plugin and tostring(plugin) == \"<module 'plugin'>\")
         plugin.version = 4
         assert(plugin.version == 4)
         local names = {}
         for name in pairs(plugin) do names[#names + 1] = name end
         assert(table.concat(names, ' '):find 'version')
         local ok, err = pcall(function() return plugin.verzion end)
         assert(err.module == 'plugin' and err.near[1] == 'version')
         assert(require 'plugin.part'.name == 'part')
         ok, err = pcall(require, 'plugn')
         assert(err:find(\"did you mean 'plugin'\"))
         assert(require 'builtins.plugin' == plugin)
         require 'enroll'.unload 'plugin'
         assert(require 'plugin'.version == 4, 'it has no deinit')",
    );
    let taken = modules.with_importer(&lua, |importer| importer.register::<PLUGIN>());
    assert_eq!(
        taken.unwrap_err().to_string(),
        "ImportError: 'plugin' is a native module already"
    );
}

/// Lua code in memory.
struct Memory(&'static [(&'static str, Kind, &'static str)]);

impl Finder<Lua> for Memory {
    fn label(&self) -> &str {
        "memory"
    }

    fn find<'vm>(
        &self,
        _: &mut Cx<'_, 'vm, Lua>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, Error> {
        let mut all = self.0.iter();
        let found = all.find(|(name, ..)| *name == request.name);
        Ok(found.map(|(name, kind, _)| Spec::new(*name, *kind)))
    }

    fn code<'vm>(&self, _: &mut Cx<'_, 'vm, Lua>, spec: &Spec) -> Result<Code, Error> {
        let mut all = self.0.iter();
        let found = all.find(|(name, ..)| *name == spec.name);
        let code = found.map(|(_, _, code)| code.as_bytes());
        Ok(Code::new(code.unwrap_or_default()))
    }
}

#[test]
fn require_asks_the_finders_of_the_importer() {
    static SOURCES: &[(&str, Kind, &str)] = &[
        ("pins", Kind::Source, "error 'a builtin module comes first'"),
        (
            "app",
            Kind::Frozen,
            "return { name = ..., of = require 'app.config' }",
        ),
        ("app.config", Kind::Source, "return { 1 }"),
        ("wrong", Kind::Source, "return {"),
        ("fails", Kind::Source, "\nerror 'here'"),
        ("binary", Kind::Compiled, ""),
    ];
    let lua = mlua::Lua::new();
    let modules = install(&lua, builtins()).unwrap();
    modules.with_importer(&lua, |importer| {
        Lua::imports(importer.cx(), |imports| {
            imports.finders.push(Rc::new(Memory(SOURCES)));
        });
    });
    run(
        &lua,
        "local app, origin = require 'app'
         assert(app.name == 'app' and origin == 'memory' and app.of[1] == 1)
         assert(package.loaded['app.config'] == app.of and require 'pins'.LED == 25)
         require 'enroll'.lazy.install()
         package.loaded.app = nil
         local again = require 'app'
         assert(require 'enroll'.lazy.is_waiting 'app')
         assert(again.name == 'app' and again ~= app)",
    );
    for (name, told) in [
        ("wrong", "wrong:1: unexpected symbol near <eof>"),
        ("fails", "fails:2: here"),
        ("binary", "precompiled Lua can break the interpreter"),
    ] {
        let code = format!("require 'enroll'.lazy.uninstall(); require '{name}'");
        let error = lua.load(code).exec().unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
    // The importer itself gives what the code returned.
    let app = modules.with_importer(&lua, |importer| {
        importer.drop_entry("app");
        importer.import("app")
    });
    let app = app.unwrap();
    assert_eq!(
        app.as_table().unwrap().get::<String>("name").unwrap(),
        "app"
    );
    lua.globals().set("app", app).unwrap();
    run(
        &lua,
        "assert(package.loaded.app == app and require 'app' == app)",
    );
    let waiting = modules.with_importer(&lua, |importer| {
        importer.drop_entry("app");
        importer.install_lazy(Vec::new());
        importer.import("app")
    });
    lua.globals().set("app", waiting.unwrap()).unwrap();
    run(
        &lua,
        "assert(tostring(app) == \"<module 'app'>\")
         local of = app.of
         assert(package.loaded.app ~= nil and app == package.loaded.app and app.name == 'app')",
    );
}

#[test]
fn what_waits_is_forgotten_when_no_script_has_it() {
    let lua = mlua::Lua::new();
    let modules = install(&lua, builtins()).unwrap();
    run(
        &lua,
        "local enroll = require 'enroll'
         enroll.lazy.install()
         package.preload.config = function() return { {} } end
         for i = 1, 500 do
           local config = require 'config'
           if i % 2 == 0 then assert(config[1]) end
           package.loaded.config = nil
         end
         kept = require 'config'
         collectgarbage()
         collectgarbage()",
    );
    let (records, report) = modules.with_importer(&lua, |importer| {
        let records = Lua::imports(importer.cx(), |imports| imports.len());
        (records, importer.lazy_report())
    });
    assert_eq!(records, 1, "the one that is kept");
    assert_eq!(report.proxied.found, 1);
    assert_eq!(report.loaded.found, 250);
    assert_eq!(report.lost.found, 250);
}

#[test]
fn what_stood_for_a_module_is_no_module_any_more() {
    let lua = mlua::Lua::new();
    let modules = install(&lua, builtins()).unwrap();
    run(
        &lua,
        "local enroll = require 'enroll'
         enroll.lazy.install()
         package.preload.config = function() return { {} } end
         local proxy = require 'config'
         assert(proxy[1])
         package.loaded.other = proxy
         assert(not rawequal(proxy, require 'config'))
         collectgarbage()
         collectgarbage()
         assert(require 'other' == require 'config')",
    );
    let other = modules.with_importer(&lua, |importer| importer.entry("other"));
    assert!(matches!(other, Some(Entry::Value(Value::Table(_)))));
}

#[test]
fn nothing_keeps_an_interpreter_alive() {
    let probe = Rc::new(());
    let lua = mlua::Lua::new();
    let modules = install(&lua, modules::builtins()).unwrap();
    record_print(&lua);
    let held = Rc::clone(&probe);
    let function = lua.create_function(move |_, ()| Ok(Rc::strong_count(&held)));
    lua.globals().set("probe", function.unwrap()).unwrap();
    run(
        &lua,
        "local enroll = require 'enroll'
         local errno, sys, values = require 'errno', require 'sys', require 'values'
         errno.EPERM = function() return errno, probe, values.Stack() end
         sys.ps1 = probe
         enroll.lazy.install()
         package.preload.config = function() return { probe, enroll, {} } end
         waiting, used = require 'config', nil
         package.loaded.config = nil
         used = require 'config'
         assert(used[1] == probe)
         enroll.reload 'config'
         require 'builtins'",
    );
    drop(lua);
    drop(modules);
    assert_eq!(Rc::strong_count(&probe), 1);
}

#[test]
fn frozen_modules_stand_before_files_and_extensible_ones_behind_them() {
    const fn code(text: &'static str) -> &'static [u8] {
        text.as_bytes()
    }
    static FROZEN: FrozenSet = FrozenSet::new(
        &[
            FrozenModule::new(
                "app",
                code("return { name = ..., of = require 'app.config' }"),
            )
            .package()
            .suffix(".lua"),
            FrozenModule::new("app.config", code("return { 'frozen' }")).suffix(".lua"),
            FrozenModule::new("fails", code("\nerror 'here'")).suffix(".lua"),
            // `tests/files` has both.
            FrozenModule::new("net", code("return { 'frozen' }")).class(Class::Extensible),
            FrozenModule::new("settings", code("return { 'frozen' }")).aliases(&["options"]),
            FrozenModule::new("soft", code("return { 'frozen' }")).class(Class::Extensible),
        ],
        &[FrozenFile {
            path: "app/data.bin",
            bytes: &[0, 255, 10],
        }],
    );
    let lua = mlua::Lua::new();
    let options = Options::new().frozen(&FROZEN);
    options.install(&lua, builtins()).unwrap();
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/?.lua");
    lua.globals()
        .get::<mlua::Table>("package")
        .unwrap()
        .set("path", files)
        .unwrap();
    run(
        &lua,
        r"local app = require 'app'
         assert(app.name == 'app' and app.of[1] == 'frozen')
         assert(require 'settings'[1] == 'frozen' and require 'options'[1] == 'frozen')
         assert(require 'soft'[1] == 'frozen')
         local net, origin = require 'net'
         assert(net[1] ~= 'frozen' and origin:match 'net.lua$')
         package.path, package.loaded.net = '', nil
         assert(require 'net'[1] == 'frozen')
         local data = require 'enroll'.data
         assert(data 'app/data.bin' == '\0\255\n' and not data 'app/data')
         local _, message = pcall(require, 'fails')
         assert(tostring(message):match '^%.frozen/fails%.lua:2: here', message)",
    );
}

#[test]
fn all_names_of_a_frozen_module_give_one_value() {
    static FROZEN: FrozenSet = FrozenSet::new(
        &[
            FrozenModule::new("fails", b"ran('fails') error 'no'").aliases(&["ufails"]),
            FrozenModule::new("quiet", b"ran('quiet')").aliases(&["uquiet"]),
            FrozenModule::new("settings", b"ran('settings') return { ... }")
                .aliases(&["options", "usettings"]),
            FrozenModule::new("soft", b"ran('soft') return { 'frozen' }")
                .class(Class::Extensible)
                .aliases(&["net"]),
        ],
        &[],
    );
    let lua = mlua::Lua::new();
    let options = Options::new().frozen(&FROZEN);
    options.install(&lua, builtins()).unwrap();
    lua.globals()
        .set(
            "files",
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/?.lua"),
        )
        .unwrap();
    run(
        &lua,
        r"local names = {}
         function ran(name) names[#names + 1] = name end
         local function check(expected)
           local found = table.concat(names, ' ')
           assert(found == expected, found)
           names = {}
         end
         package.path = ''
         local first = require 'options'
         assert(require 'settings' == first and require 'usettings' == first)
         assert(first[1] == 'settings')
         check 'settings'

         -- Any name that is left leads to it; without one it is loaded anew.
         package.loaded.options, package.loaded.settings = nil, nil
         assert(require 'settings' == first)
         package.loaded.usettings, package.loaded.settings = nil, nil
         assert(require 'options' ~= first)
         check 'settings'

         -- One that gives nothing, or fails.
         assert(require 'uquiet' == true and require 'quiet' == true)
         check 'quiet'
         assert(not pcall(require, 'ufails') and not pcall(require, 'fails'))
         check 'fails fails'

         -- A file that took the place of one name is another module.
         assert(require 'net'[1] == 'frozen')
         check 'soft'
         package.path, package.loaded.net = files, nil
         assert(require 'net'[1] ~= 'frozen')
         assert(require 'soft'[1] == 'frozen')
         check 'soft'

         -- To reload is to run it.
         local enroll = require 'enroll'
         local again = require 'settings'
         assert(enroll.reload 'settings' == again and require 'options' == again)
         check 'settings'

         -- A module that waits is nobody's value yet.
         enroll.unload 'settings'
         enroll.unload 'options'
         package.loaded.usettings = nil
         enroll.lazy.install {}
         local one, other = require 'settings', require 'options'
         check ''
         assert(one[1] == 'settings' and other[1] == 'settings')
         assert(package.loaded.settings == package.loaded.options)
         check 'settings'",
    );
}

#[test]
fn frozen_code_begins_as_a_file_may() {
    static FROZEN: FrozenSet = FrozenSet::new(
        &[
            FrozenModule::new("both", b"\xef\xbb\xbf#!/usr/bin/lua\nreturn 3"),
            FrozenModule::new("hash", b"# no Lua at all"),
            FrozenModule::new("mark", b"\xef\xbb\xbfreturn 2"),
            FrozenModule::new("unix", b"#!/usr/bin/lua\nerror 'second line'"),
        ],
        &[],
    );
    let lua = mlua::Lua::new();
    let options = Options::new().frozen(&FROZEN);
    options.install(&lua, builtins()).unwrap();
    run(
        &lua,
        r"assert(require 'both' == 3 and require 'mark' == 2 and require 'hash' == true)
         local _, message = pcall(require, 'unix')
         assert(tostring(message):match ':2: second line', message)
         -- What is no text is found nowhere, and a loader takes anything.
         assert(require 'enroll'.data '\255' == nil)
         local _, message = pcall(require, '\255')
         assert(tostring(message):match 'not found:', message)
         for _, searcher in ipairs(package.searchers) do
           local loader = searcher 'mark'
           assert(type(loader) ~= 'function' or loader() == 2)
         end",
    );
}

#[test]
fn an_image_takes_the_place_of_frozen_modules_once_it_was_verified() {
    static FROZEN: FrozenSet = FrozenSet::new(
        &[
            FrozenModule::new("app", b"return { 'frozen' }").suffix(".lua"),
            FrozenModule::new("other", b"return { 'frozen' }").suffix(".lua"),
        ],
        &[FrozenFile {
            path: "app.txt",
            bytes: b"frozen",
        }],
    );
    let module = |name: &str, code: &str| freeze::FrozenModule {
        name: name.to_owned(),
        suffix: ".lua".to_owned(),
        is_package: false,
        class: enroll_codegen::Class::Builtin,
        aliases: Vec::new(),
        code: code.as_bytes().to_vec(),
        names: Vec::new(),
        file: "app.lua".into(),
        path: "app.lua".to_owned(),
    };
    let set = freeze::FrozenSet {
        modules: vec![
            module("app", "return { 'image' }"),
            module("fails", "error 'here'"),
        ],
        data: vec![freeze::DataFile {
            path: "app.txt".to_owned(),
            bytes: b"image".to_vec(),
            file: "app.txt".into(),
        }],
    };
    let image = enroll_codegen::emit::image(&set, 0, CODE).unwrap();
    let image: &'static [u8] = image.leak();
    let lua = mlua::Lua::new();
    let options = Options::new().frozen(&FROZEN);
    let modules = options.install(&lua, builtins()).unwrap();
    // Damaged, it changes nothing.
    let mut damaged = image.to_vec();
    damaged[100] ^= 1;
    for (bytes, told) in [
        (
            damaged.leak() as &[u8],
            "its checksum is not that of its bytes",
        ),
        (&image[..image.len() - 1], "it was cut off"),
        (b"return {}", "this is no image of frozen modules"),
    ] {
        let refused = modules.mount(bytes, OnClash::Patch).unwrap_err();
        assert!(refused.to_string().contains(told), "{refused}");
    }
    let both = "assert(require 'app'[1] == ... and require 'other'[1] == 'frozen')
                assert(require 'enroll'.data 'app.txt' == ...)";
    let run = |name: &str| lua.load(both).call::<()>(name).unwrap();
    run("frozen");
    modules.mount(image, OnClash::Refuse).unwrap();
    // What was loaded stays, files are read anew.
    lua.load("assert(require 'app'[1] == 'frozen'); package.loaded.app = nil")
        .exec()
        .unwrap();
    run("image");
    let origin = "return select(2, pcall(require, 'fails'))";
    let message: Value = lua.load(origin).eval().unwrap();
    assert!(
        message
            .to_string()
            .unwrap()
            .starts_with(".image/fails.lua:1: here")
    );
}
