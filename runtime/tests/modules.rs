//! Declarations, tables and look-ups, with a host of two guests.

use enroll::testing::{Kit, KitError};
use enroll::{
    Access, Adapter, Adopt, Broken, Builtins, Claim, Class, Cx, Host, ModuleId, Once, Qstr, Why,
    qstr,
};

/// A host whose scripts know integers and texts, and whose context logs calls.
enum Own {}

/// Another host, which `Own` adopts: its integers are stored negated, so that a
/// forgotten conversion shows.
enum Guest {}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Int(i64),
    Text(&'static str),
    Module(ModuleId),
}

#[derive(Debug, PartialEq)]
enum Error {
    Broken(Broken),
    Raised(&'static str),
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error::Broken(broken)
    }
}

#[derive(Default)]
struct Vm {
    log: Vec<String>,
    slots: [Option<Value>; 2],
}

impl Host for Own {
    type Rom = i64;
    type Value<'vm> = Value;
    type Context<'vm> = Vm;
    type Error = Error;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Own>, rom: &'static i64) -> Result<Value, Error> {
        Ok(Value::Int(*rom))
    }
    fn text<'vm>(_: &mut Cx<'_, 'vm, Own>, text: &'static str) -> Result<Value, Error> {
        Ok(Value::Text(text))
    }
    fn module<'vm>(_: &mut Cx<'_, 'vm, Own>, id: ModuleId) -> Result<Value, Error> {
        Ok(Value::Module(id))
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Negated(i64);

impl Host for Guest {
    type Rom = Negated;
    type Value<'vm> = Negated;
    type Context<'vm> = Vec<String>;
    type Error = Broken;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Guest>, rom: &'static Negated) -> Result<Negated, Broken> {
        Ok(rom.clone())
    }
    fn text<'vm>(_: &mut Cx<'_, 'vm, Guest>, _: &'static str) -> Result<Negated, Broken> {
        Ok(Negated(0))
    }
    fn module<'vm>(_: &mut Cx<'_, 'vm, Guest>, _: ModuleId) -> Result<Negated, Broken> {
        Ok(Negated(0))
    }
}

impl Adopt<Guest> for Own {
    fn enter<'vm, R>(
        cx: &mut Cx<'_, 'vm, Own>,
        run: impl FnOnce(&mut Cx<'_, 'vm, Guest>) -> R,
    ) -> R {
        let module = cx.module();
        run(&mut Cx::new(&mut cx.host().log).within(module))
    }
    fn adopt<'vm>(_: &mut Cx<'_, 'vm, Own>, value: Negated) -> Result<Value, Error> {
        Ok(Value::Int(-value.0))
    }
    fn offer<'vm>(_: &mut Cx<'_, 'vm, Own>, value: &Value) -> Result<Negated, Error> {
        match value {
            Value::Int(int) => Ok(Negated(-int)),
            _ => Err(Error::Raised("TypeError")),
        }
    }
    fn fail(_: &mut Cx<'_, '_, Own>, error: Broken) -> Error {
        Error::Broken(error)
    }
}

enroll::register_module! {
    /// A system module.
    ///
    /// Of two lines.
    static SYS: Module<Own> = "sys" {
        "maxsize" => 100,
        #[cfg(any())]
        "never" => 1,
        #[cfg(all())]
        "always" => 2,
    }
    aliases: ["usys"],
    init: sys_init,
    #[cfg(any())]
    deinit: no_such_function,
    attr: sys_attr,
    dir: sys_dir,
    getattr: sys_getattr,
}

fn sys_init(cx: &mut Cx<'_, '_, Own>) -> Result<(), Error> {
    cx.host().log.push("init sys".to_owned());
    Ok(())
}

fn sys_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Own>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    if name == qstr!("broken") {
        return Err(Error::Raised("OSError"));
    }
    let names = [qstr!("ps1"), qstr!("ps2")];
    Ok(enroll::delegation::slots(
        &names,
        &mut cx.host().slots,
        name,
        access,
    ))
}

fn sys_dir(_: &mut Cx<'_, '_, Own>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("ps1"));
    each(qstr!("ps2"));
    Ok(())
}

fn sys_getattr<'vm>(cx: &mut Cx<'_, 'vm, Own>, name: Qstr) -> Result<Option<Value>, Error> {
    cx.host().log.push("getattr".to_owned());
    Ok((name == qstr!("dynamic")).then_some(Value::Int(7)))
}

