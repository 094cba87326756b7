//! A host of its own that adopts portable modules: its values borrow from the
//! interpreter, as those of real ones do.

use enroll::testing::Kit;
use enroll::{Adapter, Adopt, Broken, Builtins, Host, ModuleId, Once};
use enroll_portable::prelude::*;
use enroll_portable::{Foreign, Vm};
use std::cell::RefCell;
use std::collections::HashMap;

/// An interpreter whose texts and closures lie in an arena that outlives it.
enum Own {}

/// A value of it: `Closure` is one that nobody else understands.
#[derive(Clone, Debug, PartialEq)]
enum OwnValue<'vm> {
    Nil,
    Int(i64),
    Text(&'vm str),
    Native(Function),
    Module(ModuleId),
    Closure(usize),
}

#[derive(Debug, PartialEq)]
struct OwnError(String);

impl From<Broken> for OwnError {
    fn from(broken: Broken) -> OwnError {
        OwnError(broken.to_string())
    }
}

type Closure = fn(i64) -> i64;

#[derive(Default)]
struct Arena {
    closures: RefCell<Vec<Closure>>,
}

struct OwnVm<'vm> {
    arena: &'vm Arena,
    slots: HashMap<(ModuleId, Qstr), Option<Value<'vm>>>,
    words: HashMap<(ModuleId, Qstr), Vec<u32>>,
    greeting: &'vm str,
}

impl Host for Own {
    type Rom = i64;
    type Value<'vm> = OwnValue<'vm>;
    type Context<'vm> = OwnVm<'vm>;
    type Error = OwnError;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Own>, rom: &'static i64) -> Result<OwnValue<'vm>, OwnError> {
        Ok(OwnValue::Int(*rom))
    }
    fn text<'vm>(_: &mut Cx<'_, 'vm, Own>, text: &'static str) -> Result<OwnValue<'vm>, OwnError> {
        Ok(OwnValue::Text(text))
    }
    fn module<'vm>(_: &mut Cx<'_, 'vm, Own>, id: ModuleId) -> Result<OwnValue<'vm>, OwnError> {
        Ok(OwnValue::Module(id))
    }
}

impl<'vm> Vm<'vm> for OwnVm<'vm> {
    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'vm>>> {
        Some(self.slots.entry((module, name)).or_default())
    }
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        Some(
            self.words
                .entry((module, name))
                .or_insert_with(|| vec![0; n]),
        )
    }
    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error> {
        let number = args.positional.first().and_then(Value::as_int).unwrap_or(0);
        let closure = match callee {
            Value::Foreign(foreign) => foreign.downcast_ref::<usize>(),
            _ => None,
        };
        let closures = self.arena.closures.borrow();
        match closure.and_then(|&index| closures.get(index)) {
            Some(closure) => Ok(closure(number).into()),
            None => Err(Error::new(Kind::TypeError, "no closure")),
        }
    }
}

impl Adopt<Portable> for Own {
    fn enter<'vm, R>(
        cx: &mut Cx<'_, 'vm, Own>,
        run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
    ) -> R {
        let module = cx.module();
        run(&mut Portable::cx(cx.host()).within(module))
    }
    fn adopt<'vm>(_: &mut Cx<'_, 'vm, Own>, value: Value<'vm>) -> Result<OwnValue<'vm>, OwnError> {
        Ok(match value {
            Value::None => OwnValue::Nil,
            Value::Int(int) => OwnValue::Int(int),
            Value::Str(Str::Borrowed(text)) => OwnValue::Text(text),
            Value::Function(function) => OwnValue::Native(function),
            Value::Module(id) => OwnValue::Module(id),
            Value::Foreign(foreign) => match foreign.downcast_ref() {
                Some(&closure) => OwnValue::Closure(closure),
                None => return Err(OwnError("a stranger's value".to_owned())),
            },
            other => {
                return Err(OwnError(format!("nothing like {}", other.type_name())));
            }
        })
    }
    fn offer<'vm>(_: &mut Cx<'_, 'vm, Own>, value: &OwnValue<'vm>) -> Result<Value<'vm>, OwnError> {
        Ok(match *value {
            OwnValue::Nil => Value::None,
            OwnValue::Int(int) => int.into(),
            OwnValue::Text(text) => text.into(),
            OwnValue::Native(function) => function.into(),
            OwnValue::Module(id) => Value::Module(id),
            OwnValue::Closure(closure) => Value::Foreign(Foreign::new("closure", closure)),
        })
    }
    fn fail(_: &mut Cx<'_, '_, Own>, error: Error) -> OwnError {
        OwnError(error.to_string())
    }
}

