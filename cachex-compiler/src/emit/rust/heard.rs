//! How the values of an entity's changes are read from text: what the route layer hears of a request.

use super::text::Text;
use super::types::{Place, Types};
use crate::model::{EntityId, Schema};

/// `__HEARD`.
pub(super) fn heard(out: &mut Text, types: &Types<'_>, schema: &Schema, id: EntityId) {
    let place = Place::Entity(id);
    let identity = crate::model::DimensionType::Identity(id);
    let attributes: Vec<String> = schema
        .entity(id)
        .attributes
        .iter()
        .map(|attribute| {
            let ty = attribute.ty();
            let reads = ty.map_or_else(Vec::new, |ty| types.reads(place, &ty));
            format!("&[{}]", reads.join(", "))
        })
        .collect();
    out.gap();
    out.doc("What a change clears, and what clients are told.");
    out.block(
        "pub fn entity() -> &'static _codegen::EntityDef {",
        "}",
        |out| {
            out.line(&format!("_codegen::entity(&super::SCHEMA, {})", id.0));
        },
    );
    out.gap();
    out.line("#[doc(hidden)]");
    out.block(
        "pub const __HEARD: _codegen::Heard = _codegen::Heard {",
        "};",
        |out| {
            out.list("id: &[", &types.reads(place, &identity), "],");
            out.list("attributes: &[", &attributes, "],");
        },
    );
}
