//! What an interpreter tells the importer about itself.

use crate::import::{Code, Finder, Handle, ImportError, ImportLock, Imports, Kind, Patches, Spec};
use crate::{Cx, Host, Qstr};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// An interpreter that imports.
///
/// A host's module value holds a [`Handle`]; everything else about modules is
/// in [`Imports`], which its context owns. No function here may call back into
/// the importer while [`imports`](ImportHost::imports) runs.
pub trait ImportHost: Host {
    /// How the host keeps a finder: `Rc<dyn Finder<Self>>`, or an enum of its
    /// own; `Arc<dyn Finder<Self> + Send + Sync>` for threads.
    type Finder: Finder<Self> + Clone;

    /// The override layer: [`Layer`](crate::import::Layer), or `()` for none,
    /// which costs nothing.
    type Patches<'vm>: Patches<Self::Value<'vm>>;

    /// The import lock: `()` without threads.
    type Lock: ImportLock + Default;

    /// Runs `read` on what this interpreter has imported.
    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Self>,
        read: impl FnOnce(&mut Imports<'vm, Self>) -> R,
    ) -> R;

    /// An error of the importer as one of the host's.
    fn error(cx: &mut Cx<'_, '_, Self>, error: ImportError) -> Self::Error;

    /// The object of a module; the same object each time.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn object<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        module: Handle,
    ) -> Result<Self::Value<'vm>, Self::Error>;

    /// The module that a value is the object of.
    fn handle<'vm>(cx: &mut Cx<'_, 'vm, Self>, value: &Self::Value<'vm>) -> Option<Handle>;

    /// A text made at run time, as a value.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn string<'vm>(cx: &mut Cx<'_, 'vm, Self>, text: &str)
    -> Result<Self::Value<'vm>, Self::Error>;

    /// A list of texts that scripts can change, for `__path__`.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn strings<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        texts: &[String],
    ) -> Result<Self::Value<'vm>, Self::Error>;

    /// The texts in a list, for `__path__`, `__all__` and `__dir__`.
    ///
    /// # Errors
    ///
    /// A type error where it is no list, or an item is no text.
    fn to_strings<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        value: &Self::Value<'vm>,
    ) -> Result<Vec<String>, Self::Error>;

    /// A text out of a value, where it is one.
    fn to_text<'vm>(cx: &mut Cx<'_, 'vm, Self>, value: &Self::Value<'vm>) -> Option<String>;

    /// The value that means nothing, as in an entry that blocks an import.
    fn none<'vm>(cx: &mut Cx<'_, 'vm, Self>) -> Self::Value<'vm>;

    /// Whether a value is that.
    fn is_none(value: &Self::Value<'_>) -> bool;

    /// Calls a value of a script: a `__getattr__`, a replaced import function.
    ///
    /// # Errors
    ///
    /// Whatever the script fails with. A host that calls nothing leaves this as
    /// it is, a type error.
    fn call<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        function: &Self::Value<'vm>,
        arguments: &[Self::Value<'vm>],
    ) -> Result<Self::Value<'vm>, Self::Error> {
        let (_, _) = (function, arguments);
        let error = ImportError::Type("this interpreter calls no functions".into());
        Err(Self::error(cx, error))
    }

    /// A number as a value, an argument of a replaced import function.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with. A host that calls nothing leaves this
    /// as it is.
    fn integer<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        number: i64,
    ) -> Result<Self::Value<'vm>, Self::Error> {
        let _ = number;
        let error = ImportError::Type("this interpreter calls no functions".into());
        Err(Self::error(cx, error))
    }

    /// The import lock of this interpreter.
    #[inline]
    fn lock(cx: &mut Cx<'_, '_, Self>) -> Self::Lock {
        Self::imports(cx, |imports| imports.lock.clone())
    }

    /// Runs the code of a module in its namespace.
    ///
    /// # Errors
    ///
    /// Whatever the code fails with. A host that runs no code leaves this as it
    /// is, which fails with [`ImportError::NoCompiler`].
    fn exec<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        module: Handle,
        spec: &Spec,
        code: Code,
    ) -> Result<(), Self::Error> {
        let (_, _) = (module, code);
        let why = Self::refuses(spec.kind).unwrap_or("this interpreter runs no such code");
        let error = ImportError::NoCompiler {
            name: spec.name.clone(),
            origin: spec.origin.clone().unwrap_or_default(),
            why,
        };
        Err(Self::error(cx, error))
    }

    /// Why the host cannot run code of this kind, a host without a compiler
    /// [`Kind::Source`]: then finders do not search its suffixes, and the error
    /// of a module that would have been found says why.
    #[must_use]
    fn refuses(kind: Kind) -> Option<&'static str> {
        let _ = kind;
        None
    }

    /// The value of a module's `__dict__`: the host's own view, which reads and
    /// writes through [`Importer`](crate::import::Importer). Without one there
    /// is no such attribute.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn namespace<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        module: Handle,
    ) -> Result<Option<Self::Value<'vm>>, Self::Error> {
        let (_, _) = (cx, module);
        Ok(None)
    }

    /// The value of a module's `__spec__`. Without one there is no such
    /// attribute.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn spec<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        module: Handle,
        spec: &Spec,
    ) -> Result<Option<Self::Value<'vm>>, Self::Error> {
        let (_, _, _) = (cx, module, spec);
        Ok(None)
    }

    /// An attribute of a value that is no module of the importer and stands in
    /// the table of modules.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn attribute<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        value: &Self::Value<'vm>,
        name: Qstr,
    ) -> Result<Option<Self::Value<'vm>>, Self::Error> {
        let (_, _, _) = (cx, value, name);
        Ok(None)
    }

    /// The attribute names of such a value, for `dir` and star imports: what
    /// Python has in its `__dict__`. `None` where it has none, or the host cannot
    /// tell.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn attribute_names<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        value: &Self::Value<'vm>,
    ) -> Result<Option<Vec<String>>, Self::Error> {
        let (_, _) = (cx, value);
        Ok(None)
    }

    /// Binds, or with `None` deletes, an attribute of such a value. `false`
    /// where that cannot be.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn set_attribute<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        owner: &Self::Value<'vm>,
        name: Qstr,
        value: Option<&Self::Value<'vm>>,
    ) -> Result<bool, Self::Error> {
        let (_, _, _, _) = (cx, owner, name, value);
        Ok(false)
    }

    /// Replaces a module's object by a value wherever the host finds it outside
    /// of the importer: a lazy module put something else in its place.
    fn replace<'vm>(cx: &mut Cx<'_, 'vm, Self>, module: Handle, value: &Self::Value<'vm>) {
        let (_, _, _) = (cx, module, value);
    }

    /// What holds a module besides the importer, by name, where the host can
    /// tell.
    fn holders(cx: &mut Cx<'_, '_, Self>, module: Handle) -> Vec<String> {
        let (_, _) = (cx, module);
        Vec::new()
    }

    /// Whether anything still refers to a run-time module: its object, or a
    /// handle of it, in a variable, a namespace, a call that runs. Asked when its
    /// import failed and when it was unloaded. `false` lets the importer forget it
    /// at once: the handle finds nothing from then on. A host that cannot tell
    /// leaves this as it is, and gives modules back with
    /// [`Importer::release`](crate::import::Importer::release) or
    /// [`Imports::sweep`].
    fn is_held(cx: &mut Cx<'_, '_, Self>, module: Handle) -> bool {
        let (_, _) = (cx, module);
        true
    }

    /// How many bytes a module takes, where the host can tell.
    fn memory(cx: &mut Cx<'_, '_, Self>, module: Handle) -> Option<usize> {
        let (_, _) = (cx, module);
        None
    }

    /// Who patches a builtin, or what is patched in another module, by plain
    /// assignment: the name of the module that runs, where the host knows it. A
    /// module's own assignments to its own names are no patches.
    fn owner(cx: &mut Cx<'_, '_, Self>) -> Qstr {
        let _ = cx;
        crate::qstr!("__main__")
    }

    /// Whether a plain assignment or deletion by a script may patch this name of
    /// a native module, which no hook claims. Without an override layer it never
    /// may; [`Importer::patch`](crate::import::Importer::patch) is not asked.
    fn may_patch(cx: &mut Cx<'_, '_, Self>, module: Handle, name: Qstr) -> bool {
        let (_, _, _) = (cx, module, name);
        true
    }

    /// Told that a module may have another value under a name than before: it was
    /// patched, a patch was taken back, a submodule was bound or unbound, an object
    /// took the place of a lazy module. A host that keeps attributes, so that the
    /// next load is faster, forgets this one.
    ///
    /// That is all that changes the names of a native module. A run-time module's
    /// are also bound by [`store`](crate::import::Importer::store), deleted by
    /// [`delete`](crate::import::Importer::delete), and changed by a reload, a
    /// restore, or a lazy module's first use, of which nothing needs to be told
    /// here: keep no attributes of such modules.
    fn changed(cx: &mut Cx<'_, '_, Self>, module: Handle, name: Qstr) {
        let (_, _, _) = (cx, module, name);
    }

    /// Told that a native module goes: it was unloaded or shut down, or its
    /// `init` failed. What the host keeps for it goes with it; the next import
    /// makes another object. Nothing of it is forgotten yet.
    fn gone(cx: &mut Cx<'_, '_, Self>, module: Handle) {
        let (_, _) = (cx, module);
    }

    /// Whether an error says that there is no such attribute (`AttributeError`).
    /// A `__getattr__` raises it for names it does not know, and
    /// `from package import name` goes on to the submodule then.
    fn is_attribute_error(error: &Self::Error) -> bool {
        let _ = error;
        false
    }

    /// The error of a lazy module that failed at its first use: a host adds
    /// where the import stood.
    fn late(cx: &mut Cx<'_, '_, Self>, module: &str, error: Self::Error) -> Self::Error {
        let (_, _) = (cx, module);
        error
    }

    /// `sys.path` as it is now.
    ///
    /// # Errors
    ///
    /// Whatever the interpreter fails with.
    fn path(cx: &mut Cx<'_, '_, Self>) -> Result<Vec<String>, Self::Error> {
        Ok(Self::imports(cx, |imports| imports.path.clone()))
    }

    /// The entry of a name in the table of modules. A host whose scripts have
    /// that table as an object of their own (Lua's `package.loaded`) answers
    /// from there.
    #[inline]
    fn entry<'vm>(cx: &mut Cx<'_, 'vm, Self>, name: Qstr) -> Option<Entry<Self::Value<'vm>>> {
        Self::imports(cx, |imports| imports.modules.get(&name).cloned())
    }

    /// Enters a name into the table of modules, or removes it.
    fn set_entry<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        name: Qstr,
        entry: Option<Entry<Self::Value<'vm>>>,
    ) {
        Self::imports(cx, |imports| match entry {
            Some(entry) => {
                imports.modules.insert(name, entry);
            }
            None => {
                imports.modules.shift_remove(&name);
            }
        });
    }

    /// All entries, oldest first.
    fn entries<'vm>(cx: &mut Cx<'_, 'vm, Self>) -> Vec<(Qstr, Entry<Self::Value<'vm>>)> {
        Self::imports(cx, |imports| {
            let entries = imports.modules.iter();
            entries
                .map(|(name, entry)| (*name, entry.clone()))
                .collect()
        })
    }

    /// The text of a name, for errors.
    fn text_of(cx: &mut Cx<'_, '_, Self>, name: Qstr) -> String {
        Self::imports(cx, |imports| match imports.names.text(name) {
            Some(text) => text.into(),
            None => format!("{name:?}"),
        })
    }
}

/// What the table of modules has under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<V> {
    /// A module of the importer.
    Module(Handle),
    /// Anything else that a script put there.
    Value(V),
    /// None: the import is blocked.
    Blocked,
}