enroll::register_module! {
    static TALK: Module<Portable> = "talk" {
        "ANSWER" => Rom::Int(42),
        "hello" => Rom::Str("hello"),
        "apply" => Rom::Function(function!(apply(callee, n = 1))),
        "count" => Rom::Function(function!(count)),
    }
    init: |cx| {
        *cx.slot(qstr!("last"))? = Some("nothing yet".into());
        Ok(())
    },
    attr: |cx, name, access| cx.delegate(&[qstr!("last")], name, access),
    getattr: |_, name| match name {
        qstr!("fails") => Err(Error::os(5)),
        _ => Ok(None),
    },
}

enroll::register_module! {
    static NATIVE: Module<Own> = "native" {
        "ONE" => 1,
    }
}

enroll::extend_module! {
    static MORE: Extension<Own> = "talk" {
        "MORE" => 2,
    }
    attr: |cx, name, access| Ok(match (name, access) {
        (qstr!("greeting"), Access::Load) => Claim::Value(OwnValue::Text(cx.host().greeting)),
        _ => Claim::Declined,
    }),
}

/// Calls back, and keeps what it got.
fn apply<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    callee: Value<'vm>,
    n: i64,
) -> Result<Value<'vm>, Error> {
    let result = cx.call(&callee, Args::new(&[n.into()]))?;
    *cx.slot(qstr!("last"))? = Some(result.clone());
    Ok(result)
}

fn count(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
    let words = cx.words(qstr!("calls"), 1)?;
    words[0] += 1;
    Ok(words[0])
}

fn builtins() -> &'static Builtins<Own> {
    static BOTH: &[Adapter<Own>] = &[Adapter::of::<Own>(), Adapter::of::<Portable>()];
    let kit = Kit::new().declared::<TALK>().declared::<NATIVE>();
    kit.declared::<MORE>()
        .names(&["last", "fails", "greeting"])
        .build(BOTH)
        .unwrap()
}

/// An interpreter that has imported everything.
struct Session<'vm> {
    builtins: &'static Builtins<Own>,
    vm: OwnVm<'vm>,
}

