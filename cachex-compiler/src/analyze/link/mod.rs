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
mod kept;
mod lookup;
mod lower;
mod members;
mod meta;
mod orm;
mod outside;
mod patch;
mod paths;
mod program;
mod renumber;
mod resolve;
mod roots;
mod routed;
mod routes;
mod show;
mod signature;
mod solve;
mod splice;
mod symbols;
mod types;
mod world;

use world::World;

use super::facts::Facts;
use super::workspace::{Options, Texts, Workspace};
pub use amend::{Edits, amended};
pub use kept::Definitions;

/// Puts parsed files together: who calls whom, what is written where, and from where it is reached.
pub fn link(workspace: &Workspace<'_>, options: &Options, texts: Texts<'_>) -> Facts {
    linked(world(workspace, options, texts), options)
}

/// The same, with a way to keep what it takes to look at some functions again ([`amended`]).
pub fn link_keeping(
    workspace: &Workspace<'_>,
    options: &Options,
    texts: Texts<'_>,
    keep: impl FnOnce(&Definitions<'_>),
) -> Facts {
    let mut world = world(workspace, options, texts);
    keep(&Definitions::of(&mut world));
    linked(world, options)
}

fn world<'a>(workspace: &'a Workspace<'a>, options: &Options, texts: Texts<'a>) -> World<'a> {
    let mut world = World::of(workspace, options, texts);
    world.read_heads();
    world
}

fn linked(world: World<'_>, options: &Options) -> Facts {
    let mut program = program::Program::new(world, options);
    program.run();
    let roots = roots::find(&mut program);
    finish::facts(program, roots)
}
