//! The changes of one entity as types: constructors, setters, and what a change must be told before it counts.
//!
//! A change has one type parameter for each attribute that some rule needs. Keeps true: setters for all references
//! and typed fields exist whether or not a rule needs them, so that deleting a rule breaks no annotation.

mod construct;
mod finish;
mod need;
mod set;

pub(super) use finish::system;

use super::cache::scope_type;
use super::names;
use super::text::Text;
use super::types::{Place, Types};
use crate::model::{
    Action, Attribute, AttributeId, Cardinality, DimensionType, EntityId, FieldSet, Schema,
};
use crate::plan::{Plan, Source, Step};

/// What the change type of an entity looks like.
pub(super) struct Shape {
    /// The entity's name.
    pub(super) entity: String,
    /// What its identity is encoded as, in the entity's module.
    scalar: String,
    /// The same in another entity's module.
    pub(super) scalar_elsewhere: String,
    scope: Option<String>,
    attributes: Vec<Told>,
    /// The attributes some action needs, ascending: one type parameter for each.
    needed: Vec<Needed>,
}

/// An attribute as it is told.
struct Told {
    id: AttributeId,
    name: String,
    /// How its values are told; none for a field without a type, which is only set.
    value: Option<Value>,
}

struct Value {
    rust: String,
    scalar: String,
    cardinality: Cardinality,
}

/// An attribute whose value some step reads.
struct Needed {
    attribute: AttributeId,
    name: String,
    /// Its type parameter.
    state: String,
    /// Its trait.
    need: String,
    /// For each action what must be set for it to be needed; `None`: it never is.
    when_set: [Option<FieldSet>; 3],
    /// Caches whose steps read it.
    caches: Vec<String>,
}

impl Shape {
    pub(super) fn of(types: &Types<'_>, schema: &Schema, plan: &Plan, id: EntityId) -> Self {
        let entity = schema.entity(id);
        let place = Place::Entity(id);
        let identity = DimensionType::Identity(id);
        let scope = schema.scope.as_ref().filter(|_| entity.scoped);
        Self {
            entity: entity.name.value.clone(),
            scalar: types.written(place, &identity).scalar,
            scalar_elsewhere: types.written(Place::Elsewhere, &identity).scalar,
            scope: scope.map(|(_, scalar)| types.written(place, &scope_type(*scalar)).rust),
            attributes: entity
                .attribute_ids()
                .map(|(attribute, it)| Told {
                    id: attribute,
                    name: it.name.value.clone(),
                    value: value(types, place, it),
                })
                .collect(),
            needed: needed(schema, plan, id),
        }
    }

    /// `Change<‹action›, CategoryState>`, with an own text for each state.
    fn change(&self, action: &str, state: impl Fn(&Needed) -> String) -> String {
        let states = self.needed.iter().map(state);
        let all: Vec<String> = std::iter::once(action.to_owned()).chain(states).collect();
        format!("Change<{}>", all.join(", "))
    }

    /// The change whatever its states are.
    pub(super) fn any_change(&self, action: &str) -> String {
        self.change(action, |needed| needed.state.clone())
    }

    /// Its type parameters for the states.
    pub(super) fn states(&self) -> Vec<String> {
        self.needed
            .iter()
            .map(|needed| needed.state.clone())
            .collect()
    }

    /// What must hold of the states for a change to count: `CategoryState: NeedsCategory`.
    pub(super) fn bounds(&self, path: &str) -> Vec<String> {
        let bound = |needed: &Needed| format!("{}: {path}{}", needed.state, needed.need);
        self.needed.iter().map(bound).collect()
    }

    /// `impl<‹more›, ‹states›> Change<‹action›, …> { within }`
    fn implementation(
        &self,
        out: &mut Text,
        more: &str,
        states: &[String],
        action: &str,
        within: impl FnOnce(&mut Text),
    ) {
        let more = (!more.is_empty()).then_some(more);
        let generics: Vec<&str> = more
            .into_iter()
            .chain(states.iter().map(String::as_str))
            .collect();
        let change = self.any_change(action);
        let head = if generics.is_empty() {
            format!("impl {change} {{")
        } else {
            format!("impl<{}> {change} {{", generics.join(", "))
        };
        out.gap();
        out.block(&head, "}", within);
    }
}

impl Needed {
    /// Asked for once some fields are set, and not before.
    fn is_triggered(&self) -> bool {
        let [_, update, _] = self.when_set;
        update.is_some_and(|when| when != FieldSet::ALL)
    }

    /// Its state after these fields were set.
    fn after(&self, set: FieldSet) -> String {
        let [_, update, _] = self.when_set;
        if self.is_triggered() && update.is_some_and(|when| when.meets(set)) {
            format!("{}::Asked", self.state)
        } else {
            self.state.clone()
        }
    }
}

fn value(types: &Types<'_>, place: Place, attribute: &Attribute) -> Option<Value> {
    let written = types.written(place, &attribute.ty()?);
    Some(Value {
        rust: written.rust,
        scalar: written.scalar,
        cardinality: attribute.cardinality,
    })
}

fn needed(schema: &Schema, plan: &Plan, id: EntityId) -> Vec<Needed> {
    let when_set = |action: Action, attribute: AttributeId| -> Option<FieldSet> {
        let mut needs = plan.action(id, action).needs.iter();
        needs
            .find(|need| need.attribute == attribute)
            .map(|need| need.when_set)
    };
    schema
        .entity(id)
        .attribute_ids()
        .map(|(attribute, it)| Needed {
            attribute,
            name: it.name.value.clone(),
            state: names::state(&it.name.value),
            need: names::need(&it.name.value),
            when_set: Action::ALL.map(|action| when_set(action, attribute)),
            caches: readers(schema, plan, id, attribute),
        })
        .filter(|needed| needed.when_set.iter().any(Option::is_some))
        .collect()
}

/// The caches that are cleared by an attribute's value.
fn readers(schema: &Schema, plan: &Plan, id: EntityId, attribute: AttributeId) -> Vec<String> {
    let mut caches = Vec::new();
    for action in Action::ALL {
        let steps = plan.action(id, action).steps.iter();
        for step in steps.filter(|step| reads(step, attribute)) {
            let name = &schema.cache(step.cache).name.value;
            if !caches.contains(name) {
                caches.push(name.clone());
            }
        }
    }
    caches
}

fn reads(step: &Step, attribute: AttributeId) -> bool {
    let mut sources = step.sources().filter_map(Source::attribute);
    sources.any(|source| source == attribute) || step.present.contains(&attribute)
}

/// Everything of the changes of an entity.
pub(super) fn change(out: &mut Text, shape: &Shape) {
    construct::structure(out, shape);
    construct::constructors(out, shape);
    need::needs(out, shape);
    finish::finish(out, shape);
    set::one_sided(out, shape);
    set::two_sided(out, shape);
    set::fields(out, shape);
}
