//! What is done.

use super::{
    FOLDERS, FROZEN, NATIVES, OWNERS, PLACES, PROGRAMS, SPECIAL, Source, file, function, name,
    names, program,
};
use crate::operation::{Bypass, Operand, Operation as Op, Target, VARIABLES};
use importer::Action;

/// The operation at this place of a case.
pub(super) fn operation(random: &mut Source, at: usize) -> Op {
    // There has to be something to work on.
    if at < VARIABLES {
        let name = random.module();
        return Op::Import { name, into: at };
    }
    match random.below(100) {
        0..27 => import(random),
        27..48 => attribute(random),
        48..62 => patch(random),
        62..76 => life(random),
        76..81 => lazy(random),
        81..85 => table(random),
        85..91 => builtin(random),
        _ => world(random),
    }
}

fn import(random: &mut Source) -> Op {
    let into = random.below(VARIABLES);
    let level = random.below(3);
    match random.below(10) {
        0..5 => Op::Import {
            name: random.module(),
            into,
        },
        5 => Op::ImportName {
            name: random.module(),
            from: some_target(random),
            level,
            into,
        },
        6..9 => {
            let short = level > 0 && random.percent(60);
            let name = if short {
                String::new()
            } else {
                random.module()
            };
            let from = some_target(random);
            let names = names(random, &name);
            Op::FromImport {
                name,
                from,
                level,
                names,
                into,
            }
        }
        _ => Op::Star {
            name: random.module(),
        },
    }
}

fn attribute(random: &mut Source) -> Op {
    let of = target(random);
    let name = attribute_of(random, &of);
    let into = random.below(VARIABLES);
    match random.below(20) {
        0..7 => Op::Load { of, name, into },
        7 => Op::Binding { of, name, into },
        8 => Op::Load {
            of,
            name: random.pick(SPECIAL).into(),
            into,
        },
        9..13 => Op::Store {
            of,
            name,
            value: operand(random),
        },
        13 => {
            let path = vec![format!("{}/pack", random.pick(FOLDERS))];
            Op::Store {
                of,
                name: "__path__".into(),
                value: Operand::List(path),
            }
        }
        14..17 => Op::Delete { of, name },
        17 => {
            let names = ["__path__", "__getattr__", "__doc__"];
            let name = random.pick(&names).into();
            Op::Delete { of, name }
        }
        _ => Op::Dir(of),
    }
}

fn patch(random: &mut Source) -> Op {
    let kind = random.below(10);
    if kind == 9 {
        return Op::UndoAll(name(random, OWNERS));
    }
    let known = random.below(random.patched.len());
    if kind >= 6
        && let Some((of, name, owner)) = random.patched.get(known).cloned()
    {
        return Op::Undo { of, name, owner };
    }
    let of = target(random);
    let (name, owner) = (attribute_of(random, &of), name(random, OWNERS));
    random
        .patched
        .push((of.clone(), name.clone(), owner.clone()));
    if random.percent(7) {
        let function = function(random);
        let (name, value) = (function.name().into(), Operand::Function(function));
        return Op::Patch {
            of,
            name,
            owner,
            value,
        };
    }
    if kind < 4 {
        Op::Patch {
            of,
            name,
            owner,
            value: operand(random),
        }
    } else {
        Op::Hide { of, name, owner }
    }
}

fn attribute_of(random: &mut Source, target: &Target) -> String {
    match target {
        Target::Table(module) => random.attribute_of(module),
        Target::Variable(_) => {
            let module = random.module();
            random.attribute_of(&module)
        }
    }
}

fn life(random: &mut Source) -> Op {
    match random.below(20) {
        0..7 => Op::Unload(random.module()),
        7..14 => {
            let of = target(random);
            random.reloaded.push(of.clone());
            Op::Reload {
                of,
                into: random.below(VARIABLES),
            }
        }
        14..19 => {
            let of = random.reloaded.last().cloned();
            Op::Restore(of.unwrap_or_else(|| target(random)))
        }
        _ => Op::Shutdown,
    }
}

fn lazy(random: &mut Source) -> Op {
    match random.below(5) {
        0 | 1 => Op::InstallLazy(bypasses(random)),
        2 => Op::UninstallLazy,
        _ => Op::Ensure(target(random)),
    }
}

fn table(random: &mut Source) -> Op {
    let name = random.module();
    match random.below(8) {
        0..4 => Op::Drop(name),
        4 => Op::Block(name),
        5 | 6 => Op::Enter {
            name,
            value: operand(random),
        },
        _ => Op::NewModule {
            name,
            into: random.below(VARIABLES),
        },
    }
}

fn builtin(random: &mut Source) -> Op {
    let name = random.module();
    let into = random.below(VARIABLES);
    match random.below(8) {
        0 => Op::Register,
        1 | 2 => Op::Builtin { name, into },
        3 | 4 => Op::FindSpec(name),
        5 => Op::IsBuiltin(name),
        _ => Op::InitBuiltin { name, into },
    }
}

fn world(random: &mut Source) -> Op {
    match random.below(12) {
        0..3 => {
            let (folder, tail) = PLACES[random.below(PLACES.len())];
            let file = random.percent(80).then(|| file(random, tail));
            Op::Write {
                folder: folder.into(),
                tail: tail.into(),
                file,
            }
        }
        3 => {
            let name = name(random, FROZEN);
            let file = random.percent(50).then(|| file(random, &name));
            Op::Freeze { name, file }
        }
        4 | 5 => Op::Rewrite {
            program: random.below(PROGRAMS),
            statements: program(random),
        },
        6..10 => {
            let init = random.percent(60);
            let action = if init { Action::Init } else { Action::Deinit };
            let times = 1 + random.below(2) as u32;
            Op::Break {
                action,
                of: name(random, NATIVES),
                times,
            }
        }
        10 => Op::SwapFinders,
        _ => {
            let mut path: Vec<String> = FOLDERS.iter().map(|folder| (*folder).into()).collect();
            path.rotate_left(random.below(2));
            path.truncate(1 + random.below(2));
            Op::SetPath(path)
        }
    }
}

fn target(random: &mut Source) -> Target {
    if random.percent(50) {
        Target::Variable(random.below(VARIABLES))
    } else {
        Target::Table(random.module())
    }
}

fn some_target(random: &mut Source) -> Option<Target> {
    random.percent(80).then(|| target(random))
}

fn operand(random: &mut Source) -> Operand {
    if random.percent(60) {
        Operand::Variable(random.below(VARIABLES))
    } else {
        Operand::Number(random.below(100) as i64)
    }
}

fn bypasses(random: &mut Source) -> Vec<(Bypass, String)> {
    let count = random.below(3);
    let bypass = |random: &mut Source| match random.below(3) {
        0 => (Bypass::Name, random.module()),
        1 => (Bypass::Package, random.module()),
        _ => (Bypass::Path, name(random, FOLDERS)),
    };
    (0..count).map(|_| bypass(random)).collect()
}
