//! The syntactic kind of an entry's value.

use syn::{Expr, Lit};

/// What an entry's value is, as far as its syntax shows.
///
/// It is the last segment of the constructor's path in lower case
/// (`Rom::Int(1)` is `int`), the name of the macro (`function!(f)` is
/// `function`), or the literal's own kind. A back end that must build values in
/// another language reads it; the Rust back end leaves values to rustc.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueKind(String);

impl ValueKind {
    /// Reads the kind off an expression; `value` where the syntax says nothing.
    pub fn of(expression: &Expr) -> ValueKind {
        ValueKind(kind(expression).unwrap_or_else(|| "value".to_owned()))
    }

    /// The kind: `int`, `str`, `function`, `type`, … or `value`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn kind(expression: &Expr) -> Option<String> {
    let last = |path: &syn::Path| Some(path.segments.last()?.ident.to_string().to_lowercase());
    match expression {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => last(&path.path),
            _ => None,
        },
        Expr::Path(path) => last(&path.path),
        Expr::Struct(literal) => last(&literal.path),
        Expr::Macro(call) => last(&call.mac.path),
        Expr::Group(group) => kind(&group.expr),
        Expr::Paren(paren) => kind(&paren.expr),
        Expr::Reference(reference) => kind(&reference.expr),
        Expr::Unary(unary) => kind(&unary.expr),
        Expr::Lit(literal) => Some(
            match &literal.lit {
                Lit::Str(_) => "str",
                Lit::ByteStr(_) => "bytes",
                Lit::Int(_) => "int",
                Lit::Float(_) => "float",
                Lit::Bool(_) => "bool",
                _ => return None,
            }
            .to_owned(),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c23_the_kind_is_read_off_the_syntax() {
        for (source, kind) in [
            ("Rom::Int(1)", "int"),
            ("portable::Rom::Str(\"x\")", "str"),
            ("Rom::Function(function!(f))", "function"),
            ("function!(f(a, b = 1))", "function"),
            ("(Rom::Dict(&CODES))", "dict"),
            ("Rom::None", "none"),
            ("-1", "int"),
            ("\"text\"", "str"),
            ("true", "bool"),
            ("a + b", "value"),
        ] {
            let expression: Expr = syn::parse_str(source).unwrap();
            assert_eq!(ValueKind::of(&expression).as_str(), kind, "{source}");
        }
    }
}
