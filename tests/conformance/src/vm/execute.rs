//! Running statements.

use crate::Running;
use crate::language::tree::{Block, Class, Expression, Statement, Try};
use crate::vm::attribute;
use crate::vm::call::{instantiate, make_function};
use crate::vm::error::{Raised, Step};
use crate::vm::evaluate::{arithmetic, evaluate};
use crate::vm::imports;
use crate::vm::item;
use crate::vm::scope::Scope;
use crate::vm::value::{Class as Made, Names, Value, bind, unbind};
use std::cell::RefCell;
use std::rc::Rc;

/// How a block ended.
pub(crate) enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
}

pub(crate) fn block(cx: &mut Running<'_, '_>, scope: &Scope, block: &Block) -> Step<Flow> {
    for statement in block.iter() {
        match execute(cx, scope, statement)? {
            Flow::Next => {}
            flow => return Ok(flow),
        }
    }
    Ok(Flow::Next)
}

/// Runs one statement.
pub(crate) fn execute(
    cx: &mut Running<'_, '_>,
    scope: &Scope,
    statement: &Statement,
) -> Step<Flow> {
    match statement {
        Statement::Expression(value) => {
            evaluate(cx, scope, value)?;
        }
        Statement::Assign(targets, value) => {
            let value = evaluate(cx, scope, value)?;
            for target in targets {
                assign(cx, scope, target, value.clone())?;
            }
        }
        Statement::Augment(target, operator, value) => {
            let old = evaluate(cx, scope, target)?;
            let value = evaluate(cx, scope, value)?;
            let new = arithmetic(cx, operator, &old, &value)?;
            assign(cx, scope, target, new)?;
        }
        Statement::Delete(targets) => {
            for target in targets {
                delete(cx, scope, target)?;
            }
        }
        Statement::Import(names) => imports::import(cx, scope, names)?,
        Statement::From(from) => imports::from(cx, scope, from)?,
        Statement::Function(definition) => {
            let function = make_function(cx, scope, definition)?;
            scope.store(cx, &definition.name, function)?;
        }
        Statement::Class(class) => make_class(cx, scope, class)?,
        Statement::If(condition, body, otherwise) => {
            let condition = evaluate(cx, scope, condition)?.is_true();
            return block(cx, scope, if condition { body } else { otherwise });
        }
        Statement::For(target, values, body) => {
            let values = evaluate(cx, scope, values)?;
            for value in item::items(cx, &values)? {
                assign(cx, scope, target, value)?;
                match block(cx, scope, body)? {
                    Flow::Next | Flow::Continue => {}
                    Flow::Break => break,
                    flow @ Flow::Return(_) => return Ok(flow),
                }
            }
        }
        Statement::While(condition, body) => {
            while evaluate(cx, scope, condition)?.is_true() {
                match block(cx, scope, body)? {
                    Flow::Next | Flow::Continue => {}
                    Flow::Break => break,
                    flow @ Flow::Return(_) => return Ok(flow),
                }
            }
        }
        Statement::Try(attempt) => return try_block(cx, scope, attempt),
        Statement::Raise(value) => return Err(raise(cx, scope, value.as_ref())?),
        Statement::Return(value) => {
            let value = value.as_ref();
            let value = value.map_or(Ok(Value::None), |value| evaluate(cx, scope, value))?;
            return Ok(Flow::Return(value));
        }
        Statement::Global(names) => scope.globals.borrow_mut().extend(names.iter().cloned()),
        Statement::Pass => {}
        Statement::Break => return Ok(Flow::Break),
        Statement::Continue => return Ok(Flow::Continue),
    }
    Ok(Flow::Next)
}

pub(crate) fn assign(
    cx: &mut Running<'_, '_>,
    scope: &Scope,
    target: &Expression,
    value: Value,
) -> Step<()> {
    match target {
        Expression::Name(name) => scope.store(cx, name, value),
        Expression::Attribute(owner, name) => {
            let owner = evaluate(cx, scope, owner)?;
            attribute::store(cx, &owner, name, value)
        }
        Expression::Item(owner, key) => {
            let owner = evaluate(cx, scope, owner)?;
            let key = evaluate(cx, scope, key)?;
            item::store(cx, &owner, key, value)
        }
        Expression::Tuple(targets) | Expression::List(targets) => {
            let values = item::items(cx, &value)?;
            if values.len() != targets.len() {
                let message = format!(
                    "expected {} values to unpack, got {}",
                    targets.len(),
                    values.len()
                );
                return Err(Raised::new(cx, "ValueError", &message));
            }
            for (target, value) in targets.iter().zip(values) {
                assign(cx, scope, target, value)?;
            }
            Ok(())
        }
        _ => Err(Raised::new(cx, "SyntaxError", "cannot assign to this")),
    }
}

