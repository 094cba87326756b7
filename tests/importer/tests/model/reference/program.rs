//! Running the code of a module.

use super::{Id, Model, Res, Val, fail};
use importer::Statement;

impl Model {
    pub(crate) fn exec(&mut self, id: Id, name: &str, program: usize) -> Res<()> {
        self.log(format!("exec {name} #{program}"));
        *self.runs.entry(program).or_default() += 1;
        let runs = self.runs[&program];
        self.running.push(name.into());
        let mut done = Ok(());
        for statement in self.world.programs[program].clone() {
            done = self.statement(id, name, statement, runs);
            if done.is_err() {
                break;
            }
        }
        self.running.pop();
        // What it failed with is the code's own error, not that of a search.
        done.map_err(|mut error| {
            error.missing = None;
            error
        })
    }

    fn statement(&mut self, id: Id, own: &str, statement: Statement, runs: u32) -> Res<()> {
        let (name, value) = match statement {
            Statement::Bind(name, number) => (name, Val::Int(number)),
            Statement::Import { module, name } => (name, self.import(&module)?),
            Statement::From {
                level,
                module,
                name,
            } => {
                let names = [name.clone()];
                let from = self.import_name(&module, Some(id), &names, level)?;
                let value = self.import_from(&from, &name)?;
                (name, value)
            }
            Statement::Star(module) => {
                let from = self.import_name(&module, Some(id), &["*".into()], 0)?;
                for (name, value) in self.star(&from)? {
                    self.store(id, &name, value)?;
                }
                return Ok(());
            }
            Statement::Patch {
                module,
                name,
                value,
            } => {
                return match self.import(&module)? {
                    Val::Module(other) => self.store(other, &name, Val::Int(value)),
                    _ => fail("TypeError: not a module"),
                };
            }
            Statement::Delete(name) => return self.delete(id, &name),
            Statement::Fail => return fail(format!("RuntimeError: {own} fails")),
            Statement::FailFirst(times) if runs <= times => {
                return fail(format!("RuntimeError: {own} fails once more"));
            }
            Statement::FailLater(times) if runs > times => {
                return fail(format!("RuntimeError: {own} fails now"));
            }
            Statement::FailFirst(_) | Statement::FailLater(_) | Statement::Pause(_) => {
                return Ok(());
            }
            Statement::Define(function) => {
                (function.name().into(), Val::Function(function.clone()))
            }
            Statement::All(names) => ("__all__".into(), Val::List(names)),
            Statement::Become(number) => {
                self.enter(own, Val::Int(number));
                return Ok(());
            }
            Statement::BecomeModule(other) => {
                let other = self.import(&other)?;
                self.enter(own, other);
                return Ok(());
            }
            Statement::Leave => {
                self.remove(own);
                return Ok(());
            }
        };
        self.store(id, &name, value)
    }
}
