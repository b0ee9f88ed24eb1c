//! A `create` bound to a tag that lists its own entity: no entry lists what has only now come to be.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::CREATE_BEHIND_OWN_TAG;
use crate::model::{
    Action, Cache, CacheId, Cardinality, Dependency, DimensionId, DimensionKind, Pattern, Schema,
    When, WhereField, WhereValue,
};
use crate::plan::Plan;

pub(in crate::rules) fn check(schema: &Schema, plan: &Plan, out: &mut Diagnostics) {
    for (id, cache) in schema.cache_ids() {
        for dependency in cache.dependencies() {
            if let Dependency::When(when) = dependency
                && let Some(tag) = own_tag(cache, when)
                && let Some(pattern) = when
                    .patterns
                    .iter()
                    .find(|pattern| is_lost(plan, id, tag, pattern))
            {
                report(schema, cache, tag, pattern, out);
            }
        }
    }
}

fn report(
    schema: &Schema,
    cache: &Cache,
    tag: DimensionId,
    pattern: &Pattern,
    out: &mut Diagnostics,
) {
    let tag = cache.dimension(tag);
    let entity = &schema.entity(pattern.entity).name.value;
    let tag_name = &tag.name.value;
    out.push(
        CREATE_BEHIND_OWN_TAG
            .at(pattern.span, format!("a new `{entity}` can't be found by the tag `{tag_name}`: no entry carries it yet"))
            .labelled(pattern.span, bound_by(entity, pattern))
            .labelled(tag.name.span, format!("holds the `{entity}`s that were there when the entry was loaded"))
            .help(help(entity, pattern)),
    );
}

fn bound_by(entity: &str, pattern: &Pattern) -> String {
    match pattern.action {
        Some(_) => "bound by that tag".to_owned(),
        None => format!("`{entity}.create` is among its changes"),
    }
}

fn help(entity: &str, pattern: &Pattern) -> String {
    match pattern.action {
        Some(_) => format!(
            "bind `{entity}.create` by a dimension that a new `{entity}` has a value for, or write it without `where`"
        ),
        None => format!(
            "write `[{entity}.update, {entity}.delete]` here, and `{entity}.create` in a dependency without this `where`, if a new `{entity}` matters"
        ),
    }
}

/// The many-valued tag that a `where` binds to the identity of the changed entity.
fn own_tag(cache: &Cache, when: &When) -> Option<DimensionId> {
    when.wheres.iter().find_map(|clause| {
        let WhereValue::Dimension(id) = clause.right.value else {
            return None;
        };
        let dimension = cache.dimension(id);
        let own = clause.left.value == WhereField::Identity
            && dimension.kind == DimensionKind::Tag
            && dimension.cardinality == Cardinality::Many;
        own.then_some(id)
    })
}

/// A `create` that is spelled out does nothing here. One that is meant by a bare entity is lost only if nothing else
/// clears the cache when there is a new one.
fn is_lost(plan: &Plan, cache: CacheId, tag: DimensionId, pattern: &Pattern) -> bool {
    if let Some(action) = pattern.action {
        return action == Action::Create;
    }
    let mut steps = plan.action(pattern.entity, Action::Create).steps.iter();
    !steps.any(|step| step.cache == cache && step.binding(tag).is_none())
}
