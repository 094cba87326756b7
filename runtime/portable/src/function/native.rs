//! Rust functions of any arity as one kind of function pointer.

use crate::error::Message;
use crate::function::bind::{Need, bind, place};
use crate::function::{Args, Call, FromArgument, IntoResult, Mismatch};
use crate::{Error, Kind, Portable, Value};
use enroll::Cx;

/// Calls a Rust function with a script's arguments.
#[doc(hidden)]
#[inline]
pub fn invoke<'x, 'vm, F, Marker, Sources>(
    function: F,
    cx: &mut Cx<'_, 'vm, Portable>,
    call: Call<'x, 'vm>,
    sources: Sources,
) -> Result<Value<'vm>, Error>
where
    F: Callable<'x, 'vm, Marker, Sources>,
{
    function.invoke(cx, call, sources)
}

/// A Rust function that a script can call.
///
/// `Marker` is the function's own type spelled out, so that one implementation
/// for each arity does not overlap the next; `Sources` has the defaults.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit `function!`",
    note = "a native function takes up to 10 parameters that implement `FromArgument`, after an optional `&mut Cx<'_, 'vm, Portable>`, and returns what implements `IntoValue`, or a `Result` of it",
    note = "the parameters named in `function!(f(a, b = 1))` must be as many as the function has, the `Cx` not counted, and a default must have the type of its parameter",
    note = "parameters can be integers, `f64`, `bool`, `&str`, `&[u8]`, `Value`, or an `Option` of these; a `String` or `Vec` to return needs the feature `alloc` of enroll-portable"
)]
pub trait Callable<'x, 'vm, Marker, Sources> {
    /// Calls it.
    fn invoke(
        self,
        cx: &mut Cx<'_, 'vm, Portable>,
        call: Call<'x, 'vm>,
        sources: Sources,
    ) -> Result<Value<'vm>, Error>;
}

/// A parameter: something with `FromArgument`, an `Option` of it, all further
/// arguments as `&[Value]`, or everything as [`Args`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a native function",
    note = "use an integer, `f64`, `bool`, `&str`, `&[u8]`, `Value`, `Option` of one of them, or implement `FromArgument` for it"
)]
pub trait Parameter<'x, 'vm>: Sized {
    const NEED: Need;
    const EXPECTED: &'static str;
    fn take(
        slot: Option<&'x Value<'vm>>,
        rest: &'x [Value<'vm>],
        call: &Call<'x, 'vm>,
    ) -> Result<Self, Mismatch>;
}

impl<'x, 'vm, T: FromArgument<'x, 'vm>> Parameter<'x, 'vm> for T {
    const NEED: Need = Need::Required;
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn take(
        slot: Option<&'x Value<'vm>>,
        _: &'x [Value<'vm>],
        _: &Call<'x, 'vm>,
    ) -> Result<T, Mismatch> {
        slot.map_or(Err(Mismatch::Type), T::from_argument)
    }
}

impl<'x, 'vm, T: FromArgument<'x, 'vm>> Parameter<'x, 'vm> for Option<T> {
    const NEED: Need = Need::Optional;
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn take(
        slot: Option<&'x Value<'vm>>,
        _: &'x [Value<'vm>],
        _: &Call<'x, 'vm>,
    ) -> Result<Option<T>, Mismatch> {
        match slot {
            None | Some(Value::None) => Ok(None),
            Some(value) => T::from_argument(value).map(Some),
        }
    }
}

impl<'x, 'vm> Parameter<'x, 'vm> for &'x [Value<'vm>] {
    const NEED: Need = Need::Rest;
    const EXPECTED: &'static str = "arguments";

    #[inline]
    fn take(
        _: Option<&'x Value<'vm>>,
        rest: &'x [Value<'vm>],
        _: &Call<'x, 'vm>,
    ) -> Result<Self, Mismatch> {
        Ok(rest)
    }
}

impl<'x, 'vm> Parameter<'x, 'vm> for Args<'x, 'vm> {
    const NEED: Need = Need::All;
    const EXPECTED: &'static str = "arguments";

    #[inline]
    fn take(
        _: Option<&'x Value<'vm>>,
        _: &'x [Value<'vm>],
        call: &Call<'x, 'vm>,
    ) -> Result<Self, Mismatch> {
        Ok(call.args)
    }
}

/// Where a parameter's value comes from when no argument is given.
#[doc(hidden)]
pub trait Source<P> {
    const OPTIONAL: bool;
    fn default(self) -> Option<P>;
}

/// From an argument.
#[doc(hidden)]
pub struct Given;

/// From an argument, or from this function.
#[doc(hidden)]
pub struct Omitted<F>(pub F);

/// All of them from arguments, none with a name.
#[doc(hidden)]
pub struct Unnamed;

impl<P> Source<P> for Given {
    const OPTIONAL: bool = false;

    #[inline]
    fn default(self) -> Option<P> {
        None
    }
}

impl<P, F: FnOnce() -> P> Source<P> for Omitted<F> {
    const OPTIONAL: bool = true;

    #[inline]
    fn default(self) -> Option<P> {
        Some(self.0())
    }
}

#[inline]
fn take<'x, 'vm, P: Parameter<'x, 'vm>, S: Source<P>>(
    index: usize,
    slot: Option<&'x Value<'vm>>,
    rest: &'x [Value<'vm>],
    call: &Call<'x, 'vm>,
    source: S,
) -> Result<P, Error> {
    if slot.is_none()
        && let Some(default) = source.default()
    {
        return Ok(default);
    }
    match P::take(slot, rest, call) {
        Ok(value) => Ok(value),
        Err(mismatch) => Err(explain(index, slot, call, P::EXPECTED, mismatch)),
    }
}

