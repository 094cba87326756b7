//! `json.dump` and `json.load`, on a stream of a native type.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use json_module::JSON;

static STREAM: Type = Type::new("Stream", "").methods(&[
    ("write", function!(write(this, text))),
    ("read", function!(read(this))),
]);

struct Stream(String);

fn write(this: &Object<'_>, text: &str) -> Result<usize, Error> {
    this.borrow_mut::<Stream>()?.0.push_str(text);
    Ok(text.len())
}

fn read(this: &Object<'_>) -> Result<String, Error> {
    Ok(core::mem::take(&mut this.borrow_mut::<Stream>()?.0))
}

#[test]
fn a_value_goes_through_a_stream() {
    let mut interp = Interp::of::<JSON>().unwrap();
    let stream = Value::from(Object::new(&STREAM, Stream(String::new())));
    let value = interp
        .call("json.loads", args![r#"{"a": [1, "é"]}"#])
        .unwrap();
    let done = interp.call_named(
        "json.dump",
        &[value.clone(), stream.clone()],
        named![indent = 1],
    );
    assert!(done.unwrap().is_none());
    let again = interp
        .call("json.load", core::slice::from_ref(&stream))
        .unwrap();
    assert_eq!(again, value);
    let error = interp.call("json.load", &[stream]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ValueError: Expecting value: line 1 column 1 (char 0)"
    );
    for (name, args, expected) in [
        (
            "json.load",
            args![5],
            "AttributeError: 'int' object has no attribute 'read'",
        ),
        (
            "json.dump",
            args![1, 5],
            "AttributeError: 'int' object has no attribute 'write'",
        ),
    ] {
        assert_eq!(interp.show(name, Some(args)), expected);
    }
}
