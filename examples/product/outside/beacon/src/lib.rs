//! The module `beacon`: texts as Morse code.

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Morse code.
    pub static BEACON: Module<Portable> = "beacon" {
        "DOT_MS" => Rom::Int(60),
        #[cfg(feature = "figures")]
        "FIGURES" => Rom::Str("0123456789"),
        "encode" => Rom::Function(function!(encode(text))),
    }
}

const LETTERS: [&str; 26] = [
    ".-", "-...", "-.-.", "-..", ".", "..-.", "--.", "....", "..", ".---", "-.-", ".-..", "--",
    "-.", "---", ".--.", "--.-", ".-.", "...", "-", "..-", "...-", ".--", "-..-", "-.--", "--..",
];

/// The signs of a text, letters apart by a space, words by ` / `; what has no
/// sign is left out.
fn encode(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let signs: Vec<String> = word.chars().filter_map(sign).collect();
        signs.join(" ")
    });
    words.collect::<Vec<_>>().join(" / ")
}

fn sign(letter: char) -> Option<String> {
    let letter = letter.to_ascii_uppercase();
    if letter.is_ascii_uppercase() {
        return Some(LETTERS[usize::from(letter as u8 - b'A')].to_owned());
    }
    #[cfg(feature = "figures")]
    if let Some(value) = letter.to_digit(10) {
        // One to five begin with as many dots, six to nine and nought with
        // dashes.
        let dots = match value {
            0 => 0,
            1..=5 => value,
            _ => 10 - value,
        };
        let (dots, dashes) = (".".repeat(dots as usize), "-".repeat(5 - dots as usize));
        return Some(match value {
            1..=5 => dots + &dashes,
            _ => dashes + &dots,
        });
    }
    None
}
