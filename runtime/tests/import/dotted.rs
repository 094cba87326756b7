//! Dotted names of native modules, which may come from strangers.

use crate::host::Full;
use enroll::Adapter;
use enroll::testing::Kit;

static ADAPTERS: &[Adapter<Full>] = &[Adapter::of::<Full>()];

enroll::register_module! {
    static NET: Module<Full> = "net" {}
    aliases: ["unet", "board.net"],
}

enroll::register_module! {
    static WIFI: Module<Full> = "net.wifi" {}
}

enroll::register_module! {
    static ACCESS_POINT: Module<Full> = "net.wifi.ap" {}
}

#[test]
fn a_dotted_name_is_found_below_an_alias_of_its_package() {
    let kit = Kit::new().declared::<NET>().declared::<WIFI>();
    let builtins = kit.declared::<ACCESS_POINT>().build(ADAPTERS).unwrap();
    let table = builtins.table();
    for name in ["net.wifi.ap", "unet.wifi.ap", "board.net.wifi.ap"] {
        assert_eq!(
            table.find_dotted(name),
            table.find_text("net.wifi.ap"),
            "{name}"
        );
    }
    let deep = "wifi.".repeat(100_000);
    for name in [
        "",
        ".",
        "net.",
        ".net",
        "wifi",
        "board",
        "board.wifi",
        "net.net",
        "net..wifi",
        "net.wifi.ap.net",
        &deep,
        &format!("net.{deep}wifi"),
    ] {
        assert_eq!(table.find_dotted(name), None, "{name}");
    }
}
