//! Modules declared for Rhai, one for each thing a module can have.

use crate::portable::{ERRNO_EXTRA, NAMES, VALUES};
use enroll::{Access, Adapter, Builtins, Claim, Cx, Qstr, qstr, testing::Kit};
use enroll_portable::{Args, Error as Failure, Operate, Portable, Slot, Type, Value, function};
use enroll_rhai::{Error, Rhai, Rom};
use rhai::{Dynamic, FnPtr, ImmutableString};
use std::cell::RefCell;

enroll::register_module! {
    /// Standard system error codes.
    static ERRNO: Module<Rhai> = "errno" {
        "EPERM" => Rom::Int(1),
        "ENOENT" => Rom::Int(2),
        "EROFS" => Rom::Int(30),
    }
    aliases: ["uerrno"],
}

enroll::register_module! {
    /// The interpreter.
    static SYS: Module<Rhai> = "sys" {
        "version" => Rom::Str("1.27"),
        "maxsize" => Rom::Float(1e15),
        "debug" => Rom::Bool(false),
        "argv" => Rom::Unit,
        "add" => Rom::Function(add),
        "apply" => Rom::Function(apply),
        "fail" => Rom::Function(fail),
        "match" => Rom::Function(first),
    }
    init: setup,
    deinit: teardown,
    attr: sys_attr,
    dir: sys_dir,
}

fn setup(_: &mut Cx<'_, '_, Rhai>) -> Result<(), Error> {
    say("init sys");
    Ok(())
}

fn teardown(_: &mut Cx<'_, '_, Rhai>) -> Result<(), Error> {
    say("deinit sys");
    Ok(())
}

thread_local! {
    /// What hooks and scripts of this thread said: each test has its own.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Writes a line into what was said.
pub(crate) fn say(line: &str) {
    SAID.with_borrow_mut(|said| {
        said.push_str(line);
        said.push('\n');
    });
}

/// What was said since it was asked last.
pub(crate) fn said() -> String {
    SAID.take()
}

fn add(_: &mut Cx<'_, '_, Rhai>, arguments: &[Dynamic]) -> Result<Dynamic, Error> {
    let mut sum = 0i64;
    for argument in arguments {
        let number = argument
            .as_int()
            .map_err(|found| Error::new("TypeError", format!("an int is needed, not {found}")))?;
        sum = sum
            .checked_add(number)
            .ok_or_else(|| Error::new("OverflowError", "the sum has more than 64 bits"))?;
    }
    Ok(sum.into())
}

/// Calls what it is given, so that a script's error passes through.
fn apply(cx: &mut Cx<'_, '_, Rhai>, arguments: &[Dynamic]) -> Result<Dynamic, Error> {
    let [function, rest @ ..] = arguments else {
        return Err(Error::new("TypeError", "a function is missing"));
    };
    let Some(function) = function.clone().try_cast::<FnPtr>() else {
        return Err(Error::new("TypeError", "this is no function"));
    };
    cx.host().call(&function, rest.to_vec())
}

fn fail(_: &mut Cx<'_, '_, Rhai>, _: &[Dynamic]) -> Result<Dynamic, Error> {
    Err(Error::new("OSError", "the device is gone"))
}

fn first(_: &mut Cx<'_, '_, Rhai>, arguments: &[Dynamic]) -> Result<Dynamic, Error> {
    Ok(arguments.first().cloned().unwrap_or_default())
}

fn sys_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    name: Qstr,
    access: Access<'_, Dynamic>,
) -> Result<Claim<Dynamic>, Error> {
    if name != qstr!("ps1") {
        return Ok(Claim::Declined);
    }
    let Some(module) = cx.module() else {
        return Ok(Claim::Declined);
    };
    let prompt = cx.host().state::<Option<ImmutableString>>(module);
    let mut prompt = prompt.borrow_mut();
    Ok(match access {
        Access::Load => match &*prompt {
            Some(text) => Claim::Value(text.clone().into()),
            None => Claim::Declined,
        },
        Access::Store(value) => {
            let text = value.clone().into_immutable_string();
            *prompt = Some(text.map_err(|found| {
                Error::new("TypeError", format!("a prompt is a text, not {found}"))
            })?);
            Claim::Done
        }
        Access::Delete => match prompt.take() {
            Some(_) => Claim::Done,
            None => Claim::Declined,
        },
    })
}

fn sys_dir(_: &mut Cx<'_, '_, Rhai>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("ps1"));
    Ok(())
}

