//! Instances of native types, and values of other interpreters.

use crate::types::{Slot, Type};
use crate::{Error, Function, Kind, List, Tuple, Value};
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::rc::Rc;
use core::any::{Any, TypeId};
use core::cell::{Cell, Ref, RefCell, RefMut};
use core::fmt;

/// An instance of a native type. Clones are the same instance.
///
/// What it holds is in two parts: a Rust value (the payload), and the script's
/// values that it refers to, apart, so that an interpreter with a garbage
/// collector can see them.
#[derive(Clone)]
pub struct Object<'vm>(Rc<Instance<'vm>>);

struct Instance<'vm> {
    ty: &'static Type,
    values: RefCell<VecDeque<Value<'vm>>>,
    payload: RefCell<Box<dyn Any>>,
    /// Whether it is being written or compared: an object may hold itself.
    busy: Cell<bool>,
}

impl<'vm> Object<'vm> {
    /// An instance with a payload and no values.
    pub fn new<T: 'static>(ty: &'static Type, payload: T) -> Object<'vm> {
        Object::with_values(ty, payload, VecDeque::new())
    }

    /// An instance with a payload and values.
    pub fn with_values<T: 'static>(
        ty: &'static Type,
        payload: T,
        values: impl Into<VecDeque<Value<'vm>>>,
    ) -> Object<'vm> {
        Object(Rc::new(Instance {
            ty,
            values: RefCell::new(values.into()),
            payload: RefCell::new(Box::new(payload)),
            busy: Cell::new(false),
        }))
    }

    /// Its type.
    pub fn type_of(&self) -> &'static Type {
        self.0.ty
    }

    /// Whether the payload is a `T`.
    pub fn holds<T: 'static>(&self) -> bool {
        // While it is borrowed mutably, what it is cannot be asked; then it is
        // the borrower's business.
        self.0
            .payload
            .try_borrow()
            .is_ok_and(|payload| payload.is::<T>())
    }

    /// The payload.
    ///
    /// # Errors
    ///
    /// TypeError where it is no `T`; RuntimeError while it is borrowed mutably.
    pub fn borrow<T: 'static>(&self) -> Result<Ref<'_, T>, Error> {
        let payload = self.0.payload.try_borrow().map_err(|_| in_use())?;
        Ref::filter_map(payload, |payload| payload.downcast_ref::<T>())
            .map_err(|_| self.other_type())
    }

    /// The payload, to change it.
    ///
    /// # Errors
    ///
    /// TypeError where it is no `T`; RuntimeError while it is borrowed.
    pub fn borrow_mut<T: 'static>(&self) -> Result<RefMut<'_, T>, Error> {
        let payload = self.0.payload.try_borrow_mut().map_err(|_| in_use())?;
        RefMut::filter_map(payload, |payload| payload.downcast_mut::<T>())
            .map_err(|_| self.other_type())
    }

    /// The script's values it refers to.
    ///
    /// # Errors
    ///
    /// RuntimeError while they are borrowed mutably.
    pub fn values(&self) -> Result<Ref<'_, VecDeque<Value<'vm>>>, Error> {
        self.0.values.try_borrow().map_err(|_| in_use())
    }

    /// The script's values it refers to, to change them. No script may run
    /// while they are borrowed: it could come back here.
    ///
    /// # Errors
    ///
    /// RuntimeError while they are borrowed.
    pub fn values_mut(&self) -> Result<RefMut<'_, VecDeque<Value<'vm>>>, Error> {
        self.0.values.try_borrow_mut().map_err(|_| in_use())
    }

    /// Whether both are the same instance.
    pub fn is(&self, other: &Object<'vm>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Whether there are other clones of this one. An interpreter with a garbage
    /// collector counts what the values refer to as this clone's only if there
    /// are none.
    ///
    /// ```
    /// # use enroll_portable::{Object, Type};
    /// # static EMPTY: Type = Type::new("empty", "");
    /// let object = Object::new(&EMPTY, ());
    /// assert!(!object.is_shared());
    /// let other = object.clone();
    /// assert!(object.is_shared() && other.is_shared());
    /// ```
    pub fn is_shared(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }

    /// A number that no other living instance has.
    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>().addr()
    }

    /// Runs something that would come back here if the object held itself;
    /// `None` where it did.
    pub(crate) fn once<R>(&self, run: impl FnOnce() -> R) -> Option<R> {
        if self.0.busy.replace(true) {
            return None;
        }
        let result = run();
        self.0.busy.set(false);
        Some(result)
    }

    #[cold]
    fn other_type(&self) -> Error {
        Error::of(
            Kind::TypeError,
            crate::error::Message::Unsupported {
                what: "object is of another native type than this function needs",
                found: self.type_of().name(),
            },
        )
    }
}

