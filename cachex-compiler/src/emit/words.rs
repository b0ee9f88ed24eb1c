//! Rules in the words of the language: what messages, drawings and `explain` call them.

use crate::model::{
    Action, Cache, Dependency, DimensionId, Entity, EntityId, FieldSet, Only, Pattern, Schema,
    Where, WhereField, WhereValue,
};
use crate::plan::Source;

/// `post.update(title, slug)`
pub(crate) fn pattern(schema: &Schema, pattern: &Pattern) -> String {
    let entity = schema.entity(pattern.entity);
    match pattern.action {
        None => entity.name.value.clone(),
        Some(action) => change(entity, action, pattern.fields),
    }
}

/// One action of an entity, `post.update(title)`; no fields: any.
pub(crate) fn change(entity: &Entity, action: Action, fields: Option<FieldSet>) -> String {
    let name = format!("{}.{}", entity.name.value, action.name());
    match fields {
        Some(fields) => format!("{name}({})", self::fields(entity, fields).join(", ")),
        None => name,
    }
}

/// Names of references and fields, in order of declaration.
pub(crate) fn fields(entity: &Entity, fields: FieldSet) -> Vec<String> {
    let named = |(id, _): &(_, _)| fields.contains(FieldSet::one(*id));
    let attributes = entity.attribute_ids().filter(named);
    attributes
        .map(|(_, attribute)| attribute.name.value.clone())
        .collect()
}

/// What a `where` compares, without its entity: `id`, `category`.
pub(crate) fn field(entity: &Entity, field: WhereField) -> String {
    match field {
        WhereField::Identity => "id".to_owned(),
        WhereField::Component(index) => component(entity, index),
        WhereField::Attribute(attribute) => entity.attribute(attribute).name.value.clone(),
    }
}

/// Where a value comes from on a change: `post.category`, `like.post.org`, `popular`.
pub(crate) fn source(schema: &Schema, of: EntityId, source: &Source) -> String {
    let entity = schema.entity(of);
    match source {
        Source::Literal(literal) => literal.clone(),
        Source::Field(from) => format!("{}.{}", entity.name.value, field(entity, *from)),
        Source::ComponentOf(reference, path) => {
            let mut text = format!(
                "{}.{}",
                entity.name.value,
                entity.attribute(*reference).name.value
            );
            let mut inside = target(entity, *reference);
            for index in path {
                let Some(entity) = inside.map(|id| schema.entity(id)) else {
                    break;
                };
                text = format!("{text}.{}", component(entity, *index));
                let component = entity.identity.components.get(usize::from(*index));
                inside = component
                    .and_then(|component| component.reference)
                    .and_then(|reference| target(entity, reference));
            }
            text
        }
    }
}

fn target(entity: &Entity, reference: crate::model::AttributeId) -> Option<EntityId> {
    let found = entity.references().find(|(id, _, _)| *id == reference);
    found.map(|(_, _, target)| target)
}

fn component(entity: &Entity, index: u16) -> String {
    let components = &entity.identity.components;
    components.get(usize::from(index)).map_or_else(
        || index.to_string(),
        |component| component.name.value.clone(),
    )
}

/// A whole dependency, on one line: ``when `post.update(title)`, where id = $item``.
pub(crate) fn dependency(schema: &Schema, cache: &Cache, dependency: &Dependency) -> String {
    let (head, mut clauses, only) = match dependency {
        Dependency::When(when) => {
            let patterns: Vec<_> = when
                .patterns
                .iter()
                .map(|one| format!("`{}`", pattern(schema, one)))
                .collect();
            let entity = when.patterns.first().map(|one| schema.entity(one.entity));
            let named = |left| entity.map(|entity| field(entity, left)).unwrap_or_default();
            let head = format!("when {}", patterns.join(", "));
            (head, wheres(cache, &when.wheres, named), &when.only)
        }
        Dependency::Cache(upstream) => {
            let above = schema.cache(upstream.cache.value);
            let named = |left| dimension(above, left);
            let head = format!("built from `{}`", above.name.value);
            (head, wheres(cache, &upstream.wheres, named), &upstream.only)
        }
    };
    if let Some(first) = clauses.first_mut() {
        *first = format!("where {first}");
    }
    clauses.extend(self::only(cache, only));
    clauses.insert(0, head);
    clauses.join(", ")
}

fn wheres<Left: Copy>(
    cache: &Cache,
    wheres: &[Where<Left>],
    named: impl Fn(Left) -> String,
) -> Vec<String> {
    let clauses = wheres.iter().map(|clause| {
        let right = match &clause.right.value {
            WhereValue::Dimension(id) => format!("${}", dimension(cache, *id)),
            WhereValue::Literal(literal) => literal.clone(),
        };
        format!("{} = {right}", named(clause.left.value))
    });
    clauses.collect()
}

fn only(cache: &Cache, only: &[Only]) -> Option<String> {
    let fixed: Vec<_> = only
        .iter()
        .map(|only| {
            let name = dimension(cache, only.dimension.value);
            format!("{name} = {}", only.literal.value)
        })
        .collect();
    (!fixed.is_empty()).then(|| format!("only {}", fixed.join(", ")))
}

/// A dimension's name.
pub(crate) fn dimension(cache: &Cache, id: DimensionId) -> String {
    cache.dimension(id).name.value.clone()
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
