//! Random cases: few names, so that they meet.

mod operations;
mod programs;

use crate::operation::{Case, Target};
use crate::random::Random;
use importer::World;
use operations::operation;
use programs::{file, function, program};

/// Full names that are mostly imported.
const COMMON: &[&str] = &[
    "a",
    "b",
    "c",
    "pack",
    "pack.x",
    "pack.sub",
    "pack.sub.z",
    "a.b",
    "time",
    "machine",
    "sys",
    "os",
    "os.path",
    "os.dev",
    "os.net",
    "json",
];

/// All full names, with those of modules that are there under a condition.
const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "pack",
    "pack.x",
    "pack.y",
    "pack.sub",
    "pack.sub.z",
    "a.b",
    "time",
    "utime",
    "clock",
    "machine",
    "sys",
    "usys",
    "os",
    "uos",
    "os.path",
    "os.dev",
    "os.net",
    "os.extra",
    "uos.extra",
    "uos.path",
    "usocket",
    "socket",
    "json",
    "ujson",
    "plugin",
    "addon",
    "builtins",
    "builtins.time",
    "builtins.os",
    "builtins.os.path",
    "missing",
    "pack.missing",
    "time.x",
];

/// Attributes.
const ATTRIBUTES: &[&str] = &[
    "x", "x", "y", "b", "sub", "z", "freq", "extra", "sep", "path", "net", "pin", "led", "fatal",
    "version", "maxsize", "sleep", "join", "level", "real", "time", "os", "__name__",
];

/// Attributes that are only read.
const SPECIAL: &[&str] = &[
    "__package__",
    "__loader__",
    "__doc__",
    "__file__",
    "__path__",
];

const OWNERS: &[&str] = &["__main__", "a", "alice"];
const FOLDERS: &[&str] = &["/lib", "/alt"];
const NATIVES: &[&str] = &[
    "machine",
    "machine-extra",
    "os.path",
    "os.dev",
    "os.net",
    "time",
    "json",
    "plugin",
];

/// Where files may lie: folder and last component.
const PLACES: &[(&str, &str)] = &[
    ("/lib", "a"),
    ("/lib", "b"),
    ("/lib", "c"),
    ("/lib", "pack"),
    ("/lib", "time"),
    ("/lib", "os"),
    ("/lib", "socket"),
    ("/lib", "json"),
    ("/lib", "plugin"),
    ("/lib", "machine"),
    ("/lib", "utime"),
    ("/lib/a", "b"),
    ("/lib/pack", "x"),
    ("/lib/pack", "y"),
    ("/lib/pack", "sub"),
    ("/lib/pack/sub", "z"),
    ("/lib/os", "extra"),
    ("/lib/os", "net"),
    ("/alt", "a"),
    ("/alt", "pack"),
    ("/alt", "c"),
    ("/alt/pack", "x"),
    ("/alt/pack", "sub"),
];

const FROZEN: &[&str] = &[
    "a",
    "c",
    "pack",
    "pack.x",
    "pack.sub",
    "time",
    "os.extra",
    "uos.extra",
    "os.net",
    "builtins",
];

const PROGRAMS: usize = 10;

/// Random numbers, and the few names that a case is about.
struct Source {
    random: Random,
    names: Vec<&'static str>,
    attributes: Vec<&'static str>,
    /// What was patched, and by whom, so that it is undone.
    patched: Vec<(Target, String, String)>,
    /// What was loaded again, so that it is restored.
    reloaded: Vec<Target>,
}

/// How many names a case is mostly about.
const FAVOURITES: usize = 5;

/// The case of this number.
pub(crate) fn case(seed: u64, number: usize, operations: usize) -> Case {
    let mut random = Random::new(seed.wrapping_mul(0x1_0000_0001).wrapping_add(number as u64));
    let mut favourites = |from: &[&'static str]| {
        (0..FAVOURITES)
            .map(|_| from[random.below(from.len())])
            .collect()
    };
    let names = favourites(COMMON);
    let attributes = favourites(ATTRIBUTES);
    let random = &mut Source {
        random,
        names,
        attributes,
        patched: Vec::new(),
        reloaded: Vec::new(),
    };
    let mut world = World {
        programs: (0..PROGRAMS).map(|_| program(random)).collect(),
        frozen_first: random.percent(50),
        ..World::default()
    };
    for (folder, tail) in PLACES {
        // What shadows a native module hides what is below it, too.
        let often = if NATIVES.contains(tail) || *tail == "os" {
            25
        } else {
            85
        };
        if random.percent(often) {
            let place = ((*folder).into(), (*tail).into());
            world.folders.insert(place, file(random, tail));
        }
    }
    for name in FROZEN {
        if random.percent(20) {
            world.frozen.insert((*name).into(), file(random, name));
        }
    }
    for native in NATIVES {
        if random.percent(15) {
            let wanted = random.pick(NAMES).into();
            world.wanted.insert((*native).into(), wanted);
        }
    }
    Case {
        world,
        weak_links: random.percent(50),
        path: vec!["/lib".into(), "/alt".into()],
        operations: (0..operations).map(|at| operation(random, at)).collect(),
    }
}

impl Source {
    fn below(&mut self, end: usize) -> usize {
        self.random.below(end)
    }

    fn percent(&mut self, of_hundred: usize) -> bool {
        self.random.percent(of_hundred)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.random.pick(from)
    }

    /// The name of a module, mostly a favourite of the case.
    fn module(&mut self) -> String {
        if self.percent(75) {
            self.names[self.random.below(FAVOURITES)].into()
        } else {
            self.pick(NAMES).into()
        }
    }

    /// An attribute that this module may well have.
    fn attribute_of(&mut self, module: &str) -> String {
        let own: &[&str] = match module {
            "machine" => &["freq", "reset", "extra", "pin", "led"],
            "sys" | "usys" => &["maxsize", "version"],
            "os" | "uos" => &["sep", "path", "dev", "net", "extra"],
            "time" | "utime" | "clock" => &["sleep"],
            "json" => &["dumps"],
            "os.path" => &["join"],
            "pack" => &["x", "y", "sub"],
            "a" => &["b"],
            _ => &[],
        };
        if own.is_empty() || self.percent(40) {
            return self.attribute();
        }
        self.pick(own).into()
    }

    /// An attribute, likewise.
    fn attribute(&mut self) -> String {
        if self.percent(75) {
            self.attributes[self.random.below(FAVOURITES)].into()
        } else {
            self.pick(ATTRIBUTES).into()
        }
    }
}

fn name(random: &mut Source, from: &[&str]) -> String {
    random.pick(from).into()
}

/// What a `from` statement names.
fn names(random: &mut Source, module: &str) -> Vec<String> {
    (0..1 + random.below(2))
        .map(|_| random.attribute_of(module))
        .collect()
}
