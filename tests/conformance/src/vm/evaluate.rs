//! Evaluating expressions.

use crate::Running;
use crate::language::tree::{Argument, Expression};
use crate::vm::attribute;
use crate::vm::call::{call, make_function};
use crate::vm::error::{Raised, Step};
use crate::vm::execute::assign;
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::scope::Scope;
use crate::vm::show;
use crate::vm::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

pub(crate) fn evaluate(
    cx: &mut Running<'_, '_>,
    scope: &Scope,
    expression: &Expression,
) -> Step<Value> {
    Ok(match expression {
        Expression::None => Value::None,
        Expression::Bool(value) => Value::Bool(*value),
        Expression::Int(value) => Value::Int(*value),
        Expression::Text(text) => Value::Text(text.clone()),
        Expression::Name(name) => scope.load(cx, name)?,
        Expression::List(items) => Value::list(all(cx, scope, items)?),
        Expression::Tuple(items) => Value::tuple(all(cx, scope, items)?),
        Expression::Dict(items) => {
            let dict = Value::Dict(Rc::new(RefCell::default()));
            for (key, value) in items {
                let key = evaluate(cx, scope, key)?;
                let value = evaluate(cx, scope, value)?;
                item::store(cx, &dict, key, value)?;
            }
            dict
        }
        Expression::Attribute(owner, name) => {
            let owner = evaluate(cx, scope, owner)?;
            attribute::load(cx, &owner, name)?
        }
        Expression::Item(owner, key) => {
            let owner = evaluate(cx, scope, owner)?;
            let key = evaluate(cx, scope, key)?;
            item::load(cx, &owner, &key)?
        }
        Expression::Call(function, arguments) => {
            let function = evaluate(cx, scope, function)?;
            let arguments = pass(cx, scope, arguments)?;
            call(cx, &function, arguments)?
        }
        Expression::Negative(value) => match evaluate(cx, scope, value)? {
            Value::Int(int) => Value::Int(-int),
            other => {
                let message = format!("bad operand type for unary -: '{}'", other.class_name());
                return Raised::type_error(cx, &message);
            }
        },
        Expression::Not(value) => Value::Bool(!evaluate(cx, scope, value)?.is_true()),
        Expression::And(a, b) => {
            let a = evaluate(cx, scope, a)?;
            if a.is_true() {
                evaluate(cx, scope, b)?
            } else {
                a
            }
        }
        Expression::Or(a, b) => {
            let a = evaluate(cx, scope, a)?;
            if a.is_true() {
                a
            } else {
                evaluate(cx, scope, b)?
            }
        }
        Expression::Binary(operator, a, b) => {
            let a = evaluate(cx, scope, a)?;
            let b = evaluate(cx, scope, b)?;
            binary(cx, operator, &a, &b)?
        }
        Expression::If(parts) => {
            let [condition, value, otherwise] = &**parts;
            let chosen = if evaluate(cx, scope, condition)?.is_true() {
                value
            } else {
                otherwise
            };
            evaluate(cx, scope, chosen)?
        }
        Expression::Lambda(definition) => make_function(cx, scope, definition)?,
        Expression::Comprehension(parts) => {
            let values = evaluate(cx, scope, &parts.values)?;
            let within = scope.inner();
            let mut items = Vec::new();
            for value in item::items(cx, &values)? {
                assign(cx, &within, &parts.target, value)?;
                let is_wanted = match &parts.condition {
                    Some(condition) => evaluate(cx, &within, condition)?.is_true(),
                    None => true,
                };
                if is_wanted {
                    items.push(evaluate(cx, &within, &parts.value)?);
                }
            }
            Value::list(items)
        }
    })
}

fn all(cx: &mut Running<'_, '_>, scope: &Scope, items: &[Expression]) -> Step<Vec<Value>> {
    items.iter().map(|item| evaluate(cx, scope, item)).collect()
}

