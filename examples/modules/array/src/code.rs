//! The types of items, each a letter.

use core::cmp::Ordering;
use core::ffi::{c_int, c_long};
use enroll_portable::prelude::*;

/// What the items of an array are: the letters of CPython's `array` and
/// `struct`, in the sizes of this machine's C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    I8,
    U8,
    I16,
    U16,
    Int,
    UInt,
    Long,
    ULong,
    I64,
    U64,
    F32,
    F64,
}

use Code::*;

const LETTERS: [(Code, &str); 12] = [
    (I8, "b"),
    (U8, "B"),
    (I16, "h"),
    (U16, "H"),
    (Int, "i"),
    (UInt, "I"),
    (Long, "l"),
    (ULong, "L"),
    (I64, "q"),
    (U64, "Q"),
    (F32, "f"),
    (F64, "d"),
];

impl Code {
    /// # Errors
    ///
    /// ValueError for a letter that is none, TypeError for no letter.
    pub(crate) fn of(text: &str) -> Result<Code, Error> {
        if text.chars().count() != 1 {
            return Err(Error::new(
                Kind::TypeError,
                "a typecode is a str of one letter",
            ));
        }
        let found = LETTERS.iter().find(|(_, letter)| *letter == text);
        found.map(|(code, _)| *code).ok_or(Error::new(
            Kind::ValueError,
            "bad typecode (must be b, B, h, H, i, I, l, L, q, Q, f or d)",
        ))
    }

    pub(crate) fn letter(self) -> &'static str {
        let found = LETTERS.iter().find(|(code, _)| *code == self);
        found.map_or("", |(_, letter)| letter)
    }

    /// The bytes of an item: 1 to 8.
    pub(crate) const fn size(self) -> usize {
        match self {
            I8 | U8 => 1,
            I16 | U16 => 2,
            Int | UInt => size_of::<c_int>(),
            Long | ULong => size_of::<c_long>(),
            F32 => 4,
            I64 | U64 | F64 => 8,
        }
    }

    fn is_signed(self) -> bool {
        matches!(self, I8 | I16 | Int | Long | I64)
    }

    /// Whether items are equal exactly where their bytes are.
    pub(crate) fn is_integer(self) -> bool {
        !matches!(self, F32 | F64)
    }

    /// An item as the machine has it: `size` bytes.
    ///
    /// # Errors
    ///
    /// TypeError where it is no number, OverflowError where it does not fit.
    pub(crate) fn encode(self, value: &Value<'_>) -> Result<Item, Error> {
        match self {
            F32 => Ok(Item::of(&(float(value)? as f32).to_ne_bytes())),
            F64 => Ok(Item::of(&float(value)?.to_ne_bytes())),
            _ => {
                let int = integer(value)?;
                let (least, most) = self.range();
                if !(least..=most).contains(&i128::from(int)) {
                    return Err(Error::new(
                        Kind::OverflowError,
                        "the integer does not fit an item of this typecode",
                    ));
                }
                Ok(self.cut(int))
            }
        }
    }

    fn range(self) -> (i128, i128) {
        let bits = 8 * self.size() as u32;
        match self.is_signed() {
            true => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
            false => (0, (1 << bits) - 1),
        }
    }

    /// The low bytes of an integer in this machine's order.
    fn cut(self, int: i64) -> Item {
        match self.size() {
            1 => Item::of(&(int as u8).to_ne_bytes()),
            2 => Item::of(&(int as u16).to_ne_bytes()),
            4 => Item::of(&(int as u32).to_ne_bytes()),
            _ => Item::of(&int.to_ne_bytes()),
        }
    }

    /// The number that `size` bytes are; nothing for fewer or more.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Number> {
        let whole = match self {
            F32 => {
                return Some(Number::Float(
                    f32::from_ne_bytes(bytes.try_into().ok()?).into(),
                ));
            }
            F64 => return Some(Number::Float(f64::from_ne_bytes(bytes.try_into().ok()?))),
            _ if bytes.len() != self.size() => return None,
            _ => bytes,
        };
        Some(match (whole, self.is_signed()) {
            (&[byte], true) => Number::Int(byte.cast_signed().into()),
            (&[byte], false) => Number::Int(byte.into()),
            (&[a, b], true) => Number::Int(i16::from_ne_bytes([a, b]).into()),
            (&[a, b], false) => Number::Int(u16::from_ne_bytes([a, b]).into()),
            (&[a, b, c, d], true) => Number::Int(i32::from_ne_bytes([a, b, c, d]).into()),
            (&[a, b, c, d], false) => Number::Int(u32::from_ne_bytes([a, b, c, d]).into()),
            (whole, true) => Number::Int(i64::from_ne_bytes(whole.try_into().ok()?).into()),
            (whole, false) => Number::Int(u64::from_ne_bytes(whole.try_into().ok()?).into()),
        })
    }
}

