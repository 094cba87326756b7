//! `BufferedWriter`, before streams of every kind.

use crate::{bytes_io, interp};
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};

enroll::register_module! {
    /// Streams that do not always take what they are given.
    pub(crate) static STREAMS: Module<Portable> = "streams" {
        "Stream" => Rom::Type(&STREAM),
    }
}

/// `Stream(answers)`: what each `write` answers, the last one for ever. It
/// takes as much as an answer that is a number says.
static STREAM: Type = Type::new("Stream", "")
    .slots(&[Slot::New(new)])
    .methods(&[("write", function!(write(this, data)))]);

/// The answers, then what comes back into the writer, if anything.
struct Answers {
    next: usize,
    taken: Vec<u8>,
}

fn new<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let answers = Answers {
        next: 0,
        taken: Vec::new(),
    };
    Ok(Object::with_values(ty, answers, args.positional.to_vec()).into())
}

fn write<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    data: &[u8],
) -> Result<Value<'vm>, Error> {
    let next = this.borrow::<Answers>()?.next;
    let answer = {
        let answers = this.values()?;
        answers.get(next).or(answers.back()).cloned()
    };
    let answer = answer.unwrap_or_default();
    let mut answers = this.borrow_mut::<Answers>()?;
    answers.next += 1;
    if let Some(len) = answer.as_int() {
        let len = usize::try_from(len).unwrap_or(0).min(data.len());
        answers.taken.extend_from_slice(&data[..len]);
    }
    drop(answers);
    // A writer as an answer: the stream writes back to it.
    match answer.as_object().is_some() {
        true => cx.call_method(&answer, "write", Args::new(&["back".into()])),
        false => Ok(answer),
    }
}

fn taken(stream: &Value<'static>) -> Vec<u8> {
    let stream = stream.as_object().unwrap();
    stream.borrow::<Answers>().unwrap().taken.clone()
}

fn writer(interp: &mut Interp, stream: &Value<'static>, size: i64) -> Value<'static> {
    let args = args![stream.clone(), size];
    interp.call("io.BufferedWriter", args).unwrap()
}

fn stream(interp: &mut Interp, answers: &[Value<'static>]) -> Value<'static> {
    interp.call("streams.Stream", answers).unwrap()
}

/// MicroPython's `tests/basics/io_buffered_writer.py`.
#[test]
fn a_full_buffer_is_written_whole() {
    let interp = &mut interp();
    let stream = bytes_io(interp, b"");
    let buffered = writer(interp, &stream, 8);
    for (name, args, returns, expected) in [
        ("write", args![&b"foobar"[..]], Value::Int(6), "b''"),
        ("write", args![&b"foobar"[..]], Value::Int(6), "b'foobarfo'"),
        ("flush", args![], Value::None, "b'foobarfoobar'"),
        ("flush", args![], Value::None, "b'foobarfoobar'"),
    ] {
        assert_eq!(interp.method(&buffered, name, args).unwrap(), returns);
        let value = interp.method(&stream, "getvalue", args![]).unwrap();
        assert_eq!(interp.repr(&value), expected);
    }
    let stream = bytes_io(interp, b"");
    let buffered = writer(interp, &stream, 1);
    interp.method(&buffered, "write", args!["foo"]).unwrap();
    let value = interp.method(&stream, "getvalue", args![]).unwrap();
    assert_eq!(interp.repr(&value), "b'foo'");
}

#[test]
fn what_is_not_taken_waits() {
    let interp = &mut interp();
    let (some, none) = (Value::Int(1), Value::None);
    let stream = stream(
        interp,
        &[some, none.clone(), none, Value::Int(100), 4.into()],
    );
    let buffered = writer(interp, &stream, 8);
    interp.method(&buffered, "write", args!["foobar"]).unwrap();
    for expected in [
        "OSError: [Errno 11]",
        "OSError: [Errno 11]",
        "OSError: [Errno 5]",
    ] {
        let error = interp.method(&buffered, "flush", args![]).unwrap_err();
        assert_eq!(error.to_string(), expected);
        if expected.ends_with("5]") {
            // It said that it took more than there was, so nothing is certain.
            assert_eq!(taken(&stream), b"foobar");
        } else {
            assert_eq!(taken(&stream), b"f");
        }
    }
    // The rest is written again, in parts.
    interp.method(&buffered, "write", args!["ABCDEFG"]).unwrap();
    assert_eq!(taken(&stream), b"foobaroobarABC");
    interp.method(&buffered, "flush", args![]).unwrap();
    assert_eq!(taken(&stream), b"foobaroobarABCDEFG");
}

#[test]
fn an_answer_that_makes_no_sense_is_an_error() {
    let interp = &mut interp();
    for (answer, expected) in [
        (Value::Int(0), "OSError: [Errno 5]"),
        (Value::Int(7), "OSError: [Errno 5]"),
        (Value::Int(-28), "OSError: [Errno 28]"),
        (Value::Int(i64::MIN), "OSError: [Errno 5]"),
        (
            "all".into(),
            "TypeError: the stream's write() must return an int or None",
        ),
    ] {
        let stream = stream(interp, &[answer]);
        let buffered = writer(interp, &stream, 2);
        let error = interp.method(&buffered, "write", args!["abc"]).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let nothing = writer(interp, &Value::Int(5), 2);
    let error = interp.method(&nothing, "write", args!["abc"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "AttributeError: 'int' object has no attribute 'write'"
    );
}

#[test]
fn a_stream_that_writes_back_is_refused() {
    let interp = &mut interp();
    let stream = stream(interp, &[]);
    let buffered = writer(interp, &stream, 2);
    let object = stream.as_object().unwrap();
    object.values_mut().unwrap().push_back(buffered.clone());
    let error = interp.method(&buffered, "write", args!["abc"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "RuntimeError: the writer is writing, and its stream must not write to it"
    );
    object.values_mut().unwrap().clear();
}

#[test]
fn it_is_made_of_a_stream_and_a_size() {
    let interp = &mut interp();
    let stream = bytes_io(interp, b"");
    for (size, expected) in [
        (0, "ValueError: the size must be 1 or more"),
        (-1, "ValueError: the size must be 1 or more"),
        (i64::MAX, "MemoryError: no room for so much"),
    ] {
        let error = interp
            .call("io.BufferedWriter", args![stream.clone(), size])
            .unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let mut chain = stream;
    let made =
        (0..100).take_while(
            |_| match interp.call("io.BufferedWriter", args![chain.clone(), 1]) {
                Ok(next) => {
                    chain = next;
                    true
                }
                Err(error) => {
                    assert_eq!(error.kind(), Kind::ValueError);
                    false
                }
            },
        );
    assert_eq!(made.count(), 8);
    interp.method(&chain, "write", args!["abc"]).unwrap();
}
