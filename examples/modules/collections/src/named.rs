//! Tuples whose items have names.

use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use enroll_portable::types::Binary;
use enroll_portable::{Dict, Tuple};

/// What `namedtuple()` returns: it makes tuples. It is an object and not a
/// type, since types are constants.
static FACTORY: Type = Type::new("namedtuple type", "")
    .slots(&[
        Slot::Call(make),
        Slot::Print(print_factory),
        Slot::Attr(factory_attr),
    ])
    .methods(&[("_make", function!(make_of(this, iterable) as "_make"))]);

/// What it makes.
static NAMED: Type = Type::new("namedtuple", "")
    .slots(&[
        Slot::Print(print),
        Slot::Binary(binary),
        Slot::Attr(attr),
        Slot::Subscript(subscript),
        Slot::Iter(iter),
        Slot::Len(len),
        Slot::Equal(equal),
        Slot::Hash(hash),
    ])
    .methods(&[
        ("_asdict", function!(as_dict(this) as "_asdict")),
        ("_replace", function!(replaced as "_replace")),
    ]);

/// Name and fields, shared by the factory and all it made.
#[derive(Clone)]
struct Shape(Rc<(String, Vec<String>)>);

impl Shape {
    fn of(this: &Object<'_>) -> Result<Shape, Error> {
        Ok(this.borrow::<Shape>()?.clone())
    }

    fn name(&self) -> &str {
        &self.0.0
    }

    fn fields(&self) -> &[String] {
        &self.0.1
    }

    fn position(&self, field: &str) -> Option<usize> {
        self.fields().iter().position(|known| known == field)
    }

    fn tuple<'vm>(&self, items: Vec<Value<'vm>>) -> Object<'vm> {
        Object::with_values(&NAMED, self.clone(), items)
    }

    fn field_names<'vm>(&self) -> Value<'vm> {
        let names = self.fields().iter().map(|field| field.clone().into());
        Value::Tuple(names.collect())
    }

    #[cold]
    fn error(&self, message: core::fmt::Arguments<'_>) -> Error {
        Error::text(Kind::TypeError, format!("{}() {message}", self.name()))
    }
}

/// `namedtuple(typename, field_names)`: the names in a list or tuple, or in a
/// text, separated by spaces or commas.
pub(crate) fn namedtuple<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    typename: String,
    field_names: Value<'vm>,
) -> Result<Object<'vm>, Error> {
    let fields: Vec<String> = match field_names.as_str() {
        Some(text) => {
            let words = text.split([' ', ',', '\t', '\n']);
            words
                .filter(|word| !word.is_empty())
                .map(String::from)
                .collect()
        }
        None => {
            let names = cx.collect(&field_names)?;
            let text = |name: &Value<'_>| {
                name.as_str().map(String::from).ok_or_else(|| {
                    let found = name.type_name();
                    Error::text(
                        Kind::TypeError,
                        format!("a field name is a str, not {found}"),
                    )
                })
            };
            names.iter().map(text).collect::<Result<_, _>>()?
        }
    };
    for (position, field) in fields.iter().enumerate() {
        let mut chars = field.chars();
        let identifier = chars.next().is_some_and(char::is_alphabetic)
            && chars.all(|char| char.is_alphanumeric() || char == '_');
        if !identifier {
            return Err(Error::text(
                Kind::ValueError,
                format!(
                    "'{field}' cannot be a field: it must begin with a letter and go on with letters, digits and _"
                ),
            ));
        }
        if fields.iter().take(position).any(|other| other == field) {
            return Err(Error::text(
                Kind::ValueError,
                format!("field '{field}' stands there twice"),
            ));
        }
    }
    let shape = Shape(Rc::new((typename, fields)));
    Ok(Object::new(&FACTORY, shape))
}

fn make<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let shape = Shape::of(this)?;
    let (takes, given) = (shape.fields().len(), args.positional.len());
    if given > takes {
        return Err(shape.error(format_args!("takes {takes} arguments, {given} given")));
    }
    let mut items: Vec<Option<Value<'vm>>> = args.positional.iter().cloned().map(Some).collect();
    items.resize(takes, None);
    for (name, value) in args.keywords {
        let Some(slot) = shape.position(name).and_then(|at| items.get_mut(at)) else {
            return Err(shape.error(format_args!("got an unexpected keyword argument '{name}'")));
        };
        if slot.replace(value.clone()).is_some() {
            return Err(shape.error(format_args!("argument '{name}': got two values")));
        }
    }
    let items = shape.fields().iter().zip(items).map(|(field, item)| {
        item.ok_or_else(|| shape.error(format_args!("is missing argument '{field}'")))
    });
    let items: Result<Vec<_>, Error> = items.collect();
    Ok(shape.tuple(items?).into())
}

