//! Loads of constants: the module's own, an extension's, absent ones.

use super::{kind, load};
use crate::BUILTINS;
use crate::memory::Memory;
use crate::report::Report;
use enroll::{Cx, ModuleId, qstr};
use enroll_portable::{Kind, Operate, Portable, Value};

pub fn run(report: &mut Report) {
    let mut memory = Memory::default();
    let cx = &mut Cx::<Portable>::new(&mut memory);

    for (path, expected) in [
        ("errno.ENOENT", Ok(Some(Value::Int(2)))),
        ("errno.EINPROGRESS", Ok(Some(Value::Int(115)))),
        ("errno.__name__", Ok(Some(Value::from("errno")))),
        ("sys.platform", Ok(Some(Value::from("bare-metal")))),
        ("sys.maxsize", Ok(Some(Value::Int(0x7fff_ffff)))),
        ("usys.byteorder", Ok(Some(Value::from("little")))),
        ("machine.CPU", Ok(Some(Value::from("cortex-m3")))),
        // The firmware extends `sys`.
        ("sys.board", Ok(Some(Value::from("mps2-an385")))),
        ("errno.board", Ok(None)),
        // A name of another module, and one of none.
        ("errno.CPU", Ok(None)),
        ("errno.absent", Ok(None)),
        ("absent.CPU", Err(Kind::ImportError)),
    ] {
        report.equal(path, load(cx, path), expected);
    }

    let nowhere = BUILTINS.load(cx, ModuleId::new(u16::MAX), qstr!("CPU"));
    report.equal("no module", kind(nowhere), Err(Kind::ImportError));

    match load(cx, "errno.errorcode") {
        Ok(Some(dict)) => {
            let name = cx.item(&dict, &Value::Int(2));
            report.equal("errorcode[2]", kind(name), Ok(Value::from("ENOENT")));
            let nothing = cx.item(&dict, &Value::Int(3));
            report.equal("errorcode[3]", kind(nothing), Err(Kind::KeyError));
        }
        other => report.equal("errno.errorcode", other.is_ok(), true),
    }
}
