//! Shapes that could cost too much: lattices of caches, long chains, large schemas.

use super::build::{
    at, cache, dimension, entity, field, reference, scalar_component, schema, text, upstream,
};
use crate::model::{
    AttributeId, Cache, CacheId, Cardinality, Dependency, DimensionId, DimensionKind,
    DimensionType, EntityId, FieldSet, Pattern, Schema, Touch, Valid, When, Where, WhereField,
    WhereValue,
};
use crate::plan::plan;
use crate::source::Span;

/// As many params of the same type, all typed `text`.
fn params(count: usize) -> Vec<crate::model::Dimension> {
    (0..count)
        .map(|index| {
            let ty = DimensionType::Scalar(text(&[]));
            dimension(
                format!("d{index}"),
                DimensionKind::Param,
                ty,
                Cardinality::One,
            )
        })
        .collect()
}

/// `{ when: e, where: { f0: $d0, f1: $d1, … } }`
fn when(of: u32, fields: u16) -> Dependency {
    Dependency::When(When {
        patterns: vec![Pattern {
            entity: EntityId(of),
            action: None,
            fields: None,
            span: Span::default(),
        }],
        wheres: (0..fields)
            .map(|index| Where {
                left: at(WhereField::Attribute(AttributeId(index))),
                right: at(WhereValue::Dimension(DimensionId(index))),
            })
            .collect(),
        only: Vec::new(),
        span: Span::default(),
    })
}

/// One entity, one cache that reads it, and layers of two caches each built from both of the layer before, once
/// through each list of pairs.
fn lattice(depth: u32, fields: u16, ways: &[&[(u16, u16)]]) -> Valid<Schema> {
    let width = u32::try_from(ways.len()).unwrap();
    let attributes = (0..fields).map(|index| field(format!("f{index}"), text(&[])));
    let mut caches = vec![cache(
        "c0".into(),
        params(fields.into()),
        vec![when(0, fields)],
    )];
    for layer in 0..depth {
        let above: Vec<_> = (0..width)
            .map(|index| match layer {
                0 => CacheId(0),
                _ => CacheId((layer - 1) * width + 1 + index),
            })
            .collect();
        for index in 0..width {
            let built_from = above
                .iter()
                .zip(ways)
                .map(|(id, pairs)| upstream(*id, pairs));
            let named = format!("c{layer}_{index}");
            caches.push(cache(named, params(fields.into()), built_from.collect()));
        }
    }
    let entity = entity(
        "e".into(),
        vec![scalar_component("id")],
        attributes.collect(),
    );
    Valid::vouch(schema(vec![entity], caches))
}

fn steps_by_cache(schema: &Valid<Schema>) -> Vec<usize> {
    let plan = plan(schema);
    let steps = &plan.action(EntityId(0), crate::model::Action::Create).steps;
    let mut counts = vec![0; schema.caches.len()];
    for step in steps {
        counts[step.cache.0 as usize] += 1;
    }
    counts
}

#[test]
fn a_lattice_of_diamonds_has_one_step_for_each_cache() {
    let same: &[(u16, u16)] = &[(0, 0), (1, 1)];
    let schema = lattice(400, 2, &[same, same]);
    assert_eq!(steps_by_cache(&schema), vec![1; 801]);
}

#[test]
fn a_lattice_that_swaps_dimensions_has_a_step_for_each_order() {
    let schema = lattice(50, 2, &[&[(0, 0), (1, 1)], &[(0, 1), (1, 0)]]);
    let steps = steps_by_cache(&schema);
    assert_eq!(steps.iter().skip(3).copied().max(), Some(2));
}

#[test]
fn a_lattice_that_permutes_seven_dimensions_stays_within_the_bound() {
    let turn: Vec<_> = (0..7).map(|index| (index, (index + 1) % 7)).collect();
    let swap: Vec<_> = [(0, 1), (1, 0)]
        .into_iter()
        .chain((2..7).map(|same| (same, same)))
        .collect();
    let steps = steps_by_cache(&lattice(60, 7, &[&turn, &swap]));
    assert!(
        steps.iter().all(|count| (1..=64).contains(count)),
        "{steps:?}"
    );
}

