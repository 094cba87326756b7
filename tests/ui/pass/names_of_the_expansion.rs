//! A value, a hook and the static itself may be named as anything in the
//! expansion would naturally be.

use enroll::testing::Kit;
use enroll::{Adapter, Broken, Cx, qstr};

const IDS: i64 = 1;
const INDEX: i64 = 2;
const VALUES: i64 = 3;
const SALT: i64 = 4;

enroll::register_module! {
    static HEADER: Module<ui::Tiny> = "header" {
        "ids" => IDS,
        "index" => INDEX,
        "values" => VALUES,
        "salt" => SALT,
    }
    init: hook,
}

fn hook(_: &mut Cx<'_, '_, ui::Tiny>) -> Result<(), Broken> {
    Ok(())
}

#[allow(non_snake_case, non_upper_case_globals)]
mod Option {
    enroll::register_module! {
        pub(super) static Some: Module<ui::Tiny> = "some" {
            "NAMES" => 5,
        }
    }
}

fn main() {
    let adapters: &[Adapter<ui::Tiny>] = &[const { Adapter::of::<ui::Tiny>() }];
    let kit = Kit::new().declared::<HEADER>().declared::<Option::Some>();
    let builtins = kit.build(adapters).unwrap();
    let load = |module, name| {
        let module = builtins.find(module).unwrap();
        builtins.load(&mut Cx::new(&mut ()), module, name).unwrap()
    };
    let header = qstr!("header");
    assert_eq!(load(header, qstr!("ids")), ::core::option::Option::Some(1));
    assert_eq!(
        load(header, qstr!("index")),
        ::core::option::Option::Some(2)
    );
    assert_eq!(
        load(header, qstr!("values")),
        ::core::option::Option::Some(3)
    );
    assert_eq!(load(header, qstr!("salt")), ::core::option::Option::Some(4));
    let some = qstr!("some");
    assert_eq!(load(some, qstr!("NAMES")), ::core::option::Option::Some(5));
}
