//! `poll` and `select`, as scripts see them.

use core::time::Duration;
use enroll::testing::Kit;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use io_module::IO;
use select_module::SELECT;

enroll::register_module! {
    /// Streams for tests.
    static STREAMS: Module<Portable> = "streams" {
        "Stream" => Rom::Type(&STREAM),
    }
}

/// A stream that answers with what it was told, from a time on.
static STREAM: Type = Type::new("Stream", "").slots(&[Slot::New(new)]).methods(&[
    ("ioctl", function!(ioctl(this, request, arg))),
    ("asked", function!(asked(this))),
]);

struct Stream {
    answer: i64,
    from: u64,
    asked: Vec<(i64, i64)>,
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(answer, from = 0)).call(cx, args)
}

fn build<'vm>(answer: i64, from: u64) -> Object<'vm> {
    let asked = Vec::new();
    Object::new(
        &STREAM,
        Stream {
            answer,
            from,
            asked,
        },
    )
}

fn ioctl(
    cx: &mut Cx<'_, '_, Portable>,
    this: &Object<'_>,
    request: i64,
    arg: i64,
) -> Result<i64, Error> {
    let now = cx.monotonic()?.as_millis() as u64;
    let mut stream = this.borrow_mut::<Stream>()?;
    stream.asked.push((request, arg));
    Ok(if now >= stream.from { stream.answer } else { 0 })
}

fn asked(this: &Object<'_>) -> Result<String, Error> {
    Ok(format!("{:?}", this.borrow::<Stream>()?.asked))
}

fn interp() -> Interp {
    let kit = Kit::new()
        .declared::<SELECT>()
        .declared::<IO>()
        .declared::<STREAMS>();
    Interp::new(kit).unwrap()
}

fn stream(interp: &mut Interp, answer: i64, from: i64) -> Value<'static> {
    interp.call("streams.Stream", args![answer, from]).unwrap()
}

fn poll(interp: &mut Interp) -> Value<'static> {
    interp.call("select.poll", args![]).unwrap()
}

/// What `poll` gives, as the position of each stream and its flags.
fn ready(
    interp: &mut Interp,
    poll: &Value<'static>,
    args: &[Value<'static>],
    streams: &[&Value<'static>],
) -> Result<Vec<(usize, i64)>, Error> {
    let found = interp.method(poll, "poll", args)?;
    interp.run(|cx| {
        let mut list = Vec::new();
        for pair in cx.collect(&found)? {
            let pair = cx.collect(&pair)?;
            let position = streams.iter().position(|stream| **stream == pair[0]);
            list.push((position.unwrap(), pair[1].as_int().unwrap()));
        }
        Ok(list)
    })
}

#[test]
fn streams_that_are_ready_are_told_with_what_for() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let one = stream(&mut interp, 1, 0);
    let none = stream(&mut interp, 0, 0);
    let broken = stream(&mut interp, 8, 0);
    interp
        .method(&poll, "register", &[one.clone(), 1.into()])
        .unwrap();
    interp
        .method(&poll, "register", std::slice::from_ref(&none))
        .unwrap();
    interp
        .method(&poll, "register", &[broken.clone(), 4.into()])
        .unwrap();
    let found = ready(&mut interp, &poll, args![0], &[&one, &none, &broken]);
    assert_eq!(found.unwrap(), [(0, 1), (2, 8)]);
    // Errors are asked for by themselves, and with reading and writing as a rule.
    let asked = |interp: &mut Interp, stream| interp.method(stream, "asked", &[]).unwrap();
    assert_eq!(asked(&mut interp, &one), "[(3, 25)]".into());
    assert_eq!(asked(&mut interp, &none), "[(3, 29)]".into());
    assert_eq!(asked(&mut interp, &broken), "[(3, 28)]".into());
}

#[test]
fn what_was_not_asked_for_is_not_told() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let both = stream(&mut interp, 5, 0);
    interp
        .method(&poll, "register", &[both.clone(), 4.into()])
        .unwrap();
    let found = ready(&mut interp, &poll, args![0], &[&both]).unwrap();
    assert_eq!(found, [(0, 4)]);
    interp
        .method(&poll, "modify", &[both.clone(), 1.into()])
        .unwrap();
    let found = ready(&mut interp, &poll, args![0], &[&both]).unwrap();
    assert_eq!(found, [(0, 1)]);
    // Registered again, it has the new flags, and stands there once.
    interp
        .method(&poll, "register", &[both.clone(), 5.into()])
        .unwrap();
    let found = ready(&mut interp, &poll, args![0], &[&both]).unwrap();
    assert_eq!(found, [(0, 5)]);
    // An answer wider than the flags is no error.
    let wide = stream(&mut interp, (1 << 40) | 4, 0);
    interp
        .method(&poll, "modify", &[both.clone(), 0.into()])
        .unwrap();
    interp
        .method(&poll, "register", &[wide.clone(), 4.into()])
        .unwrap();
    let found = ready(&mut interp, &poll, args![0], &[&both, &wide]).unwrap();
    assert_eq!(found, [(1, 4)]);
}

