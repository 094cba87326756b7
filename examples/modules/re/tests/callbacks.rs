//! Callables that replace matches, and what they may do meanwhile.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use re_module::RE;

/// Uses the pattern, and so the module, while it is in use.
fn double<'vm>(cx: &mut Cx<'_, 'vm, Portable>, found: Value<'vm>) -> Result<Value<'vm>, Error> {
    let text = cx.call_method(&found, "group", Args::NONE)?;
    let pattern = cx.attr(&found, "re")?;
    let inner = cx.call_method(&pattern, "sub", Args::new(&[r"<\g<0>>".into(), text]))?;
    let start = cx.call_method(&found, "start", Args::NONE)?;
    let inner = cx.text_of(&inner, Style::Str)?;
    Ok(format!("{inner}{}", start.as_int().unwrap_or(-1)).into())
}

/// Compiles many patterns, so that the one in use leaves the cache.
fn crowd<'vm>(cx: &mut Cx<'_, 'vm, Portable>, _: Value<'vm>) -> Result<Value<'vm>, Error> {
    let module = cx.module().map(Value::Module).unwrap_or_default();
    for number in 0..200 {
        let pattern = format!("crowd{number}");
        cx.call_method(&module, "compile", Args::new(&[pattern.into()]))?;
    }
    cx.call_method(&module, "purge", Args::NONE)?;
    Ok("-".into())
}

fn nothing(_: Value<'_>) {}

fn number(_: Value<'_>) -> i64 {
    5
}

fn fails(_: Value<'_>) -> Result<(), Error> {
    Err(Error::new(Kind::KeyError, "no such word"))
}

#[test]
fn what_a_callable_gives_takes_the_place_of_a_match() {
    let mut interp = Interp::of::<RE>().unwrap();
    for (function, expected) in [
        (function!(double), "'x<é>1y<é>3'"),
        (function!(crowd), "'x-y-'"),
        (function!(nothing), "'xy'"),
        (
            function!(number),
            "TypeError: expected str instance, int found: a replacement is a text",
        ),
        (function!(fails), "KeyError: no such word"),
    ] {
        let shown = interp.show("re.sub", Some(args!["é", function, "xéyé"]));
        assert_eq!(shown, expected, "{function:?}");
    }
}

#[test]
fn the_cache_is_bounded_and_can_be_emptied() {
    let mut interp = Interp::of::<RE>().unwrap();
    for number in 0..500 {
        let pattern = format!("a{number}");
        let found = interp
            .call("re.match", args![pattern.clone(), pattern])
            .unwrap();
        assert!(!found.is_none());
    }
    assert_eq!(interp.show("re.purge", Some(args![])), "None");
    let found = interp.call("re.match", args!["a1", "a1"]).unwrap();
    assert!(!found.is_none());
}
