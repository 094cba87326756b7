//! What a declaration becomes.

use crate::environment::Environment;
use enroll_abi::symbol::{Declared, Symbol};
use enroll_syntax::{Class, Declaration, Form, Hook, Name, overlaps};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, Path};

/// The static, the type of the same name, and the exported header.
///
/// Under a `#[cfg]` the header exists in both cases, so that the table may
/// refer to it without knowing what rustc decides.
pub(crate) fn expand(
    krate: &Path,
    declaration: &Declaration,
    environment: &Environment,
) -> TokenStream {
    let cfg = declaration.cfgs.attribute();
    let absent = declaration.cfgs.negated().map(|not| {
        let header = exported(
            declaration,
            environment,
            &quote!(#krate::__private::Header),
            &quote!(#krate::__private::Header::absent(SALT)),
        );
        let salt = salt(krate);
        quote! {
            #not
            const _: () = {
                #salt
                #header
            };
        }
    });
    let present = present(krate, declaration, environment);
    let conflicts = conflicts(declaration);
    let item = item(krate, declaration);
    quote! {
        #cfg
        #item
        #cfg
        #present
        #absent
        #conflicts
    }
}

/// The salt as rustc sees it, so that Cargo learns what the expansion read.
fn salt(krate: &Path) -> TokenStream {
    quote! {
        const SALT: u32 =
            #krate::__private::build_salt(::core::option_env!("ENROLL_QSTR_SALT"));
    }
}

/// The static that the author named.
fn item(krate: &Path, declaration: &Declaration) -> TokenStream {
    let Declaration {
        attributes,
        visibility,
        ident,
        host,
        ..
    } = declaration;
    let class = quote_spanned!(declaration.class.span()=> #krate::__private);
    let class_name = &declaration.class;
    let body = body(krate, declaration);
    quote! {
        #(#attributes)*
        #visibility static #ident: #class::#class_name<#host> = #class::#class_name(#body);
    }
}

/// The table and the hooks.
fn body(krate: &Path, declaration: &Declaration) -> TokenStream {
    let private = quote!(#krate::__private);
    let host = &declaration.host;
    let salt = salt(krate);
    let name = &declaration.name.literal;
    let cfgs: Vec<_> = entry_cfgs(declaration);
    let names = declaration.entries.iter().map(|entry| &entry.name.literal);
    let values = declaration.entries.iter().map(|entry| &entry.value);
    let replaces = if declaration.entries.iter().any(|entry| entry.replace) {
        let flags = declaration.entries.iter().map(|entry| entry.replace);
        quote!(&[#(#cfgs #flags),*])
    } else {
        quote!(&[])
    };
    let class = match declaration.fields.class {
        Class::Builtin => quote!(#private::Class::Builtin),
        Class::Extensible => quote!(#private::Class::Extensible),
    };
    let qstrs = |names: &[Name]| {
        let names = names.iter().map(|name| &name.literal);
        quote!(&[#(#private::Qstr::of(#names, SALT)),*])
    };
    let aliases = qstrs(&declaration.fields.aliases);
    let requires = qstrs(&declaration.fields.requires);
    let doc = &declaration.doc;
    let fields = &declaration.fields;
    let init = hook(krate, &fields.init);
    let deinit = hook(krate, &fields.deinit);
    let attr = hook(krate, &fields.attr);
    let getattr = hook(krate, &fields.getattr);
    let dir = hook(krate, &fields.dir);
    quote! {{
        #salt
        const IDS: &[u32] = &[#(#cfgs #private::id(
            #names,
            ::core::option_env!("ENROLL_QSTR_SALT"),
        )),*];
        static INDEX: #private::IndexTable<
            { #private::buckets_for(IDS.len()) },
            { #private::slots_for(IDS.len()) },
        > = #private::build_index(IDS);
        static VALUES: &[<#host as #krate::Host>::Rom] = &[#(#cfgs #values),*];
        #private::Body::new(
            #private::Info {
                name: #private::Qstr::of(#name, SALT),
                class: #class,
                aliases: #aliases,
                requires: #requires,
                globals: #private::Globals::new(IDS, INDEX.index(), #replaces),
                doc: #krate::__doc!(#doc),
            },
            VALUES,
            #private::Hooks {
                init: #init,
                deinit: #deinit,
                attr: #attr,
                getattr: #getattr,
                dir: #dir,
            },
        )
    }}
}

fn entry_cfgs(declaration: &Declaration) -> Vec<TokenStream> {
    let attribute = |entry: &enroll_syntax::Entry| entry.cfgs.attribute();
    declaration.entries.iter().map(attribute).collect()
}

/// `Some(function)`, or `None` where a cfg says so.
fn hook(krate: &Path, hook: &Option<Hook>) -> TokenStream {
    let option = quote!(#krate::__private::Option);
    let Some(hook) = hook else {
        return quote!(#option::None);
    };
    let function: &Expr = &hook.function;
    let Some(not) = hook.cfgs.negated() else {
        return quote!(#option::Some(#function));
    };
    let cfg = hook.cfgs.attribute();
    quote! {
        match () {
            #cfg
            () => #option::Some(#function),
            #not
            () => #option::None,
        }
    }
}

/// The type of the static's name, and the header under its symbol.
fn present(krate: &Path, declaration: &Declaration, environment: &Environment) -> TokenStream {
    let private = quote!(#krate::__private);
    let Declaration {
        visibility, ident, ..
    } = declaration;
    let module = &declaration.name.literal;
    let constructor = match declaration.form {
        Form::Module => quote!(module),
        Form::Extension => quote!(extension),
    };
    let fields = [&declaration.fields.aliases, &declaration.fields.requires];
    let listed = fields.into_iter().flatten().map(|name| &name.literal);
    let cfgs = entry_cfgs(declaration);
    let entries = declaration.entries.iter().map(|entry| &entry.name.literal);
    let salt = salt(krate);
    let header = exported(
        declaration,
        environment,
        &quote!(#private::Header),
        &quote!(#private::Header::#constructor(&#ident, SALT)),
    );
    let cfg = declaration.cfgs.attribute();
    quote! {
        #[doc(hidden)]
        #[allow(
            non_camel_case_types,
            dead_code,
            reason = "a type may share the name of a static; a firmware does not use it"
        )]
        #visibility struct #ident {}
        #cfg
        const _: () = {
            #salt
            #header
            impl #private::Declared for #ident {
                const MODULE: &'static str = #module;
                const NAMES: &'static [&'static str] =
                    &[#module, #(#listed,)* #(#cfgs #entries),*];
                const HEADER: &'static #private::Header = &HEADER;
            }
        };
    }
}

/// The header under its exported symbol.
///
/// The copy that `cargo test` compiles has a symbol of its own: it can be
/// linked beside the ordinary one, through a dev-dependency that depends on
/// the crate under test.
fn exported(
    declaration: &Declaration,
    environment: &Environment,
    header: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let extension = declaration.ident.to_string();
    let symbol = |test| {
        Symbol {
            salt: environment.salt,
            package: &environment.package,
            version: &environment.version,
            module: &declaration.name.text,
            declared: match declaration.form {
                Form::Module => Declared::Module,
                Form::Extension => Declared::Extension(&extension),
            },
            test,
        }
        .to_string()
    };
    let (plain, test) = (symbol(false), symbol(true));
    quote! {
        #[cfg_attr(not(test), unsafe(export_name = #plain))]
        #[cfg_attr(test, unsafe(export_name = #test))]
        static HEADER: #header = #value;
    }
}

/// An error for each pair of entries of one name that some cfg brings together.
fn conflicts(declaration: &Declaration) -> TokenStream {
    overlaps(&declaration.entries)
        .iter()
        .filter(|overlap| !overlap.is_certain())
        .map(|overlap| {
            let condition = overlap.condition();
            let message = format!(
                "{}; both are compiled here, so their #[cfg] must exclude each other",
                overlap.message()
            );
            let cfg = declaration.cfgs.attribute();
            quote_spanned! {overlap.second.name.span()=>
                #cfg
                #[cfg(#condition)]
                ::core::compile_error!(#message);
            }
        })
        .collect()
}