fn delete(cx: &mut Running<'_, '_>, scope: &Scope, target: &Expression) -> Step<()> {
    match target {
        Expression::Name(name) => scope.delete(cx, name),
        Expression::Attribute(owner, name) => {
            let owner = evaluate(cx, scope, owner)?;
            attribute::delete(cx, &owner, name)
        }
        Expression::Item(owner, key) => {
            let owner = evaluate(cx, scope, owner)?;
            let key = evaluate(cx, scope, key)?;
            item::delete(cx, &owner, &key)
        }
        _ => Err(Raised::new(cx, "SyntaxError", "cannot delete this")),
    }
}

fn make_class(cx: &mut Running<'_, '_>, scope: &Scope, class: &Class) -> Step<()> {
    let base = match &class.base {
        Some(base) => match evaluate(cx, scope, base)? {
            Value::Class(base) => Some(base),
            other => {
                let message = format!("a base must be a class, not {}", other.class_name());
                return Raised::type_error(cx, &message);
            }
        },
        None => None,
    };
    let body = scope.inner();
    block(cx, &body, &class.body)?;
    let names = body.locals.as_ref().map(|locals| locals.names.take());
    let made = Value::Class(Rc::new(Made {
        name: class.name.clone(),
        base,
        names: RefCell::new(names.unwrap_or_default()),
    }));
    scope.store(cx, &class.name, made)
}

fn raise(cx: &mut Running<'_, '_>, scope: &Scope, value: Option<&Expression>) -> Step<Raised> {
    let Some(value) = value else {
        let caught = scope.caught.borrow().clone();
        return Ok(match caught {
            Some(caught) => Raised(caught),
            None => Raised::new(cx, "RuntimeError", "No active exception to reraise"),
        });
    };
    let value = match evaluate(cx, scope, value)? {
        Value::Class(class) => instantiate(cx, &class, crate::vm::native::Arguments::default())?,
        value => value,
    };
    match &value {
        Value::Instance(instance) if instance.class.is_below("BaseException") => Ok(Raised(value)),
        _ => Raised::type_error(cx, "exceptions must derive from BaseException"),
    }
}

fn try_block(cx: &mut Running<'_, '_>, scope: &Scope, attempt: &Try) -> Step<Flow> {
    let done = match block(cx, scope, &attempt.body) {
        Ok(Flow::Next) => block(cx, scope, &attempt.otherwise),
        Ok(flow) => Ok(flow),
        Err(raised) => handle(cx, scope, attempt, raised),
    };
    match block(cx, scope, &attempt.finally)? {
        Flow::Next => done,
        flow => Ok(flow),
    }
}

fn handle(cx: &mut Running<'_, '_>, scope: &Scope, attempt: &Try, raised: Raised) -> Step<Flow> {
    for handler in &attempt.handlers {
        let fits = match &handler.class {
            None => true,
            Some(class) => {
                let class = evaluate(cx, scope, class)?;
                item::is_instance(cx, &raised.0, &class)?
            }
        };
        if !fits {
            continue;
        }
        if let Some(name) = &handler.name {
            scope.store(cx, name, raised.0.clone())?;
        }
        let before = scope.caught.replace(Some(raised.0));
        let done = block(cx, scope, &handler.body);
        *scope.caught.borrow_mut() = before;
        if let Some(name) = &handler.name {
            // As Python does at the end of a handler.
            let _ = scope.delete(cx, name);
        }
        return done;
    }
    Err(raised)
}

/// Binds a name in a namespace of the interpreter's own.
pub(crate) fn rebind(names: &Names, name: &str, value: Option<Value>) -> bool {
    match value {
        Some(value) => {
            bind(names, name, value);
            true
        }
        None => unbind(names, name),
    }
}