enroll::register_module! {
    static OS: Module<Rhai> = "os" {
        "sep" => Rom::Str("/"),
    }
    init: os_init,
}

fn os_init(_: &mut Cx<'_, '_, Rhai>) -> Result<(), Error> {
    say("init os");
    Ok(())
}

enroll::register_module! {
    static OS_PATH: Module<Rhai> = "os.path" {
        "curdir" => Rom::Str("."),
    }
    init: path_init,
}

fn path_init(_: &mut Cx<'_, '_, Rhai>) -> Result<(), Error> {
    say("init os.path");
    Ok(())
}

enroll::extend_module! {
    static OS_EXTRA: Extension<Rhai> = "os" {
        replace "sep" => Rom::Str("\\"),
        "cpus" => Rom::Int(4),
    }
}

enroll::register_module! {
    /// A file may take its place.
    static SETTINGS: Module<Rhai> = "settings" {
        "origin" => Rom::Str("builtin"),
    }
    class: extensible,
}

enroll::register_module! {
    /// Its `init` fails the first time.
    static FRAGILE: Module<Rhai> = "fragile" {
        "value" => Rom::Int(1),
    }
    init: fragile_init,
}

fn fragile_init(cx: &mut Cx<'_, '_, Rhai>) -> Result<(), Error> {
    say("init fragile");
    // A state of its own would be forgotten with the failure.
    let sys = cx.host().builtins().find_text("sys");
    let Some(sys) = sys else { return Ok(()) };
    let tried = cx.host().state::<bool>(sys);
    if tried.replace(true) {
        return Ok(());
    }
    Err(Error::new("OSError", "not ready"))
}

enroll::register_module! {
    /// Bytes, read and written, and objects of scripts.
    static BUFFERS: Module<Portable> = "buffers" {
        "write" => enroll_portable::Rom::Function(function!(write(stream, text))),
        "Fixed" => enroll_portable::Rom::Type(&FIXED),
        "Free" => enroll_portable::Rom::Type(&FREE),
        "some" => enroll_portable::Rom::Function(function!(some(a, b = 2, *, c = 3, d = 4))),
        "sum" => enroll_portable::Rom::Function(function!(sum(data))),
        "fill" => enroll_portable::Rom::Function(function!(fill(data, byte = 255))),
    }
}

fn sum<'vm>(cx: &mut Cx<'_, 'vm, Portable>, data: &Value<'vm>) -> Result<u64, Failure> {
    cx.bytes(data, |bytes| bytes.iter().copied().map(u64::from).sum())
}

fn fill<'vm>(cx: &mut Cx<'_, 'vm, Portable>, data: &Value<'vm>, byte: u8) -> Result<bool, Failure> {
    Ok(cx.buffer(data, |bytes| bytes.fill(byte))?.is_some())
}

/// Its constructor says how many arguments it takes, and that of `FREE` does not.
static FIXED: Type = Type::new("Fixed", "").slots(&[Slot::New(count), Slot::Arity(1, 2)]);
static FREE: Type = Type::new("Free", "").slots(&[Slot::New(count)]);

/// How many arguments there are, by position and by name.
fn count<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Failure> {
    let counts = [args.positional.len(), args.keywords.len()];
    Ok(counts.map(|count| count as i64).to_vec().into())
}

fn some(a: i64, b: i64, c: i64, d: i64) -> Vec<i64> {
    vec![a, b, c, d]
}

/// Writes twice, and gives what the stream has counted.
fn write<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    stream: &Value<'vm>,
    text: Value<'vm>,
) -> Result<Value<'vm>, Failure> {
    for _ in 0..2 {
        cx.call_method(stream, "write", Args::new(std::slice::from_ref(&text)))?;
    }
    cx.attr(stream, "count")
}

/// The table of all of them.
pub(crate) fn builtins() -> &'static Builtins<Rhai> {
    static ADAPTERS: &[Adapter<Rhai>] = &[Adapter::of::<Rhai>(), Adapter::of::<Portable>()];
    Kit::new()
        .declared::<ERRNO>()
        .declared::<ERRNO_EXTRA>()
        .declared::<SYS>()
        .declared::<OS>()
        .declared::<OS_PATH>()
        .declared::<OS_EXTRA>()
        .declared::<SETTINGS>()
        .declared::<FRAGILE>()
        .declared::<VALUES>()
        .declared::<BUFFERS>()
        .names(NAMES)
        .names(&["ps1"])
        .build(ADAPTERS)
        .unwrap()
}