#[test]
fn a_chain_as_long_as_a_file_allows_is_planned() {
    let same: &[(u16, u16)] = &[(0, 0)];
    assert_eq!(
        steps_by_cache(&lattice(20_000, 1, &[same])),
        vec![1; 20_001]
    );
}

/// 1 000 entities that refer to and touch their neighbour, 3 000 caches: one by identity, one list by reference, one
/// built from that list.
pub(super) fn large() -> Valid<Schema> {
    let count = 1_000;
    let entities = (0..count).map(|index| {
        let next = EntityId((index + 1) % count);
        let mut attributes = vec![reference("next".into(), next, Cardinality::Optional)];
        attributes.extend((0..6).map(|field_index| field(format!("f{field_index}"), text(&[]))));
        let mut entity = entity(
            format!("e{index}"),
            vec![scalar_component("id")],
            attributes,
        );
        if index % 4 != 3 {
            entity.touches.push(Touch {
                reference: AttributeId(0),
                fields: FieldSet::NONE,
                span: Span::default(),
            });
        }
        entity
    });
    let entities = entities.collect();
    Valid::vouch(schema(entities, (0..count).flat_map(caches_of).collect()))
}

fn caches_of(index: u32) -> [Cache; 3] {
    let identity = DimensionType::Identity(EntityId(index));
    let id = |kind, cardinality| dimension("id".into(), kind, identity.clone(), cardinality);
    let by = |field, ty| When {
        patterns: vec![Pattern {
            entity: EntityId(index),
            action: None,
            fields: None,
            span: Span::default(),
        }],
        wheres: vec![Where {
            left: at(field),
            right: at(WhereValue::Dimension(ty)),
        }],
        only: Vec::new(),
        span: Span::default(),
    };
    let next = DimensionType::Identity(EntityId((index + 1) % 1_000));
    let next = || {
        dimension(
            "next".into(),
            DimensionKind::Param,
            next.clone(),
            Cardinality::Optional,
        )
    };
    let item = || id(DimensionKind::Tag, Cardinality::Many);
    let list = CacheId(index * 3 + 1);
    [
        cache(
            format!("by_id_{index}"),
            vec![id(DimensionKind::Param, Cardinality::One)],
            vec![Dependency::When(by(WhereField::Identity, DimensionId(0)))],
        ),
        cache(
            format!("list_{index}"),
            vec![next(), item()],
            vec![
                Dependency::When(by(WhereField::Attribute(AttributeId(0)), DimensionId(0))),
                Dependency::When(by(WhereField::Identity, DimensionId(1))),
            ],
        ),
        cache(
            format!("page_{index}"),
            vec![next(), item()],
            vec![upstream(list, &[(0, 0), (1, 1)])],
        ),
    ]
}

#[test]
fn a_large_schema_is_planned() {
    let schema = large();
    let plan = plan(&schema);
    let steps = plan
        .entities
        .iter()
        .flat_map(|entity| &entity.actions)
        .map(|action| action.steps.len());
    assert_eq!(steps.sum::<usize>(), 28_500);
    assert_eq!(plan.order.len(), 3_000);
}

#[test]
fn a_large_schema_is_drawn_and_explained() {
    let schema = large();
    let plan = plan(&schema);
    let sources = crate::source::SourceMap::default();
    let picture = crate::emit::svg::svg(&schema);
    assert!(picture.contains(">page_999</text>"));
    let text = crate::emit::json::json(&schema, &plan, &sources);
    assert!(text.contains("\"page_999\""));
}

#[test]
fn a_long_chain_is_drawn() {
    let same: &[(u16, u16)] = &[(0, 0)];
    let schema = lattice(5_000, 1, &[same]);
    assert!(crate::emit::svg::svg(&schema).contains(">c4999_0</text>"));
    let pattern = Pattern {
        entity: EntityId(0),
        action: None,
        fields: None,
        span: Span::default(),
    };
    let sources = crate::source::SourceMap::default();
    let explained = crate::explain::change(&schema, &plan(&schema), &sources, &pattern);
    assert_eq!(explained.clears.len(), 5_001);
}