enroll::register_module! {
    static OS: Module<Guest> = "os" {
        "sep" => Negated(-47),
        "linesep" => Negated(-10),
    }
    class: extensible,
    attr: os_attr,
}

fn os_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Guest>,
    name: Qstr,
    access: Access<'_, Negated>,
) -> Result<Claim<Negated>, Broken> {
    cx.host().push(format!("os {:?}", access));
    Ok(match (name, access) {
        (qstr!("umask"), Access::Load) => Claim::Value(Negated(-18)),
        (qstr!("umask"), Access::Store(_)) => Claim::Done,
        _ => Claim::Declined,
    })
}

enroll::register_module! {
    static OS_PATH: Module<Guest> = "os.path" {
        "curdir" => Negated(-46),
    }
}

enroll::extend_module! {
    static OS_EXTRA: Extension<Own> = "os" {
        replace "sep" => 92,
        "cpus" => 4,
    }
    attr: extra_attr,
}

fn extra_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Own>,
    name: Qstr,
    _: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    cx.host().log.push("extra".to_owned());
    Ok(match name {
        qstr!("load") => Claim::Value(Value::Int(1)),
        _ => Claim::Declined,
    })
}

enroll::register_module! {
    #[cfg(any())]
    static GONE: Module<NoSuchHost> = "gone" {
        "x" => this + is + not * compiled,
    }
}

enroll::register_module! {
    static NOTHING: Module<Own> = "nothing" {}
}

enroll::register_module! {
    /// Has an end and no beginning.
    static LOG: Module<Own> = "log" {}
    deinit: flush,
}

fn flush(cx: &mut Cx<'_, '_, Own>) -> Result<(), Error> {
    cx.host().log.push("flush".to_owned());
    Ok(())
}

enroll::extend_module! {
    static NOTHING_EXTRA: Extension<Own> = "nothing" {}
    init: sys_init,
}

#[test]
fn whether_a_module_has_init_and_deinit_is_asked_of_it_and_its_extensions() {
    let kit = Kit::new().declared::<SYS>().declared::<LOG>();
    let kit = kit.declared::<NOTHING>().declared::<NOTHING_EXTRA>();
    let builtins = kit.names(HOOK_NAMES).build(BOTH).unwrap();
    for (name, init, deinit) in [
        ("sys", true, false),
        ("log", false, true),
        ("nothing", true, false),
    ] {
        let id = builtins.find_text(name).unwrap();
        assert_eq!(builtins.has_init(id), Ok(init), "{name}");
        assert_eq!(builtins.has_deinit(id), Ok(deinit), "{name}");
    }
    assert!(builtins.has_init(ModuleId::new(9)).is_err());
}

static BOTH: &[Adapter<Own>] = &[Adapter::of::<Own>(), Adapter::of::<Guest>()];

const HOOK_NAMES: &[&str] = &["ps1", "ps2", "broken", "dynamic", "umask", "load", "other"];

fn kit() -> Kit {
    Kit::new()
        .declared::<SYS>()
        .declared::<OS_PATH>()
        .declared::<OS>()
        .declared::<NOTHING>()
        .declared::<OS_EXTRA>()
        .names(HOOK_NAMES)
}

fn builtins() -> &'static Builtins<Own> {
    kit().build(BOTH).unwrap()
}

/// Loads `module.name`; `None` is an AttributeError.
fn load(vm: &mut Vm, module: &str, name: &str) -> Result<Option<Value>, Error> {
    let builtins = builtins();
    let id = builtins.find_text(module).unwrap();
    let name = builtins.pool().get(name).unwrap();
    builtins.load(&mut Cx::new(vm), id, name)
}

#[test]
fn modules_are_in_name_order_and_found_by_name_and_alias() {
    let builtins = builtins();
    let names: Vec<_> = builtins
        .iter()
        .map(|id| builtins.table().name_text(id))
        .collect();
    assert_eq!(names, ["nothing", "os", "os.path", "sys"]);
    assert_eq!(builtins.find_text("usys"), builtins.find_text("sys"));
    assert_eq!(builtins.find(qstr!("sys")), builtins.find_text("sys"));
    assert_eq!(builtins.find_text("gone"), None);
    assert_eq!(builtins.find_text("path"), None);
    let sys = builtins.table().header(builtins.find_text("sys").unwrap());
    assert_eq!(sys.unwrap().info().class, Class::Builtin);
    let os = builtins.table().header(builtins.find_text("os").unwrap());
    assert_eq!(os.unwrap().info().class, Class::Extensible);
}

