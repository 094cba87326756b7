//! The tour: an embedded script, shown line by line as it runs.

use crate::interpreter::{Failure, Interpreter, Piece};

const TOUR: &str = include_str!("../scripts/tour.lua");

/// Shows and runs the tour: comments as they are, code as if it were typed.
pub(crate) fn play(interpreter: &Interpreter) -> Result<(), Failure> {
    let mut code = String::new();
    for (number, line) in TOUR.lines().enumerate() {
        if code.is_empty() && (line.is_empty() || line.starts_with("--")) {
            interpreter.print(line)?;
            continue;
        }
        let mark = if code.is_empty() { ">" } else { ">>" };
        interpreter.print(format!("{mark} {line}"))?;
        code.push_str(line);
        code.push('\n');
        if let Piece::Complete(_) = interpreter.compile(&code)? {
            // Compiled again, so that an error names the line of the file.
            let above = number + 1 - code.lines().count();
            let source = format!("{}{code}", "\n".repeat(above));
            interpreter.run(&source, "@tour.lua")?;
            code.clear();
        }
    }
    Ok(())
}
