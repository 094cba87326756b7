//! What a declaration becomes.

use crate::environment::Environment;
use enroll_abi::symbol::{Declared, Symbol};
use enroll_syntax::{Class, Declaration, Entry, Form, Hook, Name, overlaps};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
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
            &quote!(#krate::__private::Header::absent(__ENROLL_SALT)),
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
        const __ENROLL_SALT: u32 =
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
    let class = &declaration.class;
    let ty = at(host.span(), krate, quote!(__private::#class));
    let body = body(krate, declaration);
    quote! {
        #(#attributes)*
        #visibility static #ident: #ty<#host> = #krate::__private::#class(#body);
    }
}

/// The table and the hooks.
fn body(krate: &Path, declaration: &Declaration) -> TokenStream {
    let private = quote!(#krate::__private);
    let host = &declaration.host;
    let rom = at(host.span(), krate, quote!(__private::Rom<__EnrollHost>));
    let salt = salt(krate);
    // rustc takes some 20,000 entries for a loop without an end.
    let long = quote! {
        #[allow(long_running_const_eval, reason = "a table has up to 65,535 entries")]
    };
    let name = &declaration.name.literal;
    let cfgs = entry_cfgs(declaration);
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
        quote!(&[#(#private::Qstr::of(#names, __ENROLL_SALT)),*])
    };
    let aliases = qstrs(&declaration.fields.aliases);
    let requires = qstrs(&declaration.fields.requires);
    let doc = &declaration.doc;
    let fields = &declaration.fields;
    let hook = |ty, field| hook(krate, ty, field);
    let init = hook("InitHook", &fields.init);
    let deinit = hook("InitHook", &fields.deinit);
    let attr = hook("AttrHook", &fields.attr);
    let getattr = hook("GetattrHook", &fields.getattr);
    let dir = hook("DirHook", &fields.dir);
    quote! {{
        type __EnrollHost = #host;
        #salt
        #long
        const __ENROLL_IDS: &[u32] = &[#(#cfgs #private::id(
            #names,
            ::core::option_env!("ENROLL_QSTR_SALT"),
        )),*];
        #long
        static __ENROLL_INDEX: #private::IndexTable<
            { #private::buckets_for(__ENROLL_IDS.len()) },
            { #private::slots_for(__ENROLL_IDS.len()) },
        > = #private::build_index(__ENROLL_IDS);
        static __ENROLL_VALUES: &[#rom] = &[#(#cfgs #values),*];
        #private::Body::new(
            #private::Info {
                name: #private::Qstr::of(#name, __ENROLL_SALT),
                class: #class,
                aliases: #aliases,
                requires: #requires,
                globals: #private::Globals::new(__ENROLL_IDS, __ENROLL_INDEX.index(), #replaces),
                doc: #krate::__doc!(#doc),
            },
            __ENROLL_VALUES,
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

/// The `#[cfg]` of each entry.
///
/// Of two entries of one name that a cfg brings together the second is left
/// out, so that [`conflicts`] alone speaks of it.
fn entry_cfgs(declaration: &Declaration) -> Vec<TokenStream> {
    let overlaps = overlaps(&declaration.entries);
    let attributes = |entry: &Entry| {
        let own = entry.cfgs.attribute();
        let others = overlaps
            .iter()
            .filter(|overlap| std::ptr::eq(overlap.second, entry))
            .map(|overlap| overlap.first.cfgs.all());
        quote!(#own #(#[cfg(not(#others))])*)
    };
    declaration.entries.iter().map(attributes).collect()
}

/// `Some(function)`, or `None` where a cfg says so.
fn hook(krate: &Path, ty: &str, hook: &Option<Hook>) -> TokenStream {
    let option = quote!(#krate::__private::Option);
    let Some(hook) = hook else {
        return quote!(#option::None);
    };
    // A binding with a type, so that rustc compares the function with that type
    // and says "expected due to this" at the field's name.
    let ty = Ident::new(ty, Span::call_site());
    let ty = at(hook.key.span(), krate, quote!(__private::#ty<__EnrollHost>));
    let function: &Expr = &hook.function;
    let some = quote! {{
        let hook: #ty = #function;
        #option::Some(hook)
    }};
    let Some(not) = hook.cfgs.negated() else {
        return some;
    };
    let cfg = hook.cfgs.attribute();
    quote! {
        match () {
            #cfg
            () => #some,
            #not
            () => #option::None,
        }
    }
}

/// `$crate::path` with the place `span`, where rustc then shows what is wrong
/// with it; names are looked up as before.
fn at(span: Span, krate: &Path, path: TokenStream) -> TokenStream {
    let place = |tree: TokenTree| {
        let mut tree = tree;
        tree.set_span(tree.span().located_at(span));
        tree
    };
    quote!(#krate::#path).into_iter().map(place).collect()
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
        &quote!(#private::Header::#constructor(&#ident, __ENROLL_SALT)),
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
                const HEADER: &'static #private::Header = &__ENROLL_HEADER;
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
        static __ENROLL_HEADER: #header = #value;
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
