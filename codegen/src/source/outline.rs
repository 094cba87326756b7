//! Which files a source may name, found without parsing it.

use super::attributes::{self, Effect};
use super::cfg::{Context, Truth};
use super::include::Argument;
use super::layout::Layout;
use super::lexer::{Lexer, Token};
use std::path::{Path, PathBuf};
use syn::Attribute;
use syn::parse::Parser;

/// One `mod name;` or `include!`: the files that it may mean, the likeliest
/// first, each with the layout of its children.
pub(super) type Named = Vec<(PathBuf, Layout)>;

/// What a source says about other files.
pub(super) struct Outline {
    /// Every file that it may name.
    pub(super) named: Vec<Named>,
    /// Whether it has an `include!` of a file that only the compiler knows.
    pub(super) hides: bool,
}

/// Every file that a source may name.
///
/// This finds more than rustc would: also what stands in `macro_rules!` or in
/// the arguments of a macro, and below a `cfg` that only the parsed file can
/// settle. It never finds less.
pub(super) fn outline(source: &str, file: &Path, layout: &Layout, cx: &Context<'_>) -> Outline {
    let mut reader = Reader {
        source,
        file,
        cx,
        lexer: Lexer::new(source),
        stack: vec![Brace {
            layouts: vec![layout.clone()],
            module: None,
        }],
        attributes: Vec::new(),
        outline: Outline {
            named: Vec::new(),
            hides: false,
        },
    };
    reader.read();
    reader.outline
}

/// The names that `word as name` gives to one of these words.
pub(super) fn renames<'a>(
    source: &'a str,
    of: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = &'a str> + 'a {
    let mut last = [Token::Other(0); 2];
    Lexer::new(source).filter_map(move |token| {
        let before = last;
        last = [before[1], token];
        match (before, token) {
            ([Token::Word(word), Token::Word("as")], Token::Word(name)) if of(word) => Some(name),
            _ => None,
        }
    })
}

/// Whether a source calls or imports a macro that declares a module.
pub(crate) fn declares(source: &str) -> bool {
    uses(source, |word| {
        matches!(word, "register_module" | "extend_module")
    })
}

/// Whether one of these words is called or imported, outside strings and
/// comments.
pub(super) fn uses(source: &str, of: impl Fn(&str) -> bool) -> bool {
    let mut importing = false;
    let mut last = Token::Other(0);
    for token in Lexer::new(source) {
        match (last, token) {
            (_, Token::Word("use")) => importing = true,
            (Token::Word(word), Token::Other(b'!')) if of(word) => return true,
            (_, Token::Word(word)) if importing && of(word) => return true,
            (_, Token::Other(b';')) => importing = false,
            _ => {}
        }
        last = token;
    }
    false
}

struct Reader<'a> {
    source: &'a str,
    file: &'a Path,
    cx: &'a Context<'a>,
    lexer: Lexer<'a>,
    /// The file and every open brace.
    stack: Vec<Brace<'a>>,
    /// Attributes since the last `;`, `,`, `{` or `}`, as written.
    attributes: Vec<&'a str>,
    outline: Outline,
}