#[test]
fn load_asks_table_submodules_delegation_and_getattr_in_this_order() {
    let vm = &mut Vm::default();
    let int = |int| Ok(Some(Value::Int(int)));
    assert_eq!(load(vm, "sys", "maxsize"), int(100));
    assert_eq!(load(vm, "sys", "always"), int(2));
    assert_eq!(load(vm, "sys", "__name__"), Ok(Some(Value::Text("sys"))));
    assert_eq!(load(vm, "usys", "__name__"), Ok(Some(Value::Text("sys"))));
    assert_eq!(
        load(vm, "sys", "__doc__"),
        Ok(Some(Value::Text("A system module.\n\nOf two lines.")))
    );
    let path = builtins().find_text("os.path").unwrap();
    assert_eq!(load(vm, "os", "path"), Ok(Some(Value::Module(path))));
    assert_eq!(load(vm, "os.path", "curdir"), int(46));
    assert!(vm.log.is_empty(), "{:?}", vm.log);
    assert_eq!(load(vm, "sys", "dynamic"), int(7));
    assert_eq!(load(vm, "sys", "other"), Ok(None));
    assert_eq!(load(vm, "nothing", "other"), Ok(None));
    assert_eq!(vm.log, ["getattr", "getattr"]);
    assert_eq!(load(vm, "sys", "broken"), Err(Error::Raised("OSError")));
}

#[test]
fn c10_an_entry_under_a_false_cfg_is_in_the_pool_of_a_build_but_not_in_the_table() {
    let builtins = builtins();
    assert_eq!(SYS.info().globals.len(), 2);
    assert_eq!(SYS.get(qstr!("never")), None);
    assert_eq!(builtins.pool().get("never"), None);
}

#[test]
fn c11_the_header_says_everything_a_declaration_says() {
    let info = SYS.info();
    assert_eq!(info.name, qstr!("sys"));
    assert_eq!(info.aliases, [qstr!("usys")]);
    assert!(info.requires.is_empty());
    let hooks = SYS.hooks();
    assert!(hooks.init.is_some() && hooks.deinit.is_none());
    assert!(hooks.attr.is_some() && hooks.dir.is_some() && hooks.getattr.is_some());
    let names: Vec<_> = SYS.iter().map(|(name, value)| (name, *value)).collect();
    assert_eq!(names, [(qstr!("maxsize"), 100), (qstr!("always"), 2)]);
}

#[test]
fn c12_a_module_of_an_unlisted_host_is_an_error_from_verify_and_from_look_ups() {
    static OWN: &[Adapter<Own>] = &[Adapter::of::<Own>()];
    let Err(KitError::Broken(broken)) = kit().build(OWN).map(|_| ()) else {
        panic!("a module of an unlisted host was accepted");
    };
    assert_eq!(broken.name, "os");
    assert!(matches!(broken.why, Why::Host { found } if found.ends_with("Guest")));
    assert!(broken.to_string().contains("does not list"), "{broken}");

    // The table itself does not know hosts: the same one with fewer adapters.
    let all = builtins();
    let fewer = Builtins::new(all.table(), OWN);
    assert_eq!(fewer.faults().count(), 2);
    let os = all.find_text("os").unwrap();
    let vm = &mut Vm::default();
    let result = fewer.load(&mut Cx::new(vm), os, qstr!("linesep"));
    assert!(matches!(result, Err(Error::Broken(_))), "{result:?}");
    assert!(all.table().view::<Own>().module(os).is_err());
    assert!(all.table().view::<Guest>().module(os).is_ok());
    assert_eq!(all.table().view::<Own>().iter().count(), 2);
    assert_eq!(all.table().view::<Guest>().iter().count(), 2);
}

