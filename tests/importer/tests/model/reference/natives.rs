//! What `importer::builtins` declares, said once more.

use super::{Model, Res, Val, fail};
use importer::Action;

/// A native module.
pub(crate) struct Native {
    pub(crate) name: &'static str,
    pub(crate) is_extensible: bool,
    pub(crate) aliases: &'static [&'static str],
    /// With those of extensions, which replace.
    pub(crate) constants: &'static [(&'static str, i64)],
    /// Who has an `init`, in their order: the module and its extensions.
    pub(crate) inits: &'static [&'static str],
    pub(crate) has_deinit: bool,
    pub(crate) doc: &'static str,
    /// What its hooks list for `dir`.
    pub(crate) listed: &'static [&'static str],
}

const NONE: Native = Native {
    name: "",
    is_extensible: false,
    aliases: &[],
    constants: &[],
    inits: &[],
    has_deinit: false,
    doc: "",
    listed: &[],
};

/// All of them.
pub(crate) const ALL: &[Native] = &[
    Native {
        name: "sys",
        aliases: &["usys"],
        constants: &[("maxsize", 9)],
        listed: &["version"],
        ..NONE
    },
    Native {
        name: "machine",
        constants: &[("freq", 13), ("reset", 11), ("extra", 12)],
        inits: &["machine", "machine-extra"],
        has_deinit: true,
        doc: "Has every hook.",
        listed: &["pin"],
        ..NONE
    },
    Native {
        name: "os",
        is_extensible: true,
        constants: &[("sep", 20)],
        ..NONE
    },
    Native {
        name: "os.path",
        constants: &[("join", 21)],
        inits: &["os.path"],
        has_deinit: true,
        ..NONE
    },
    Native {
        name: "os.dev",
        constants: &[("mount", 23)],
        inits: &["os.dev"],
        has_deinit: true,
        ..NONE
    },
    Native {
        name: "os.net",
        is_extensible: true,
        constants: &[("port", 22)],
        inits: &["os.net"],
        ..NONE
    },
    Native {
        name: "time",
        is_extensible: true,
        aliases: &["clock"],
        constants: &[("sleep", 30)],
        inits: &["time"],
        ..NONE
    },
    Native {
        name: "usocket",
        constants: &[("bind", 40)],
        ..NONE
    },
    Native {
        name: "json",
        is_extensible: true,
        constants: &[("dumps", 50)],
        has_deinit: true,
        ..NONE
    },
    Native {
        name: "plugin",
        aliases: &["addon"],
        constants: &[("level", 60)],
        inits: &["plugin"],
        has_deinit: true,
        doc: "Not in the table: it is registered at run time.",
        ..NONE
    },
];

/// What is not in the table.
pub(crate) const PLUGIN: usize = ALL.len() - 1;

/// What is done with an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Access {
    Load,
    Store(Val),
    Delete,
}

impl Native {
    pub(crate) fn is_constant(&self, name: &str) -> bool {
        let has_doc = name == "__doc__" && !self.doc.is_empty();
        has_doc || self.constant(name).is_some() || self.submodule(name).is_some()
    }

    pub(crate) fn constant(&self, name: &str) -> Option<Val> {
        if name == "__name__" {
            return Some(Val::Text(self.name.into()));
        }
        let found = self.constants.iter().find(|(known, _)| *known == name);
        found.map(|(_, number)| Val::Int(*number))
    }

    /// The native module of that last component below it.
    pub(crate) fn submodule(&self, tail: &str) -> Option<usize> {
        let full = format!("{}.{tail}", self.name);
        ALL.iter().position(|native| native.name == full)
    }

    pub(crate) fn submodules(&self) -> impl Iterator<Item = &'static str> {
        let prefix = format!("{}.", self.name);
        ALL.iter()
            .filter_map(move |native| native.name.strip_prefix(&prefix))
    }

    /// 1 where it can be initialised again, else -1.
    pub(crate) fn is_builtin(&self) -> i32 {
        if self.has_deinit || self.inits.is_empty() {
            1
        } else {
            -1
        }
    }
}

impl Model {
    /// The native module of a registered name or alias.
    pub(crate) fn native_named(&self, name: &str) -> Option<usize> {
        let found = ALL
            .iter()
            .position(|native| native.name == name || native.aliases.contains(&name));
        found.filter(|place| *place != PLUGIN || self.has_plugin)
    }

    /// The delegation hooks: `Some` where one has claimed the name, the value
    /// of a load in it.
    pub(crate) fn delegate(
        &mut self,
        native: usize,
        name: &str,
        access: Access,
    ) -> Res<Option<Option<Val>>> {
        if ALL[native].name != "machine" {
            return Ok(None);
        }
        self.log(format!("machine attr {name}"));
        if name == "fatal" {
            return fail("OSError: machine fails");
        }
        if name == "pin" {
            match (access.clone(), self.pin.clone()) {
                (Access::Load, Some(value)) => return Ok(Some(Some(value))),
                (Access::Store(value), _) => {
                    self.pin = Some(value);
                    return Ok(Some(None));
                }
                (Access::Delete, Some(_)) => {
                    self.pin = None;
                    return Ok(Some(None));
                }
                (_, None) => {}
            }
        }
        self.log(format!("machine-extra attr {name}"));
        if name == "led" && access == Access::Load {
            return Ok(Some(Some(Val::Int(14))));
        }
        Ok(None)
    }

    /// A native module's `__getattr__`.
    pub(crate) fn native_getattr(&mut self, native: usize, name: &str) -> Res<Option<Val>> {
        if ALL[native].name != "sys" {
            return Ok(None);
        }
        self.log(format!("sys getattr {name}"));
        match name {
            "version" => Ok(Some(Val::Int(3))),
            "fatal" => fail("OSError: sys fails"),
            _ => Ok(None),
        }
    }

    /// Runs `init`.
    pub(crate) fn init(&mut self, id: usize) -> Res<()> {
        let Some(native) = self.objects[id].native else {
            return Ok(());
        };
        self.objects[id].half_made = true;
        self.order.push(id);
        let mut done = Ok(());
        for (ran, name) in ALL[native].inits.iter().enumerate() {
            done = self.act(Action::Init, name);
            if done.is_err() {
                // Those before it end, so that all can be tried again.
                if ran > 0 && ALL[native].has_deinit {
                    let _ = self.deinit(id);
                }
                break;
            }
        }
        self.objects[id].half_made = false;
        if done.is_err() {
            self.order.retain(|known| *known != id);
        }
        done
    }

    /// Runs `deinit`, where there is one.
    pub(crate) fn deinit(&mut self, id: usize) -> Res<()> {
        self.order.retain(|known| *known != id);
        let native = &ALL[self.objects[id].native.unwrap_or_default()];
        if !native.has_deinit {
            return Ok(());
        }
        if native.name == "machine" {
            self.pin = None;
        }
        self.act(Action::Deinit, native.name)
    }
}
