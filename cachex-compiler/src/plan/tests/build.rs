//! Schemas put together without YAML.

use std::time::Duration;

use crate::model::{
    Actions, Attribute, AttributeKind, Cache, CacheId, Cardinality, Check, Component, Consistency,
    Dependencies, Dependency, Dimension, DimensionId, DimensionKind, DimensionType, Entity,
    EntityId, Identity, Name, Normaliser, Only, Scalar, Schema, Spanned, Ttl, Type, Upstream,
    Where, WhereValue,
};
use crate::source::Span;

pub(super) fn at<T>(value: T) -> Spanned<T> {
    let span = Span::default();
    Spanned { value, span }
}

pub(super) fn name(text: impl Into<String>) -> Name {
    at(text.into())
}

pub(super) fn text(normalisers: &[Normaliser]) -> Type {
    Type {
        scalar: Scalar::String,
        normalisers: normalisers.to_vec(),
        rust: None,
    }
}

pub(super) fn scalar_component(named: &str) -> Component {
    Component {
        name: name(named),
        ty: DimensionType::Scalar(text(&[])),
        reference: None,
    }
}

pub(super) fn reference(named: String, to: EntityId, cardinality: Cardinality) -> Attribute {
    Attribute {
        name: name(named),
        kind: AttributeKind::Reference(to),
        cardinality,
    }
}

pub(super) fn field(named: String, ty: Type) -> Attribute {
    Attribute {
        name: name(named),
        kind: AttributeKind::Field(Some(ty)),
        cardinality: Cardinality::One,
    }
}

pub(super) fn entity(
    named: String,
    components: Vec<Component>,
    attributes: Vec<Attribute>,
) -> Entity {
    Entity {
        event: name(named.clone()),
        name: name(named),
        description: None,
        identity: Identity {
            components,
            span: Span::default(),
        },
        attributes,
        tables: Vec::new(),
        touches: Vec::new(),
        notify: Actions::ALL,
        scoped: true,
        unresolved: Vec::new(),
        model: Vec::new(),
        span: Span::default(),
    }
}

pub(super) fn dimension(
    named: String,
    kind: DimensionKind,
    ty: DimensionType,
    cardinality: Cardinality,
) -> Dimension {
    Dimension {
        name: name(named),
        kind,
        ty,
        cardinality,
        type_span: Span::default(),
        typed_by: None,
    }
}

pub(super) fn cache(
    named: String,
    dimensions: Vec<Dimension>,
    depends_on: Vec<Dependency>,
) -> Cache {
    Cache {
        name: name(named),
        description: None,
        key: at(Vec::new()),
        dimensions,
        value: None,
        ttl: at(Ttl::After(Duration::from_mins(10))),
        jitter: 0,
        stale_while_revalidate: None,
        stale_if_error: None,
        negative_ttl: None,
        max_entries: 10_000,
        max_tags: 64,
        tier: None,
        consistency: at(Consistency::Bounded),
        replica_lag: None,
        warm: None,
        client: None,
        format: 1,
        allow_stale: Vec::new(),
        scoped: true,
        depends_on: Dependencies::Listed(depends_on),
        span: Span::default(),
    }
}

/// `{ cache: …, where: { left: $right } }`
pub(super) fn upstream(of: CacheId, pairs: &[(u16, u16)]) -> Dependency {
    Dependency::Cache(Upstream {
        cache: at(of),
        wheres: pairs
            .iter()
            .map(|(left, right)| Where {
                left: at(DimensionId(*left)),
                right: at(WhereValue::Dimension(DimensionId(*right))),
            })
            .collect(),
        only: Vec::new(),
        span: Span::default(),
    })
}

pub(super) fn only(dimension: DimensionId, literal: &str) -> Only {
    Only {
        dimension: at(dimension),
        literal: at(literal.to_owned()),
    }
}

pub(super) fn schema(entities: Vec<Entity>, caches: Vec<Cache>) -> Schema {
    Schema {
        namespace: name("test"),
        scope: None,
        entities,
        caches,
        check: Check::default(),
    }
}
