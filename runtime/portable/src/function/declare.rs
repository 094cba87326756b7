//! `function!`: a Rust function as a constant.

/// Wraps a Rust function as a [`Function`](crate::Function), in a constant.
///
/// ```
/// use enroll_portable::{Error, Kind, Rom, function};
///
/// fn add(a: i32, b: i32) -> Result<i32, Error> {
///     a.checked_add(b).ok_or(Error::new(Kind::OverflowError, "sum too large"))
/// }
/// fn greet(name: &str, times: usize, end: Option<&str>) -> String {
///     format!("hello {name}").repeat(times) + end.unwrap_or("")
/// }
///
/// const ADD: Rom = Rom::Function(function!(add));           // by position
/// const GREET: Rom = Rom::Function(function!(greet(name, times = 1, *, end = None)));
/// const NAMED: Rom = Rom::Function(function!(add(a, b) as "plus"));
/// ```
///
/// Without a list, arguments go by position. With one, they can be given by
/// name too; `= value` makes one optional, and what follows `*` can be given by
/// name only. A default is an expression of the parameter's Rust type.
///
/// Parameters, up to 10: integers of any width, `f64`, `bool`, `&str`, `&[u8]`,
/// `char`, [`Value`](crate::Value) and what else is
/// [`FromArgument`](crate::FromArgument); `Option<T>` may be left out or `None`;
/// `&[Value]` takes all further arguments by position, [`Args`](crate::Args)
/// everything. The first may be `&mut Cx<'_, 'vm, Portable>`, which is not
/// counted and not named.
///
/// It returns what is [`IntoValue`](crate::IntoValue), or a `Result` of it.
///
/// A wrong call is a `TypeError` such as `add() argument 2 ('b'): expected int,
/// not str`, an integer that does not fit an `OverflowError`.
///
/// A parameter that no list names has no name in messages either.
///
/// ```compile_fail
/// # use enroll_portable::function;
/// fn add(a: i32, b: i32) -> i32 { a + b }
/// const ADD: enroll_portable::Function = function!(add(a, a)); // one name twice
/// ```
///
/// ```compile_fail
/// # use enroll_portable::function;
/// fn add(a: i32, b: i32) -> i32 { a + b }
/// const ADD: enroll_portable::Function = function!(add(a)); // one name for two
/// ```
///
/// ```compile_fail
/// # use enroll_portable::function;
/// fn add(a: i32, b: i32) -> i32 { a + b }
/// const ADD: enroll_portable::Function = function!(add(a, b = "1")); // not an i32
/// ```
#[macro_export]
macro_rules! function {
    ($($segment:ident)::+ ( $($params:tt)* ) as $name:literal) => {
        $crate::__function!(@munch [$($segment)::+] [$name] [false] [] [] $($params)*)
    };
    ($($segment:ident)::+ ( $($params:tt)* )) => {
        $crate::__function!(
            @munch [$($segment)::+] [$crate::__private::last_segment(
                ::core::stringify!($($segment)::+)
            )] [false] [] [] $($params)*
        )
    };
    ($path:path as $name:literal) => {
        $crate::__function!(@spec [$path] [$name] [false] [] [$crate::__private::Unnamed])
    };
    ($path:path) => {
        $crate::__function!(
            @spec [$path] [$crate::__private::last_segment(::core::stringify!($path))]
            [false] [] [$crate::__private::Unnamed]
        )
    };
}

/// Reads the parameters one by one: path, name, whether a `*` came, parameters
/// so far, sources so far, what is left.
#[doc(hidden)]
#[macro_export]
macro_rules! __function {
    (@munch $path:tt $name:tt $only:tt [$($params:tt)*] [$($sources:tt)*]) => {
        $crate::__function!(@spec $path $name [true] [$($params)*] [($($sources)*)])
    };
    (@munch $path:tt $name:tt [false] $params:tt $sources:tt * $(, $($left:tt)*)?) => {
        $crate::__function!(@munch $path $name [true] $params $sources $($($left)*)?)
    };
    (@munch $path:tt $name:tt [$only:tt] [$($params:tt)*] [$($sources:tt)*]
        * $param:ident $(, $($left:tt)*)?) => {
        $crate::__function!(
            @munch $path $name [true]
            [$($params)* $crate::Param {
                name: ::core::stringify!($param), default: "", keyword_only: true,
            },]
            [$($sources)* $crate::__private::Given,]
            $($($left)*)?
        )
    };
    (@munch $path:tt $name:tt [$only:tt] [$($params:tt)*] [$($sources:tt)*]
        $param:ident = $default:expr $(, $($left:tt)*)?) => {
        $crate::__function!(
            @munch $path $name [$only]
            [$($params)* $crate::Param {
                name: ::core::stringify!($param),
                default: ::core::stringify!($default),
                keyword_only: $only,
            },]
            [$($sources)* $crate::__private::Omitted(|| $default),]
            $($($left)*)?
        )
    };
    (@munch $path:tt $name:tt [$only:tt] [$($params:tt)*] [$($sources:tt)*]
        $param:ident $(, $($left:tt)*)?) => {
        $crate::__function!(
            @munch $path $name [$only]
            [$($params)* $crate::Param {
                name: ::core::stringify!($param), default: "", keyword_only: $only,
            },]
            [$($sources)* $crate::__private::Given,]
            $($($left)*)?
        )
    };
    (@munch $path:tt $name:tt $only:tt $params:tt $sources:tt $($left:tt)+) => {
        ::core::compile_error!(::core::concat!(
            "expected a parameter (`name`, `name = default`, `*` or `*rest`), found `",
            ::core::stringify!($($left)+),
            "`"
        ))
    };
    (@spec [$path:path] [$name:expr] [$listed:literal] [$($params:tt)*] [$sources:expr]) => {
        const {
            static SPEC: $crate::__private::Spec = $crate::__private::Spec {
                name: $name,
                params: &[$($params)*],
                listed: $listed,
                call: |cx, call| $crate::__private::invoke($path, cx, call, $sources),
            };
            $crate::Function::new(&SPEC)
        }
    };
}

/// The name of a function in its path.
#[doc(hidden)]
pub const fn last_segment(path: &'static str) -> &'static str {
    let bytes = path.as_bytes();
    let mut start = bytes.len();
    while start > 0 {
        let byte = bytes[start - 1];
        if byte == b':' || byte == b' ' || byte == b'#' {
            break;
        }
        start -= 1;
    }
    path.split_at(start).1
}