fn pass(cx: &mut Running<'_, '_>, scope: &Scope, given: &[Argument]) -> Step<Arguments> {
    let mut arguments = Arguments::default();
    for argument in given {
        match argument {
            Argument::Positional(value) => {
                arguments.positional.push(evaluate(cx, scope, value)?);
            }
            Argument::Named(name, value) => {
                let value = evaluate(cx, scope, value)?;
                arguments.named.push((name.clone(), value));
            }
            Argument::Starred(values) => {
                let values = evaluate(cx, scope, values)?;
                arguments.positional.extend(item::items(cx, &values)?);
            }
        }
    }
    Ok(arguments)
}

fn binary(cx: &mut Running<'_, '_>, operator: &str, a: &Value, b: &Value) -> Step<Value> {
    Ok(Value::Bool(match operator {
        "==" => a.equals(b),
        "!=" => !a.equals(b),
        "is" => a.is(b),
        "is not" => !a.is(b),
        "in" => item::contains(cx, b, a)?,
        "not in" => !item::contains(cx, b, a)?,
        "<" | ">" | "<=" | ">=" => return compare(cx, operator, a, b),
        _ => return arithmetic(cx, operator, a, b),
    }))
}

fn compare(cx: &mut Running<'_, '_>, operator: &str, a: &Value, b: &Value) -> Step<Value> {
    let Some(order) = item::order(a, b) else {
        let message = format!(
            "'{operator}' not supported between instances of '{}' and '{}'",
            a.class_name(),
            b.class_name()
        );
        return Raised::type_error(cx, &message);
    };
    Ok(Value::Bool(match operator {
        "<" => order.is_lt(),
        ">" => order.is_gt(),
        "<=" => order.is_le(),
        _ => order.is_ge(),
    }))
}

pub(crate) fn arithmetic(
    cx: &mut Running<'_, '_>,
    operator: &str,
    a: &Value,
    b: &Value,
) -> Step<Value> {
    match (operator, a, b) {
        ("+", Value::Int(a), Value::Int(b)) => Ok(Value::Int(a.wrapping_add(*b))),
        ("-", Value::Int(a), Value::Int(b)) => Ok(Value::Int(a.wrapping_sub(*b))),
        ("*", Value::Int(a), Value::Int(b)) => Ok(Value::Int(a.wrapping_mul(*b))),
        ("%", Value::Int(a), Value::Int(b)) if *b != 0 => Ok(Value::Int(a.rem_euclid(*b))),
        ("%", Value::Int(_), Value::Int(_)) => Err(Raised::new(
            cx,
            "ZeroDivisionError",
            "integer modulo by zero",
        )),
        ("+", Value::Text(a), Value::Text(b)) => Ok(Value::text(&format!("{a}{b}"))),
        ("+", Value::List(a), Value::List(b)) => {
            let items = a
                .borrow()
                .iter()
                .chain(b.borrow().iter())
                .cloned()
                .collect::<Vec<_>>();
            Ok(Value::list(items))
        }
        ("+", Value::Tuple(a), Value::Tuple(b)) => {
            Ok(Value::tuple(a.iter().chain(b.iter()).cloned()))
        }
        ("%", Value::Text(format), values) => format_text(cx, format, values),
        _ => {
            let message = format!(
                "unsupported operand type(s) for {operator}: '{}' and '{}'",
                a.class_name(),
                b.class_name()
            );
            Raised::type_error(cx, &message)
        }
    }
}

/// `"%s %r" % values`.
fn format_text(cx: &mut Running<'_, '_>, format: &str, values: &Value) -> Step<Value> {
    let values = match values {
        Value::Tuple(values) => values.to_vec(),
        single => vec![single.clone()],
    };
    let mut values = values.iter();
    let mut text = String::new();
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let kind = rest.next();
        match (
            kind,
            kind.filter(|kind| *kind != '%').and_then(|_| values.next()),
        ) {
            (Some('%'), _) => text.push('%'),
            (Some('r'), Some(value)) => text.push_str(&show::repr(cx, value)?),
            (Some('s' | 'd'), Some(value)) => text.push_str(&show::text(cx, value)?),
            _ => return Raised::type_error(cx, "not enough arguments for format string"),
        }
    }
    Ok(Value::text(&text))
}