fn make_of<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    iterable: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let items = cx.collect(&iterable)?;
    make(cx, this, Args::new(&items))
}

fn print_factory<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let text = format!("<class '{}'>", Shape::of(this)?.name());
    cx.write(&text.into(), Style::Str, out)
}

fn factory_attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let shape = Shape::of(this)?;
    Ok(match (name, access) {
        ("_fields", Access::Load) => Claim::Value(shape.field_names()),
        ("__name__", Access::Load) => Claim::Value(String::from(shape.name()).into()),
        _ => Claim::Declined,
    })
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let shape = Shape::of(this)?;
    let items = items(this)?;
    for (position, (field, item)) in shape.fields().iter().zip(&items).enumerate() {
        let before = match position {
            0 => format!("{}({field}=", shape.name()),
            _ => format!(", {field}="),
        };
        cx.write(&before.into(), Style::Str, out)?;
        cx.write(item, Style::Repr, out)?;
    }
    let end = match items.is_empty() {
        true => format!("{}()", shape.name()),
        false => String::from(")"),
    };
    cx.write(&end.into(), Style::Str, out)
}

fn binary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    op: Binary,
    other: &Value<'vm>,
    _: bool,
) -> Result<Option<Value<'vm>>, Error> {
    if op != Binary::Contains {
        return Ok(None);
    }
    for item in items(this)? {
        if cx.equal(&item, other)? {
            return Ok(Some(Value::Bool(true)));
        }
    }
    Ok(Some(Value::Bool(false)))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let shape = Shape::of(this)?;
    let position = shape.position(name);
    match (access, position) {
        (Access::Load, Some(position)) => Ok(match this.values()?.get(position) {
            Some(item) => Claim::Value(item.clone()),
            None => Claim::Declined,
        }),
        (Access::Load, None) if name == "_fields" => Ok(Claim::Value(shape.field_names())),
        (_, Some(_)) => Err(Error::new(
            Kind::AttributeError,
            "a field of a named tuple cannot change; _replace makes another tuple",
        )),
        _ => Ok(Claim::Declined),
    }
}

fn subscript<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    cx.subscript(&tuple(this)?, index, access)
}

fn iter<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    cx.iter(&tuple(this)?)
}

fn len(_: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<usize, Error> {
    Ok(this.values()?.len())
}

/// Equal to any tuple of equal items, as in Python.
fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    let other = match other {
        Value::Object(other) if other.type_of().is(&NAMED) => tuple(other)?,
        other => other.clone(),
    };
    cx.equal(&tuple(this)?, &other)
}

fn hash<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<u64, Error> {
    cx.hash(&tuple(this)?)
}

fn as_dict<'vm>(this: &Object<'vm>) -> Result<Dict<'vm>, Error> {
    let shape = Shape::of(this)?;
    let keys = shape.fields().iter().map(|field| field.clone().into());
    Ok(keys.zip(items(this)?).collect())
}

/// `_replace(**fields)`: takes its arguments as they are, since a tuple of any
/// shape has it.
fn replaced<'vm>(args: Args<'_, 'vm>) -> Result<Object<'vm>, Error> {
    let [Value::Object(this)] = args.positional else {
        return Err(Error::new(
            Kind::TypeError,
            "_replace() takes arguments by name, of a named tuple",
        ));
    };
    let shape = Shape::of(this)?;
    let mut items = items(this)?;
    for (name, value) in args.keywords {
        match shape.position(name).and_then(|at| items.get_mut(at)) {
            Some(item) => *item = value.clone(),
            None => return Err(shape.error(format_args!("has no field '{name}'"))),
        }
    }
    Ok(shape.tuple(items))
}

fn items<'vm>(this: &Object<'vm>) -> Result<Vec<Value<'vm>>, Error> {
    Ok(this.values()?.iter().cloned().collect())
}

fn tuple<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    Ok(Value::Tuple(Tuple::from(items(this)?)))
}
