//! An interpreter that imports, as small as can be: with an override layer and
//! without one, otherwise the same, and modules to import.

use enroll::import::{
    Code, Finder, Handle, ImportError, ImportHost, Importer, Imports, Kind, Layer, Patches,
    Request, Spec,
};
use enroll::testing::Kit;
use enroll::{Adapter, Adopt, Broken, Builtins, Cx, Host, ModuleId, Qstr, qstr};
use std::marker::PhantomData;
use std::rc::Rc;

/// The host whose override layer is `P`: `()` or [`Layer`].
#[derive(Clone, Copy, Debug)]
pub struct Scripts<P>(PhantomData<P>);

/// The host that the modules are declared for, so that both sorts of
/// [`Scripts`] run the very same tables.
#[derive(Clone, Copy, Debug)]
pub enum Numbers {}

/// What a script holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    None,
    /// A number.
    Int(i64),
    /// A text.
    Text(Rc<str>),
    /// A list of texts.
    List(Rc<[String]>),
    /// A module.
    Module(Handle),
}

/// How a script fails.
#[derive(Debug, PartialEq)]
pub struct Error(pub String);

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error(broken.to_string())
    }
}

/// What an interpreter owns.
pub struct Vm<'vm, P: Patches<Value> + 'static> {
    /// What it has imported.
    pub imports: Imports<'vm, Scripts<P>>,
}

impl Host for Numbers {
    type Rom = i64;
    type Value<'vm> = i64;
    type Context<'vm> = ();
    type Error = Broken;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Numbers>, rom: &'static i64) -> Result<i64, Broken> {
        Ok(*rom)
    }
    fn text<'vm>(_: &mut Cx<'_, 'vm, Numbers>, _: &'static str) -> Result<i64, Broken> {
        Ok(0)
    }
    fn module<'vm>(_: &mut Cx<'_, 'vm, Numbers>, _: ModuleId) -> Result<i64, Broken> {
        Ok(0)
    }
}

impl<P: Patches<Value> + 'static> Adopt<Numbers> for Scripts<P> {
    fn enter<'vm, R>(
        cx: &mut Cx<'_, 'vm, Self>,
        run: impl FnOnce(&mut Cx<'_, 'vm, Numbers>) -> R,
    ) -> R {
        let module = cx.module();
        run(&mut Cx::new(&mut ()).within(module))
    }
    fn adopt<'vm>(_: &mut Cx<'_, 'vm, Self>, value: i64) -> Result<Value, Error> {
        Ok(Value::Int(value))
    }
    fn offer<'vm>(_: &mut Cx<'_, 'vm, Self>, value: &Value) -> Result<i64, Error> {
        match value {
            Value::Int(number) => Ok(*number),
            other => Err(Error(format!("TypeError: {other:?} is no number"))),
        }
    }
    fn fail(_: &mut Cx<'_, '_, Self>, error: Broken) -> Error {
        error.into()
    }
}

impl<P: Patches<Value> + 'static> Host for Scripts<P> {
    type Rom = i64;
    type Value<'vm> = Value;
    type Context<'vm> = Vm<'vm, P>;
    type Error = Error;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Self>, rom: &'static i64) -> Result<Value, Error> {
        Ok(Value::Int(*rom))
    }
    fn text<'vm>(_: &mut Cx<'_, 'vm, Self>, text: &'static str) -> Result<Value, Error> {
        Ok(Value::Text(text.into()))
    }
    fn module<'vm>(cx: &mut Cx<'_, 'vm, Self>, id: ModuleId) -> Result<Value, Error> {
        Importer::new(cx).module_object(id)
    }
}

