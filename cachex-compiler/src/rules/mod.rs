//! Every rule of the language, one file each with its page beside it.
//!
//! Owns what may be wrong with a schema whose names are known (what can be wrong with its text and its names is found
//! by `syntax` and `resolve`). Knows neither YAML nor Rust. A rule reports a place once and changes nothing. This file
//! is a table of contents: one line for each rule, in the order a reader would ask.

mod breadth;
#[cfg(feature = "analyze")]
pub(crate) mod coverage;
mod graph;
mod keys;
mod safety;
mod types;

use crate::diagnostics::Diagnostics;
use crate::model::Schema;
use crate::plan::{self, Plan};

/// Asks every rule, those of the schema beside those of the plan: neither asks what the other says.
pub fn validate_all(schema: &Schema, out: &mut Diagnostics) -> Option<Plan> {
    let of_plan = || {
        let mut out = Diagnostics::default();
        (validate_plan(schema, &mut out), out)
    };
    let (plan, found) = std::thread::scope(|scope| {
        let beside = std::thread::Builder::new().spawn_scoped(scope, of_plan);
        validate(schema, out);
        match beside.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(found)) => found,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // The system has no thread to give.
            Err(_) => of_plan(),
        }
    });
    out.extend(found);
    plan
}

/// Asks every rule that looks at the schema alone.
pub fn validate(schema: &Schema, out: &mut Diagnostics) {
    for cache in &schema.caches {
        types::where_across_entities::check(schema, cache, out);
        types::where_type_mismatch::check(schema, cache, out);
        types::hash_in_where::check(cache, out);
        types::doubly_bound_dimension::check(cache, out);
        types::unused_param::check(cache, out);
        graph::missing_dependencies::check(cache, out);
        graph::missing_reason::check(cache, out);
        breadth::whole_cache_dependency::check(schema, cache, out);
        breadth::alias_without_identity::check(schema, cache, out);
        breadth::short_lived_part::check(schema, cache, out);
        safety::stale_strictness::check(cache, out);
        safety::local_strictness::check(cache, out);
        safety::unscoped_cache::check(schema, cache, out);
    }
    keys::ambiguous_key::check(schema, out);
    keys::colliding_keys::check(schema, out);
    types::oversized_declaration::check(schema, out);
    breadth::unused_tag::check(schema, out);
    graph::unused_entity::check(schema, out);
    graph::touches_cycle::check(schema, out);
    graph::dependency_cycle::check(schema, out);
}

/// Asks every rule that looks at what the schema does, and gives the plan they looked at: none where a cycle leaves
/// open what comes first, or `touches` lead too far.
pub fn validate_plan(schema: &Schema, out: &mut Diagnostics) -> Option<Plan> {
    if graph::has_cycle(schema) || types::oversized_declaration::any(schema) {
        return None;
    }
    let plan = plan::draft(schema);
    graph::endless_entry::check(schema, &plan, out);
    graph::create_behind_own_tag::check(schema, &plan, out);
    graph::facet_of_two_sets::check(schema, &plan, out);
    graph::crowded_facet::check(schema, &plan, out);
    graph::superfluous_dependency::check(schema, &plan, out);
    Some(plan)
}
