//! Diagnostics as a person reads them.

use enroll_codegen::error::{Diagnostic, Diagnostics, Kind};
use enroll_codegen::place::Place;
use std::fs;
use std::path::PathBuf;

/// A folder of the test's own, and what drawing prints with it as `DIR`.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("enroll-draw-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a temporary file");
        path
    }

    fn render(&self, list: impl IntoIterator<Item = Diagnostic>) -> String {
        let mut all = Diagnostics::new();
        for diagnostic in list {
            all.push(diagnostic);
        }
        all.render().replace(&*self.0.to_string_lossy(), "DIR")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn place(file: &std::path::Path, line: usize, column: usize, width: usize) -> Place {
    Place {
        file: file.to_path_buf(),
        line,
        column,
        width,
    }
}

#[test]
fn line_labels_help_and_cause() {
    let folder = Folder::new("whole");
    let one = folder.file("one.rs", "// é\nregister_module! { \"errno\" {} }\n");
    let two = folder.file("two.rs", "\r\nregister_module! { \"errno\" {} }\r\n");
    let drawn =
        folder.render([
            Diagnostic::new(Kind::DuplicateModule, "two modules are named `errno`")
                .at(place(&one, 2, 20, 7), "the first is here")
                .at(place(&two, 2, 20, 7), "the second is here")
                .help("rename one of them")
                .cause("first line\nsecond line\n"),
        ]);
    assert_eq!(
        drawn,
        r#"error: two modules are named `errno`
 --> DIR/one.rs:2:20
  |
2 | register_module! { "errno" {} }
  |                    ^^^^^^^ the first is here
  |
 ::: DIR/two.rs:2:20
  |
2 | register_module! { "errno" {} }
  |                    ------- the second is here
  |
  = help: rename one of them
  = note: caused by: first line
          second line
"#
    );
}

#[test]
fn two_places_of_one_file_share_its_excerpt() {
    let folder = Folder::new("shared");
    let file = folder.file("lib.rs", "one!(a);\n\n\n\n\n\ntwo!(é, a);\n");
    let drawn = folder.render([Diagnostic::new(Kind::DuplicateEntry, "`a` is there twice")
        .at(place(&file, 7, 9, 1), "again here")
        .at(place(&file, 1, 6, 1), "first here")]);
    assert_eq!(
        drawn,
        "error: `a` is there twice
 --> DIR/lib.rs:7:9
  |
1 | one!(a);
  |      - first here
...
7 | two!(é, a);
  |         ^ again here
"
    );
}

#[test]
fn order_is_by_place_whatever_the_order_of_finding() {
    let folder = Folder::new("order");
    let file = folder.file("lib.rs", "a\nb\nc\n");
    let list = [
        Diagnostic::new(Kind::Grammar, "third").at(place(&file, 3, 1, 1), ""),
        Diagnostic::new(Kind::CargoQuery, "no place"),
        Diagnostic::new(Kind::Grammar, "first").at(place(&file, 1, 1, 1), ""),
    ];
    let expected = "error: no place

error: first
 --> DIR/lib.rs:1:1
  |
1 | a
  | ^

error: third
 --> DIR/lib.rs:3:1
  |
3 | c
  | ^
";
    assert_eq!(folder.render(list.clone()), expected);
    assert_eq!(folder.render(list.into_iter().rev()), expected);
}

#[test]
fn a_file_that_cannot_be_shown_keeps_its_line_number() {
    let folder = Folder::new("gone");
    let gone = folder.0.join("gone.rs");
    let latin = folder.file("latin.rs", b"\xe9\n");
    let empty = folder.file("empty.rs", "");
    let drawn = folder.render([
        Diagnostic::new(Kind::Unreadable, "gone").at(place(&gone, 4, 2, 1), "read here"),
        Diagnostic::new(Kind::Unreadable, "not UTF-8").at(place(&latin, 1, 1, 0), ""),
        Diagnostic::new(Kind::Unreadable, "empty").at(Place::file(&empty), ""),
    ]);
    assert_eq!(
        drawn,
        "error: empty
--> DIR/empty.rs:1:1

error: gone
--> DIR/gone.rs:4:2
 = note: read here

error: not UTF-8
--> DIR/latin.rs:1:1
"
    );
}

#[test]
fn a_byte_order_mark_and_a_width_past_the_line() {
    let folder = Folder::new("bom");
    let file = folder.file("lib.rs", "\u{feff}abc\n");
    let drawn =
        folder.render([Diagnostic::new(Kind::Grammar, "wide").at(place(&file, 1, 2, 99), "")]);
    assert_eq!(
        drawn,
        "error: wide
 --> DIR/lib.rs:1:2
  |
1 | abc
  |  ^^
"
    );
}

#[test]
fn colour_only_where_asked() {
    let all = Diagnostics::from(Diagnostic::new(Kind::Setting, "plain"));
    assert_eq!(all.render(), "error: plain\n");
    assert!(all.render_in_color().contains("\u{1b}["));
}
