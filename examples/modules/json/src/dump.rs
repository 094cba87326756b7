//! `dumps` and `dump`.

use crate::encode::encode;
use crate::options::{self, Options};
use alloc::string::String;
use enroll_portable::prelude::*;

macro_rules! writer {
    ($(#[$doc:meta])* $name:ident($($more:ident),*) -> $result:ty, $finish:expr) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments, reason = "CPython's function has as many")]
        pub(crate) fn $name<'vm>(
            cx: &mut Cx<'_, 'vm, Portable>,
            obj: Value<'vm>,
            $($more: Value<'vm>,)*
            skipkeys: bool,
            ensure_ascii: bool,
            check_circular: bool,
            allow_nan: bool,
            indent: Value<'vm>,
            separators: Value<'vm>,
            default: Value<'vm>,
            sort_keys: bool,
        ) -> Result<$result, Error> {
            let indent = options::indent(&indent)?;
            let (item_separator, key_separator) =
                options::separators(cx, &separators, indent.is_some())?;
            let options = Options {
                skipkeys,
                ensure_ascii,
                check_circular,
                allow_nan,
                sort_keys,
                indent,
                item_separator,
                key_separator,
                default: Some(default).filter(|default| !default.is_none()),
            };
            let text = encode(cx, obj, &options)?;
            #[allow(clippy::redundant_closure_call, reason = "one of the two functions writes")]
            ($finish)(cx, $($more,)* text)
        }
    };
}

writer! {
    /// The text of a value.
    dumps() -> String, |_: &mut Cx<'_, 'vm, Portable>, text| Ok(text)
}

writer! {
    /// Writes the text of a value, in one call of `fp.write`.
    dump(fp) -> (), |cx: &mut Cx<'_, 'vm, Portable>, fp: Value<'vm>, text: String| {
        cx.call_method(&fp, "write", Args::new(&[text.into()]))?;
        Ok(())
    }
}
