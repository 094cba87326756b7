//! Ending native modules.

use crate::host::{Error, Full, Vm};
use enroll::import::{ImportError, Importer};
use enroll::testing::Kit;
use enroll::{Adapter, Cx};

enroll::register_module! {
    static EGG: Module<Full> = "egg" { "X" => 1 }
    init: egg_init,
    deinit: egg_deinit,
}

enroll::register_module! {
    static HEN: Module<Full> = "hen" { "X" => 1 }
    init: hen_init,
    deinit: hen_deinit,
}

fn egg_init(cx: &mut Cx<'_, '_, Full>) -> Result<(), Error> {
    note(cx, "egg begins");
    Ok(())
}

fn hen_init(cx: &mut Cx<'_, '_, Full>) -> Result<(), Error> {
    note(cx, "hen begins");
    Ok(())
}

fn egg_deinit(cx: &mut Cx<'_, '_, Full>) -> Result<(), Error> {
    note(cx, "egg ends");
    Importer::new(cx).import("hen").map(drop)
}

fn hen_deinit(cx: &mut Cx<'_, '_, Full>) -> Result<(), Error> {
    note(cx, "hen ends");
    Importer::new(cx).import("egg").map(drop)
}

fn note(cx: &mut Cx<'_, '_, Full>, what: &str) {
    let ran = &mut cx.host().ran;
    ran.push(what.into());
    assert!(ran.len() < 100, "there is no end");
}

static ADAPTERS: &[Adapter<Full>] = &[Adapter::of::<Full>()];

#[test]
fn modules_that_import_each_other_when_they_end_do_end() {
    let kit = Kit::new().declared::<EGG>().declared::<HEN>();
    let mut vm = Vm::of(kit.build(ADAPTERS).unwrap());
    vm.import("egg").unwrap();
    let ended = vm.with(|importer| importer.shutdown());
    let name = String::from("egg");
    assert_eq!(
        ended.unwrap_err().0,
        format!("ImportError: {}", ImportError::Ended { name })
    );
    // What was not initialised before is, and ends too.
    assert_eq!(vm.ran, ["egg begins", "egg ends", "hen begins", "hen ends"]);
    assert!(vm.imports.is_empty());
    // Afterwards everything begins anew.
    vm.ran.clear();
    vm.import("egg").unwrap();
    assert_eq!(vm.ran, ["egg begins"]);
}