impl<P: Patches<Value> + 'static> ImportHost for Scripts<P> {
    type Finder = Rc<dyn Finder<Self>>;
    type Patches<'vm> = P;
    type Lock = ();

    #[inline]
    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Self>,
        read: impl FnOnce(&mut Imports<'vm, Self>) -> R,
    ) -> R {
        read(&mut cx.host().imports)
    }
    fn lock(_: &mut Cx<'_, '_, Self>) {}
    fn error(_: &mut Cx<'_, '_, Self>, error: ImportError) -> Error {
        Error(format!("{}: {error}", error.class()))
    }
    #[inline]
    fn object<'vm>(_: &mut Cx<'_, 'vm, Self>, module: Handle) -> Result<Value, Error> {
        Ok(Value::Module(module))
    }
    #[inline]
    fn handle<'vm>(_: &mut Cx<'_, 'vm, Self>, value: &Value) -> Option<Handle> {
        match value {
            Value::Module(module) => Some(*module),
            _ => None,
        }
    }
    fn string<'vm>(_: &mut Cx<'_, 'vm, Self>, text: &str) -> Result<Value, Error> {
        Ok(Value::Text(text.into()))
    }
    fn strings<'vm>(_: &mut Cx<'_, 'vm, Self>, texts: &[String]) -> Result<Value, Error> {
        Ok(Value::List(texts.into()))
    }
    fn to_strings<'vm>(_: &mut Cx<'_, 'vm, Self>, value: &Value) -> Result<Vec<String>, Error> {
        match value {
            Value::List(texts) => Ok(texts.to_vec()),
            other => Err(Error(format!("TypeError: {other:?} is no list"))),
        }
    }
    fn to_text<'vm>(_: &mut Cx<'_, 'vm, Self>, value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }
    fn integer<'vm>(_: &mut Cx<'_, 'vm, Self>, number: i64) -> Result<Value, Error> {
        Ok(Value::Int(number))
    }
    fn none<'vm>(_: &mut Cx<'_, 'vm, Self>) -> Value {
        Value::None
    }
    fn is_none(value: &Value) -> bool {
        *value == Value::None
    }
    fn call<'vm>(_: &mut Cx<'_, 'vm, Self>, _: &Value, _: &[Value]) -> Result<Value, Error> {
        Err(Error("TypeError: nothing can be called".into()))
    }
    fn exec<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        module: Handle,
        _: &Spec,
        _: Code,
    ) -> Result<(), Error> {
        Importer::new(cx).store(module, qstr!("setting"), Value::Int(3))
    }
}

/// A finder of the modules that a script of this name has in files.
struct Files;

impl<P: Patches<Value> + 'static> Finder<Scripts<P>> for Files {
    fn label(&self) -> &str {
        "files"
    }
    fn find<'vm>(
        &self,
        _: &mut Cx<'_, 'vm, Scripts<P>>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, Error> {
        Ok(match request.name {
            "drivers" => {
                let mut spec = Spec::new("drivers", Kind::Source);
                spec.search = Some(vec!["drivers".into()]);
                Some(spec)
            }
            "settings" | "drivers.motor" => Some(Spec::new(request.name, Kind::Source)),
            _ => None,
        })
    }
    fn code<'vm>(&self, _: &mut Cx<'_, 'vm, Scripts<P>>, _: &Spec) -> Result<Code, Error> {
        Ok(Code::new(&[][..]))
    }
}

/// A finder of every module, for interpreters with many.
#[derive(Clone, Copy, Debug)]
pub struct Many;

impl<P: Patches<Value> + 'static> Finder<Scripts<P>> for Many {
    fn label(&self) -> &str {
        "many"
    }
    fn find<'vm>(
        &self,
        _: &mut Cx<'_, 'vm, Scripts<P>>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, Error> {
        Ok(Some(Spec::new(request.name, Kind::Source)))
    }
    fn code<'vm>(&self, _: &mut Cx<'_, 'vm, Scripts<P>>, _: &Spec) -> Result<Code, Error> {
        Ok(Code::new(&[][..]))
    }
}

enroll::register_module! {
    /// No file can take its place.
    static MACHINE: Module<Numbers> = "machine" {
        "freq" => 1, "mem8" => 2, "mem16" => 3, "mem32" => 4, "reset" => 5,
        "idle" => 6, "sleep" => 7, "unique_id" => 8, "Pin" => 9, "SPI" => 10,
    }
}

