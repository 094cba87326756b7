//! A hook is any constant expression of the field's type.

use enroll::testing::Kit;
use enroll::{Access, Adapter, AttrHook, Broken, Claim, Cx, Qstr, qstr};

enroll::register_module! {
    static PATHS: Module<ui::Tiny> = "paths" {}
    init: Hooks::<1>::start,
    deinit: hooks::stop::<ui::Tiny>,
    attr: DELEGATE,
    getattr: missing::<5>,
    dir: |_, each| {
        each(qstr!("one"));
        Ok(())
    },
}

struct Hooks<const N: i64>;

impl<const N: i64> Hooks<N> {
    fn start(_: &mut Cx<'_, '_, ui::Tiny>) -> Result<(), Broken> {
        Ok(())
    }
}

mod hooks {
    /// Generic over what the field fixes.
    pub(super) fn stop<H: enroll::Host>(_: &mut enroll::Cx<'_, '_, H>) -> Result<(), H::Error> {
        Ok(())
    }
}

const DELEGATE: AttrHook<ui::Tiny> = |_, name, access| match (name, access) {
    (qstr!("one"), Access::Load) => Ok(Claim::Value(1)),
    _ => Ok(Claim::Declined),
};

fn missing<const N: i64>(_: &mut Cx<'_, '_, ui::Tiny>, _: Qstr) -> Result<Option<i64>, Broken> {
    Ok(Some(N))
}

fn main() {
    let adapters: &[Adapter<ui::Tiny>] = &[const { Adapter::of::<ui::Tiny>() }];
    let kit = Kit::new().declared::<PATHS>().names(&["one", "two"]);
    let builtins = kit.build(adapters).unwrap();
    let paths = builtins.find(qstr!("paths")).unwrap();
    let load = |name| builtins.load(&mut Cx::new(&mut ()), paths, name);
    assert_eq!(load(qstr!("one")), Ok(Some(1)));
    assert_eq!(load(qstr!("two")), Ok(Some(5)));
}
