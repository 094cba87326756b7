//! Rhai with every module of the library, for the tests that run on every host.

use rhai::{Blob, Dynamic, Engine, EvalAltResult, ImmutableString, Scope};
use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

enroll::include_modules!();

/// Runs a program in a new interpreter, and gives what it printed: the number of a
/// line and a text each time.
///
/// The prelude is functions; it calls those that are registered here.
///
/// # Errors
///
/// What the program failed with, beyond what it caught.
pub fn run(prelude: &str, program: &str) -> Result<Vec<(usize, String)>, String> {
    let printed = Rc::new(RefCell::new(Vec::new()));
    let mut engine = Engine::new();
    // Cases call functions within functions; nothing here is a stranger's.
    engine.set_max_expr_depths(0, 0);
    register(&mut engine, &printed);
    let rhai = enroll_rhai::install(engine, &BUILTINS).map_err(|error| error.to_string())?;
    let run = || -> Result<(), Box<EvalAltResult>> {
        let functions = rhai.compile(prelude)?;
        let program = functions.merge(&rhai.compile(program)?);
        rhai.run_ast_with_scope(&mut Scope::new(), &program)
    };
    let ended = run().map_err(|error| enroll_rhai::Report(&error).to_string());
    let shut = rhai
        .shutdown()
        .map_err(|error| enroll_rhai::Report(&error).to_string());
    ended.and(shut)?;
    Ok(printed.take())
}

fn register(engine: &mut Engine, printed: &Rc<RefCell<Vec<(usize, String)>>>) {
    let lines = Rc::clone(printed);
    engine.register_fn("py_emit", move |line: i64, text: ImmutableString| {
        let line = usize::try_from(line).unwrap_or_default();
        lines.borrow_mut().push((line, text.to_string()));
    });
    engine.register_fn("py_quoted", |value: Dynamic| {
        let text = value
            .as_immutable_string_ref()
            .map(|text| text.as_bytes().to_vec());
        let blob = value.as_blob_ref().map(|blob| blob.to_vec());
        quoted(&text.or(blob).unwrap_or_default())
    });
    // Rhai's own text of a float has no sign of a zero.
    engine.register_fn("py_float", |float: f64| format!("{float:?}"));
    engine.register_fn("py_hex", |blob: Blob| {
        let digits: String = blob.iter().map(|byte| format!("{byte:02x}")).collect();
        digits
    });
    engine.register_fn("py_blob", |digits: ImmutableString| {
        let pairs = digits.as_bytes().chunks(2);
        let bytes = pairs.map(|pair| {
            let pair = std::str::from_utf8(pair).unwrap_or_default();
            u8::from_str_radix(pair, 16).unwrap_or_default()
        });
        bytes.collect::<Blob>()
    });
    engine.register_fn("py_code", |text: ImmutableString| {
        text.chars()
            .next()
            .map_or(0, |char| i64::from(u32::from(char)))
    });
    engine.register_fn("py_char", |code: i64| {
        let char = u32::try_from(code).ok().and_then(char::from_u32);
        char.map(String::from).unwrap_or_default()
    });
}

fn quoted(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for &byte in bytes {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b' '..=b'~' if byte != b'"' => text.push(char::from(byte)),
            _ => {
                let _ = write!(text, "\\x{byte:02x}");
            }
        }
    }
    text.push('"');
    text
}
