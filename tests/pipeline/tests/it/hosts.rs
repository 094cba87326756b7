//! Modules of a host that the firmware does not list.

use crate::project::Project;

const OTHER: &str = "
use enroll::{Broken, Cx, Host, ModuleId};
/// Another interpreter, with the same kinds of values.
pub enum Other {}
impl Host for Other {
    type Rom = i64;
    type Value<'vm> = String;
    type Context<'vm> = Vec<String>;
    type Error = Broken;
    fn live<'vm>(_: &mut Cx<'_, 'vm, Other>, rom: &'static i64) -> Result<String, Broken> {
        Ok(format!(\"other {rom}\"))
    }
    fn text<'vm>(_: &mut Cx<'_, 'vm, Other>, text: &'static str) -> Result<String, Broken> {
        Ok(text.to_owned())
    }
    fn module<'vm>(_: &mut Cx<'_, 'vm, Other>, _: ModuleId) -> Result<String, Broken> {
        Ok(String::new())
    }
}
";

/// `foreign` is of the host `Other`, `mixed` of `Vm` and extended for `Other`.
fn project() -> Project {
    Project::new()
        .library("other", "", OTHER)
        .library(
            "modules",
            "other = { path = \"../other\" }",
            "enroll::register_module! { static A: Module<other::Other> = \"foreign\" { \"x\" => 1 } }
             enroll::register_module! { static B: Module<vm::Vm> = \"mixed\" { \"x\" => 1 } }
             enroll::extend_module! { static C: Extension<other::Other> = \"mixed\" { \"y\" => 2 } }
             enroll::register_module! { static D: Module<vm::Vm> = \"own\" { \"x\" => 1 } }",
        )
        .firmware("modules = { path = \"../modules\" }\nother = { path = \"../other\" }")
}

#[test]
fn c12_a_module_of_an_unlisted_host_is_an_error_and_nothing_worse() {
    let project = project();
    project.edit(
        "fw/src/main.rs",
        "vm::show(&BUILTINS);",
        "match BUILTINS.verify() {
             Ok(()) => println!(\"verified\"),
             Err(broken) => println!(\"verify: {broken}\"),
         }
         vm::show(&BUILTINS);
         let foreign = BUILTINS.find_text(\"foreign\").unwrap();
         let table = BUILTINS.table();
         println!(\"as Vm: {:?}\", table.view::<vm::Vm>().module(foreign).is_ok());
         println!(\"as Other: {:?}\", table.view::<other::Other>().module(foreign).is_ok());",
    );
    let unlisted = "was declared for the host `other::Other`, which this firmware does not list: \
                    add .host(\"…\") with its path to the builder in build.rs, and implement \
                    enroll::Adopt for it";
    assert_eq!(
        project.run(),
        format!(
            "verify: module `foreign` {unlisted}\n\
             fault: module `foreign` {unlisted}\n\
             fault: module `mixed` {unlisted}\n\
             broken: module `foreign` {unlisted}\n\
             broken: module `mixed` {unlisted}\n\
             own: x=1\n\
             as Vm: false\n\
             as Other: true\n"
        )
    );
}

#[test]
fn c23_a_listed_host_is_adopted() {
    let project = project();
    project.edit("fw/build.rs", ".run", ".host(\"Guest\").run");
    project.edit("fw/build.rs", "\"vm::Vm\"", "\"Own\"");
    // The firmware's own host, since another crate's cannot adopt a third's.
    project.write(
        "fw/src/main.rs",
        &format!(
            "{}
             use other::Other as Guest;
             use enroll::Adopt;
             enroll::include_modules!();
             impl Adopt<Guest> for Own {{
                 fn enter<'vm, R>(cx: &mut Cx<'_, 'vm, Own>,
                     run: impl FnOnce(&mut Cx<'_, 'vm, Guest>) -> R) -> R {{
                     let module = cx.module();
                     run(&mut Cx::new(cx.host()).within(module))
                 }}
                 fn adopt<'vm>(_: &mut Cx<'_, 'vm, Own>, value: String)
                     -> Result<String, Broken> {{ Ok(value) }}
                 fn offer<'vm>(_: &mut Cx<'_, 'vm, Own>, value: &String)
                     -> Result<String, Broken> {{ Ok(value.clone()) }}
                 fn fail(_: &mut Cx<'_, '_, Own>, error: Broken) -> Broken {{ error }}
             }}
             enroll::register_module! {{ static O: Module<Own> = \"firmware\" {{ \"z\" => 3 }} }}
             enroll::extend_module! {{ static P: Extension<Own> = \"foreign\" {{ \"z\" => 4 }} }}
             fn main() {{
                 println!(\"{{:?}}\", BUILTINS.verify());
                 for id in BUILTINS.iter() {{
                     let mut context = Vec::new();
                     let mut cx = Cx::new(&mut context);
                     for name in [\"x\", \"z\"] {{
                         let name = BUILTINS.pool().get(name).unwrap();
                         let value = BUILTINS.load(&mut cx, id, name).unwrap();
                         println!(\"{{}} {{value:?}}\", BUILTINS.table().name_text(id));
                     }}
                 }}
             }}",
            OTHER
                .replace("Other", "Own")
                .replace("other {rom}", "own {rom}")
        ),
    );
    project.write(
        "modules/src/lib.rs",
        "enroll::register_module! { static A: Module<other::Other> = \"foreign\" { \"x\" => 1 } }",
    );
    assert_eq!(
        project.run(),
        "Ok(())\n\
         firmware None\nfirmware Some(\"own 3\")\n\
         foreign Some(\"other 1\")\nforeign Some(\"own 4\")\n"
    );
}
