//! A finder that counts what it is asked.

use crate::host::{Error, Tiny};
use enroll::Cx;
use enroll::import::{Code, Finder, Request, Spec};
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Default)]
pub(crate) struct Log(RefCell<Vec<String>>);

impl Log {
    /// What was asked since the last look.
    pub(crate) fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// Asks another finder, and writes down the name and path of each search.
pub(crate) struct Counted<F> {
    pub(crate) finder: F,
    pub(crate) log: Rc<Log>,
}

impl<const C: bool, F: Finder<Tiny<C>>> Finder<Tiny<C>> for Counted<F> {
    fn label(&self) -> &str {
        self.finder.label()
    }
    fn find(
        &self,
        cx: &mut Cx<'_, '_, Tiny<C>>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, Error> {
        let mut log = self.log.0.borrow_mut();
        log.push(format!("{} in {}", request.name, request.path.join(":")));
        drop(log);
        self.finder.find(cx, request)
    }
    fn code(&self, cx: &mut Cx<'_, '_, Tiny<C>>, spec: &Spec) -> Result<Code, Error> {
        let mut log = self.log.0.borrow_mut();
        log.push(format!("code of {}", spec.name));
        drop(log);
        self.finder.code(cx, spec)
    }
}
