//! What the guide promises.

const GUIDE: &str = include_str!("../../src/import/guide.md");

/// The lines of the interpreter that a reader has to write: neither blank, nor
/// comments, nor hidden.
fn written() -> Vec<&'static str> {
    let (_, example) = GUIDE.split_once("```\n").unwrap();
    let (code, _) = example.split_once("// That is the interpreter").unwrap();
    let lines = code.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .filter(|line| *line != "#" && !line.starts_with("# "))
        .collect()
}

#[test]
fn the_interpreter_of_the_guide_has_less_than_a_hundred_lines() {
    assert!(GUIDE.contains("less than a hundred lines"));
    let written = written();
    assert!(written.len() < 100, "{}", written.len());
    // That it is all of it.
    for part in [
        "impl Host for",
        "impl ImportHost for",
        "fn exec(",
        "fn run(",
    ] {
        assert!(
            written.iter().any(|line| line.contains(part)),
            "{part} is not counted"
        );
    }
}
