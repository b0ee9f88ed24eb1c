//! The static of an entity: what its changes clear, as data, each step with the rules it comes from.

use super::literal::canonical;
use super::names;
use super::text::{Text, quoted};
use super::types::Types;
use crate::model::{
    Action, AttributeId, DimensionType, Entity, EntityId, FieldSet, Scalar, Schema, WhereField,
};
use crate::plan::{Because, Binding, Plan, Source, Step, Test};

/// `ENTITY`.
pub(super) fn entity(
    out: &mut Text,
    types: &Types<'_>,
    schema: &Schema,
    plan: &Plan,
    id: EntityId,
) {
    let entity = schema.entity(id);
    let reading = Reading { types, schema, id };
    out.gap();
    out.doc("What a change clears, and what clients are told.");
    out.block(
        "pub static ENTITY: _codegen::EntityDef = _codegen::EntityDef {",
        "};",
        |out| {
            out.line(&format!("index: {},", id.0));
            out.line(&format!("name: {},", quoted(&entity.name.value)));
            out.line(&format!("event: {},", quoted(&entity.event.value)));
            let identity: Vec<String> = types.flattened(id).iter().map(component).collect();
            out.list("identity: &[", &identity, "],");
            out.list("components: &[", &reading.references(entity), "],");
            let attributes: Vec<String> = entity
                .attributes
                .iter()
                .map(|attribute| quoted(&attribute.name.value).to_string())
                .collect();
            out.list("attributes: &[", &attributes, "],");
            let notify = Action::ALL.map(|action| entity.notify.has(action).to_string());
            out.list("notify: [", &notify, "],");
            out.line(&format!(
                "scoped: {},",
                entity.scoped && schema.scope.is_some()
            ));
            out.block("steps: [", "],", |out| {
                for action in Action::ALL {
                    out.line(&format!("// {}", action.name()));
                    steps(out, &reading, &plan.action(id, action).steps);
                }
            });
        },
    );
}

fn component((name, scalar): &(String, Scalar)) -> String {
    let scalar = match scalar {
        Scalar::U32 | Scalar::U64 | Scalar::I32 | Scalar::I64 => "Number",
        Scalar::Bool => "Bool",
        Scalar::String | Scalar::Uuid | Scalar::Date | Scalar::DateTime | Scalar::Hash => "Text",
    };
    format!("({}, _codegen::Scalar::{scalar})", quoted(name))
}

/// What the sources of an entity's steps are read with.
struct Reading<'a> {
    types: &'a Types<'a>,
    schema: &'a Schema,
    id: EntityId,
}

impl Reading<'_> {
    /// The references that are components of the identity, each with where its scalars stand in it.
    fn references(&self, entity: &Entity) -> Vec<String> {
        let mut start = 0;
        let mut references = Vec::new();
        for component in &entity.identity.components {
            let width = self.types.width(&component.ty);
            if let Some(reference) = component.reference {
                references.push(format!("({}, {start}, {width})", reference.0));
            }
            start += width;
        }
        references
    }

    fn source(&self, source: &Source) -> String {
        let source = match source {
            Source::Field(WhereField::Identity) => "Identity".to_owned(),
            Source::Field(WhereField::Component(index)) => {
                format!("Component({})", self.start(self.id, *index))
            }
            Source::Field(WhereField::Attribute(attribute)) => {
                format!("Attribute({})", attribute.0)
            }
            Source::ComponentOf(reference, path) => self.component_of(*reference, path),
            Source::Literal(literal) => format!("Literal({})", quoted(&canonical(literal))),
        };
        format!("_codegen::SourceDef::{source}")
    }

    /// The first scalar of a component.
    fn start(&self, entity: EntityId, index: u16) -> usize {
        let components = &self.schema.entity(entity).identity.components;
        let before = components.iter().take(usize::from(index));
        before
            .map(|component| self.types.width(&component.ty))
            .sum()
    }

    fn component_of(&self, reference: AttributeId, path: &[u16]) -> String {
        let mut ty = self.schema.entity(self.id).attribute(reference).ty();
        let mut start = 0;
        for index in path {
            let Some(DimensionType::Identity(entity)) = ty else {
                break;
            };
            start += self.start(entity, *index);
            let components = &self.schema.entity(entity).identity.components;
            ty = components
                .get(usize::from(*index))
                .map(|component| component.ty.clone());
        }
        let width = ty.map_or(1, |ty| self.types.width(&ty));
        format!("ComponentOf({}, {start}, {width})", reference.0)
    }

    fn binding(&self, binding: &Binding) -> String {
        let bind = if binding.or_absent {
            "bind_or_absent"
        } else {
            "bind"
        };
        format!(
            "_codegen::{bind}({}, {})",
            binding.dimension.0,
            self.source(&binding.from)
        )
    }

    fn test(&self, test: &Test) -> String {
        format!(
            "({}, {})",
            self.source(&test.from),
            quoted(&canonical(&test.literal))
        )
    }
}

