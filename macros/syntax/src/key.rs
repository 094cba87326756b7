//! The names of the fields, and what to say to other names.

use crate::Form;
use proc_macro2::Ident;
use syn::Error;

/// A field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Class,
    Aliases,
    Requires,
    Base,
    Init,
    Deinit,
    Attr,
    Getattr,
    Dir,
}

const MODULE: &[(&str, Key)] = &[
    ("class", Key::Class),
    ("aliases", Key::Aliases),
    ("requires", Key::Requires),
    ("init", Key::Init),
    ("deinit", Key::Deinit),
    ("attr", Key::Attr),
    ("getattr", Key::Getattr),
    ("dir", Key::Dir),
];

const EXTENSION: &[(&str, Key)] = &[
    ("base", Key::Base),
    ("requires", Key::Requires),
    ("init", Key::Init),
    ("deinit", Key::Deinit),
    ("attr", Key::Attr),
    ("dir", Key::Dir),
];

/// From here on a name is taken for a misspelt one (Jaro-Winkler: 1 is equal).
/// `initialise` is at 0.88 from `init`, `colour` at 0.65 from `class`.
const NEAR: f64 = 0.8;

impl Key {
    /// The field called `ident`.
    ///
    /// # Errors
    ///
    /// An unknown name, with the nearest known one; a field that only the other
    /// macro has, with the reason.
    pub(crate) fn named(ident: &Ident, form: Form) -> Result<Key, Error> {
        let (known, other) = match form {
            Form::Module => (MODULE, EXTENSION),
            Form::Extension => (EXTENSION, MODULE),
        };
        let find = |keys: &[(&str, Key)]| {
            let found = keys.iter().find(|(name, _)| ident == name);
            found.map(|&(_, key)| key)
        };
        if let Some(key) = find(known) {
            return Ok(key);
        }
        let message = match (find(other), form) {
            (Some(Key::Getattr), _) => {
                "an extension cannot set `getattr`, which belongs to the module's owner: \
                 write `attr: function`, which is asked before it"
                    .to_owned()
            }
            (Some(_), Form::Extension) => format!(
                "an extension cannot set `{ident}`, which belongs to the module's owner: \
                 write it in the register_module! of that module"
            ),
            (Some(_), Form::Module) => format!(
                "`{ident}` is a field of extend_module!: a module of its own has no `{ident}`"
            ),
            (None, _) => format!(
                "unknown field `{ident}`: {}",
                nearest(&ident.to_string(), known).unwrap_or_else(|| expected(form))
            ),
        };
        Err(Error::new(ident.span(), message))
    }
}

/// The list of the fields that may stand there.
pub(crate) fn expected(form: Form) -> String {
    let known = match form {
        Form::Module => MODULE,
        Form::Extension => EXTENSION,
    };
    let names: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("expected one of {}", names.join(", "))
}

fn nearest(text: &str, known: &[(&str, Key)]) -> Option<String> {
    // Scripts know the hooks as `__init__` and so on.
    let text = text.trim_matches('_');
    let near = |name: &str| strsim::jaro_winkler(text, name);
    let (name, _) = known
        .iter()
        .max_by(|(a, _), (b, _)| near(a).total_cmp(&near(b)))?;
    (near(name) >= NEAR).then(|| format!("did you mean `{name}`?"))
}
