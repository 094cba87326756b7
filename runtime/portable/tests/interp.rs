//! The test interpreter itself.

use enroll::testing::{Kit, KitError};
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};

enroll::register_module! {
    /// Counts.
    static OUTER: Module<Portable> = "outer" {
        "imports" => Rom::Function(function!(imports)),
        "say" => Rom::Function(function!(say(text))),
        "total" => Rom::Function(function!(total(n = 0, *, by = 1))),
    }
    aliases: ["outside"],
    init: |cx| {
        let calls = cx.words(qstr!("imports"), 1)?;
        calls[0] += 1;
        Ok(())
    },
    deinit: |cx| cx.host().print("bye"),
}

enroll::register_module! {
    static INNER: Module<Portable> = "outer.inner" {
        "DEPTH" => Rom::Int(2),
    }
}

enroll::register_module! {
    static FRAIL: Module<Portable> = "frail" {
        "tries" => Rom::Function(function!(tries)),
    }
    init: |cx| {
        let tries = cx.words(qstr!("tries"), 1)?;
        tries[0] += 1;
        match tries[0] {
            1 => Err(Error::new(Kind::OSError(16), "not ready")),
            _ => Ok(()),
        }
    },
}

#[derive(Default)]
struct Total(i64);

fn tries(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
    Ok(cx.words(qstr!("tries"), 1)?[0])
}

fn imports(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
    Ok(cx.words(qstr!("imports"), 1)?[0])
}

fn say(cx: &mut Cx<'_, '_, Portable>, text: &str) -> Result<(), Error> {
    cx.host().print(text)
}

fn total(cx: &mut Cx<'_, '_, Portable>, n: i64, by: i64) -> Result<i64, Error> {
    let total = cx.state::<Total>()?;
    total.0 += n * by;
    Ok(total.0)
}

fn interp() -> Interp {
    let kit = Kit::new().declared::<OUTER>().declared::<INNER>();
    Interp::new(kit.declared::<FRAIL>()).unwrap()
}

#[test]
fn init_runs_once_whatever_the_name() {
    let mut interp = interp();
    for name in ["outer", "outside", "outer.inner", "outer"] {
        interp.import(name).unwrap();
    }
    assert_eq!(interp.call("outer.imports", args![]).unwrap(), 1.into());
}

#[test]
fn an_init_that_failed_runs_again() {
    let mut interp = interp();
    let error = interp.import("frail").unwrap_err();
    assert_eq!(error.to_string(), "OSError: [Errno 16] not ready");
    assert_eq!(error.module(), Some("frail"));
    for _ in 0..2 {
        assert_eq!(interp.call("frail.tries", args![]).unwrap(), 2.into());
    }
}

#[test]
fn unloading_runs_deinit_and_forgets() {
    let mut interp = interp();
    interp.call("outer.total", args![5]).unwrap();
    interp.unload("outer").unwrap();
    assert_eq!(interp.output(), "bye");
    assert_eq!(interp.call("outer.imports", args![]).unwrap(), 1.into());
    assert_eq!(interp.call("outer.total", args![]).unwrap(), 0.into());
}

#[test]
fn state_of_a_type_is_kept() {
    let mut interp = interp();
    for expected in [3, 6] {
        let total = interp.call_named("outer.total", args![1], named![by = 3]);
        assert_eq!(total.unwrap(), expected.into());
    }
}

#[test]
fn paths_begin_with_the_longest_module_name() {
    let mut interp = interp();
    for (path, expected) in [
        ("outer.inner.DEPTH", "2"),
        ("outside.inner.DEPTH", "2"),
        ("outer.inner", "<module 'outer.inner'>"),
        ("outer.__doc__", "'Counts.'"),
        (
            "outer.inner.depth",
            "AttributeError: module 'outer.inner' has no attribute 'depth'",
        ),
        ("inner.DEPTH", "ImportError: no module named 'inner'"),
        ("", "ImportError: no module named ''"),
        (
            "outer.",
            "AttributeError: module 'outer' has no attribute ''",
        ),
    ] {
        assert_eq!(interp.show(path, None), expected, "{path}");
    }
    let error = interp.set("outer", 1).unwrap_err();
    assert_eq!(error.kind(), Kind::AttributeError);
    interp.call("outer.say", args!["hello"]).unwrap();
    assert_eq!(interp.output(), "hello");
}

#[test]
fn an_error_knows_module_and_function() {
    let mut interp = interp();
    let error = interp.call("outer.say", args![5]).unwrap_err();
    assert_eq!(
        (error.module(), error.function()),
        (Some("outer"), Some("say"))
    );
    let twice = Interp::new(Kit::new().declared::<OUTER>().declared::<OUTER>());
    assert_eq!(twice.err(), Some(KitError::Duplicate("outer".to_owned())));
}