/// An open brace.
struct Brace<'a> {
    /// What the layout in it may be.
    layouts: Vec<Layout>,
    /// The name and the attributes if it is a module's.
    module: Option<(&'a str, Vec<&'a str>)>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut pending = None;
        while let Some(token) = pending.take().or_else(|| self.lexer.next()) {
            pending = match token {
                Token::Other(b'#') => self.attribute(),
                Token::Word("mod") if !self.is_raw() => self.module(),
                Token::Word("include") => self.include(),
                Token::Open(b'{') => {
                    self.open();
                    None
                }
                Token::Close(b'}') => {
                    if self.stack.len() > 1 {
                        self.stack.pop();
                    }
                    self.attributes.clear();
                    None
                }
                Token::Other(b';' | b',') => {
                    self.attributes.clear();
                    None
                }
                _ => None,
            };
        }
    }

    /// Whether the last token is written with `r#`.
    fn is_raw(&self) -> bool {
        self.source[self.lexer.range().0..].starts_with("r#")
    }

    fn layouts(&self) -> &[Layout] {
        self.stack.last().map_or(&[], |brace| &brace.layouts)
    }

    /// After `#`: keeps `[…]` for the next `mod`, or `![…]` for the one around.
    /// What is read beyond is handed back.
    fn attribute(&mut self) -> Option<Token<'a>> {
        let mut next = self.lexer.next();
        let inner = next == Some(Token::Other(b'!'));
        if inner {
            next = self.lexer.next();
        }
        if next != Some(Token::Open(b'[')) {
            return next;
        }
        let (start, _) = self.lexer.range();
        let mut depth = 1;
        while depth > 0 {
            match self.lexer.next()? {
                Token::Open(_) => depth += 1,
                Token::Close(_) => depth -= 1,
                _ => {}
            }
        }
        let (_, end) = self.lexer.range();
        let text = &self.source[start..end];
        if !inner {
            self.attributes.push(text);
        } else if let Some(Brace {
            module: Some((name, mut attributes)),
            ..
        }) = self.stack.pop_if(|brace| brace.module.is_some())
        {
            attributes.push(text);
            self.enter(name, attributes);
        }
        None
    }

    /// Opens the brace of `mod name` with these attributes.
    fn enter(&mut self, name: &'a str, attributes: Vec<&'a str>) {
        let effect = self.effect(&attributes);
        let paths = || effect.paths.iter().map(|(path, _)| path.as_deref());
        let inside = |layout: &Layout| paths().map(|path| layout.inline(name, path)).collect();
        let layouts: Vec<Vec<Layout>> = self.layouts().iter().map(inside).collect();
        self.stack.push(Brace {
            layouts: layouts.concat(),
            module: Some((name, attributes)),
        });
    }

    fn effect(&self, attributes: &[&str]) -> Effect {
        let parse = |text: &&str| {
            Attribute::parse_outer
                .parse_str(&format!("#{text}"))
                .unwrap_or_default()
        };
        let attributes: Vec<Attribute> = attributes.iter().flat_map(parse).collect();
        attributes::effect(&attributes, self.file, self.cx)
    }

    /// A brace that is no module: a block or the tokens of a macro, where
    /// items may stand as well.
    fn open(&mut self) {
        let mut inside = Vec::new();
        for layout in self.layouts() {
            for layout in [layout.clone(), layout.block()] {
                if !inside.contains(&layout) {
                    inside.push(layout);
                }
            }
        }
        self.stack.push(Brace {
            layouts: inside,
            module: None,
        });
        self.attributes.clear();
    }

    /// After `mod`. What is read beyond is handed back.
    fn module(&mut self) -> Option<Token<'a>> {
        let name = match self.lexer.next() {
            Some(Token::Word(name)) => name,
            other => return other,
        };
        let next = self.lexer.next();
        if !matches!(next, Some(Token::Other(b';') | Token::Open(b'{'))) {
            return next;
        }
        let attributes = std::mem::take(&mut self.attributes);
        if next == Some(Token::Open(b'{')) {
            self.enter(name, attributes);
            return None;
        }
        let effect = self.effect(&attributes);
        if effect.presence() != Truth::False {
            let paths = || effect.paths.iter().map(|(path, _)| path.as_deref());
            let files =
                |layout: &Layout| paths().flat_map(|path| layout.files(name, path)).collect();
            let files: Vec<Named> = self.layouts().iter().map(files).collect();
            self.outline.named.push(files.concat());
        }
        None
    }

    /// After `include`. What is read beyond is handed back.
    fn include(&mut self) -> Option<Token<'a>> {
        let next = self.lexer.next();
        if next != Some(Token::Other(b'!')) {
            return next;
        }
        let next = self.lexer.next();
        let Some(Token::Open(_)) = next else {
            return next;
        };
        let (_, start) = self.lexer.range();
        let mut end = start;
        let mut depth = 1;
        while depth > 0 {
            end = self.lexer.range().1;
            match self.lexer.next()? {
                Token::Open(_) => depth += 1,
                Token::Close(_) => depth -= 1,
                _ => {}
            }
        }
        let argument = self.source[start..end].trim();
        match Argument::parse(self.cx.package).parse_str(argument) {
            Ok(Argument::Path(path)) => {
                let file = self.file.parent().unwrap_or(self.file).join(path);
                let layout = Layout::root(&file);
                self.outline.named.push(vec![(file, layout)]);
            }
            Ok(Argument::Hidden(_)) => self.outline.hides = true,
            // No `include!` that the compiler would take.
            Err(_) => {}
        }
        None
    }
}
