//! Two names of one declaration with one id.

use enroll_abi::hash::hash;
use enroll_syntax::{Declaration, Name};
use std::collections::HashMap;
use syn::Error;

/// An error for each name whose id another name of the declaration has.
///
/// The plan compares all names of a build and proposes a salt; this is for a
/// crate that is compiled without a firmware, where a table with two equal ids
/// would otherwise fail in a constant, without the names.
pub(crate) fn collisions(declaration: &Declaration, salt: u32) -> Option<Error> {
    let mut owners = HashMap::<u32, &Name>::new();
    let mut errors = None;
    for name in declaration.names() {
        let first = *owners.entry(hash(&name.text, salt)).or_insert(name);
        if first.text == name.text {
            continue;
        }
        let error = Error::new(
            name.span(),
            format!(
                "`{}` and `{}` (line {}) have the same id under the salt {salt}: set \
                 ENROLL_QSTR_SALT to another number in [env] of .cargo/config.toml",
                name.text,
                first.text,
                first.span().start().line
            ),
        );
        match &mut errors {
            None => errors = Some(error),
            Some(errors) => errors.combine(error),
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use enroll_syntax::Form;

    /// Two names with one id under `salt`, found as a stranger would find them.
    fn pair(salt: u32) -> (String, String) {
        let mut seen = HashMap::new();
        (0..)
            .find_map(|n: u32| {
                let name = format!("n{n}");
                let other = seen.insert(hash(&name, salt), name.clone())?;
                Some((other, name))
            })
            .unwrap()
    }

    #[test]
    fn c01_names_of_one_declaration_with_one_id_are_named() {
        let (first, second) = pair(3);
        let source = format!(
            "static M: Module<H> = \"{first}\" {{ \"a\" => 1, \"{second}\" => 2 }} aliases: [\"a\"]"
        );
        let declaration = Declaration::parse(Form::Module, source.parse().unwrap()).unwrap();
        let error = collisions(&declaration, 3).unwrap();
        let message = error.to_string();
        assert_eq!(error.into_iter().count(), 1);
        let expected = format!("`{second}` and `{first}` (line 1) have the same id under");
        assert!(message.starts_with(&expected), "{message}");
        assert!(collisions(&declaration, 4).is_none());
    }
}
