//! An interpreter for the tests of finders: modules are lines of `import a.b`,
//! `name = value`, `do action` and `fail`.

use enroll::import::{
    Code, Finder, Handle, ImportError, ImportHost, Importer, Imports, Kind, Layer, Spec, Suffix,
};
use enroll::testing::Kit;
use enroll::{Adapter, Broken, Builtins, Cx, Host, ModuleId, Qstr};
use std::rc::Rc;

/// One that runs source code, or none.
pub(crate) enum Tiny<const COMPILER: bool> {}

pub(crate) type Full = Tiny<true>;
pub(crate) type Bare = Tiny<false>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    None,
    Int(i64),
    Text(String),
    List(Vec<String>),
    Module(Handle),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Error(pub(crate) String);

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error(broken.to_string())
    }
}

type Action<const C: bool> = Rc<dyn for<'vm> Fn(&mut Vm<'vm, C>)>;

/// An interpreter, and what its modules may do to it.
pub(crate) struct Vm<'vm, const C: bool> {
    pub(crate) imports: Imports<'vm, Tiny<C>>,
    /// The full names of the modules whose code ran.
    pub(crate) ran: Vec<String>,
    /// Whether modules have objects that a script may hold.
    pub(crate) is_held: bool,
    /// What the host was told of changed attributes.
    pub(crate) changed: Vec<(Handle, Qstr)>,
    /// How often the importer asked what module a value is.
    pub(crate) asked: usize,
    /// Whether texts can be made no more.
    pub(crate) is_full: bool,
    actions: Vec<(&'static str, Action<C>)>,
}

impl<const C: bool> Host for Tiny<C> {
    type Rom = i64;
    type Value<'vm> = Value;
    type Context<'vm> = Vm<'vm, C>;
    type Error = Error;

    fn live(_: &mut Cx<'_, '_, Self>, rom: &'static i64) -> Result<Value, Error> {
        Ok(Value::Int(*rom))
    }
    fn text(_: &mut Cx<'_, '_, Self>, text: &'static str) -> Result<Value, Error> {
        Ok(Value::Text(text.into()))
    }
    fn module(cx: &mut Cx<'_, '_, Self>, id: ModuleId) -> Result<Value, Error> {
        Importer::new(cx).module_object(id)
    }
}

impl<const C: bool> ImportHost for Tiny<C> {
    type Finder = Rc<dyn Finder<Self>>;
    type Patches<'vm> = Layer<Value>;
    type Lock = ();

    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Self>,
        read: impl FnOnce(&mut Imports<'vm, Self>) -> R,
    ) -> R {
        read(&mut cx.host().imports)
    }
    fn error(_: &mut Cx<'_, '_, Self>, error: ImportError) -> Error {
        Error(format!("{}: {error}", error.class()))
    }
    fn object(_: &mut Cx<'_, '_, Self>, module: Handle) -> Result<Value, Error> {
        Ok(Value::Module(module))
    }
    fn handle(cx: &mut Cx<'_, '_, Self>, value: &Value) -> Option<Handle> {
        cx.host().asked += 1;
        match value {
            Value::Module(module) => Some(*module),
            _ => None,
        }
    }
    fn string(cx: &mut Cx<'_, '_, Self>, text: &str) -> Result<Value, Error> {
        if cx.host().is_full {
            return Err(Error("MemoryError: full".into()));
        }
        Ok(Value::Text(text.into()))
    }
    fn to_text(_: &mut Cx<'_, '_, Self>, value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
    fn strings(_: &mut Cx<'_, '_, Self>, texts: &[String]) -> Result<Value, Error> {
        Ok(Value::List(texts.to_vec()))
    }
    fn to_strings(_: &mut Cx<'_, '_, Self>, value: &Value) -> Result<Vec<String>, Error> {
        match value {
            Value::List(texts) => Ok(texts.clone()),
            other => Err(Error(format!("TypeError: {other:?} is no list"))),
        }
    }
    fn none(_: &mut Cx<'_, '_, Self>) -> Value {
        Value::None
    }
    fn is_none(value: &Value) -> bool {
        *value == Value::None
    }
    fn exec(
        cx: &mut Cx<'_, '_, Self>,
        module: Handle,
        spec: &Spec,
        code: Code,
    ) -> Result<(), Error> {
        cx.host().ran.push(spec.name.clone());
        run(cx, module, &String::from_utf8_lossy(&code.bytes))
    }
    fn is_held(cx: &mut Cx<'_, '_, Self>, _: Handle) -> bool {
        cx.host().is_held
    }
    fn changed(cx: &mut Cx<'_, '_, Self>, module: Handle, name: Qstr) {
        cx.host().changed.push((module, name));
    }
    fn refuses(kind: Kind) -> Option<&'static str> {
        (!C && kind == Kind::Source).then_some("there is no compiler")
    }
}

