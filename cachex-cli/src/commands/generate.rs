//! `cachex gen`: what the rules compile to.

use std::path::Path;

use cachex_compiler::emit;

use super::{Failure, Outcome, compiled};
use crate::args::{Color, Gen};
use crate::output;
use crate::project::{self, Project};

/// Prints the target's text.
pub(crate) fn run(target: &Gen, color: Color) -> Result<Outcome, Failure> {
    let Gen::Rust(place) = target;
    let here = project::absolute(Path::new("."))?;
    let schema = Project::find_rules(place)?;
    let Some(compiled) = compiled(&schema, &here, color)? else {
        return Ok(Outcome::Errors);
    };
    output::print(&emit::rust::emit(&compiled.schema, &compiled.plan))?;
    Ok(Outcome::Clean)
}
