//! The runtime clears what the plan says: evaluating the generated statics gives the regions that the compiler's
//! evaluation of the plan gives, for random changes of the schemas above.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failed expectation is the report"
)]

use std::collections::{BTreeMap, BTreeSet};

use cachex::codegen::{
    CacheDef, ChangeScope, Encode, EntityDef, ErasedAction, ErasedChange, SchemaDef, Value as Text,
    compose, regions,
};
use cachex_compiler::model::{
    Action, Attribute, AttributeId, Cardinality, DimensionKind, DimensionType, Entity, EntityId,
    FieldSet, Schema, Valid,
};
use cachex_compiler::plan::{Change, Given, Image, Plan, Region, Value, evaluate};
use cachex_compiler::{Options, Sources, compile};
use proptest::prelude::*;

/// A region of either side: the cache, and the text of each dimension that is bound.
type Bound = (u32, BTreeMap<u16, String>);

/// Decisions, one after the other; zeros at the end.
struct Tape<'a>(std::slice::Iter<'a, u16>);

impl Tape<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % bound
    }

    /// One of a few values of a type. Two of them are read alike by no normaliser.
    fn value(&mut self, schema: &Schema, ty: &DimensionType) -> Value {
        match ty {
            DimensionType::Scalar(_) => Value::Text(["true", "a", "b"][self.below(3)].to_owned()),
            DimensionType::Identity(entity) => self.identity(schema, *entity),
        }
    }

    fn identity(&mut self, schema: &Schema, entity: EntityId) -> Value {
        let components = &schema.entity(entity).identity.components;
        let mut values: Vec<Value> = components
            .iter()
            .map(|component| self.value(schema, &component.ty))
            .collect();
        if values.len() == 1 {
            return values.remove(0);
        }
        Value::Components(values)
    }

    /// One of the first few: no entity here has more.
    fn attribute(&mut self) -> AttributeId {
        AttributeId(u16::try_from(self.below(8)).unwrap())
    }

    fn given(&mut self, schema: &Schema, attribute: &Attribute) -> Given {
        let Some(ty) = attribute.ty() else {
            return Given::Unknown;
        };
        match (self.below(4), attribute.cardinality) {
            (0, _) => Given::Unknown,
            (1, Cardinality::Optional) => Given::Absent,
            (_, Cardinality::One | Cardinality::Optional) => Given::One(self.value(schema, &ty)),
            (count, Cardinality::Many) => {
                Given::Many((1..count).map(|_| self.value(schema, &ty)).collect())
            }
        }
    }

    fn side(&mut self, schema: &Schema, entity: &Entity) -> BTreeMap<AttributeId, Given> {
        entity
            .attribute_ids()
            .map(|(id, attribute)| (id, self.given(schema, attribute)))
            .collect()
    }
}

/// A change as both sides are told of it.
struct Case {
    entity: EntityId,
    action: Action,
    set: FieldSet,
    /// `None`: unknown.
    ids: Option<Vec<Value>>,
    before: BTreeMap<AttributeId, Given>,
    after: BTreeMap<AttributeId, Given>,
}

impl Case {
    fn drawn(tape: &mut Tape<'_>, schema: &Schema) -> Self {
        let entity = EntityId(u32::try_from(tape.below(schema.entities.len())).unwrap());
        let ids = match tape.below(4) {
            0 => None,
            count => Some((1..=count).map(|_| tape.identity(schema, entity)).collect()),
        };
        let set = match tape.below(3) {
            0 => FieldSet::ALL,
            _ => (0..tape.below(4)).map(|_| tape.attribute()).collect(),
        };
        Self {
            entity,
            action: Action::ALL[tape.below(3)],
            set,
            ids,
            before: tape.side(schema, schema.entity(entity)),
            after: tape.side(schema, schema.entity(entity)),
        }
    }

    /// What the plan clears.
    fn planned(&self, schema: &Valid<Schema>, plan: &Plan) -> BTreeSet<Bound> {
        let sides = match self.action {
            Action::Create => vec![&self.after],
            Action::Delete => vec![&self.before],
            Action::Update => vec![&self.before, &self.after],
        };
        let ids = match &self.ids {
            None => vec![Given::Unknown],
            Some(ids) => ids.iter().cloned().map(Given::One).collect(),
        };
        let images = ids.iter().flat_map(|id| {
            sides.iter().map(|side| Image {
                identity: id.clone(),
                attributes: (*side).clone(),
            })
        });
        let change = Change {
            entity: self.entity,
            action: self.action,
            set: self.set,
            images: images.collect(),
        };
        let regions = evaluate(schema, plan, &change);
        kept(
            regions
                .iter()
                .flat_map(|region| spelled(schema, region))
                .collect(),
        )
    }

