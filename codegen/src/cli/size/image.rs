//! The bytes that a linked image takes of a machine's memories, by symbol.

use memchr::memmem;
use object::elf::{SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE, SHT_NOBITS};
use object::read::{Object, ObjectSection, ObjectSymbol};
use object::{Architecture, BinaryFormat, SectionFlags, SymbolKind};
use std::cmp::Reverse;
use std::path::Path;

/// Which memory a section takes, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// Instructions.
    Code,
    /// Data that is never written.
    Constants,
    /// Variables with a value at the start: RAM, and as much ROM for it.
    Data,
    /// Variables that are zero at first: RAM alone.
    Bss,
}

/// A run of bytes of one section, under one symbol or under none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) usage: Use,
    pub(super) address: u64,
    pub(super) size: u64,
    /// As the linker knows it, mangled.
    pub(super) symbol: Option<String>,
}

/// A linked program.
pub(super) struct Image {
    /// Every byte of every section that is in memory, once.
    pub(super) pieces: Vec<Piece>,
    /// The contents of the sections with constants, and their addresses.
    constants: Vec<(u64, Vec<u8>)>,
}

/// A symbol that says how long it is.
struct Symbol<'data> {
    address: u64,
    end: u64,
    name: &'data str,
}

impl Image {
    /// Reads an ELF image.
    pub(super) fn read(path: &Path) -> Result<Image, String> {
        let failed = |error: &dyn std::fmt::Display| {
            format!("error: could not read {}: {error}", path.display())
        };
        let data = std::fs::read(path).map_err(|error| failed(&error))?;
        Image::parse(&data).map_err(|error| failed(&error))
    }

    fn parse(data: &[u8]) -> Result<Image, String> {
        let file = object::File::parse(data).map_err(|error| error.to_string())?;
        if file.format() != BinaryFormat::Elf {
            // Mach-O and COFF do not say how long a symbol is.
            return Err(format!(
                "it is {:?}; only the symbols of ELF images tell their sizes",
                file.format()
            ));
        }
        if file.symbol_table().is_none() {
            return Err(
                "it has no symbols, so it was stripped: build it with `strip = false` in its \
                 profile"
                    .to_owned(),
            );
        }
        let mut image = Image {
            pieces: Vec::new(),
            constants: Vec::new(),
        };
        for section in file.sections() {
            let Some(usage) = usage(&section) else {
                continue;
            };
            if usage == Use::Constants {
                let contents = section.data().map_err(|error| error.to_string())?;
                image
                    .constants
                    .push((section.address(), contents.to_owned()));
            }
            let mut symbols: Vec<Symbol<'_>> = file
                .symbols()
                .filter(|symbol| symbol.section_index() == Some(section.index()))
                .filter_map(|symbol| sized(&symbol, file.architecture()))
                .collect();
            // Of several names for the same bytes one counts; of a symbol
            // within another one, the outer.
            symbols.sort_by_key(|symbol| (symbol.address, Reverse(symbol.end), symbol.name));
            image.split(usage, section.address(), section.size(), &symbols);
        }
        Ok(image)
    }

    /// Adds a section as pieces, each byte in one of them.
    fn split(&mut self, usage: Use, start: u64, size: u64, symbols: &[Symbol<'_>]) {
        let end = start.saturating_add(size);
        let mut at = start;
        for symbol in symbols {
            let from = symbol.address.clamp(at, end);
            let to = symbol.end.clamp(at, end);
            if from == to {
                continue;
            }
            self.push(usage, at, from, None);
            self.push(usage, from, to, Some(symbol.name));
            at = to;
        }
        self.push(usage, at, end, None);
    }

    fn push(&mut self, usage: Use, from: u64, to: u64, symbol: Option<&str>) {
        if from < to {
            self.pieces.push(Piece {
                usage,
                address: from,
                size: to - from,
                symbol: symbol.map(str::to_owned),
            });
        }
    }

    /// Takes the one place where `text` stands among the constants out of the
    /// pieces it is in, and returns them as they were.
    ///
    /// Nothing is taken where it stands more than once, or not at all.
    pub(super) fn take(&mut self, text: &[u8]) -> Vec<Piece> {
        let mut places = Vec::new();
        for (address, contents) in &self.constants {
            let found = memmem::find_iter(contents, text);
            places.extend(found.map(|offset| address + offset as u64));
        }
        let (&[from], false) = (&places[..], text.is_empty()) else {
            return Vec::new();
        };
        let to = from + text.len() as u64;
        let meets = |piece: &Piece| {
            piece.usage == Use::Constants && piece.address < to && piece.address + piece.size > from
        };
        let (met, rest) = std::mem::take(&mut self.pieces)
            .into_iter()
            .partition(meets);
        self.pieces = rest;
        let met: Vec<Piece> = met;
        let mut taken = Vec::new();
        for piece in met {
            let end = piece.address + piece.size;
            let symbol = piece.symbol.as_deref();
            self.push(piece.usage, piece.address, from.max(piece.address), symbol);
            self.push(piece.usage, to.min(end), end, symbol);
            taken.push(Piece {
                address: piece.address.max(from),
                size: end.min(to) - piece.address.max(from),
                ..piece
            });
        }
        taken
    }
}

/// What a section takes; `None` where it is not in memory at all.
fn usage<'data>(section: &impl ObjectSection<'data>) -> Option<Use> {
    let SectionFlags::Elf { sh_type, sh_flags } = section.flags() else {
        return None;
    };
    if !sh_flags.contains(SHF_ALLOC) {
        return None;
    }
    Some(if sh_type == SHT_NOBITS {
        Use::Bss
    } else if sh_flags.contains(SHF_EXECINSTR) {
        Use::Code
    } else if sh_flags.contains(SHF_WRITE) {
        Use::Data
    } else {
        Use::Constants
    })
}

