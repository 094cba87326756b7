//! Native functions: how arguments reach Rust parameters, and what is said
//! where they do not fit.

use enroll_portable::prelude::*;
use enroll_portable::{Str, Tuple, Vm};

/// An interpreter that can do nothing.
struct Nothing;
impl Vm<'_> for Nothing {}

fn call<'vm>(function: Function, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error> {
    function.call(&mut Portable::cx(&mut Nothing), args)
}

/// What a call gives or how it fails, as a script would read it.
fn shown<'vm>(
    function: Function,
    positional: &[Value<'vm>],
    named: &[(&str, Value<'vm>)],
) -> String {
    match call(function, Args::new(positional).with(named)) {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.to_string(),
    }
}

fn add(a: i32, b: i32) -> Result<i32, Error> {
    a.checked_add(b)
        .ok_or(Error::new(Kind::OverflowError, "the sum is too large"))
}

fn concat(a: &str, b: &str) -> String {
    format!("{a}{b}")
}

fn clip(value: u8, low: Option<u8>, high: Option<u8>) -> u8 {
    value.clamp(low.unwrap_or(0), high.unwrap_or(u8::MAX))
}

fn rest(first: i64, others: &[Value<'_>], scale: i64) -> i64 {
    scale * (first + others.len() as i64)
}

fn nothing() {}

fn echo<'vm>(_: &mut Cx<'_, 'vm, Portable>, value: Value<'vm>) -> Result<Value<'vm>, Error> {
    Ok(value)
}

fn length(cx: &mut Cx<'_, '_, Portable>) -> Result<usize, Error> {
    cx.len(&Value::from("four"))
}

fn head(text: &str) -> Option<&str> {
    text.split_once('/').map(|(head, _)| head)
}

fn raw(args: Args<'_, '_>) -> usize {
    args.positional.len() * 10 + args.keywords.len()
}

fn halves(value: i64) -> (i64, f64) {
    (value / 2, value as f64 / 2.0)
}

#[expect(clippy::too_many_arguments, reason = "that many are allowed")]
fn ten(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8) -> u64 {
    [a, b, c, d, e, f, g, h, i, j]
        .iter()
        .fold(0, |all, &digit| all * 10 + u64::from(digit))
}

const ADD: Function = function!(add(a, b));
const PLAIN: Function = function!(add);
const JOIN: Function = function!(concat(a, b = "!") as "join");
const CLIP: Function = function!(clip(value, *, low = None, high = Some(9)));
const UNNAMED: Function = function!(clip);
const REST: Function = function!(rest(first, *others, scale = 1));
const NOTHING: Function = function!(nothing());
const ECHO: Function = function!(crate::echo(value = Value::None));
const RAW: Function = function!(raw);
const TEN: Function = function!(ten(a, b, c, d, e, f, g, h, i, j = 0));

#[test]
fn arguments_go_to_parameters_by_position_and_by_name() {
    let int = Value::Int;
    for (function, positional, named, expected) in [
        (ADD, &[int(1), int(2)][..], &[][..], "Int(3)"),
        (ADD, &[int(1)], &[("b", int(2))], "Int(3)"),
        (ADD, &[], &[("b", int(2)), ("a", int(1))], "Int(3)"),
        (ADD, &[Value::Bool(true), int(2)], &[], "Int(3)"),
        (PLAIN, &[int(1), int(2)], &[], "Int(3)"),
        (JOIN, &["x".into()], &[], "Str(\"x!\")"),
        (JOIN, &["x".into(), "y".into()], &[], "Str(\"xy\")"),
        (JOIN, &["x".into()], &[("b", "z".into())], "Str(\"xz\")"),
        (CLIP, &[int(200)], &[], "Int(9)"),
        (CLIP, &[int(200)], &[("high", int(50))], "Int(50)"),
        (CLIP, &[int(200)], &[("high", Value::None)], "Int(200)"),
        (CLIP, &[int(2)], &[("low", int(5))], "Int(5)"),
        (UNNAMED, &[int(2)], &[], "Int(2)"),
        (UNNAMED, &[int(2), int(3)], &[], "Int(3)"),
        (UNNAMED, &[int(2), Value::None, int(1)], &[], "Int(1)"),
        (REST, &[int(7)], &[], "Int(7)"),
        (REST, &[int(7), int(0), int(0)], &[], "Int(9)"),
        (REST, &[int(7), int(0)], &[("scale", int(2))], "Int(16)"),
        (NOTHING, &[], &[], "None"),
        (ECHO, &[], &[], "None"),
        (ECHO, &["x".into()], &[], "Str(\"x\")"),
        (function!(length), &[], &[], "Int(4)"),
        (function!(head(text)), &["a/b".into()], &[], "Str(\"a\")"),
        (function!(head), &["a".into()], &[], "None"),
        (
            function!(halves),
            &[int(3)],
            &[],
            "Tuple(Shared([Int(1), Float(1.5)]))",
        ),
        (RAW, &[int(3)], &[("x", int(1))], "Int(11)"),
        (
            TEN,
            &[1, 2, 3, 4, 5, 6, 7, 8, 9].map(int),
            &[],
            "Int(1234567890)",
        ),
    ] {
        assert_eq!(shown(function, positional, named), expected, "{function:?}");
    }
}

#[test]
fn a_wrong_call_says_function_argument_and_what_was_expected() {
    let int = Value::Int;
    for (function, positional, named, expected) in [
        (
            ADD,
            &[int(1), "x".into()][..],
            &[][..],
            "TypeError: add() argument 2 ('b'): expected int, not str",
        ),
        (
            PLAIN,
            &[Value::None, int(1)],
            &[],
            "TypeError: add() argument 1: expected int, not NoneType",
        ),
        (
            ADD,
            &[int(1)],
            &[("b", Value::Float(1.0))],
            "TypeError: add() argument 2 ('b'): expected int, not float",
        ),
        (
            ADD,
            &[int(1 << 40), int(1)],
            &[],
            "OverflowError: add() argument 1 ('a'): 1099511627776 is not in -2147483648..=2147483647",
        ),
        (
            CLIP,
            &[int(-1)],
            &[],
            "OverflowError: clip() argument 1 ('value'): -1 is not in 0..=255",
        ),
        (
            ADD,
            &[int(i64::from(i32::MAX)), int(1)],
            &[],
            "OverflowError: the sum is too large",
        ),
        (
            ADD,
            &[int(1), int(2), int(3)],
            &[],
            "TypeError: add() takes 2 arguments, 3 given",
        ),
        (
            JOIN,
            &["a".into(), "b".into(), "c".into()],
            &[],
            "TypeError: join() takes from 1 to 2 arguments, 3 given",
        ),
        (
            NOTHING,
            &[int(1)],
            &[],
            "TypeError: nothing() takes no arguments, 1 given",
        ),
        (
            UNNAMED,
            &[],
            &[],
            "TypeError: clip() takes from 1 to 3 arguments, 0 given",
        ),
        (
            PLAIN,
            &[int(1)],
            &[],
            "TypeError: add() takes 2 arguments, 1 given",
        ),
        (
            CLIP,
            &[int(1), int(2)],
            &[],
            "TypeError: clip() takes 1 argument, 2 given",
        ),
        (
            ADD,
            &[int(1)],
            &[],
            "TypeError: add() is missing argument 2 ('b')",
        ),
        (
            REST,
            &[],
            &[("scale", int(1))],
            "TypeError: rest() is missing argument 1 ('first')",
        ),
        (
            REST,
            &[int(1)],
            &[("others", int(1))],
            "TypeError: rest() got an unexpected keyword argument 'others'",
        ),
        (
            ADD,
            &[int(1), int(2)],
            &[("x", int(3))],
            "TypeError: add() got an unexpected keyword argument 'x'",
        ),
        (
            PLAIN,
            &[int(1), int(2)],
            &[("a", int(3))],
            "TypeError: add() got an unexpected keyword argument 'a'",
        ),
        (
            ADD,
            &[int(1), int(2)],
            &[("a", int(3))],
            "TypeError: add() argument 1 ('a'): got two values",
        ),
        (
            ADD,
            &[],
            &[("a", int(3)), ("a", int(3)), ("b", int(1))],
            "TypeError: add() argument 1 ('a'): got two values",
        ),
    ] {
        assert_eq!(shown(function, positional, named), expected);
    }
}

#[test]
fn a_method_does_not_count_what_it_is_called_on() {
    let mut vm = Nothing;
    let cx = &mut Portable::cx(&mut vm);
    for (positional, expected) in [
        (
            &[Value::Int(1), Value::None][..],
            "TypeError: add() argument 1 ('b'): expected int, not NoneType",
        ),
        (
            &[Value::None, Value::None],
            "TypeError: add() receiver: expected int, not NoneType",
        ),
        (
            &[Value::Int(1), Value::Int(1), Value::Int(1)],
            "TypeError: add() takes 1 argument, 2 given",
        ),
    ] {
        let error = ADD.call_method(cx, Args::new(positional)).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.function(), Some("add"));
    }
}