    /// What the runtime clears.
    fn cleared(&self, schema: &'static SchemaDef) -> BTreeSet<Bound> {
        let change = self.erased(schema.entities[self.entity.0 as usize]);
        let bound = |region: &cachex::codegen::Region| {
            let cache = schema.caches[region.cache as usize];
            (
                region.cache,
                dimensions(cache, region.facet)
                    .zip(texts(&region.values))
                    .collect(),
            )
        };
        regions(schema, &change).iter().map(bound).collect()
    }

    fn erased(&self, entity: &'static EntityDef) -> ErasedChange {
        let side = |side: &BTreeMap<AttributeId, Given>| side.values().map(erased).collect();
        ErasedChange {
            entity,
            action: match self.action {
                Action::Create => ErasedAction::Create,
                Action::Update => ErasedAction::Update,
                Action::Delete => ErasedAction::Delete,
            },
            ids: self.ids.as_ref().map(|ids| ids.iter().map(text).collect()),
            before: side(&self.before),
            after: side(&self.after),
            set: self.set.0,
            scope: ChangeScope::All,
            data: None,
            same_event: None,
        }
    }
}

fn text(value: &Value) -> Text {
    match value {
        Value::Text(text) => text.encode(),
        Value::Components(values) => compose(&values.iter().map(text).collect::<Vec<_>>()),
    }
}

fn texts(values: &[Text]) -> impl Iterator<Item = String> {
    values.iter().map(|value| value.0.to_string())
}

fn erased(given: &Given) -> Option<Vec<Text>> {
    match given {
        Given::Unknown => None,
        Given::Absent => Some(vec![Text::ABSENT]),
        Given::One(value) => Some(vec![text(value)]),
        Given::Many(values) => Some(values.iter().map(text).collect()),
    }
}

/// The dimensions a facet binds.
fn dimensions(cache: &CacheDef, facet: Option<u16>) -> impl Iterator<Item = u16> {
    let bits = facet.map_or(0, |facet| cache.facets[usize::from(facet)]);
    (0..64).filter(move |dimension| bits >> dimension & 1 == 1)
}

/// A region as the runtime clears it: what binds an optional param also binds it to "absent".
fn spelled(schema: &Schema, region: &Region) -> Vec<Bound> {
    let cache = schema.cache(region.cache);
    let mut ways = vec![BTreeMap::new()];
    for (dimension, value) in &region.bound {
        let it = cache.dimension(*dimension);
        let optional = it.kind == DimensionKind::Param && it.cardinality == Cardinality::Optional;
        let mut values = vec![value.as_ref().map_or(Text::ABSENT, text)];
        if optional {
            values.push(Text::ABSENT);
        }
        ways = ways
            .iter()
            .flat_map(|way| {
                values.iter().map(|value| {
                    let mut way = way.clone();
                    way.insert(dimension.0, value.0.to_string());
                    way
                })
            })
            .collect();
    }
    ways.into_iter().map(|way| (region.cache.0, way)).collect()
}

/// Without what lies in the whole of a cache that is cleared, too.
fn kept(regions: BTreeSet<Bound>) -> BTreeSet<Bound> {
    let whole: BTreeSet<u32> = regions
        .iter()
        .filter(|(_, bound)| bound.is_empty())
        .map(|(cache, _)| *cache)
        .collect();
    regions
        .into_iter()
        .filter(|(cache, bound)| bound.is_empty() || !whole.contains(cache))
        .collect()
}

/// Where both sides differ for what a tape draws.
fn difference(tape: &[u16], yaml: &str, schema: &'static SchemaDef) -> Option<String> {
    let compilation = compile(&Sources::new("cachex.yaml", yaml), &Options::default());
    let (model, plan) = (compilation.schema.unwrap(), compilation.plan.unwrap());
    let mut tape = Tape(tape.iter());
    for _ in 0..20 {
        let case = Case::drawn(&mut tape, &model);
        let (planned, cleared) = (case.planned(&model, &plan), case.cleared(schema));
        if planned != cleared {
            let change = case.erased(schema.entities[case.entity.0 as usize]);
            return Some(format!(
                "planned {planned:?}\ncleared {cleared:?}\n{change:?}"
            ));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_runtime_clears_what_the_plan_says(tape in prop::collection::vec(any::<u16>(), 600)) {
        for (yaml, schema) in [
            (include_str!("../../golden/rust/language.yaml"), &crate::language::SCHEMA),
            (include_str!("../../golden/rust/words.yaml"), &crate::words::SCHEMA),
        ] {
            let found = difference(&tape, yaml, schema);
            prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
        }
    }
}