fn sized<'data>(
    symbol: &impl ObjectSymbol<'data>,
    architecture: Architecture,
) -> Option<Symbol<'data>> {
    // The address of a thread's variable is none.
    let is_place = !matches!(
        symbol.kind(),
        SymbolKind::Section | SymbolKind::File | SymbolKind::Tls
    );
    let name = symbol.name().ok()?;
    if !is_place || symbol.size() == 0 || name.is_empty() {
        return None;
    }
    let mut address = symbol.address();
    if architecture == Architecture::Arm && symbol.kind() == SymbolKind::Text {
        // The lowest bit of a function's address chooses Thumb instructions.
        address &= !1;
    }
    Some(Symbol {
        address,
        end: address.saturating_add(symbol.size()),
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(symbols: &[(u64, u64, &str)]) -> Vec<(u64, u64, String)> {
        let mut image = Image {
            pieces: Vec::new(),
            constants: Vec::new(),
        };
        let symbols: Vec<Symbol<'_>> = symbols
            .iter()
            .map(|&(address, end, name)| Symbol { address, end, name })
            .collect();
        image.split(Use::Code, 100, 50, &symbols);
        let pieces = image.pieces.into_iter();
        pieces
            .map(|piece| {
                let symbol = piece.symbol.unwrap_or_default();
                (piece.address, piece.size, symbol)
            })
            .collect()
    }

    #[test]
    fn every_byte_of_a_section_is_in_one_piece() {
        let piece = |address, size, name: &str| (address, size, name.to_owned());
        assert_eq!(split(&[]), [piece(100, 50, "")]);
        // Gaps, two names of the same bytes, one within another, one that
        // begins in it, and one past the end.
        let symbols = [
            (104, 110, "a"),
            (104, 110, "alias"),
            (120, 130, "b"),
            (122, 124, "within b"),
            (128, 134, "past b"),
            (145, 160, "past the end"),
        ];
        let expected = [
            piece(100, 4, ""),
            piece(104, 6, "a"),
            piece(110, 10, ""),
            piece(120, 10, "b"),
            piece(130, 4, "past b"),
            piece(134, 11, ""),
            piece(145, 5, "past the end"),
        ];
        assert_eq!(split(&symbols), expected);
    }

    #[test]
    fn a_text_is_taken_out_of_the_pieces_it_is_in() {
        let piece = |address, size, symbol: Option<&str>| Piece {
            usage: Use::Constants,
            address,
            size,
            symbol: symbol.map(str::to_owned),
        };
        let mut image = Image {
            pieces: vec![piece(8, 5, Some("a")), piece(13, 7, None)],
            constants: vec![(8, b"....needle..".to_vec())],
        };
        assert_eq!(image.take(b"absent"), []);
        assert_eq!(image.take(b"."), [], "it is there more than once");
        assert_eq!(image.take(b""), []);
        let taken = [piece(12, 1, Some("a")), piece(13, 5, None)];
        assert_eq!(image.take(b"needle"), taken);
        assert_eq!(image.pieces, [piece(8, 4, Some("a")), piece(18, 2, None)]);
    }
}
