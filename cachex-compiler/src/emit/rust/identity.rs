//! The identity of an entity: an alias of what it is, or a struct of its components.

use super::compare;
use super::names;
use super::text::{Text, quoted};
use super::types::{Place, Types, Written};
use crate::model::{Component, DimensionType, Entity, EntityId, Schema};

/// `Id`, and how a function's parameters make one.
pub(super) fn identity(out: &mut Text, types: &Types<'_>, schema: &Schema, id: EntityId) {
    let entity = schema.entity(id);
    out.gap();
    if let Some(only) = Types::only_component(&entity.identity) {
        out.doc(&format!(
            "What tells one `{}` from another.",
            entity.name.value
        ));
        let ty = types.written(Place::Entity(id), only).rust;
        out.line(&format!("pub type Id = {ty};"));
        marker(out);
        out.gap();
        out.line("#[doc(hidden)]");
        out.line("pub use _codegen::identified_by as __identified_by;");
    } else {
        let fields = fields(types, entity, id);
        composite(out, entity, &fields);
        encode(out, &fields);
        from_texts(out, types, id);
        compare::compare(out, "Id", &compared(&fields));
        from_tuple(out, &fields);
        marker(out);
        identified_by(out, entity, &fields);
    }
}

struct Field {
    name: String,
    written: Written,
}

fn fields(types: &Types<'_>, entity: &Entity, id: EntityId) -> Vec<Field> {
    let field = |component: &Component| Field {
        name: component.name.value.clone(),
        written: types.written(Place::Entity(id), &component.ty),
    };
    entity.identity.components.iter().map(field).collect()
}

fn marker(out: &mut Text) {
    out.gap();
    out.doc("Stands for the entity where a type is asked for.");
    out.line("pub enum Entity {}");
}

fn composite(out: &mut Text, entity: &Entity, fields: &[Field]) {
    let name = &entity.name.value;
    out.doc(&format!("What tells one `{name}` from another."));
    out.line(compare::derives(&compared(fields)));
    out.block("pub struct Id {", "}", |out| {
        for field in fields {
            out.doc(&format!("Its `{}`.", field.name));
            out.line(&format!(
                "pub {}: {},",
                names::identifier(&field.name),
                field.written.rust
            ));
        }
    });
}

fn compared(fields: &[Field]) -> Vec<compare::Field<'_>> {
    fields
        .iter()
        .map(|field| compare::Field {
            name: &field.name,
            written: &field.written,
        })
        .collect()
}

fn encode(out: &mut Text, fields: &[Field]) {
    out.gap();
    out.block("impl _codegen::Encode for Id {", "}", |out| {
        out.block("fn encode(&self) -> _codegen::Value {", "}", |out| {
            let values: Vec<String> = fields
                .iter()
                .map(|Field { name, written }| {
                    let name = names::identifier(name);
                    format!("_codegen::value::<{}>(&self.{name})", written.scalar)
                })
                .collect();
            out.list("_codegen::compose(&[", &values, "])");
        });
    });
}

/// Each component from its text: what the route layer hears of a request.
fn from_texts(out: &mut Text, types: &Types<'_>, id: EntityId) {
    let reads = types.reads(Place::Entity(id), &DimensionType::Identity(id));
    out.gap();
    out.block("impl _codegen::FromTexts for Id {", "}", |out| {
        let head = "fn from_texts(texts: &[Option<String>]) -> Option<_codegen::Value> {";
        out.block(head, "}", |out| {
            out.list("_codegen::read(&[", &reads, "], texts)");
        });
    });
}

