//! A `where` belongs to one entity: its fields mean nothing to the changes of another.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::WHERE_ACROSS_ENTITIES;
use crate::model::{Cache, Dependency, Schema, When};

pub(in crate::rules) fn check(schema: &Schema, cache: &Cache, out: &mut Diagnostics) {
    for dependency in cache.dependencies() {
        if let Dependency::When(when) = dependency {
            check_when(schema, when, out);
        }
    }
}

fn check_when(schema: &Schema, when: &When, out: &mut Diagnostics) {
    let (Some(first), Some(clause)) = (when.patterns.first(), when.wheres.first()) else {
        return;
    };
    let Some(stray) = when
        .patterns
        .iter()
        .find(|pattern| pattern.entity != first.entity)
    else {
        return;
    };
    let names = [first, stray].map(|pattern| &schema.entity(pattern.entity).name.value);
    let [one, other] = names;
    out.push(
        WHERE_ACROSS_ENTITIES
            .at(
                stray.span,
                format!("one `where` is given for patterns of `{one}` and of `{other}`"),
            )
            .labelled(stray.span, format!("a pattern of `{other}`"))
            .labelled(first.span, format!("a pattern of `{one}`"))
            .labelled(clause.left.span, format!("this `where` reads a `{one}`"))
            .help("write one dependency for each entity, each with its own `where`"),
    );
}
