//! The attributes of each syntax node, for every visitor that has to skip what
//! is not compiled.

use syn::{Attribute, Expr};

/// Visits nodes of these types under their attributes.
macro_rules! under_attributes {
    ($($visit:ident($node:ident: $type:ty) = $attributes:expr;)*) => {$(
        fn $visit(&mut self, $node: &'ast $type) {
            self.under($attributes, |visitor| visit::$visit(visitor, $node));
        }
    )*};
}

pub(super) use under_attributes;

/// The attributes of an enum's variants that have a field of that name.
macro_rules! attributes_of {
    ($name:ident($type:ident): $($variant:ident)*) => {
        pub(super) fn $name(node: &syn::$type) -> &[Attribute] {
            match node {
                $(syn::$type::$variant(node) => &node.attrs,)*
                _ => &[],
            }
        }
    };
}

attributes_of!(of_item(Item): Const Enum ExternCrate Fn ForeignMod Impl Macro Mod Static Struct
    Trait TraitAlias Type Union Use);
attributes_of!(of_impl_item(ImplItem): Const Fn Type Macro);
attributes_of!(of_trait_item(TraitItem): Const Fn Type Macro);
attributes_of!(of_foreign_item(ForeignItem): Fn Static Type Macro);
attributes_of!(of_expr(Expr): Array Assign Async Await Binary Block Break Call Cast Closure Const
    Continue Field ForLoop Group If Index Infer Let Lit Loop Macro Match MethodCall Paren Path
    Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield);

/// The attributes that syn has given to the first operand.
pub(super) fn of_leftmost(expr: &Expr) -> &[Attribute] {
    let left = match expr {
        Expr::Assign(expr) => &expr.left,
        Expr::Binary(expr) => &expr.left,
        Expr::Cast(expr) => &expr.expr,
        Expr::MethodCall(expr) => &expr.receiver,
        Expr::Field(expr) => &expr.base,
        Expr::Index(expr) => &expr.expr,
        Expr::Call(expr) => &expr.func,
        Expr::Try(expr) => &expr.expr,
        Expr::Await(expr) => &expr.base,
        other => return of_expr(other),
    };
    of_leftmost(left)
}