impl<'vm> Session<'vm> {
    fn new(arena: &'vm Arena, greeting: &'vm str) -> Session<'vm> {
        let builtins = builtins();
        let mut vm = OwnVm {
            arena,
            slots: HashMap::new(),
            words: HashMap::new(),
            greeting,
        };
        let mut once = Once::<1>::new();
        for id in builtins.iter() {
            assert_eq!(once.begin(id), Some(true));
            builtins.init(&mut Cx::new(&mut vm), id).unwrap();
        }
        Session { builtins, vm }
    }

    fn load(&mut self, module: &str, name: &str) -> Result<Option<OwnValue<'vm>>, OwnError> {
        let id = self.builtins.find_text(module).unwrap();
        let name = self.builtins.pool().get(name).unwrap();
        self.builtins.load(&mut Cx::new(&mut self.vm), id, name)
    }

    /// Calls what was loaded, as the interpreter's own call would.
    fn call(&mut self, name: &str, args: &[OwnValue<'vm>]) -> Result<OwnValue<'vm>, OwnError> {
        let Some(OwnValue::Native(function)) = self.load("talk", name)? else {
            return Err(OwnError(format!("{name} is no function")));
        };
        let cx = &mut Cx::new(&mut self.vm);
        let args: Result<Vec<_>, _> = args
            .iter()
            .map(|arg| <Own as Adopt<Portable>>::offer(cx, arg))
            .collect();
        let args = args?;
        match <Own as Adopt<Portable>>::enter(cx, |cx| function.call(cx, Args::new(&args))) {
            Ok(value) => <Own as Adopt<Portable>>::adopt(cx, value),
            Err(error) => Err(<Own as Adopt<Portable>>::fail(cx, error)),
        }
    }
}

#[test]
fn c23_a_host_adopts_values_functions_hooks_and_errors_once() {
    let arena = Arena::default();
    arena.closures.borrow_mut().push(|n| n * 10);
    let greeting = String::from("good morning");
    let mut session = Session::new(&arena, &greeting);
    let text = |text| Some(OwnValue::Text(text));
    assert_eq!(
        session.load("talk", "ANSWER").unwrap(),
        Some(OwnValue::Int(42))
    );
    assert_eq!(session.load("talk", "hello").unwrap(), text("hello"));
    assert_eq!(session.load("talk", "last").unwrap(), text("nothing yet"));
    assert_eq!(
        session.load("native", "ONE").unwrap(),
        Some(OwnValue::Int(1))
    );
    // The extension is of the other host.
    assert_eq!(
        session.load("talk", "MORE").unwrap(),
        Some(OwnValue::Int(2))
    );
    assert_eq!(
        session.load("talk", "greeting").unwrap(),
        text("good morning")
    );

    // A closure goes in, is called back, and what it gave is delegated state.
    let closure = OwnValue::Closure(0);
    let result = session.call("apply", &[closure.clone(), OwnValue::Int(4)]);
    assert_eq!(result.unwrap(), OwnValue::Int(40));
    assert_eq!(
        session.load("talk", "last").unwrap(),
        Some(OwnValue::Int(40))
    );

    // It comes back as it was.
    let talk = session.builtins.find_text("talk").unwrap();
    let cx = &mut Cx::new(&mut session.vm);
    let stored = session.builtins.store(cx, talk, qstr!("last"), &closure);
    assert!(stored.unwrap());
    assert_eq!(session.load("talk", "last").unwrap(), Some(closure));
    let cx = &mut Cx::new(&mut session.vm);
    assert!(session.builtins.delete(cx, talk, qstr!("last")).unwrap());
    assert_eq!(session.load("talk", "last").unwrap(), None);

    let raised = |result: Result<_, OwnError>| match result {
        Err(OwnError(text)) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        raised(session.call("apply", &[])),
        "TypeError: apply() is missing argument 1 ('callee')"
    );
    assert_eq!(
        raised(session.call("apply", &[OwnValue::Nil])),
        "TypeError: 'NoneType' object is not callable"
    );
    assert_eq!(
        raised(session.load("talk", "fails").map(|_| OwnValue::Nil)),
        "OSError: [Errno 5]"
    );
}

#[test]
fn c25_state_lies_in_the_interpreter_that_runs_the_function() {
    let arena = Arena::default();
    let mut one = Session::new(&arena, "");
    let mut two = Session::new(&arena, "");
    for expected in 1..4 {
        assert_eq!(one.call("count", &[]).unwrap(), OwnValue::Int(expected));
    }
    assert_eq!(two.call("count", &[]).unwrap(), OwnValue::Int(1));
}

/// A function remembers its module: called later, from anywhere, it finds the
/// module's state.
#[test]
fn a_function_that_was_kept_finds_the_state_of_its_module() {
    let arena = Arena::default();
    let mut session = Session::new(&arena, "");
    let Some(OwnValue::Native(count)) = session.load("talk", "count").unwrap() else {
        panic!("count is a function");
    };
    assert_eq!(count.module(), session.builtins.find_text("talk"));
    let loose = count.of_module(None);
    let cx = &mut Cx::new(&mut session.vm);
    let error = <Own as Adopt<Portable>>::enter(cx, |cx| loose.call(cx, Args::NONE)).unwrap_err();
    assert_eq!(error.kind(), Kind::RuntimeError, "{error}");
    assert!(<Own as Adopt<Portable>>::enter(cx, |cx| count.call(cx, Args::NONE)).is_ok());
}
