//! The changes of one entity as types: its attributes, how a change begins, and what it must be told before it counts.
//!
//! A change has a state for each attribute that some rule needs. Keeps true: all references and typed fields can be
//! told whether or not a rule needs them, so that deleting a rule breaks no annotation.

mod attribute;
mod construct;
mod need;
mod setters;

pub(super) use setters::{Setters, names, shared};

use super::field;
use super::names;
use super::text::Text;
use super::types::{Place, Types};
use crate::model::{Action, AttributeId, DimensionType, EntityId, FieldSet, Schema};
use crate::plan::{Plan, Source, Step};

/// What the change type of an entity looks like.
pub(super) struct Shape {
    /// The entity's name.
    pub(super) entity: String,
    index: u32,
    /// What its identity holds.
    identity: String,
    /// Whether it belongs to a scope.
    scoped: bool,
    attributes: Vec<Told>,
    /// The attributes some action needs, ascending: one state for each.
    needed: Vec<Needed>,
}

/// An attribute as it is told.
struct Told {
    id: AttributeId,
    name: String,
    /// What it holds; none for a field without a type, which is only set.
    holds: Option<String>,
}

/// An attribute whose value some step reads.
struct Needed {
    attribute: AttributeId,
    name: String,
    /// Its trait.
    need: String,
    /// For each action what must be set for it to be needed; `None`: it never is.
    when_set: [Option<FieldSet>; 3],
    /// For each action the caches whose steps read it.
    caches: [Vec<String>; 3],
}

impl Shape {
    pub(super) fn of(types: &Types<'_>, schema: &Schema, plan: &Plan, id: EntityId) -> Self {
        let entity = schema.entity(id);
        let place = Place::Entity(id);
        let told = |(id, it): (AttributeId, &crate::model::Attribute)| Told {
            id,
            name: it.name.value.clone(),
            holds: it
                .ty()
                .map(|ty| field::all(&types.written(place, &ty), it.cardinality)),
        };
        Self {
            entity: entity.name.value.clone(),
            index: id.0,
            identity: field::one(&types.written(place, &DimensionType::Identity(id))),
            scoped: entity.scoped && schema.scope.is_some(),
            attributes: entity.attribute_ids().map(told).collect(),
            needed: needed(schema, plan, id),
        }
    }

    /// Whether some action needs something.
    pub(super) fn needs(&self) -> bool {
        !self.needed.is_empty()
    }
}

impl Needed {
    /// Asked for once some of these fields are set, and not before.
    fn is_asked_by(&self, set: FieldSet) -> bool {
        let [_, update, _] = self.when_set;
        update.is_some_and(|when| when != FieldSet::ALL && when.meets(set))
    }
}

fn needed(schema: &Schema, plan: &Plan, id: EntityId) -> Vec<Needed> {
    let when_set = |action: Action, attribute: AttributeId| -> Option<FieldSet> {
        let mut needs = plan.action(id, action).needs.iter();
        needs
            .find(|need| need.attribute == attribute)
            .map(|need| need.when_set)
    };
    let mut all = Vec::new();
    for (attribute, it) in schema.entity(id).attribute_ids() {
        let when_set = Action::ALL.map(|action| when_set(action, attribute));
        if when_set.iter().any(Option::is_some) {
            all.push(Needed {
                attribute,
                name: it.name.value.clone(),
                need: names::need(&it.name.value),
                when_set,
                caches: Action::ALL.map(|action| readers(schema, plan, id, action, attribute)),
            });
        }
    }
    all
}

/// The caches that an action clears by an attribute's value.
fn readers(
    schema: &Schema,
    plan: &Plan,
    id: EntityId,
    action: Action,
    attribute: AttributeId,
) -> Vec<String> {
    let mut caches = Vec::new();
    let steps = plan.action(id, action).steps.iter();
    for step in steps.filter(|step| reads(step, attribute)) {
        let name = &schema.cache(step.cache).name.value;
        if !caches.contains(name) {
            caches.push(name.clone());
        }
    }
    caches
}

fn reads(step: &Step, attribute: AttributeId) -> bool {
    let mut sources = step.sources().filter_map(Source::attribute);
    sources.any(|source| source == attribute) || step.present.contains(&attribute)
}

/// Everything of the changes of an entity.
pub(super) fn change(out: &mut Text, shape: &Shape, setters: &Setters) {
    attribute::entity(out, shape);
    attribute::attributes(out, shape);
    construct::alias(out, shape);
    construct::constructors(out, shape);
    need::needs(out, shape);
    setters::own(out, shape, setters);
}
