//! A program that does everything with modules, without an override layer: for
//! `benches/import/size`.

use enroll_benches::imports::{Error, session, vm};

fn main() -> Result<(), Error> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "settings".into());
    println!("{}", session(&mut vm::<()>(), &name)?);
    Ok(())
}
