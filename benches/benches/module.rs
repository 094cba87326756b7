//! From text to a module, as `import` asks: the generated table among other
//! ways of registering.

mod measure;
mod peers;

use divan::Bencher;
use enroll_benches::{identifiers, layouts};
use measure::{SIZES, both_ways, measure};

fn main() {
    divan::main();
}

both_ways!(enroll(size in SIZES) = {
    let table = layouts::table(&identifiers::first(size));
    move |text: &str| Some(table.name(table.find_text(text)?)?.raw())
});
