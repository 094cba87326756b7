//! A program that does everything with modules, with an override layer: for
//! `benches/import/size`.

use enroll::import::Layer;
use enroll_benches::imports::{Error, Value, session, vm};

fn main() -> Result<(), Error> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "settings".into());
    println!("{}", session(&mut vm::<Layer<Value>>(), &name)?);
    Ok(())
}
