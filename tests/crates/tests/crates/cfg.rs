//! A `#[cfg]` inside the macro is rustc's to decide.

use crate::symbols;
use crate::workspace::Workspace;

#[test]
fn c10_the_symbol_exists_whatever_the_cfg_says() {
    let workspace = Workspace::of("gated", "cfg");
    let both = ["clock", "errno"].map(|module| symbols::of("gated", "0.1.0", module, 0));
    for (features, printed) in [
        (
            "",
            "clock absent\nerrno.EPERM = 1\nerrno.errorcode = 0\nerrno.delegated = 8\n",
        ),
        (
            "--features clock",
            "clock.ticks = 1000\nerrno.EPERM = 1\nerrno.errorcode = 0\nerrno.delegated = 8\n",
        ),
        (
            "--features table",
            "clock absent\nerrno.EPERM = 1\nerrno.errorcode = 99\nerrno.delegated = 7\n",
        ),
        (
            "--features clock,table",
            "clock.ticks = 1000\nerrno.EPERM = 1\nerrno.errorcode = 99\nerrno.ETIME = 62\n\
             errno.delegated = 7\n",
        ),
    ] {
        let built = workspace
            .build(&format!("-p firmware {features}"))
            .succeeded();
        let defined = symbols::defined(&built.rlib("gated"));
        assert!(defined.iter().eq(&both), "{features}: {defined:?}");
        let run = workspace.run(&format!("run -q -p firmware {features}"));
        assert_eq!(run, printed, "{features}");
    }
}
