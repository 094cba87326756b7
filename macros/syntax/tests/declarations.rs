//! What a declaration says, and what is said about a wrong one, a line a case.

use enroll_syntax::{Class, Declaration, Form, overlaps};

fn parse(form: Form, source: &str) -> syn::Result<Declaration> {
    Declaration::parse(form, source.parse().unwrap())
}

/// Everything a declaration says, in a line.
fn told(declaration: &Declaration) -> String {
    let cfg = |cfgs: &enroll_syntax::Cfgs| match cfgs.is_empty() {
        true => String::new(),
        false => format!("#{} ", cfgs.all().to_string().replace(' ', "")),
    };
    let mut parts = vec![format!(
        "{}{}",
        cfg(&declaration.cfgs),
        declaration.name.text
    )];
    if !declaration.doc.is_empty() {
        parts.push(format!("doc {:?}", declaration.doc));
    }
    for entry in &declaration.entries {
        let replace = if entry.replace { "replace " } else { "" };
        let (name, kind) = (&entry.name.text, entry.kind.as_str());
        parts.push(format!("{}{replace}{name}={kind}", cfg(&entry.cfgs)));
    }
    let fields = &declaration.fields;
    if fields.class == Class::Extensible {
        parts.push("extensible".to_owned());
    }
    if fields.optional {
        parts.push("optional".to_owned());
    }
    parts.extend(
        fields
            .aliases
            .iter()
            .map(|name| format!("alias {}", name.text)),
    );
    parts.extend(
        fields
            .requires
            .iter()
            .map(|name| format!("requires {}", name.text)),
    );
    parts.extend(
        fields
            .hooks()
            .map(|hook| format!("{}{}", cfg(&hook.cfgs), hook.key)),
    );
    parts.join("; ")
}

