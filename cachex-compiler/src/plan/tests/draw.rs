//! Random acyclic schemas, changes and entries, drawn from a tape of numbers so that a failure shrinks.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{
    at, cache, dimension, entity, field, only, reference, scalar_component, schema, text,
};
use crate::model::{
    Action, AttributeId, Cache, CacheId, Cardinality, Component, Dependency, DimensionId,
    DimensionKind, DimensionType, Entity, EntityId, FieldSet, Normaliser, Only, Pattern, Schema,
    Touch, Upstream, When, Where, WhereField, WhereValue,
};
use crate::plan::{Change, Entry, Given, Image, Value};
use crate::source::Span;

/// Numbers to choose by; zeros once they are used up.
pub(super) struct Tape<'a>(pub std::slice::Iter<'a, u16>);

const LITERALS: [&str; 2] = ["a", "b"];
const VALUES: [&str; 3] = ["a", "B", "A"];
const CARDINALITIES: [Cardinality; 3] =
    [Cardinality::One, Cardinality::Optional, Cardinality::Many];

impl Tape<'_> {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % bound.max(1)
    }

    /// True once in so many; never when the tape is used up.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let index = self.below(from.len());
        from.get(index).cloned()
    }

    pub(super) fn schema(&mut self) -> Schema {
        let mut drawn = schema(Vec::new(), Vec::new());
        for index in 0..2 + self.below(3) {
            let entity = self.entity(index);
            drawn.entities.push(entity);
        }
        for index in 0..=self.below(5) {
            let cache = self.cache(&drawn, index);
            drawn.caches.push(cache);
        }
        drawn
    }

    /// References lead to earlier entities, so that identities and `touches` are acyclic.
    fn entity(&mut self, index: usize) -> Entity {
        let mut attributes = Vec::new();
        let mut touches = Vec::new();
        if index > 0 {
            for number in 0..self.below(4) {
                let to = EntityId(u32::try_from(self.below(index)).unwrap());
                let cardinality = CARDINALITIES[self.below(3)];
                attributes.push(reference(format!("r{number}"), to, cardinality));
                if self.once_in(2) {
                    touches.push(Touch {
                        reference: AttributeId(number.try_into().unwrap()),
                        fields: FieldSet(self.below(8) as u128 * 2),
                        span: Span::default(),
                    });
                }
            }
        }
        let components = self.identity(&attributes);
        attributes.push(field("plain".into(), text(&[])));
        attributes.push(field("lower".into(), text(&[Normaliser::Lower])));
        let mut entity = entity(format!("e{index}"), components, attributes);
        entity.touches = touches;
        entity
    }

    fn identity(&mut self, references: &[crate::model::Attribute]) -> Vec<Component> {
        let own = scalar_component("x");
        let one = (0..)
            .map(AttributeId)
            .zip(references)
            .find(|(_, reference)| reference.cardinality == Cardinality::One);
        let referring = one.map(|(id, reference)| Component {
            name: reference.name.clone(),
            ty: reference.ty().unwrap(),
            reference: Some(id),
        });
        match (self.below(5), referring) {
            (3, _) => vec![own, scalar_component("y")],
            (4, Some(referring)) => vec![referring, own],
            (2, Some(referring)) => vec![referring],
            _ => vec![own],
        }
    }

    fn cache(&mut self, schema: &Schema, index: usize) -> Cache {
        let params = self.below(3);
        let tags = self.below(3);
        let mut dimensions = Vec::new();
        for number in 0..params + tags {
            let param = number < params;
            let cardinalities = if param { 2 } else { 3 };
            dimensions.push(dimension(
                format!("d{number}"),
                if param {
                    DimensionKind::Param
                } else {
                    DimensionKind::Tag
                },
                self.ty(schema),
                CARDINALITIES[self.below(cardinalities)],
            ));
        }
        let mut drawn = cache(format!("c{index}"), dimensions, Vec::new());
        let mut dependencies = Vec::new();
        for _ in 0..=self.below(3) {
            let dependency = if index > 0 && self.once_in(2) {
                let upstream = CacheId(u32::try_from(self.below(index)).unwrap());
                Dependency::Cache(self.upstream(schema, upstream, &drawn))
            } else {
                Dependency::When(self.when(schema, &drawn))
            };
            dependencies.push(dependency);
        }
        drawn.depends_on = crate::model::Dependencies::Listed(dependencies);
        drawn
    }

    fn ty(&mut self, schema: &Schema) -> DimensionType {
        match self.below(4) {
            0 => DimensionType::Scalar(text(&[])),
            1 => DimensionType::Scalar(text(&[Normaliser::Lower])),
            _ => DimensionType::Identity(EntityId(
                u32::try_from(self.below(schema.entities.len())).unwrap(),
            )),
        }
    }

    fn when(&mut self, schema: &Schema, cache: &Cache) -> When {
        let id = EntityId(u32::try_from(self.below(schema.entities.len())).unwrap());
        let entity = schema.entity(id);
        let patterns = (0..=self.below(2)).map(|_| self.pattern(id)).collect();
        let mut wheres = Vec::new();
        // The rules refuse a dimension that is bound twice.
        let mut bound = BTreeSet::new();
        for (left, ty) in fields(id, entity) {
            let same: Vec<_> = cache
                .dimension_ids()
                .filter(|(id, dimension)| dimension.ty == ty && !bound.contains(id))
                .map(|(dimension, _)| WhereValue::Dimension(dimension))
                .collect();
            let literal = matches!(ty, DimensionType::Scalar(_)) && self.once_in(6);
            let right = if literal {
                Some(WhereValue::Literal(LITERALS[self.below(2)].into()))
            } else if self.once_in(2) {
                self.pick(&same)
            } else {
                None
            };
            if let Some(WhereValue::Dimension(id)) = right {
                bound.insert(id);
            }
            wheres.extend(right.map(|right| Where {
                left: at(left),
                right: at(right),
            }));
        }
        When {
            patterns,
            wheres,
            only: self.only(cache, &bound),
            span: Span::default(),
        }
    }

    fn pattern(&mut self, entity: EntityId) -> Pattern {
        let action = match self.below(6) {
            0 => None,
            1 => Some(Action::Create),
            2 => Some(Action::Delete),
            _ => Some(Action::Update),
        };
        let fields = (action == Some(Action::Update) && self.once_in(2))
            .then(|| FieldSet(self.below(32) as u128));
        Pattern {
            entity,
            action,
            fields,
            span: Span::default(),
        }
    }

    fn upstream(&mut self, schema: &Schema, of: CacheId, cache: &Cache) -> Upstream {
        let mut wheres = Vec::new();
        // The rules refuse a dimension that is bound twice.
        let mut bound = BTreeSet::new();
        for (left, declared) in schema.cache(of).dimension_ids() {
            let same: Vec<_> = cache
                .dimension_ids()
                .filter(|(id, dimension)| dimension.ty == declared.ty && !bound.contains(id))
                .map(|(dimension, _)| WhereValue::Dimension(dimension))
                .collect();
            let literal = matches!(declared.ty, DimensionType::Scalar(_)) && self.once_in(4);
            let right = if literal {
                Some(WhereValue::Literal(LITERALS[self.below(2)].into()))
            } else {
                self.pick(&same)
            };
            if let Some(WhereValue::Dimension(id)) = right {
                bound.insert(id);
            }
            wheres.extend(right.map(|right| Where {
                left: at(left),
                right: at(right),
            }));
        }
        Upstream {
            cache: at(of),
            wheres,
            only: self.only(cache, &bound),
            span: Span::default(),
        }
    }

    fn only(&mut self, cache: &Cache, bound: &BTreeSet<DimensionId>) -> Vec<Only> {
        let mut fixed = Vec::new();
        for (id, dimension) in cache.dimension_ids() {
            let free = !bound.contains(&id);
            if free && matches!(dimension.ty, DimensionType::Scalar(_)) && self.once_in(4) {
                fixed.push(only(id, LITERALS[self.below(2)]));
            }
        }
        fixed
    }

    // ---- Changes and entries ----

    /// One in `unknown` values isn't known; `usize::MAX`: all are.
    pub(super) fn change(&mut self, schema: &Schema, unknown: usize) -> Change {
        let id = EntityId(u32::try_from(self.below(schema.entities.len())).unwrap());
        let action = Action::ALL[self.below(3)];
        let set = if self.once_in(4) {
            FieldSet::ALL
        } else {
            FieldSet(self.below(32) as u128)
        };
        let mut images = Vec::new();
        for _ in 0..=self.below(2) {
            let identity = if self.once_in(unknown) {
                Given::Unknown
            } else {
                Given::One(self.value(schema, &DimensionType::Identity(id)))
            };
            let sides = if action == Action::Update { 2 } else { 1 };
            for _ in 0..sides {
                images.push(Image {
                    identity: identity.clone(),
                    attributes: self.attributes(schema, schema.entity(id), unknown),
                });
            }
        }
        Change {
            entity: id,
            action,
            set,
            images,
        }
    }

    fn attributes(
        &mut self,
        schema: &Schema,
        entity: &Entity,
        unknown: usize,
    ) -> BTreeMap<AttributeId, Given> {
        let components = &entity.identity.components;
        let mut drawn = BTreeMap::new();
        for (id, attribute) in entity.attribute_ids() {
            let inside = components.iter().any(|one| one.reference == Some(id));
            let given = match attribute.cardinality {
                _ if inside || self.once_in(unknown) => continue,
                Cardinality::Optional if self.once_in(3) => Given::Absent,
                Cardinality::Many => Given::Many(
                    (0..self.below(3))
                        .map(|_| self.value(schema, &attribute.ty().unwrap()))
                        .collect(),
                ),
                _ => Given::One(self.value(schema, &attribute.ty().unwrap())),
            };
            drawn.insert(id, given);
        }
        drawn
    }

    fn value(&mut self, schema: &Schema, ty: &DimensionType) -> Value {
        match ty {
            DimensionType::Scalar(_) => VALUES[self.below(3)].into(),
            DimensionType::Identity(entity) => {
                let components = &schema.entity(*entity).identity.components;
                let mut values: Vec<_> = components
                    .iter()
                    .map(|component| self.value(schema, &component.ty))
                    .collect();
                if values.len() == 1 {
                    values.remove(0)
                } else {
                    Value::Components(values)
                }
            }
        }
    }

    pub(super) fn entry(&mut self, schema: &Schema, cache: CacheId) -> Entry {
        let declared = schema.cache(cache);
        let mut params = BTreeMap::new();
        let mut tags = BTreeMap::new();
        for (id, dimension) in declared.dimension_ids() {
            let value = |tape: &mut Self| {
                Some(
                    tape.value(schema, &dimension.ty)
                        .normalised(schema, &dimension.ty),
                )
            };
            let absent = dimension.cardinality == Cardinality::Optional && self.once_in(3);
            let values: BTreeSet<_> = match dimension.cardinality {
                _ if absent => BTreeSet::from([None]),
                Cardinality::Many => (0..self.below(3)).map(|_| value(self)).collect(),
                Cardinality::One | Cardinality::Optional => BTreeSet::from([value(self)]),
            };
            match dimension.kind {
                DimensionKind::Param => {
                    params.insert(id, values.into_iter().next().flatten());
                }
                DimensionKind::Tag => {
                    tags.insert(id, values);
                }
            }
        }
        Entry {
            cache,
            params,
            tags: (!self.once_in(5)).then_some(tags),
        }
    }
}

/// Everything a `where` may name, with its type.
fn fields(id: EntityId, entity: &Entity) -> Vec<(WhereField, DimensionType)> {
    let mut fields = vec![(WhereField::Identity, DimensionType::Identity(id))];
    for (index, component) in (0..).zip(&entity.identity.components) {
        if component.reference.is_none() && entity.identity.is_composite() {
            fields.push((WhereField::Component(index), component.ty.clone()));
        }
    }
    fields.extend(
        entity
            .attribute_ids()
            .filter_map(|(id, attribute)| Some((WhereField::Attribute(id), attribute.ty()?))),
    );
    fields
}
