//! All files together → facts.

mod amend;
mod assoc;
mod attributed;
mod body;
mod callbacks;
mod collect;
mod columns;
mod constants;
mod crates;
mod derived;
mod dispatch;
mod emptied;
mod finish;
mod frameworks;
mod functions;
mod heads;
mod lookup;
mod lower;
mod members;
mod meta;
mod orm;
mod outside;
mod paths;
mod program;
mod renumber;
mod resolve;
mod roots;
mod routes;
mod show;
mod signature;
mod solve;
mod splice;
mod symbols;
mod types;
mod world;

use super::facts::Facts;
use super::workspace::{Options, Texts, Workspace};
pub use amend::{Edits, amended};

/// Puts parsed files together: who calls whom, what is written where, and from where it is reached.
pub fn link(workspace: &Workspace<'_>, options: &Options, texts: Texts<'_>) -> Facts {
    let mut world = world::World::of(workspace, options, texts);
    world.read_heads();
    let mut program = program::Program::new(world, options);
    program.run();
    let roots = roots::find(&mut program);
    finish::facts(program, roots)
}
