//! The interpreter, as portable modules see it.

use crate::guest::adopt::{adopt, failure, offer};
use crate::guest::foreign;
use crate::{Context, Lua, module};
use enroll::import::{ImportHost, Importer};
use enroll::{Access, Claim, Cx, ModuleId, Qstr};
use enroll_portable::{Args, Error, Shape, Style, Value, Vm};
use std::any::{Any, TypeId};
use std::fmt;

/// An attribute of a module that is loaded, as scripts see it.
fn module_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    module: ModuleId,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, crate::Error> {
    let object = module::import(cx, module)?;
    let Some(module) = Lua::handle(cx, &object) else {
        return Ok(Claim::Declined);
    };
    let done = match access {
        Access::Load => {
            return Ok(match Importer::new(cx).load(module, name)? {
                Some(value) => Claim::Value(offer(cx, &value)),
                None => Claim::Declined,
            });
        }
        Access::Store(value) => {
            let value = adopt(cx, value.clone())?;
            Importer::new(cx).store(module, name, value)
        }
        Access::Delete => Importer::new(cx).delete(module, name),
    };
    match done {
        Ok(()) => Ok(Claim::Done),
        Err(error) if module::is_refused(cx, module, name, &error) => Ok(Claim::Declined),
        Err(error) => Err(error),
    }
}

impl<'vm> Vm<'vm> for Context<'vm> {
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        self.lend_words((module, name), n)
    }

    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'vm>>> {
        self.lend_slot((module, name))
    }

    fn state(&mut self, module: ModuleId, of: TypeId) -> Option<&mut Option<Box<dyn Any>>> {
        self.lend_state((module, of))
    }

    fn text(&self, name: Qstr) -> Option<&str> {
        Context::text(self, name)
    }

    fn intern(&mut self, text: &str) -> Option<Qstr> {
        Context::intern(self, text).ok()
    }

    fn depth(&mut self) -> Option<&mut u8> {
        Some(&mut self.depth)
    }

    fn module_name(&self, module: ModuleId) -> Option<&'static str> {
        let name = self.builtins().table().name_text(module);
        (!name.is_empty()).then_some(name)
    }

    fn module_attr(
        &mut self,
        module: ModuleId,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        self.settle();
        let name = match access {
            Access::Store(_) => Some(Context::intern(self, name).map_err(failure)?),
            _ => self.imports.borrow().names.get(name),
        };
        let Some(name) = name else {
            return Ok(Claim::Declined);
        };
        module_attr(&mut Cx::new(self), module, name, access).map_err(failure)
    }

    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error> {
        self.settle();
        foreign::call(&mut Cx::new(self), callee, args).map_err(failure)
    }

    fn call_method(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        args: Args<'_, 'vm>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        self.settle();
        let result = foreign::call_method(&mut Cx::new(self), object, name, args);
        result.map(Claim::Value).map_err(failure)
    }

    fn shape(&mut self, object: &Value<'vm>) -> Result<Shape<'vm>, Error> {
        self.settle();
        foreign::shape(&mut Cx::new(self), object).map_err(failure)
    }

    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Error> {
        self.settle();
        let cx = &mut Cx::new(self);
        let value = adopt(cx, value).map_err(failure)?;
        Ok(offer(cx, &value))
    }

    fn identity(&mut self, object: &Value<'vm>) -> Option<usize> {
        foreign::identity(object)
    }

    fn attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        self.settle();
        let name = Value::Str(enroll_portable::Str::copied(name));
        foreign::access(&mut Cx::new(self), object, &name, access).map_err(failure)
    }

    fn subscript(
        &mut self,
        object: &Value<'vm>,
        index: &Value<'vm>,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        self.settle();
        foreign::subscript(&mut Cx::new(self), object, index, access)
    }

    fn iter(&mut self, object: &Value<'vm>) -> Result<Value<'vm>, Error> {
        self.settle();
        foreign::iter(&mut Cx::new(self), object).map_err(failure)
    }

    fn next(&mut self, iterator: &Value<'vm>) -> Result<Option<Value<'vm>>, Error> {
        self.settle();
        foreign::next(&mut Cx::new(self), iterator).map_err(failure)
    }

    fn len(&mut self, object: &Value<'vm>) -> Result<usize, Error> {
        self.settle();
        foreign::len(&mut Cx::new(self), object).map_err(failure)
    }

    fn equal(&mut self, left: &Value<'vm>, right: &Value<'vm>) -> Result<bool, Error> {
        self.settle();
        foreign::equal(&mut Cx::new(self), left, right).map_err(failure)
    }

    fn write(
        &mut self,
        object: &Value<'vm>,
        _: Style,
        out: &mut dyn fmt::Write,
    ) -> Result<(), Error> {
        self.settle();
        let text = foreign::text(&mut Cx::new(self), object).map_err(failure)?;
        out.write_str(&text)
            .map_err(|_| Error::new(enroll_portable::Kind::MemoryError, "no room for a text"))
    }

    fn print(&mut self, text: &str) -> Result<(), Error> {
        self.settle();
        foreign::print(&mut Cx::new(self), text).map_err(failure)
    }
}