#[cold]
fn in_use() -> Error {
    Error::new(Kind::RuntimeError, "the object is in use")
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Object<'_> {}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} object>", self.type_of().name())
    }
}

impl Drop for Instance<'_> {
    fn drop(&mut self) {
        let slot = self.ty.slot(|slot| match slot {
            Slot::Drop(function) => Some(*function),
            _ => None,
        });
        if let Some(function) = slot {
            function(self.payload.get_mut().as_mut());
        }
        // Dropping what it refers to would recurse: a chain of a million
        // objects, which a script makes in one loop, would end the stack.
        let mut pending = core::mem::take(self.values.get_mut());
        while let Some(mut value) = pending.pop_back() {
            match &mut value {
                Value::Object(Object(instance)) => {
                    if let Some(instance) = Rc::get_mut(instance) {
                        pending.append(instance.values.get_mut());
                    }
                }
                Value::List(List::Shared(items)) => {
                    if let Some(items) = Rc::get_mut(items) {
                        pending.extend(items.get_mut().drain(..));
                    }
                }
                Value::Tuple(Tuple::Shared(items)) => {
                    if let Some(items) = Rc::get_mut(items) {
                        pending.extend(items.iter_mut().map(core::mem::take));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A function with its first argument: what `instance.method` is.
#[derive(Clone, Debug)]
pub struct Bound<'vm> {
    pub(crate) function: Function,
    pub(crate) receiver: Rc<Value<'vm>>,
}

impl<'vm> Bound<'vm> {
    /// A function with its first argument.
    pub fn new(function: Function, receiver: Value<'vm>) -> Bound<'vm> {
        Bound {
            function,
            receiver: Rc::new(receiver),
        }
    }

    /// The function.
    pub fn function(&self) -> Function {
        self.function
    }

    /// What it is called on.
    pub fn receiver(&self) -> &Value<'vm> {
        &self.receiver
    }
}

impl PartialEq for Bound<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.function == other.function && self.receiver == other.receiver
    }
}

/// A value that the adopting interpreter made and alone understands. A module
/// keeps it and gives it back as it was.
///
/// An interpreter whose values borrow from it hands out a number of a table of
/// its own.
#[derive(Clone)]
pub struct Foreign(Rc<Handle<dyn Any>>);

struct Handle<T: ?Sized> {
    type_name: &'static str,
    value: T,
}

impl Foreign {
    /// A value of an interpreter, under the name that messages give its type.
    pub fn new<T: 'static>(type_name: &'static str, value: T) -> Foreign {
        Foreign(Rc::new(Handle { type_name, value }))
    }

    /// What messages call its type.
    pub fn type_name(&self) -> &'static str {
        self.0.type_name
    }

    /// The interpreter's value, if it is a `T`.
    pub fn downcast_ref<T: 'static>(&self) -> Option<&T> {
        self.0.value.downcast_ref()
    }

    /// Whether there are other clones of this handle, as of an [`Object`].
    ///
    /// ```
    /// # use enroll_portable::Foreign;
    /// let handle = Foreign::new("table", 7);
    /// assert!(!handle.is_shared());
    /// let other = handle.clone();
    /// assert!(handle.is_shared() && other.is_shared());
    /// ```
    pub fn is_shared(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }

    /// The type of the interpreter's value.
    pub fn type_id(&self) -> TypeId {
        self.0.value.type_id()
    }
}

/// The same handle. Whether two handles mean one value, their interpreter
/// knows ([`Vm::equal`](crate::Vm::equal)).
impl PartialEq for Foreign {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<foreign {}>", self.type_name())
    }
}
