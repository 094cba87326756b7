//! Prints what the table has, an attribute a line.
#![forbid(unsafe_code)]

use enroll::Cx;

enroll::include_modules!();

fn main() {
    BUILTINS.verify().unwrap();
    for module in ["clock", "errno"] {
        let Some(id) = BUILTINS.find_text(module) else {
            println!("{module} absent");
            continue;
        };
        for name in ["ticks", "EPERM", "errorcode", "ETIME", "delegated"] {
            let qstr = BUILTINS.pool().get(name).unwrap();
            let value = BUILTINS.load(&mut Cx::new(&mut ()), id, qstr).unwrap();
            if let Some(value) = value {
                println!("{module}.{name} = {value}");
            }
        }
    }
}
