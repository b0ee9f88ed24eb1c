//! Steps of the plan as rows: what the actions of one entity clear alike is one row.

use std::collections::BTreeMap;

use super::{Bound, Hop, Row, unknown, wider};
use crate::emit::words;
use crate::model::{
    Action, AttributeId, AttributeKind, CacheId, Cardinality, Dependency, DimensionKind, EntityId,
    FieldSet, Pattern, Schema,
};
use crate::plan::{Because, Binding, Plan, Source, Step};
use crate::source::{SourceMap, Span};

/// What is read together.
#[derive(Clone, Copy)]
pub(super) struct Book<'a> {
    pub(super) schema: &'a Schema,
    pub(super) plan: &'a Plan,
    pub(super) sources: &'a SourceMap,
}

/// One region, by the mask of each action that clears it.
struct Together<'a> {
    step: &'a Step,
    masks: [Option<FieldSet>; 3],
}

/// What a pattern clears, upstream caches first.
pub(super) fn of_change(book: &Book<'_>, pattern: &Pattern, actions: &[Action]) -> Vec<Row> {
    let met = |step: &&Step, action: Action| {
        let set = pattern.fields.unwrap_or(FieldSet::ALL);
        action != Action::Update || step.mask == FieldSet::ALL || step.mask.meets(set)
    };
    let mut together = Gathered::default();
    for action in actions {
        let steps = &book.plan.action(pattern.entity, *action).steps;
        for step in steps.iter().filter(|step| met(step, *action)) {
            together.add(step, *action);
        }
    }
    rows(book, pattern.entity, together)
}

/// What clears of a cache, entity by entity.
pub(super) fn of_cache(book: &Book<'_>, cache: CacheId) -> Vec<Row> {
    let mut found = Vec::new();
    for (entity, _) in book.schema.entity_ids() {
        let mut together = Gathered::default();
        for action in Action::ALL {
            let steps = &book.plan.action(entity, action).steps;
            for step in steps.iter().filter(|step| step.cache == cache) {
                together.add(step, action);
            }
        }
        found.extend(rows(book, entity, together));
    }
    found
}

/// What is alike, by cache: there are few steps of one cache, and perhaps thousands of all.
#[derive(Default)]
struct Gathered<'a>(BTreeMap<CacheId, Vec<Together<'a>>>);

impl<'a> Gathered<'a> {
    fn add(&mut self, step: &'a Step, action: Action) {
        let together = self.0.entry(step.cache).or_default();
        let alike =
            |row: &Together<'_>| row.step.because == step.because && row.step.is_alike(step);
        let place = together.iter().position(alike).unwrap_or_else(|| {
            let masks = [None; 3];
            together.push(Together { step, masks });
            together.len() - 1
        });
        let masks = together.get_mut(place).into_iter();
        for (mask, of) in masks.flat_map(|row| row.masks.iter_mut().zip(Action::ALL)) {
            if of == action {
                *mask = Some(mask.unwrap_or_default().union(step.mask));
            }
        }
    }
}

/// Upstream caches first.
fn rows(book: &Book<'_>, entity: EntityId, mut together: Gathered<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let alone = together.0.len() == 1;
    let order = book.plan.order.iter().filter(|_| !alone);
    let in_order: Vec<_> = order.filter_map(|cache| together.0.remove(cache)).collect();
    for row in in_order
        .into_iter()
        .chain(together.0.into_values())
        .flatten()
    {
        rows.push(row_of(book, entity, &row));
    }
    rows
}