/// A tuple of the components in their order is given for an identity, by value or by reference.
fn from_tuple(out: &mut Text, fields: &[Field]) {
    let generics: Vec<String> = (0..fields.len()).map(|index| format!("C{index}")).collect();
    let bounds: Vec<String> = generics
        .iter()
        .zip(fields)
        .map(|(generic, field)| {
            format!("{generic}: Clone + _codegen::Give<{}>", field.written.rust)
        })
        .collect();
    let components: Vec<String> = (0..)
        .zip(fields)
        .map(|(index, field): (u32, _)| component(field, &format!("self.{index}.give().known()?")))
        .collect();
    let tuple = names::tuple(&generics);
    let give = [
        format!("let known = || Some(Id {{ {} }});", components.join(", ")),
        "known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)".to_owned(),
    ];
    let cloned = ["_codegen::Give::<Id>::give(self.clone())".to_owned()];
    let identify =
        ["_codegen::Identify::<Id>::identify(_codegen::Give::<Id>::give(self))".to_owned()];
    let given = (
        "_codegen::Give<Id>",
        "fn give(self) -> _codegen::Side<Id> {",
    );
    let identified = (
        "_codegen::Identify<Id>",
        "fn identify(self) -> Option<Vec<Id>> {",
    );
    for (by, body) in [
        (tuple.clone(), &give[..]),
        (format!("&{tuple}"), &cloned[..]),
    ] {
        for ((place, head), body) in [(given, body), (identified, &identify[..])] {
            out.gap();
            out.list("impl<", &bounds, &format!("> {place} for {by} {{"));
            out.line(&format!("    {head}"));
            for line in body {
                out.line(&format!("        {line}"));
            }
            out.line("    }");
            out.line("}");
        }
    }
}

fn component(field: &Field, value: &str) -> String {
    format!("{}: {value}", names::identifier(&field.name))
}

/// A trait of its own, so that its message can name the components.
fn identified_by(out: &mut Text, entity: &Entity, fields: &[Field]) {
    out.gap();
    out.doc(&format!(
        "Parameters that identify a `{}`.",
        entity.name.value
    ));
    lacking(out, entity, fields);
    out.block("pub trait Identify<Places> {", "}", |out| {
        out.doc("The identity.");
        out.line("fn identify(&self) -> _codegen::Side<Id>;");
    });
    let places: Vec<String> = (0..fields.len()).map(|index| format!("P{index}")).collect();
    let places = places.join(", ");
    out.gap();
    // Else rustc names what stands behind it, which nobody has written.
    out.line("#[diagnostic::do_not_recommend]");
    out.line(&format!("impl<P, {places}> Identify<({places})> for P"));
    out.line("where");
    for (index, field) in fields.iter().enumerate() {
        let (number, ty) = (names::number(&field.name), &field.written.rust);
        let parameter = format!("_codegen::Parameter<{number}, P{index}>");
        out.line(&format!("    P: {parameter},"));
        out.line(&format!(
            "    for<'a> &'a <P as {parameter}>::Value: _codegen::Give<{ty}>,"
        ));
    }
    out.block("{", "}", |out| {
        out.block("fn identify(&self) -> _codegen::Side<Id> {", "}", |out| {
            let components: Vec<String> = (0..)
                .zip(fields)
                .map(|(index, field): (u32, _)| {
                    let (number, ty) = (names::number(&field.name), &field.written.rust);
                    let parameter =
                        format!("<P as _codegen::Parameter<{number}, P{index}>>::parameter(self)");
                    component(
                        field,
                        &format!("_codegen::Give::<{ty}>::give({parameter}).known()?"),
                    )
                })
                .collect();
            out.list("let known = || Some(Id { ", &components, " });");
            out.line("known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)");
        });
    });
    out.gap();
    out.line("#[doc(hidden)]");
    out.block(
        "pub fn __identified_by<Places>(from: &impl Identify<Places>) -> _codegen::Side<Id> {",
        "}",
        |out| out.line("from.identify()"),
    );
}

/// What is said where the parameters don't.
fn lacking(out: &mut Text, entity: &Entity, fields: &[Field]) {
    let name = &entity.name.value;
    let named: Vec<String> = fields.iter().map(|it| format!("`{}`", it.name)).collect();
    let plain: Vec<&str> = fields.iter().map(|it| it.name.as_str()).collect();
    let with_id: Vec<String> = fields
        .iter()
        .map(|it| format!("`{}_id`", it.name))
        .collect();
    out.block("#[diagnostic::on_unimplemented(", ")]", |out| {
        let message = format!("the parameters of this function don't identify a `{name}`");
        out.line(&format!("message = {},", quoted(&message)));
        let label = format!("a `{name}` is identified by {}", named.join(" and "));
        out.line(&format!("label = {},", quoted(&label)));
        let by_name = format!(
            "name parameters after them, {} or {}, of their types",
            named.join(", "),
            with_id.join(", ")
        );
        out.line(&format!("note = {},", quoted(&by_name)));
        let given = format!(
            "or give it: `id = ({})` of expressions over the parameters, `id = |ok| …` from the success value, \
             `each = ids` for several, `id = _` where it isn't known",
            plain.join(", ")
        );
        out.line(&format!("note = {}", quoted(&given)));
    });
}
