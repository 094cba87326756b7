//! An interpreter with integers only, which prints the modules it finds.

use enroll::{Access, Broken, Builtins, Claim, Cx, Host, ModuleId, Qstr};

pub use enroll;

/// The host.
pub enum Vm {}

impl Host for Vm {
    type Rom = i64;
    type Value<'vm> = String;
    type Context<'vm> = Vec<String>;
    type Error = Broken;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Vm>, rom: &'static i64) -> Result<String, Broken> {
        Ok(rom.to_string())
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Vm>, text: &'static str) -> Result<String, Broken> {
        Ok(text.to_owned())
    }

    fn module<'vm>(_: &mut Cx<'_, 'vm, Vm>, id: ModuleId) -> Result<String, Broken> {
        Ok(format!("module {}", id.index()))
    }
}

/// Prints each module with the attributes that `dir` lists and their values,
/// sorted, after what its `init` left in the context:
///
/// ```text
/// errno: EPERM=1 ENOENT=2
/// ```
///
/// An entry of the table that cannot be used is printed, and is no module.
pub fn show(builtins: &Builtins<Vm>) {
    for broken in builtins.faults() {
        println!("fault: {broken}");
    }
    for id in builtins.iter() {
        match line(builtins, id) {
            Ok(line) => println!("{line}"),
            Err(broken) => println!("broken: {broken}"),
        }
    }
}

/// Prints what a name leads to: a module's registered name, or nothing.
pub fn find(builtins: &Builtins<Vm>, name: &str) {
    match builtins.find_text(name) {
        Some(id) => println!("{name} is {}", builtins.table().name_text(id)),
        None => println!("{name} is not there"),
    }
}

fn line(builtins: &Builtins<Vm>, id: ModuleId) -> Result<String, Broken> {
    let mut log = Vec::new();
    let mut cx = Cx::new(&mut log);
    builtins.init(&mut cx, id)?;
    let mut names = Vec::new();
    builtins.dir(&mut cx, id, &mut |name| names.push(name))?;
    let mut attributes = Vec::new();
    for name in names {
        let text = builtins.pool().text(name).unwrap_or("(no text)");
        if text == "__name__" {
            continue;
        }
        let value = builtins.load(&mut cx, id, name)?;
        attributes.push(format!("{text}={}", value.as_deref().unwrap_or("(none)")));
    }
    attributes.sort();
    attributes.dedup();
    let mut line = format!("{}:", builtins.table().name_text(id));
    for word in log.iter().chain(&attributes) {
        line.push(' ');
        line.push_str(word);
    }
    Ok(line)
}

/// A delegation hook that answers one name.
pub fn answer(name: Qstr, asked: Qstr, access: Access<'_, String>, value: &str) -> Claim<String> {
    match access {
        Access::Load if name == asked => Claim::Value(value.to_owned()),
        _ => Claim::Declined,
    }
}