fn run<const C: bool>(
    cx: &mut Cx<'_, '_, Tiny<C>>,
    module: Handle,
    script: &str,
) -> Result<(), Error> {
    for line in script.lines().filter(|line| !line.is_empty()) {
        if line == "fail" {
            return Err(Error("RuntimeError: failed".into()));
        }
        if let Some(name) = line.strip_prefix("import ") {
            Importer::new(cx).import_name(name, Some(module), &[], 0)?;
        } else if let Some(action) = line.strip_prefix("do ") {
            let vm = cx.host();
            let mut actions = vm.actions.iter();
            let (_, action) = actions.find(|(known, _)| *known == action).unwrap();
            action.clone()(vm);
        } else {
            let (name, value) = line
                .split_once(" = ")
                .ok_or_else(|| Error(format!("SyntaxError: {line}")))?;
            let text = value.trim_matches(['"', '\'']).to_string();
            let value = value.parse().map_or(Value::Text(text), Value::Int);
            let name = cx.host().imports.names.intern(name).unwrap();
            Importer::new(cx).store(module, name, value)?;
        }
    }
    Ok(())
}

impl<'vm, const C: bool> Vm<'vm, C> {
    /// An interpreter of these native modules that finds nothing else.
    pub(crate) fn of(builtins: &'static Builtins<Tiny<C>>) -> Vm<'vm, C> {
        let mut imports = Imports::new(builtins);
        imports.suffixes = vec![
            Suffix::new(".pyc", Kind::Compiled),
            Suffix::new(".py", Kind::Source),
        ];
        Vm {
            imports,
            ran: Vec::new(),
            is_held: true,
            changed: Vec::new(),
            asked: 0,
            is_full: false,
            actions: Vec::new(),
        }
    }

    /// What `do name` does.
    pub(crate) fn action(&mut self, name: &'static str, action: impl Fn(&mut Vm<'_, C>) + 'static) {
        self.actions.push((name, Rc::new(action)));
    }

    pub(crate) fn with<R>(
        &mut self,
        run: impl FnOnce(&mut Importer<'_, '_, 'vm, Tiny<C>>) -> R,
    ) -> R {
        run(&mut Importer::new(&mut Cx::new(self)))
    }

    pub(crate) fn import(&mut self, name: &str) -> Result<Handle, String> {
        let imported = self.with(|importer| importer.import(name));
        match imported {
            Ok(Value::Module(module)) => Ok(module),
            Ok(other) => panic!("{other:?} is no module"),
            Err(Error(why)) => Err(why),
        }
    }

    /// Imports it, and gives one of its attributes as text; `-` where there is
    /// none.
    pub(crate) fn look(&mut self, name: &str, attribute: &str) -> String {
        let module = match self.import(name) {
            Ok(module) => module,
            Err(why) => return why,
        };
        let attribute = self.imports.names.intern(attribute).unwrap();
        let value = self.with(|importer| importer.load(module, attribute));
        match value.unwrap() {
            None => "-".into(),
            Some(Value::Int(number)) => number.to_string(),
            Some(Value::Text(text)) => text,
            Some(Value::List(texts)) => texts.join(":"),
            Some(other) => format!("{other:?}"),
        }
    }

    pub(crate) fn store(&mut self, module: Handle, name: &str, value: Value) {
        let name = self.imports.names.intern(name).unwrap();
        let stored = self.with(|importer| importer.store(module, name, value));
        stored.unwrap();
    }

    /// As a script takes it out of `sys.modules`.
    pub(crate) fn forget(&mut self, name: &str) {
        assert!(self.with(|importer| importer.drop_entry(name)));
    }
}

enroll::register_module! {
    pub(crate) static SYS: Module<Full> = "sys" { "WHO" => 1 }
}

enroll::register_module! {
    pub(crate) static FOO: Module<Full> = "foo" { "WHO" => 2 }
    class: extensible,
}

static FULL: &[Adapter<Full>] = &[Adapter::of::<Full>()];
static BARE: &[Adapter<Bare>] = &[Adapter::of::<Bare>()];

/// An interpreter with the native modules `sys` and, extensible, `foo`, whose
/// `WHO` are 1 and 2.
pub(crate) fn full(finders: Vec<Rc<dyn Finder<Full>>>) -> Vm<'static, true> {
    let kit = Kit::new().declared::<SYS>().declared::<FOO>();
    let mut vm = Vm::of(kit.build(FULL).unwrap());
    vm.imports.finders = finders;
    vm
}

/// An interpreter that runs no source code, without native modules.
pub(crate) fn bare(finders: Vec<Rc<dyn Finder<Bare>>>) -> Vm<'static, false> {
    let mut vm = Vm::of(Kit::new().build(BARE).unwrap());
    vm.imports.finders = finders;
    vm
}