#[test]
fn it_waits_until_one_is_ready_or_the_time_is_over() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let late = stream(&mut interp, 1, 40);
    interp
        .method(&poll, "register", &[late.clone(), 1.into()])
        .unwrap();
    let now = |interp: &mut Interp| interp.run(|cx| cx.monotonic()).unwrap();
    let found = ready(&mut interp, &poll, args![15], &[&late]).unwrap();
    assert_eq!(
        (found.len(), now(&mut interp)),
        (0, Duration::from_millis(15))
    );
    let found = ready(&mut interp, &poll, args![-1], &[&late]).unwrap();
    assert_eq!(
        (found.len(), now(&mut interp)),
        (1, Duration::from_millis(40))
    );
}

#[test]
fn a_stream_that_has_shot_waits_until_it_is_modified() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let one = stream(&mut interp, 1, 0);
    interp
        .method(&poll, "register", &[one.clone(), 1.into()])
        .unwrap();
    for expected in [1, 0] {
        let found = ready(&mut interp, &poll, args![0, 1], &[&one]).unwrap();
        assert_eq!(found.len(), expected);
    }
    interp
        .method(&poll, "modify", &[one.clone(), 1.into()])
        .unwrap();
    let found = interp.method(&poll, "ipoll", args![0]).unwrap();
    assert_eq!(found, poll, "it is its own iterator");
    let found = interp.run(|cx| cx.collect(&found)).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn a_stream_that_is_unregistered_while_they_are_told_is_left_out() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let streams: Vec<_> = (0..3).map(|_| stream(&mut interp, 1, 0)).collect();
    for stream in &streams {
        interp
            .method(&poll, "register", std::slice::from_ref(stream))
            .unwrap();
    }
    interp.method(&poll, "ipoll", args![0]).unwrap();
    interp.method(&poll, "unregister", &streams[1..2]).unwrap();
    let found = interp.run(|cx| cx.collect(&poll)).unwrap();
    assert_eq!(found.len(), 2);
}

#[test]
fn errors_say_what_is_wrong() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let one = stream(&mut interp, -5, 0);
    let method = |interp: &mut Interp, name, args: &[Value<'static>]| {
        interp.method(&poll, name, args).unwrap_err().to_string()
    };
    let two = [one.clone(), 1.into()];
    assert_eq!(method(&mut interp, "modify", &two), "OSError: [Errno 2]");
    let unknown = "KeyError: the stream is not registered";
    assert_eq!(method(&mut interp, "unregister", &two[..1]), unknown);
    let number = "TypeError: a stream is an object";
    assert_eq!(method(&mut interp, "register", args![5]), number);
    interp.method(&poll, "register", &two).unwrap();
    assert_eq!(method(&mut interp, "poll", args![0]), "OSError: [Errno 5]");
    let list: Value<'static> = vec![Value::Type(&STREAM)].into();
    let error = interp.call(
        "select.select",
        &[list.clone(), list.clone(), list.clone(), 0.into()],
    );
    assert_eq!(error.unwrap_err().kind(), Kind::TypeError);
    let empty = || Value::from(Vec::<i64>::new());
    let error = interp.call("select.select", &[empty(), empty(), empty(), (-1).into()]);
    let negative = "ValueError: timeout must be non-negative";
    assert_eq!(error.unwrap_err().to_string(), negative);
}

#[test]
fn select_sorts_the_streams_by_what_they_are_ready_for() {
    let mut interp = interp();
    let (read, write, both) = (1, 4, 5);
    let streams = [read, write, both].map(|answer| stream(&mut interp, answer, 3));
    let list = || Value::from(streams.to_vec());
    let args = [list(), list(), Value::from(Vec::<i64>::new())];
    let found = interp
        .call_named("select.select", &args, named![timeout = 0.5])
        .unwrap();
    let found: Vec<Vec<Value<'static>>> = interp.run(|cx| {
        let lists = cx.collect(&found).unwrap();
        lists.iter().map(|list| cx.collect(list).unwrap()).collect()
    });
    let [one, other, last] = streams.clone();
    assert_eq!(found[0], [one, last.clone()]);
    assert_eq!(found[1], [other, last]);
    assert_eq!(found[2], []);
}

#[test]
fn streams_in_memory_are_always_ready() {
    let mut interp = interp();
    let poll = poll(&mut interp);
    let memory = interp.call("io.BytesIO", args![]).unwrap();
    interp
        .method(&poll, "register", std::slice::from_ref(&memory))
        .unwrap();
    let found = ready(&mut interp, &poll, args![], &[&memory]).unwrap();
    assert_eq!(found, [(0, 5)]);
}
