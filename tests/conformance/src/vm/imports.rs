//! The statements `import` and `from`: each is one or two calls of the importer.

use crate::Running;
use crate::language::tree::{From, Name};
use crate::vm::error::Step;
use crate::vm::scope::Scope;
use enroll::import::Importer;

/// `import a.b as c, d`.
pub(crate) fn import(
    cx: &mut Running<'_, '_>,
    scope: &Scope,
    names: &[(Name, Option<Name>)],
) -> Step<()> {
    for (name, alias) in names {
        let mut module = Importer::new(cx).import_name(name, Some(scope.module), &[], 0)?;
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        match alias {
            None => scope.store(cx, first, module)?,
            // `import a.b as c` takes b out of a, as `from a import b` does.
            Some(alias) => {
                for part in rest.split('.').filter(|part| !part.is_empty()) {
                    module = Importer::new(cx).import_from(&module, part)?;
                }
                scope.store(cx, alias, module)?;
            }
        }
    }
    Ok(())
}

/// `from ..module import a as b, c`, and `from module import *`.
pub(crate) fn from(cx: &mut Running<'_, '_>, scope: &Scope, from: &From) -> Step<()> {
    let names: Vec<&str> = from.names.iter().map(|(name, _)| &**name).collect();
    let module =
        Importer::new(cx).import_name(&from.module, Some(scope.module), &names, from.level)?;
    for (name, alias) in &from.names {
        if &**name == "*" {
            for (id, value) in Importer::new(cx).star(&module)? {
                let name = cx.host().text_of(id);
                scope.store(cx, &name, value)?;
            }
            continue;
        }
        let value = Importer::new(cx).import_from(&module, name)?;
        scope.store(cx, alias.as_ref().unwrap_or(name), value)?;
    }
    Ok(())
}
