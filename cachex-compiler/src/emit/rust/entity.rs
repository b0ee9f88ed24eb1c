//! One entity's module: its identity, what its changes clear, the changes themselves.

use super::change::{self, Setters, Shape};
use super::identity;
use super::names;
use super::text::Text;
use super::types::Types;
use crate::model::{EntityId, Schema};

/// The module of an entity.
pub(super) fn module(
    out: &mut Text,
    types: &Types<'_>,
    schema: &Schema,
    setters: &Setters,
    id: EntityId,
    shape: &Shape,
) {
    let entity = schema.entity(id);
    out.gap();
    let doc = format!("Changes of a `{}`.", entity.name.value);
    out.described(entity.description.as_deref(), &doc);
    let name = names::identifier(&entity.name.value);
    out.block(&format!("pub mod {name} {{"), "}", |out| {
        out.line("use super::_codegen;");
        identity::identity(out, types, schema, id);
        change::change(out, shape, setters);
    });
}