/// An item in the machine's form.
pub(crate) struct Item {
    bytes: [u8; 8],
    len: usize,
}

impl Item {
    /// Of 8 bytes at most.
    fn of(bytes: &[u8]) -> Item {
        let mut item = Item {
            bytes: [0; 8],
            len: bytes.len().min(8),
        };
        for (to, from) in item.bytes.iter_mut().zip(bytes) {
            *to = *from;
        }
        item
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

/// A number of an array: wider than a script's `int`, for `Q`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Int(i128),
    Float(f64),
}

impl Number {
    /// Exactly, also of an integer and a float; nothing where one is not a
    /// number.
    pub(crate) fn order(self, other: Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Int(left), Number::Int(right)) => Some(left.cmp(&right)),
            (Number::Float(left), Number::Float(right)) => left.partial_cmp(&right),
            (Number::Int(left), Number::Float(right)) => int_to_float(left, right),
            (Number::Float(left), Number::Int(right)) => {
                int_to_float(right, left).map(Ordering::reverse)
            }
        }
    }

    /// # Errors
    ///
    /// OverflowError for what needs 64 bits without a sign.
    pub(crate) fn value<'vm>(self) -> Result<Value<'vm>, Error> {
        match self {
            Number::Float(float) => Ok(Value::Float(float)),
            Number::Int(int) => i64::try_from(int).map(Value::Int).map_err(|_| {
                Error::new(
                    Kind::OverflowError,
                    "the item does not fit a 64-bit integer with a sign",
                )
            }),
        }
    }
}

fn int_to_float(int: i128, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    // Cut towards zero, and at the ends of `i128`, which no item reaches.
    let whole = float as i128;
    Some(int.cmp(&whole).then((whole as f64).partial_cmp(&float)?))
}

/// Whether it is an integer that no portable module has: an interpreter with
/// integers of any length hands the long ones on as its own.
pub(crate) fn is_long(value: &Value<'_>) -> bool {
    let name = value.type_name();
    matches!(value, Value::Foreign(_)) && (name == "int" || name.starts_with("int "))
}

fn integer(value: &Value<'_>) -> Result<i64, Error> {
    match value {
        value if is_long(value) => Err(Error::new(
            Kind::OverflowError,
            "the integer is longer than 64 bits",
        )),
        value => value.as_int().ok_or_else(|| no_number(value)),
    }
}

fn float(value: &Value<'_>) -> Result<f64, Error> {
    value.as_float().ok_or_else(|| no_number(value))
}

#[cold]
fn no_number(value: &Value<'_>) -> Error {
    let found = value.type_name();
    Error::text(
        Kind::TypeError,
        alloc::format!("an item of an array is a number, not {found}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        for (code, letter) in LETTERS {
            assert_eq!(Code::of(letter).unwrap(), code);
            let (least, most) = match code.is_integer() {
                true => code.range(),
                false => (-3, 3),
            };
            for int in [least, -1, 0, 1, 77, most] {
                let (Ok(value), true) = (i64::try_from(int), (least..=most).contains(&int)) else {
                    continue;
                };
                let item = code.encode(&Value::Int(value)).unwrap();
                assert_eq!(item.bytes().len(), code.size());
                let back = code.decode(item.bytes()).unwrap();
                let expected = match code.is_integer() {
                    true => Number::Int(int),
                    false => Number::Float(value as f64),
                };
                assert_eq!(back, expected, "{letter} {int}");
            }
            assert_eq!(code.decode(&[0; 3]), None);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (letter, wrong) in [
            ("b", -129),
            ("b", 128),
            ("B", -1),
            ("B", 256),
            ("h", 1 << 15),
            ("H", -1),
            ("i", 1 << 31),
            ("I", 1 << 32),
            ("Q", -1),
        ] {
            let error = Code::of(letter).unwrap().encode(&Value::Int(wrong));
            let kind = error.err().map(|error| error.kind());
            assert_eq!(kind, Some(Kind::OverflowError), "{letter} {wrong}");
        }
    }
}
