//! What the cases of the scanner test are compiled against: macros with the
//! names of the real ones, which leave their name and their place in the
//! object file.

/// Leaves a symbol of this name; its bytes are file, line, column and module.
#[macro_export]
macro_rules! register_module {
    ($name:literal $(,)?) => {
        const _: () = {
            const TEXT: &str = concat!(
                file!(), "|", line!(), "|", column!(), "|", module_path!()
            );
            #[unsafe(export_name = $name)]
            pub static PLACE: [u8; TEXT.len()] = match TEXT.as_bytes().first_chunk() {
                Some(text) => *text,
                None => panic!(),
            };
        };
    };
}

/// The same, as an expression.
#[macro_export]
macro_rules! qstr {
    ($name:literal $(,)?) => {{
        $crate::register_module!($name);
        0u32
    }};
}

/// Not a marker, whatever it is renamed to.
#[macro_export]
macro_rules! decoy {
    ($($tokens:tt)*) => {};
}

/// Expands to its argument.
#[macro_export]
macro_rules! pass {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Expands to what follows the first element.
#[macro_export]
macro_rules! rest {
    ($(#[$attribute:meta])* $first:ident, $($tokens:tt)*) => { $($tokens)* };
}

/// Expands to nothing.
#[macro_export]
macro_rules! discard {
    ($($tokens:tt)*) => {};
}

/// As in the crate `cfg-if` 1.0.
#[macro_export]
macro_rules! cfg_if {
    (
        $( if #[cfg( $i_meta:meta )] { $( $i_tokens:tt )* } ) else+
        else { $( $e_tokens:tt )* }
    ) => {
        $crate::cfg_if! {
            @__items () ;
            $( (( $i_meta ) ( $( $i_tokens )* )) , )+
            (() ( $( $e_tokens )* )) ,
        }
    };
    (
        if #[cfg( $i_meta:meta )] { $( $i_tokens:tt )* }
        $( else if #[cfg( $e_meta:meta )] { $( $e_tokens:tt )* } )*
    ) => {
        $crate::cfg_if! {
            @__items () ;
            (( $i_meta ) ( $( $i_tokens )* )) ,
            $( (( $e_meta ) ( $( $e_tokens )* )) , )*
        }
    };
    (@__items ( $( $_:meta , )* ) ; ) => {};
    (
        @__items ( $( $no:meta , )* ) ;
        (( $( $yes:meta )? ) ( $( $tokens:tt )* )) ,
        $( $rest:tt , )*
    ) => {
        #[cfg(all( $( $yes , )? not(any( $( $no ),* )) ))]
        $crate::cfg_if! { @__identity $( $tokens )* }

        $crate::cfg_if! {
            @__items ( $( $no , )* $( $yes , )? ) ;
            $( $rest , )*
        }
    };
    (@__identity $( $tokens:tt )* ) => { $( $tokens )* };
}
