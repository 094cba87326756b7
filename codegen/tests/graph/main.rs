//! The graph against real Cargo, in workspaces made for the purpose.

mod answers;
mod build_script;
mod closure;
mod fixture;
mod inputs;
mod oracle;
mod origin;
mod query;
mod random;