fn steps(out: &mut Text, reading: &Reading<'_>, steps: &[Step]) {
    if steps.is_empty() {
        out.line("&[],");
    } else {
        out.block("&[", "],", |out| {
            for it in steps {
                step(out, reading, it);
            }
        });
    }
}

fn step(out: &mut Text, reading: &Reading<'_>, step: &Step) {
    out.line(&format!("// {}", because(reading.schema, step)));
    out.block("_codegen::StepDef {", "},", |out| {
        out.line(&format!("cache: {},", step.cache.0));
        let bindings: Vec<String> = step.bindings.iter().map(|it| reading.binding(it)).collect();
        if !bindings.is_empty() {
            out.list("bindings: &[", &bindings, "],");
        }
        if step.mask != FieldSet::ALL {
            out.line(&format!("mask: {:#b},", step.mask.0));
        }
        let tests: Vec<String> = step.tests.iter().map(|it| reading.test(it)).collect();
        if !tests.is_empty() {
            out.list("tests: &[", &tests, "],");
        }
        let present: Vec<String> = step.present.iter().map(|it| it.0.to_string()).collect();
        if !present.is_empty() {
            out.list("present: &[", &present, "],");
        }
        out.line(".._codegen::StepDef::DEFAULT");
    });
}

/// `post_pages.depends_on[0] → feed.depends_on[0]`.
fn because(schema: &Schema, step: &Step) -> String {
    let hops: Vec<String> = step
        .because
        .iter()
        .map(|hop| hop_of(schema, *hop))
        .collect();
    hops.join(" → ")
}

fn hop_of(schema: &Schema, because: Because) -> String {
    match because {
        Because::Touches(entity, index) => {
            let name = &schema.entity(entity).name.value;
            format!("{name}.touches[{index}]")
        }
        Because::When(cache, index) | Because::Cascade(cache, index) => {
            let name = &schema.cache(cache).name.value;
            format!("{name}.depends_on[{index}]")
        }
    }
}

/// `SCHEMA`.
pub(super) fn schema(out: &mut Text, types: &Types<'_>, schema: &Schema) {
    let (some, none) = (
        types.std(super::types::Place::Root, "Some"),
        types.std(super::types::Place::Root, "None"),
    );
    out.gap();
    out.doc("What `cachex.yaml` says, as data for the runtime.");
    out.block(
        "pub static SCHEMA: _codegen::SchemaDef = _codegen::SchemaDef {",
        "};",
        |out| {
            out.line(&format!("namespace: {},", quoted(&schema.namespace.value)));
            let scope = schema
                .scope
                .as_ref()
                .map_or(none, |(name, _)| format!("{some}({})", quoted(&name.value)));
            out.line(&format!("scope: {scope},"));
            let entities: Vec<String> = schema
                .entities
                .iter()
                .map(|entity| format!("&{}::ENTITY", names::identifier(&entity.name.value)))
                .collect();
            out.list("entities: &[", &entities, "],");
            let caches: Vec<String> = schema
                .caches
                .iter()
                .map(|cache| format!("&{}", names::cache_static(&cache.name.value)))
                .collect();
            out.list("caches: &[", &caches, "],");
        },
    );
}