#[cold]
#[inline(never)]
fn explain<'vm>(
    index: usize,
    slot: Option<&Value<'vm>>,
    call: &Call<'_, 'vm>,
    expected: &'static str,
    mismatch: Mismatch,
) -> Error {
    let place = place(call, index);
    match mismatch {
        Mismatch::Type => Error::of(
            Kind::TypeError,
            Message::Argument {
                place,
                expected,
                found: slot.map_or("nothing", Value::type_name),
            },
        ),
        Mismatch::Range { value, min, max } => Error::of(
            Kind::OverflowError,
            Message::Range {
                place,
                value,
                min,
                max,
            },
        ),
        Mismatch::Other(error) => error,
    }
}

/// Marks a function whose first parameter is the context.
#[doc(hidden)]
pub struct WithCx<F>(F);

const fn need(need: Need, optional: bool) -> Need {
    match need {
        Need::Required if optional => Need::Optional,
        _ => need,
    }
}

macro_rules! arity {
    ($($p:ident $s:ident $i:tt)*) => {
        impl<'x, 'vm, F, R, $($p, $s),*> Callable<'x, 'vm, fn($($p),*) -> R, ($($s,)*)> for F
        where
            F: Fn($($p),*) -> R,
            R: IntoResult<'vm>,
            $($p: Parameter<'x, 'vm>, $s: Source<$p>,)*
        {
            #[inline]
            fn invoke(
                self,
                _: &mut Cx<'_, 'vm, Portable>,
                call: Call<'x, 'vm>,
                sources: ($($s,)*),
            ) -> Result<Value<'vm>, Error> {
                arity!(@bind call sources slots rest $($p $s)*);
                self($(take::<$p, $s>($i, slots[$i], rest, &call, sources.$i)?),*).into_result()
            }
        }

        impl<'x, 'vm, F, R, $($p, $s),*>
            Callable<'x, 'vm, WithCx<fn($($p),*) -> R>, ($($s,)*)> for F
        where
            F: for<'a, 'b> Fn(&'a mut Cx<'b, 'vm, Portable>, $($p),*) -> R,
            R: IntoResult<'vm>,
            $($p: Parameter<'x, 'vm>, $s: Source<$p>,)*
        {
            #[inline]
            fn invoke(
                self,
                cx: &mut Cx<'_, 'vm, Portable>,
                call: Call<'x, 'vm>,
                sources: ($($s,)*),
            ) -> Result<Value<'vm>, Error> {
                arity!(@bind call sources slots rest $($p $s)*);
                self(cx, $(take::<$p, $s>($i, slots[$i], rest, &call, sources.$i)?),*)
                    .into_result()
            }
        }

        impl<'x, 'vm, F, R, $($p),*> Callable<'x, 'vm, fn($($p),*) -> R, Unnamed> for F
        where
            F: Fn($($p),*) -> R,
            R: IntoResult<'vm>,
            $($p: Parameter<'x, 'vm>,)*
        {
            #[inline]
            fn invoke(
                self,
                cx: &mut Cx<'_, 'vm, Portable>,
                call: Call<'x, 'vm>,
                _: Unnamed,
            ) -> Result<Value<'vm>, Error> {
                self.invoke(cx, call, ($(arity!(@given $p),)*))
            }
        }

        impl<'x, 'vm, F, R, $($p),*> Callable<'x, 'vm, WithCx<fn($($p),*) -> R>, Unnamed> for F
        where
            F: for<'a, 'b> Fn(&'a mut Cx<'b, 'vm, Portable>, $($p),*) -> R,
            R: IntoResult<'vm>,
            $($p: Parameter<'x, 'vm>,)*
        {
            #[inline]
            fn invoke(
                self,
                cx: &mut Cx<'_, 'vm, Portable>,
                call: Call<'x, 'vm>,
                _: Unnamed,
            ) -> Result<Value<'vm>, Error> {
                self.invoke(cx, call, ($(arity!(@given $p),)*))
            }
        }
    };
    (@given $p:ident) => { Given };
    (@bind $call:ident $sources:ident $slots:ident $rest:ident) => {
        let () = $sources;
        bind(&$call, &[], &mut [])?;
    };
    (@bind $call:ident $sources:ident $slots:ident $rest:ident $($p:ident $s:ident)+) => {
        let needs = const { &[$(need($p::NEED, $s::OPTIONAL)),+] };
        let mut $slots = [None; [$(stringify!($p)),+].len()];
        let $rest = bind(&$call, needs, &mut $slots)?;
    };
}

arity!();
arity!(A SA 0);
arity!(A SA 0 B SB 1);
arity!(A SA 0 B SB 1 C SC 2);
arity!(A SA 0 B SB 1 C SC 2 D SD 3);
arity!(A SA 0 B SB 1 C SC 2 D SD 3 E SE 4);
arity!(A SA 0 B SB 1 C SC 2 D SD 3 E SE 4 G SG 5);
arity!(A SA 0 B SB 1 C SC 2 D SD 3 E SE 4 G SG 5 H SH 6);
arity!(A SA 0 B SB 1 C SC 2 D SD 3 E SE 4 G SG 5 H SH 6 I SI 7);
arity!(A SA 0 B SB 1 C SC 2 D SD 3 E SE 4 G SG 5 H SH 6 I SI 7 J SJ 8);
arity!(A SA 0 B SB 1 C SC 2 D SD 3 E SE 4 G SG 5 H SH 6 I SI 7 J SJ 8 K SK 9);
