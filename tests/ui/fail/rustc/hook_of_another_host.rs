use enroll::{Broken, Cx};

enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {}
    init: setup,
}

fn setup(_: &mut Cx<'_, '_, ui::Other>) -> Result<(), Broken> {
    Ok(())
}

fn main() {}
