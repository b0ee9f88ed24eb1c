//! `cachex graph`: what clears what, drawn.

use std::path::Path;

use cachex_compiler::emit;

use super::{Failure, Outcome, compiled};
use crate::args::{Color, Graph, GraphFormat};
use crate::output;
use crate::project::{self, Project};

/// Draws.
pub(crate) fn run(arguments: &Graph, color: Color) -> Result<Outcome, Failure> {
    let here = project::absolute(Path::new("."))?;
    let schema = Project::find_rules(&arguments.place)?;
    let Some(compiled) = compiled(&schema, &here, color)? else {
        return Ok(Outcome::Errors);
    };
    output::print(&match arguments.format {
        GraphFormat::Mermaid => emit::mermaid::mermaid(&compiled.schema),
        GraphFormat::Dot => emit::dot::dot(&compiled.schema),
        GraphFormat::Svg => emit::svg::svg(&compiled.schema),
    })?;
    Ok(Outcome::Clean)
}
