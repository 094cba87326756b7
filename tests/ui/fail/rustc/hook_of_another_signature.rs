use enroll::{Broken, Cx};

enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {}
    init: setup,
    attr: delegate,
    dir: no_such_function,
}

fn setup() {}

fn delegate(_: &mut Cx<'_, '_, ui::Tiny>) -> Result<(), Broken> {
    Ok(())
}

fn main() {}
