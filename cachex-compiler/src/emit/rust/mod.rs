//! Rust: keys, tags, changes and the plan as data.
//!
//! Emits text, not tokens: macro, command line and build script print the same bytes, and unoptimised proc macros
//! are fast enough. One emitted item per function; names are made in [`names`].

mod cache;
mod change;
mod compare;
mod entity;
mod field;
mod halves;
mod identity;
mod literal;
pub mod names;
mod plan;
mod proof;
mod text;
mod types;

pub use literal::canonical;
pub use proof::{proof, tests};

use crate::model::{Attribute, AttributeKind, Dependencies, EntityId, FieldSet, Schema, Valid};
use crate::plan::Plan;
use cache::Shapes;
use change::{Setters, Shape};
use text::Text;
use types::Types;

/// The module of a schema.
pub fn emit(schema: &Valid<Schema>, plan: &Plan) -> String {
    let mut whole = String::new();
    emit_parts(schema, plan, &mut |part| whole.push_str(&part));
    whole
}

/// The same in parts of whole items, in order: one may be read while the next is written.
pub fn emit_parts(schema: &Valid<Schema>, plan: &Plan, take: &mut dyn FnMut(String)) {
    module(schema, plan, &Types::of(schema), take);
}

fn module(schema: &Valid<Schema>, plan: &Plan, types: &Types<'_>, take: &mut dyn FnMut(String)) {
    let mut out = Text::new();
    out.line("#[doc(hidden)]");
    out.line("pub use ::cachex::codegen as _codegen;");
    for (path, alias) in types.aliases() {
        out.line("#[doc(hidden)]");
        out.line(&format!("pub type {alias} = {path};"));
    }
    let shapes = Shapes::of(types, schema);
    for (id, _) in schema.cache_ids() {
        cache::cache(&mut out, types, schema, &shapes, id);
        out.hand_over(take);
    }
    cache::shapes(&mut out, types, schema, &shapes);
    let changes: Vec<Shape> = schema
        .entity_ids()
        .map(|(id, _)| Shape::of(types, schema, plan, id))
        .collect();
    let setters = Setters::of(&changes);
    for ((id, _), shape) in schema.entity_ids().zip(&changes) {
        entity::module(&mut out, types, schema, &setters, id, shape);
        out.hand_over(take);
    }
    halves::system(&mut out, schema);
    halves::changes(&mut out, types, schema, &setters);
    change::names(&mut out, &setters);
    halves::invalidate(&mut out, &changes);
    halves::notify(&mut out, &changes);
    plan::schema(&mut out, types, schema, plan);
    take(out.finish());
}

/// The module of a schema with mistakes, as far as it was read: the same names, and changes that clear nothing and ask
/// for nothing. It stands beside the mistakes, so that they are all that is reported.
pub fn outline(schema: &Schema) -> String {
    let mut named = schema.clone();
    for (id, entity) in (0..).map(EntityId).zip(&mut named.entities) {
        // Of which entity a reference is that names none is not known: most have identities of one type.
        let lost = entity.unresolved.drain(..);
        entity
            .attributes
            .extend(lost.map(|(name, cardinality)| Attribute {
                name,
                kind: AttributeKind::Reference(id),
                cardinality,
            }));
        entity.attributes.truncate(FieldSet::CAPACITY);
    }
    for cache in &mut named.caches {
        cache.depends_on = Dependencies::Missing;
    }
    let named = Valid::vouch(named);
    let plan = crate::plan::plan(&named);
    let mut whole = String::new();
    let types = Types::of(&named).outlined();
    module(&named, &plan, &types, &mut |part| whole.push_str(&part));
    whole
}
