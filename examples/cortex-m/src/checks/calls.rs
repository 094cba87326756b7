//! Calls of native functions, and how they fail.

use super::{kind, load};
use crate::memory::Memory;
use crate::report::Report;
use enroll::Cx;
use enroll_portable::{Args, Kind, Portable, Value};

pub fn run(report: &mut Report) {
    let mut memory = Memory::default();
    let cx = &mut Cx::<Portable>::new(&mut memory);
    let (largest, negative) = (Value::Int(u32::MAX.into()), Value::Int(-1));
    let cases: [(&str, &[Value<'_>], _); 15] = [
        ("machine.freq", &[], Ok(Value::Int(25_000_000))),
        ("machine.us_to_cycles", &[2.into()], Ok(Value::Int(50))),
        (
            "machine.us_to_cycles",
            &[2.into(), 1_000_000.into()],
            Ok(Value::Int(2)),
        ),
        (
            "errno.strerror",
            &[2.into()],
            Ok(Value::from("no such file or directory")),
        ),
        ("errno.strerror", &[3.into()], Ok(Value::None)),
        // Yasmarang's sequence for seed 1, as MicroPython draws it.
        ("random.seed", &[1.into()], Ok(Value::None)),
        (
            "random.getrandbits",
            &[32.into()],
            Ok(Value::Int(2_002_244)),
        ),
        (
            "random.getrandbits",
            &[32.into()],
            Ok(Value::Int(1_862_853_106)),
        ),
        ("random.getrandbits", &[33.into()], Err(Kind::ValueError)),
        ("machine.freq", &[1.into()], Err(Kind::TypeError)),
        ("machine.us_to_cycles", &["2".into()], Err(Kind::TypeError)),
        (
            "machine.us_to_cycles",
            &[negative],
            Err(Kind::OverflowError),
        ),
        ("machine.us_to_cycles", &[largest], Err(Kind::OverflowError)),
        ("machine.absent", &[], Err(Kind::AttributeError)),
        ("machine.CPU", &[], Err(Kind::TypeError)),
    ];
    for (path, args, expected) in cases {
        report.equal(path, call(cx, path, args), expected);
    }
}

fn call<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    path: &str,
    args: &[Value<'vm>],
) -> Result<Value<'vm>, Kind> {
    match load(cx, path)? {
        Some(Value::Function(function)) => kind(function.call(cx, Args::new(args))),
        Some(_) => Err(Kind::TypeError),
        None => Err(Kind::AttributeError),
    }
}
