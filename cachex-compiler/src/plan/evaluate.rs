//! What a compiled plan clears for one change: the same steps the runtime takes over its static tables.
//!
//! For each step of the action whose mask meets the fields set, and for each image by itself:
//! 1. a value of `present` that is known to be absent, or an empty set, ends it;
//! 2. a many-valued attribute is taken value by value, the same one in every source that reads it;
//! 3. a test whose value is known and another ends it; an unknown one passes;
//! 4. each binding whose value is known binds its dimension (`or_absent`: also to "absent"), an unknown one doesn't;
//! 5. a region whose dimensions are no facet is widened to the first facet below it, else to the whole cache.
//!
//! The result is a set: the regions of all steps and images united, those of an upstream cache first.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Given, Image, Plan, Region, Source, Step, Value};
use crate::model::{
    Action, AttributeId, DimensionId, DimensionType, Entity, FieldSet, Schema, WhereField,
};

/// The regions a change clears, in the plan's order, each once.
pub fn evaluate(schema: &Schema, plan: &Plan, change: &Change) -> Vec<Region> {
    let mut seen = BTreeSet::new();
    let mut regions = Vec::new();
    for step in &plan.action(change.entity, change.action).steps {
        if !applies(step, change) {
            continue;
        }
        for image in &change.images {
            for bound in bound(
                &Known {
                    schema,
                    change,
                    image,
                },
                step,
            ) {
                let region = widen(plan, step, bound);
                if seen.insert(region.clone()) {
                    regions.push(region);
                }
            }
        }
    }
    regions
}

fn applies(step: &Step, change: &Change) -> bool {
    change.action != Action::Update || step.mask == FieldSet::ALL || step.mask.meets(change.set)
}

/// One way the dimensions of a step are bound.
type Bound = BTreeMap<DimensionId, Option<Value>>;

fn bound(known: &Known<'_>, step: &Step) -> Vec<Bound> {
    let absent = |attribute: &AttributeId| match known.attribute(*attribute) {
        Given::Absent => true,
        Given::Many(values) => values.is_empty(),
        Given::Unknown | Given::One(_) => false,
    };
    if step.present.iter().any(absent) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for chosen in known.choices(step) {
        let value = |from: &Source| known.value(from, &chosen);
        let refused = step.tests.iter().any(|test| match value(&test.from) {
            Given::Unknown => false,
            given => given != Given::One(Value::Text(test.literal.clone())),
        });
        if refused {
            continue;
        }
        let mut ways = vec![Bound::new()];
        for binding in &step.bindings {
            let given = match value(&binding.from) {
                Given::One(given) => Some(given),
                Given::Absent => None,
                Given::Unknown | Given::Many(_) => continue,
            };
            let absent = if binding.or_absent {
                ways.clone()
            } else {
                Vec::new()
            };
            bind(&mut ways, binding.dimension, given.as_ref());
            ways.extend(absent.into_iter().map(|mut way| {
                way.insert(binding.dimension, None);
                way
            }));
        }
        found.extend(ways);
    }
    found
}

fn bind(ways: &mut [Bound], dimension: DimensionId, given: Option<&Value>) {
    for way in ways {
        way.insert(dimension, given.cloned());
    }
}

fn widen(plan: &Plan, step: &Step, mut bound: Bound) -> Region {
    // Facets are listed in the order a region prefers them, and a region that is one finds itself first.
    let facet = plan.cache(step.cache).facets.iter().find(|facet| {
        facet
            .dimensions
            .iter()
            .all(|dimension| bound.contains_key(dimension))
    });
    bound.retain(|dimension, _| facet.is_some_and(|facet| facet.dimensions.contains(dimension)));
    Region {
        cache: step.cache,
        bound,
    }
}

/// One image of a change, its values normalised by their types.
struct Known<'a> {
    schema: &'a Schema,
    change: &'a Change,
    image: &'a Image,
}

/// The value of each many-valued attribute that is being looked at.
type Chosen = BTreeMap<AttributeId, Value>;

impl Known<'_> {
    fn entity(&self) -> &Entity {
        self.schema.entity(self.change.entity)
    }

    /// Every way to take one value of each known many-valued attribute a step reads.
    fn choices(&self, step: &Step) -> Vec<Chosen> {
        let attributes: BTreeSet<_> = step.sources().filter_map(Source::attribute).collect();
        let mut choices = vec![Chosen::new()];
        for attribute in attributes {
            if let Given::Many(values) = self.attribute(attribute) {
                choices = choices
                    .into_iter()
                    .flat_map(|chosen| {
                        values.iter().map(move |value| {
                            let mut chosen = chosen.clone();
                            chosen.insert(attribute, value.clone());
                            chosen
                        })
                    })
                    .collect();
            }
        }
        choices
    }

    fn value(&self, from: &Source, chosen: &Chosen) -> Given {
        match from {
            Source::Literal(literal) => Given::One(Value::Text(literal.clone())),
            Source::Field(WhereField::Identity) => self.identity(),
            Source::Field(WhereField::Component(index)) => self.component(*index),
            Source::Field(WhereField::Attribute(attribute)) => self.chosen(*attribute, chosen),
            Source::ComponentOf(attribute, path) => inside(self.chosen(*attribute, chosen), path),
        }
    }

    fn chosen(&self, attribute: AttributeId, chosen: &Chosen) -> Given {
        match chosen.get(&attribute) {
            Some(value) => Given::One(value.clone()),
            None => self.attribute(attribute),
        }
    }

    fn identity(&self) -> Given {
        let identity = DimensionType::Identity(self.change.entity);
        normalised(self.schema, &identity, self.image.identity.clone())
    }

    /// An identity of one component is that component.
    fn component(&self, index: u16) -> Given {
        let composite = self.entity().identity.is_composite();
        let path: &[u16] = if composite { &[index] } else { &[] };
        inside(self.identity(), path)
    }

    /// A reference or field; one that is a component of the identity is known from that, too.
    fn attribute(&self, attribute: AttributeId) -> Given {
        let component = super::origin::component_of(self.entity(), attribute);
        if let Some(index) = component {
            let given = self.component(index);
            if given != Given::Unknown {
                return given;
            }
        }
        let given = self.image.attributes.get(&attribute).cloned();
        match self.entity().attribute(attribute).ty() {
            Some(ty) => normalised(self.schema, &ty, given.unwrap_or(Given::Unknown)),
            None => given.unwrap_or(Given::Unknown),
        }
    }
}

impl Source {
    /// The attribute of the changed entity that is read, if one is.
    pub fn attribute(&self) -> Option<AttributeId> {
        match self {
            Self::Field(WhereField::Attribute(attribute)) | Self::ComponentOf(attribute, _) => {
                Some(*attribute)
            }
            Self::Field(WhereField::Identity | WhereField::Component(_)) | Self::Literal(_) => None,
        }
    }
}

fn inside(given: Given, path: &[u16]) -> Given {
    match (given, path) {
        (given, []) => given,
        (Given::One(Value::Components(components)), [index, rest @ ..]) => components
            .into_iter()
            .nth(usize::from(*index))
            .map_or(Given::Unknown, |value| inside(Given::One(value), rest)),
        (Given::Absent, _) => Given::Absent,
        _ => Given::Unknown,
    }
}

fn normalised(schema: &Schema, ty: &DimensionType, given: Given) -> Given {
    match given {
        Given::One(value) => Given::One(value.normalised(schema, ty)),
        Given::Many(values) => Given::Many(
            values
                .into_iter()
                .map(|value| value.normalised(schema, ty))
                .collect(),
        ),
        given @ (Given::Unknown | Given::Absent) => given,
    }
}
