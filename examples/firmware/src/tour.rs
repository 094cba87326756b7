//! The tour: an embedded script, shown block by block as it runs.

use crate::interpreter::{Failure, Interpreter};

const TOUR: &str = include_str!("../scripts/tour.lua");

/// Shows and runs the tour. An empty line ends a block; comments are shown as
/// they are, code as if it were typed.
pub(crate) fn play(interpreter: &Interpreter) -> Result<(), Failure> {
    let mut line = 0;
    for block in TOUR.trim_end().split("\n\n") {
        for (position, text) in block.lines().enumerate() {
            let mark = match text {
                text if text.starts_with("--") => "",
                _ if position > 0 && text.starts_with([' ', ')']) || text == "end" => ">> ",
                _ => "> ",
            };
            interpreter.print(format!("{mark}{text}"))?;
        }
        // So that an error names the line of the file.
        let source = format!("{}{block}", "\n".repeat(line));
        interpreter.run(&source, "@tour.lua")?;
        interpreter.print("")?;
        line += block.matches('\n').count() + 2;
    }
    Ok(())
}