#[test]
fn c13_what_changes_is_kept_by_module_id_and_not_in_the_table() {
    let builtins = builtins();
    let id = builtins.find_text("sys").unwrap();
    let (one, two) = (&mut Vm::default(), &mut Vm::default());
    let (mut once_one, mut once_two) = (Once::<1>::new(), Once::<1>::new());
    for (vm, once) in [(&mut *one, &mut once_one), (&mut *two, &mut once_two)] {
        for _ in 0..2 {
            if once.begin(id) == Some(true) {
                builtins.init(&mut Cx::new(vm), id).unwrap();
            }
        }
    }
    assert_eq!(one.log, ["init sys"]);
    assert_eq!(two.log, ["init sys"]);
    builtins.deinit(&mut Cx::new(one), id).unwrap();
    assert_eq!(one.log.len(), 1);
}

#[test]
fn c23_hooks_and_values_of_a_guest_go_through_its_adapter() {
    let vm = &mut Vm::default();
    assert_eq!(load(vm, "os", "linesep"), Ok(Some(Value::Int(10))));
    assert_eq!(load(vm, "os", "umask"), Ok(Some(Value::Int(18))));
    let builtins = builtins();
    let os = builtins.find_text("os").unwrap();
    let umask = qstr!("umask");
    let store = |vm: &mut Vm, value| builtins.store(&mut Cx::new(vm), os, umask, &value);
    assert_eq!(store(vm, Value::Int(5)), Ok(true));
    assert_eq!(
        vm.log,
        ["os Load", "os Store(Negated(-5))"],
        "the value was converted on the way in"
    );
    assert_eq!(store(vm, Value::Text("x")), Err(Error::Raised("TypeError")));
    assert_eq!(builtins.delete(&mut Cx::new(vm), os, umask), Ok(false));
}

#[test]
fn c25_two_interpreters_keep_their_own_state() {
    let builtins = builtins();
    let sys = builtins.find_text("sys").unwrap();
    let (one, two) = (&mut Vm::default(), &mut Vm::default());
    let ps1 = qstr!("ps1");
    let stored = builtins.store(&mut Cx::new(one), sys, ps1, &Value::Int(1));
    assert_eq!(stored, Ok(true));
    let load = |vm: &mut Vm| builtins.load(&mut Cx::new(vm), sys, ps1);
    assert_eq!(load(one), Ok(Some(Value::Int(1))));
    assert_eq!(load(two), Ok(None));
    assert_eq!(builtins.delete(&mut Cx::new(one), sys, ps1), Ok(true));
    assert_eq!(load(one), Ok(None));
    assert_eq!(builtins.delete(&mut Cx::new(one), sys, ps1), Ok(false));
}

#[test]
fn an_extension_replaces_adds_and_is_asked_after_the_base() {
    let vm = &mut Vm::default();
    assert_eq!(load(vm, "os", "sep"), Ok(Some(Value::Int(92))));
    assert_eq!(load(vm, "os", "cpus"), Ok(Some(Value::Int(4))));
    assert_eq!(load(vm, "os", "linesep"), Ok(Some(Value::Int(10))));
    assert!(vm.log.is_empty());
    assert_eq!(load(vm, "os", "load"), Ok(Some(Value::Int(1))));
    assert_eq!(vm.log, ["os Load", "extra"]);
}

#[test]
fn dir_hands_on_every_name_and_calls_no_load_hook() {
    let builtins = builtins();
    let vm = &mut Vm::default();
    let mut list = |module: &str| {
        let id = builtins.find_text(module).unwrap();
        let mut names = Vec::new();
        builtins
            .dir(&mut Cx::new(vm), id, &mut |name| {
                names.push(builtins.pool().text(name).unwrap());
            })
            .unwrap();
        names
    };
    assert_eq!(
        list("sys"),
        ["__name__", "__doc__", "maxsize", "always", "ps1", "ps2"]
    );
    assert_eq!(
        list("os"),
        ["__name__", "sep", "linesep", "path", "sep", "cpus"]
    );
    assert!(vm.log.is_empty(), "{:?}", vm.log);
}

#[test]
fn a_kit_says_what_is_wrong() {
    enroll::register_module! {
        static SYS_AGAIN: Module<Own> = "system" {}
        aliases: ["sys"],
    }
    let result = |kit: Kit| kit.build(BOTH).map(|_| ()).unwrap_err();
    assert_eq!(
        result(kit().declared::<SYS_AGAIN>()),
        KitError::Duplicate("sys".to_owned())
    );
    assert_eq!(
        result(Kit::new().declared::<OS_EXTRA>()),
        KitError::Missing("os")
    );
    assert_eq!(
        result(Kit::new().declared::<OS_PATH>()),
        KitError::Missing("os")
    );
}