enroll::register_module! {
    /// A file of its name could take its place.
    static TIME: Module<Numbers> = "time" {
        "time" => 1, "sleep" => 2, "sleep_ms" => 3, "ticks_ms" => 4, "ticks_diff" => 5,
    }
    class: extensible,
}

const fn adapters<P: Patches<Value> + 'static>() -> [Adapter<Scripts<P>>; 1] {
    [Adapter::of::<Numbers>()]
}
static PLAIN: &[Adapter<Scripts<()>>] = &const { adapters::<()>() };
static LAYERED: &[Adapter<Scripts<Layer<Value>>>] = &const { adapters::<Layer<Value>>() };

/// What has an interpreter of its own: no layer, or one.
pub trait Sort: Patches<Value> + 'static {
    /// The table of its modules.
    fn builtins() -> &'static Builtins<Scripts<Self>>;
}

fn kit() -> Kit {
    let kit = Kit::new().declared::<MACHINE>().declared::<TIME>();
    kit.names(&["setting", "settings", "drivers", "motor", "patched"])
}

impl Sort for () {
    fn builtins() -> &'static Builtins<Scripts<()>> {
        kit().build(PLAIN).expect("a kit of two modules")
    }
}

impl Sort for Layer<Value> {
    fn builtins() -> &'static Builtins<Scripts<Layer<Value>>> {
        kit().build(LAYERED).expect("a kit of two modules")
    }
}

/// An interpreter that has imported `machine`, `time`, `settings` and
/// `drivers.motor`.
///
/// # Panics
///
/// Where one of them cannot be imported.
#[must_use]
pub fn vm<P: Sort>() -> Vm<'static, P> {
    let mut vm = Vm {
        imports: Imports::new(P::builtins()),
    };
    vm.imports.finders.push(Rc::new(Files));
    for name in ["machine", "time", "settings", "drivers.motor"] {
        let module = Importer::new(&mut Cx::<Scripts<P>>::new(&mut vm)).import(name);
        module.expect("the module is there");
    }
    vm
}

/// The module of this name.
///
/// # Panics
///
/// Where it is not loaded.
pub fn module<P: Sort>(vm: &mut Vm<'static, P>, name: &str) -> Handle {
    match Importer::new(&mut Cx::<Scripts<P>>::new(vm)).get(name) {
        Ok(Some(Value::Module(module))) => module,
        other => panic!("{name} is not loaded: {other:?}"),
    }
}

/// Patches a name of a module.
///
/// # Panics
///
/// Without a layer.
pub fn patch<P: Sort>(vm: &mut Vm<'static, P>, module: Handle, name: Qstr) {
    let mut cx = Cx::<Scripts<P>>::new(vm);
    let patched = Importer::new(&mut cx).patch(module, name, qstr!("__main__"), Value::Int(77));
    patched.expect("there is a layer");
}

/// Everything that a script does with modules, for the size of a program that
/// can do it: import, load, store, delete, list, reload, unload.
///
/// # Errors
///
/// Where one of these fails, storing a constant apart.
pub fn session<P: Sort>(vm: &mut Vm<'static, P>, name: &str) -> Result<usize, Error> {
    let mut cx = Cx::<Scripts<P>>::new(vm);
    let mut importer = Importer::new(&mut cx);
    let value = importer.import(name)?;
    let Value::Module(module) = value else {
        return Err(Error("it is no module".into()));
    };
    let missing = importer.load(module, qstr!("motor"))?.is_none();
    let stored = importer.store(module, qstr!("patched"), Value::Int(1));
    if stored.is_ok() {
        importer.delete(module, qstr!("patched"))?;
    }
    let names = importer.dir(module)?.len() + usize::from(missing);
    importer.reload(&value)?;
    Ok(names + importer.unload(name)?.names.len())
}
