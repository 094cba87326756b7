//! One interpreter running modules that were declared for another host.

use crate::header::Header;
use crate::hook::{Access, Claim};
use crate::{Cx, Host, Qstr};
use core::any::{TypeId, type_name};

/// How a host runs the modules of a guest: values both ways, errors, and the
/// guest's context.
///
/// It is written once for each pair; look-ups, hooks and extensions then work
/// alike on both. Every host adopts itself.
pub trait Adopt<G: Host>: Host {
    /// Runs something in the guest's context.
    fn enter<'vm, R>(cx: &mut Cx<'_, 'vm, Self>, run: impl FnOnce(&mut Cx<'_, 'vm, G>) -> R) -> R;

    /// A guest's value as one of this host's.
    ///
    /// # Errors
    ///
    /// Where the host has nothing like it, or no memory.
    fn adopt<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        value: G::Value<'vm>,
    ) -> Result<Self::Value<'vm>, Self::Error>;

    /// A value of this host as one of the guest's.
    ///
    /// # Errors
    ///
    /// Where the guest has nothing like it, or no memory.
    fn offer<'vm>(
        cx: &mut Cx<'_, 'vm, Self>,
        value: &Self::Value<'vm>,
    ) -> Result<G::Value<'vm>, Self::Error>;

    /// A guest's error as one of this host's.
    fn fail(cx: &mut Cx<'_, '_, Self>, error: G::Error) -> Self::Error;
}

impl<H: Host> Adopt<H> for H {
    #[inline]
    fn enter<'vm, R>(cx: &mut Cx<'_, 'vm, H>, run: impl FnOnce(&mut Cx<'_, 'vm, H>) -> R) -> R {
        run(cx)
    }

    #[inline]
    fn adopt<'vm>(_: &mut Cx<'_, 'vm, H>, value: H::Value<'vm>) -> Result<H::Value<'vm>, H::Error> {
        Ok(value)
    }

    #[inline]
    fn offer<'vm>(
        _: &mut Cx<'_, 'vm, H>,
        value: &H::Value<'vm>,
    ) -> Result<H::Value<'vm>, H::Error> {
        Ok(value.clone())
    }

    #[inline]
    fn fail(_: &mut Cx<'_, '_, H>, error: H::Error) -> H::Error {
        error
    }
}

/// The functions through which `H` runs the modules of one guest, as constants.
pub struct Adapter<H: Host> {
    pub(crate) host: fn() -> TypeId,
    pub(crate) name: fn() -> &'static str,
    pub(crate) constant: ConstantFn<H>,
    pub(crate) attr: AttrFn<H>,
    pub(crate) getattr: GetattrFn<H>,
    pub(crate) dir: DirFn<H>,
    pub(crate) init: InitFn<H>,
    /// Whether a declaration has an `init` and a `deinit`.
    #[cfg(feature = "alloc")]
    pub(crate) ends: fn(&'static Header) -> (bool, bool),
    /// Whether a declaration has a hook that gives attributes.
    #[cfg(feature = "alloc")]
    pub(crate) answers: fn(&'static Header) -> bool,
}

type ConstantFn<H> =
    for<'a, 'b, 'vm> fn(
        &'a mut Cx<'b, 'vm, H>,
        &'static Header,
        usize,
    ) -> Result<Option<<H as Host>::Value<'vm>>, <H as Host>::Error>;
type AttrFn<H> =
    for<'a, 'b, 'vm, 'v> fn(
        &'a mut Cx<'b, 'vm, H>,
        &'static Header,
        Qstr,
        Access<'v, <H as Host>::Value<'vm>>,
    ) -> Result<Claim<<H as Host>::Value<'vm>>, <H as Host>::Error>;
type GetattrFn<H> =
    for<'a, 'b, 'vm> fn(
        &'a mut Cx<'b, 'vm, H>,
        &'static Header,
        Qstr,
    ) -> Result<Option<<H as Host>::Value<'vm>>, <H as Host>::Error>;
type DirFn<H> = for<'a, 'b, 'vm, 'f> fn(
    &'a mut Cx<'b, 'vm, H>,
    &'static Header,
    &'f mut dyn FnMut(Qstr),
) -> Result<(), <H as Host>::Error>;
type InitFn<H> = for<'a, 'b, 'vm> fn(
    &'a mut Cx<'b, 'vm, H>,
    &'static Header,
    Phase,
) -> Result<(), <H as Host>::Error>;

/// Which end of a module's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Init,
    Deinit,
}