#[test]
fn a_function_describes_its_parameters() {
    let described: Vec<_> = CLIP
        .params()
        .iter()
        .map(|param| (param.name(), param.default(), param.is_keyword_only()))
        .collect();
    assert_eq!(
        described,
        [
            ("value", None, false),
            ("low", Some("None"), true),
            ("high", Some("Some(9)"), true)
        ]
    );
    assert!(NOTHING.params().is_empty() && NOTHING.has_list());
    assert!(RAW.params().is_empty() && !RAW.has_list());
    assert_eq!((JOIN.name(), ECHO.name()), ("join", "echo"));
    assert_eq!(ADD, ADD);
    assert_ne!(ADD, PLAIN, "two declarations are two functions");
}

#[test]
fn an_interpreter_that_can_do_nothing_says_so() {
    let mut vm = Nothing;
    let cx = &mut Portable::cx(&mut vm);
    let error = cx.words(qstr!("state"), 1).unwrap_err();
    assert_eq!(error.kind(), Kind::RuntimeError, "{error}");
    let foreign = Value::Foreign(enroll_portable::Foreign::new("table", 1u8));
    let error = cx.call(&foreign, Args::NONE).unwrap_err();
    assert_eq!(
        error.to_string(),
        "NotImplementedError: this interpreter gives portable modules no calls into the interpreter"
    );
    assert_eq!(cx.text_of(&foreign, Style::Str).unwrap(), "<table>");
}

#[test]
fn values_and_constants_are_small() {
    assert_eq!(size_of::<Rom>(), 24);
    assert_eq!(size_of::<Value<'_>>(), 32);
    assert_eq!(size_of::<Option<Value<'_>>>(), 32);
    assert!(size_of::<Error>() <= 104);
    let tuple = Tuple::Rom(&[Rom::Int(1), Rom::Str("x")]);
    assert_eq!(tuple.get(1), Some(Value::Str(Str::Borrowed("x"))));
}