#[test]
fn a_declaration_says_what_stands_there() {
    #[rustfmt::skip]
    let cases = [
        (M, r#"static A: Module<H> = "a" {}"#, "a"),
        (M, r#"pub(crate) static A: Module<vm::Host<'static>> = "a.b" {},"#, "a.b"),
        (M, r##"static A: Module<H> = r#"a"# { "b" => 1 }"##, "a; b=int"),
        (M, r#"static A: Module<H> = "ä" { "ö\u{fc}" => 1, }"#, "ä; öü=int"),
        (M, r#"static A: Module<H> = "a" { "b" => |a, b| a, "c" => R::Str("d") }"#, "a; b=value; c=str"),
        (M, r#"static r#type: Module<H> = "type" { "static" => None }"#, "type; static=none"),
        (M, r#"#[doc = " x"] #[doc = "  y"] static A: Module<H> = "a" {}"#, r#"a; doc "x\n y""#),
        (M, r#"#[doc = ""] #[allow(dead_code)] static A: Module<H> = "a" {}"#, "a"),
        (M, r#"#[cfg(x)] #[cfg(not(y))] static A: Module<H> = "a" {}"#, "#all(x,not(y)) a"),
        (M, r#"static A: Module<H> = "a" { #[cfg(x,)] "b" => 1, #[cfg(not(x))] "b" => 2 }"#, "a; #all(x) b=int; #all(not(x)) b=int"),
        (M, r#"static A: Module<H> = "a" {} class: extensible"#, "a; extensible"),
        (M, r#"static A: Module<H> = "a" {} class: builtin,"#, "a"),
        (M, r#"static A: Module<H> = "a" {}, requires: ["f", "i"], aliases: ["ua",],"#, "a; alias ua; requires f; requires i"),
        (M, r#"static A: Module<H> = "a" {} aliases: [], init: m::f::<3>, #[cfg(x)] dir: |_, _| Ok(())"#, "a; init; #all(x) dir"),
        (M, r#"static A: Module<H> = "a" {} getattr: g, attr: a, deinit: d"#, "a; deinit; attr; getattr"),
        (X, r#"static A: Extension<H> = "a" { "b" => 1, replace "c" => 2 } base: optional"#, "a; b=int; replace c=int; optional"),
        (X, r#"static A: Extension<H> = "a" { #[cfg(x)] replace "c" => 2 } attr: f"#, "a; #all(x) replace c=int; attr"),
    ];
    for (form, source, expected) in cases {
        match parse(form, source) {
            Ok(declaration) => assert_eq!(told(&declaration), expected, "{source}"),
            Err(error) => panic!("{source}: {error}"),
        }
    }
}

const M: Form = Form::Module;
const X: Form = Form::Extension;

#[test]
fn every_mistake_is_named_at_its_column() {
    #[rustfmt::skip]
    let cases = [
        (M, r#""#, &["0: unexpected end of input, expected `static NAME: Module<Host> = \"module\" { … }`"][..]),
        (X, r#"fn a() {}"#, &["0: expected `static NAME: Extension<Host> = \"module\" { … }`"]),
        (M, r#"static mut A: Module<H> = "a" {}"#, &["7: a declaration is constant: remove `mut`"]),
        (M, r#"static A: Modul<H> = "a" {}"#, &["10: write `Module<Host>`, not `Modul`"]),
        (M, r#"static A: Module = "a" {}"#, &["10: name the host: write `Module<Host>`"]),
        (X, r#"static A: Extension<> = "a" {}"#, &["10: name the host: write `Extension<Host>`"]),
        (M, r#"static A: e::Module<H> = "a" {}"#, &["10: write `Module<Host>`, without a path"]),
        (M, r#"static A: Module<H> = {}"#, &["22: expected a name: a string literal, as in \"errno\""]),
        (M, r#"static A: Module<H> = a {}"#, &["22: a name is a string literal: write \"a\""]),
        (M, r#"static A: Module<H> = "" {}"#, &["22: a name cannot be empty"]),
        (M, r#"static A: Module<H> = "a." {}"#, &["22: `a.` has an empty component: write `package.module`, without a dot at either end"]),
        (M, r#"static A: Module<H> = "a" "#, &["0: unexpected end of input, expected the table: `{ \"name\" => value, … }`"]),
        (M, r#"static A: Module<H> = "a" { "b" 1 }"#, &["32: a value follows `=>`: write \"b\" => value"]),
        (M, r#"static A: Module<H> = "a" { "b", "\"" => }"#, &["28: `b` has no value: write \"b\" => value", "33: `\"` has no value: write \"\\\"\" => value"]),
        (M, r#"static A: Module<H> = "a" { "b" => 1 "c" => 2 }"#, &["37: expected `,` between entries"]),
        (M, r#"static A: Module<H> = "a" { "b" => 1, "b" => 2, "b" => 3 }"#, &["38: `b` stands in this table twice: the first is on line 1", "48: `b` stands in this table twice: the first is on line 1"]),
        (M, r#"static A: Module<H> = "a" { replace "b" => 1 }"#, &["28: only extend_module! can replace: this module owns its entries"]),
        (M, r#"static A: Module<H> = "a" { #[cfg(x, y)] "b" => 1 }"#, &["28: a cfg has one predicate: write all(…) or any(…) around several"]),
        (M, r#"static A: Module<H> = "a" {};"#, &["28: no `;` follows the table: fields come next, or nothing"]),
        (M, r#"static A: Module<H> = "a" {} pub static B: Module<H> = "b" {}"#, &["29: one declaration stands in each register_module!: write another register_module! for this one"]),
        (M, r#"static A: Module<H> = "a" {} inti: f, init"#, &["29: unknown field `inti`: did you mean `init`?", "38: `init` has no value: write `init: value`"]),
        (M, r#"static A: Module<H> = "a" {} static: f"#, &["29: one declaration stands in each register_module!: write another register_module! for this one"]),
        (M, r#"static A: Module<H> = "a" {} type: f"#, &["29: unknown field `type`: expected one of `class`, `aliases`, `requires`, `init`, `deinit`, `attr`, `getattr`, `dir`"]),
        (M, r#"static A: Module<H> = "a" {} base: optional"#, &["29: `base` is a field of extend_module!: a module of its own has no `base`"]),
        (X, r#"static A: Extension<H> = "a" {} getattr: f"#, &["32: an extension cannot set `getattr`, which belongs to the module's owner: write `attr: function`, which is asked before it"]),
        (M, r#"static A: Module<H> = "a" {} aliases: ["a", "b", "b"]"#, &["49: `b` stands in this list twice", "39: `a` is the module's own name: remove the alias"]),
        (M, r#"static A: Module<H> = "a" {} aliases: ["b" "c"]"#, &["43: expected `,` between names"]),
    ];
    for (form, source, expected) in cases {
        let Err(error) = parse(form, source) else {
            panic!("{source} was accepted");
        };
        let told = error
            .into_iter()
            .map(|error| format!("{}: {error}", error.span().start().column));
        assert_eq!(told.collect::<Vec<_>>(), expected, "{source}");
    }
}

#[test]
fn an_overlap_knows_under_which_cfg_it_is_one() {
    #[rustfmt::skip]
    let cases = [
        (r#""b" => 1, "c" => 2"#, &[][..]),
        (r#"#[cfg(x)] "b" => 1, "b" => 2"#, &["all(all(x),all())"]),
        (r#"#[cfg(x)] "b" => 1, #[cfg(y)] #[cfg(z)] "b" => 2"#, &["all(all(x),all(y,z))"]),
        (r#"#[cfg(x)] "b" => 1, #[cfg(y)] "b" => 2, #[cfg(z)] "b" => 3"#, &["all(all(x),all(y))", "all(all(x),all(z))", "all(all(y),all(z))"]),
    ];
    for (table, expected) in cases {
        let source = format!(r#"static A: Module<H> = "a" {{ {table} }}"#);
        let declaration = parse(M, &source).unwrap();
        let overlaps = overlaps(&declaration.entries);
        let conditions = overlaps
            .iter()
            .map(|overlap| overlap.condition().to_string().replace(' ', ""));
        assert_eq!(conditions.collect::<Vec<_>>(), expected, "{table}");
        assert!(overlaps.iter().all(|overlap| !overlap.is_certain()));
    }
}