impl<H: Host> Adapter<H> {
    /// The adapter for the modules of `G`.
    pub const fn of<G: Host>() -> Adapter<H>
    where
        H: Adopt<G>,
    {
        Adapter {
            host: TypeId::of::<G>,
            name: type_name::<G>,
            constant: constant::<H, G>,
            attr: attr::<H, G>,
            getattr: getattr::<H, G>,
            dir: dir::<H, G>,
            init: init::<H, G>,
            #[cfg(feature = "alloc")]
            ends: ends::<G>,
            #[cfg(feature = "alloc")]
            answers: answers::<G>,
        }
    }

    /// The type name of the guest.
    pub fn name(&self) -> &'static str {
        (self.name)()
    }
}

fn constant<'vm, H: Adopt<G>, G: Host>(
    cx: &mut Cx<'_, 'vm, H>,
    header: &'static Header,
    position: usize,
) -> Result<Option<H::Value<'vm>>, H::Error> {
    let Some(rom) = header
        .body::<G>()
        .and_then(|body| body.values.get(position))
    else {
        return Ok(None);
    };
    let value = H::enter(cx, |cx| G::live(cx, rom));
    finish::<H, G>(cx, value).map(Some)
}

fn attr<'vm, H: Adopt<G>, G: Host>(
    cx: &mut Cx<'_, 'vm, H>,
    header: &'static Header,
    name: Qstr,
    access: Access<'_, H::Value<'vm>>,
) -> Result<Claim<H::Value<'vm>>, H::Error> {
    let Some(hook) = header.body::<G>().and_then(|body| body.hooks.attr) else {
        return Ok(Claim::Declined);
    };
    let claim = match access {
        Access::Load => H::enter(cx, |cx| hook(cx, name, Access::Load)),
        Access::Delete => H::enter(cx, |cx| hook(cx, name, Access::Delete)),
        Access::Store(value) => {
            let value = H::offer(cx, value)?;
            H::enter(cx, |cx| hook(cx, name, Access::Store(&value)))
        }
    };
    match claim {
        Ok(Claim::Value(value)) => H::adopt(cx, value).map(Claim::Value),
        Ok(Claim::Done) => Ok(Claim::Done),
        Ok(Claim::Declined) => Ok(Claim::Declined),
        Err(error) => Err(H::fail(cx, error)),
    }
}

fn getattr<'vm, H: Adopt<G>, G: Host>(
    cx: &mut Cx<'_, 'vm, H>,
    header: &'static Header,
    name: Qstr,
) -> Result<Option<H::Value<'vm>>, H::Error> {
    let Some(hook) = header.body::<G>().and_then(|body| body.hooks.getattr) else {
        return Ok(None);
    };
    match H::enter(cx, |cx| hook(cx, name)) {
        Ok(Some(value)) => H::adopt(cx, value).map(Some),
        Ok(None) => Ok(None),
        Err(error) => Err(H::fail(cx, error)),
    }
}

fn dir<'vm, H: Adopt<G>, G: Host>(
    cx: &mut Cx<'_, 'vm, H>,
    header: &'static Header,
    each: &mut dyn FnMut(Qstr),
) -> Result<(), H::Error> {
    let Some(hook) = header.body::<G>().and_then(|body| body.hooks.dir) else {
        return Ok(());
    };
    H::enter(cx, |cx| hook(cx, each)).map_err(|error| H::fail(cx, error))
}

fn init<'vm, H: Adopt<G>, G: Host>(
    cx: &mut Cx<'_, 'vm, H>,
    header: &'static Header,
    phase: Phase,
) -> Result<(), H::Error> {
    let hook = header.body::<G>().and_then(|body| match phase {
        Phase::Init => body.hooks.init,
        Phase::Deinit => body.hooks.deinit,
    });
    let Some(hook) = hook else {
        return Ok(());
    };
    H::enter(cx, |cx| hook(cx)).map_err(|error| H::fail(cx, error))
}

#[cfg(feature = "alloc")]
fn ends<G: Host>(header: &'static Header) -> (bool, bool) {
    header.body::<G>().map_or((false, false), |body| {
        (body.hooks.init.is_some(), body.hooks.deinit.is_some())
    })
}

#[cfg(feature = "alloc")]
fn answers<G: Host>(header: &'static Header) -> bool {
    let body = header.body::<G>();
    body.is_some_and(|body| body.hooks.attr.is_some() || body.hooks.getattr.is_some())
}

fn finish<'vm, H: Adopt<G>, G: Host>(
    cx: &mut Cx<'_, 'vm, H>,
    result: Result<G::Value<'vm>, G::Error>,
) -> Result<H::Value<'vm>, H::Error> {
    match result {
        Ok(value) => H::adopt(cx, value),
        Err(error) => Err(H::fail(cx, error)),
    }
}