fn row_of(book: &Book<'_>, entity: EntityId, Together { step, masks }: &Together<'_>) -> Row {
    let Book {
        schema,
        plan,
        sources,
    } = *book;
    let declared = schema.entity(entity);
    // What a region takes each value of goes without saying: there is none for an empty set.
    let taken = |id: &&AttributeId| {
        let mut read = step.bindings.iter().filter_map(|one| one.from.attribute());
        read.any(|one| one == **id) && declared.attribute(**id).cardinality == Cardinality::Many
    };
    let absent = step.present.iter().filter(|id| !taken(id)).map(|id| {
        let name = &declared.attribute(*id).name.value;
        format!("{}.{name}", declared.name.value)
    });
    let tests = step.tests.iter().map(|test| {
        let from = words::source(schema, entity, &test.from);
        format!("{from} = {}", test.literal)
    });
    Row {
        changes: changes(schema, entity, masks),
        cache: schema.cache(step.cache).name.value.clone(),
        region: step
            .bindings
            .iter()
            .map(|binding| bound(schema, entity, step, binding))
            .collect(),
        only_if: tests.collect(),
        unless_absent: absent.collect(),
        because: step
            .because
            .iter()
            .map(|one| hop(schema, sources, *one))
            .collect(),
        wider: wider::reason(schema, entity, step),
        if_unknown: unknown::without(schema, plan, entity, step),
    }
}

fn changes(schema: &Schema, id: EntityId, masks: &[Option<FieldSet>; 3]) -> Vec<String> {
    let entity = schema.entity(id);
    if *masks == [Some(FieldSet::ALL); 3] {
        return vec![entity.name.value.clone()];
    }
    let named = Action::ALL
        .into_iter()
        .zip(masks)
        .filter_map(|(action, mask)| {
            let fields = mask.as_ref().copied()?;
            let any = fields == FieldSet::ALL;
            Some(words::change(entity, action, (!any).then_some(fields)))
        });
    named.collect()
}

fn bound(schema: &Schema, entity: EntityId, step: &Step, binding: &Binding) -> Bound {
    let cache = schema.cache(step.cache);
    let dimension = cache.dimension(binding.dimension);
    let optional = dimension.cardinality == Cardinality::Optional;
    let source = words::source(schema, entity, &binding.from);
    let each = match &binding.from {
        Source::Field(_) | Source::ComponentOf(..) => {
            let attribute = binding.from.attribute();
            attribute.is_some_and(|id| {
                schema.entity(entity).attribute(id).cardinality == Cardinality::Many
            })
        }
        Source::Literal(_) => false,
    };
    Bound {
        dimension: dimension.name.value.clone(),
        value: if each {
            format!("each of {source}")
        } else {
            source
        },
        or: match dimension.kind {
            DimensionKind::Param if optional => Some("not restricted"),
            _ if binding.or_absent => Some("absent"),
            _ => None,
        },
    }
}

/// A rule as it is shown, with its place.
pub(crate) fn hop(schema: &Schema, sources: &SourceMap, because: Because) -> Hop {
    match because {
        Because::Touches(entity, index) => {
            let declared = schema.entity(entity);
            let touch = declared.touches.get(usize::from(index));
            let span = touch.map_or(declared.span, |touch| touch.span);
            let rule = touch.map(|touch| touches(schema, entity, touch));
            at(sources, span, rule.unwrap_or_default())
        }
        Because::When(id, index) | Because::Cascade(id, index) => {
            let cache = schema.cache(id);
            let dependency = cache.dependencies().get(usize::from(index));
            let rule = dependency.map(|one| words::dependency(schema, cache, one));
            let rule = format!("{}: {}", cache.name.value, rule.unwrap_or_default());
            at(
                sources,
                dependency.map_or(cache.span, Dependency::span),
                rule,
            )
        }
    }
}

fn touches(schema: &Schema, entity: EntityId, touch: &crate::model::Touch) -> String {
    let declared = schema.entity(entity);
    let reference = declared.attribute(touch.reference);
    let name = format!("{}.{}", declared.name.value, reference.name.value);
    let AttributeKind::Reference(target) = reference.kind else {
        return name;
    };
    let counts_as = words::change(schema.entity(target), Action::Update, Some(touch.fields));
    format!(
        "{}: touches `{}`, which counts as `{counts_as}`",
        declared.name.value, reference.name.value
    )
}

fn at(sources: &SourceMap, span: Span, rule: String) -> Hop {
    Hop {
        rule,
        file: sources.path(span.file).to_owned(),
        line: sources.start(span).line,
    }
}
