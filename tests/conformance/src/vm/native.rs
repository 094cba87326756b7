//! Functions of the host.

use crate::Running;
use crate::vm::error::Raised;
use crate::vm::value::Value;
use std::rc::Rc;

/// A function of the host.
pub struct Native {
    pub(crate) name: &'static str,
    pub(crate) call: for<'a, 'b, 'vm> fn(&'a mut Running<'b, 'vm>, Arguments) -> Call,
}

/// What a call gives.
pub(crate) type Call = Result<Value, Raised>;

/// What a function is called with.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) positional: Vec<Value>,
    pub(crate) named: Vec<(Rc<str>, Value)>,
}

impl Arguments {
    pub(crate) fn of(positional: impl Into<Vec<Value>>) -> Arguments {
        Arguments {
            positional: positional.into(),
            named: Vec::new(),
        }
    }

    /// An argument by position, else by name.
    pub(crate) fn get(&self, position: usize, name: &str) -> Option<&Value> {
        self.positional.get(position).or_else(|| {
            let named = self.named.iter();
            named
                .filter(|(known, _)| **known == *name)
                .map(|(_, value)| value)
                .next()
        })
    }

    pub(crate) fn need(
        &self,
        cx: &mut Running<'_, '_>,
        position: usize,
        name: &str,
    ) -> Result<Value, Raised> {
        match self.get(position, name) {
            Some(value) => Ok(value.clone()),
            None => Err(Raised::new(
                cx,
                "TypeError",
                &format!("missing argument '{name}' (pos {})", position + 1),
            )),
        }
    }

    pub(crate) fn need_text(
        &self,
        cx: &mut Running<'_, '_>,
        position: usize,
        name: &str,
    ) -> Result<Rc<str>, Raised> {
        match self.need(cx, position, name)? {
            Value::Text(text) => Ok(text),
            other => Err(Raised::new(
                cx,
                "TypeError",
                &format!("'{name}' must be str, not {}", other.class_name()),
            )),
        }
    }

    pub(crate) fn need_module(
        &self,
        cx: &mut Running<'_, '_>,
        position: usize,
        name: &str,
    ) -> Result<enroll::import::Handle, Raised> {
        match self.need(cx, position, name)? {
            Value::Module(module) => Ok(module),
            other => Err(Raised::new(
                cx,
                "TypeError",
                &format!("'{name}' must be a module, not {}", other.class_name()),
            )),
        }
    }
}
