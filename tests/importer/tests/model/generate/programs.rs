//! What there is to import.

use super::{PROGRAMS, Source, names};
use importer::{File, Function, Statement};

/// A file under this last component; most of those are packages that others
/// are below.
pub(super) fn file(random: &mut Source, tail: &str) -> File {
    let packages = match tail {
        "a" | "pack" | "sub" | "os" => 85,
        _ => 20,
    };
    let program = random.below(PROGRAMS);
    match random.below(25) {
        0 => File::Unreadable,
        1 => File::Vanished,
        2 => File::Namespace,
        _ if random.percent(packages) => File::Package(program),
        _ => File::Module(program),
    }
}

pub(super) fn program(random: &mut Source) -> Vec<Statement> {
    let mut statements: Vec<Statement> = (0..random.below(3))
        .map(|_| Statement::Bind(random.attribute(), random.below(100) as i64))
        .collect();
    let others = random.below(4);
    statements.extend((0..others).map(|_| statement(random)));
    // A lazy module that fails is tried again.
    if random.percent(8) {
        statements.push(Statement::FailFirst(1));
    }
    // Most reloads that fail, fail late.
    if random.percent(15) {
        statements.push(Statement::FailLater(1));
    }
    // Whoever leaves and is imported after that would be loaded for ever.
    if random.percent(3) {
        statements.push(Statement::Leave);
    }
    statements
}

fn statement(random: &mut Source) -> Statement {
    let number = random.below(100) as i64;
    match random.below(100) {
        0..36 => Statement::Bind(random.attribute(), number),
        36..54 => Statement::Import {
            module: random.module(),
            name: random.attribute(),
        },
        54..66 => {
            let level = random.below(3);
            let module = if level > 0 && random.percent(60) {
                String::new()
            } else {
                random.module()
            };
            let name = random.attribute_of(&module);
            Statement::From {
                level,
                module,
                name,
            }
        }
        66..70 => Statement::Star(random.module()),
        70..79 => {
            let module = random.module();
            let name = random.attribute_of(&module);
            Statement::Patch {
                module,
                name,
                value: number,
            }
        }
        79..82 => Statement::Delete(random.attribute()),
        82..84 => Statement::Fail,
        84..86 => Statement::FailFirst(1 + random.below(2) as u32),
        86..88 => Statement::FailLater(1 + random.below(2) as u32),
        88..95 => Statement::Define(function(random)),
        95..97 => Statement::All(names(random, "")),
        97 | 98 => Statement::Become(number),
        _ => Statement::BecomeModule(random.module()),
    }
}

/// A `__getattr__`, or a `__dir__`.
pub(super) fn function(random: &mut Source) -> Function {
    if random.percent(30) {
        return Function::Dir(names(random, ""));
    }
    let known = random.below(3);
    let known = (0..known).map(|_| (random.attribute(), random.below(100) as i64));
    Function::Getattr(known.collect())
}
