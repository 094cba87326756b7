//! Random operations on a stream and on a vector with a position.

use crate::interp;
use enroll_portable::prelude::*;
use enroll_portable::testing::args;

const LETTERS: [&str; 6] = ["a", "é", "€", "😀", "\n", "z"];

struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n) as usize
    }
}

/// A stream as one thinks of it.
#[derive(Default)]
struct Model {
    units: Vec<String>,
    at: usize,
}

impl Model {
    fn read(&mut self, most: usize) -> String {
        let start = self.at.min(self.units.len());
        let end = start.saturating_add(most).min(self.units.len());
        self.at += end - start;
        self.units[start..end].concat()
    }

    fn line(&mut self, most: usize) -> String {
        let start = self.at.min(self.units.len());
        let left = &self.units[start..];
        let line = left.iter().position(|unit| unit == "\n");
        self.read(line.map_or(left.len(), |end| end + 1).min(most))
    }

    fn write(&mut self, text: &[&str]) {
        if text.is_empty() {
            return;
        }
        while self.units.len() < self.at {
            self.units.push("\0".into());
        }
        for &unit in text {
            match self.units.get_mut(self.at) {
                Some(old) => *old = unit.into(),
                None => self.units.push(unit.into()),
            }
            self.at += 1;
        }
    }
}

#[test]
fn random_operations_agree_with_the_model() {
    let mut draw = Draw(0x1234_5678_9abc_def1);
    let interp = &mut interp();
    for (path, letters) in [
        ("io.StringIO", &LETTERS[..]),
        // A text that is all ASCII, where positions are not counted.
        ("io.StringIO", &["a", "b", "\n"]),
        ("io.BytesIO", &["a", "b", "\n"]),
    ] {
        for _ in 0..40 {
            let stream = interp.call(path, args![]).unwrap();
            let mut model = Model::default();
            for _ in 0..80 {
                let size = draw.below(7);
                let position = draw.below(model.units.len() as u64 + 4);
                let text: Vec<&str> = (0..draw.below(6))
                    .map(|_| letters[draw.below(letters.len() as u64)])
                    .collect();
                let (name, args, expected) = match draw.below(8) {
                    0 => ("read", args![size as i64].to_vec(), model.read(size)),
                    1 => ("read", vec![], model.read(usize::MAX)),
                    2 => ("readline", vec![], model.line(usize::MAX)),
                    3 => ("readline", args![size as i64].to_vec(), model.line(size)),
                    4 => {
                        model.at = position;
                        let at = position.to_string();
                        ("seek", args![position as i64].to_vec(), at)
                    }
                    5 => {
                        model.units.truncate(position);
                        let size = position.to_string();
                        ("truncate", args![position as i64].to_vec(), size)
                    }
                    _ => {
                        model.write(&text);
                        let written = text.len().to_string();
                        ("write", args![text.concat()].to_vec(), written)
                    }
                };
                let found = interp.method(&stream, name, &args).unwrap();
                assert_eq!(plain(&found), expected, "{path} {name} {args:?}");
                let at = interp.method(&stream, "tell", args![]).unwrap();
                assert_eq!(at, (model.at as i64).into());
                let all = interp.method(&stream, "getvalue", args![]).unwrap();
                assert_eq!(plain(&all), model.units.concat());
            }
        }
    }
}

fn plain(value: &Value<'_>) -> String {
    match value {
        Value::Str(text) => String::from(&**text),
        Value::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        Value::Int(int) => int.to_string(),
        other => panic!("{other:?}"),
    }
}
