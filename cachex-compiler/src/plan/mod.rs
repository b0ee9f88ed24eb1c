//! The plan: for each (entity, action) the steps that clear caches, worked out when compiling.
//!
//! Owns the meaning of the rules (closure over caches and `touches`, bindings, literals, facets, widening). Knows
//! neither YAML nor Rust. Each step carries the rules that led to it, so that `explain` can say why. The runtime
//! evaluates a step against the images of a change; nothing walks a graph at run time.

mod change;
mod closure;
mod evaluate;
mod facets;
mod met;
pub mod naive;
mod needs;
mod origin;
mod rules;
mod step;
#[cfg(test)]
mod tests;

pub use change::{Change, Entry, Given, Image, Region, Value};
pub use evaluate::evaluate;
pub(crate) use origin::uncompared;

use crate::model::{Action, AttributeId, CacheId, DimensionId, EntityId, FieldSet, WhereField};
use crate::model::{Schema, Valid};

/// What a schema does, ready to be emitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// One per entity, by [`EntityId`].
    pub entities: Vec<EntityPlan>,
    /// One per cache, by [`CacheId`].
    pub caches: Vec<CachePlan>,
    /// All caches, a cache before those built from it; ties by order of declaration.
    pub order: Vec<CacheId>,
}

/// What the changes of one entity clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityPlan {
    /// By [`Action`], in the order of [`Action::ALL`].
    pub actions: [ActionPlan; 3],
}

/// What one action of one entity clears.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionPlan {
    /// Upstream caches first (by [`Plan::order`]), none subsumed by another.
    pub steps: Vec<Step>,
    /// The values a change of this action must be given, or be told unknown.
    pub needs: Vec<Need>,
}

/// A value some step reads: what the typestate of a change constructor asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Which reference or field (the identity is always asked for).
    pub attribute: AttributeId,
    /// For `update`: asked for when one of these fields is set (`ALL`: always).
    pub when_set: FieldSet,
}

/// Clear a region of a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Of which cache.
    pub cache: CacheId,
    /// The dimensions that get a value, ascending by dimension.
    pub bindings: Vec<Binding>,
    /// For `update`: the step applies when one of these fields was set; `ALL`: always, even for `update()`.
    pub mask: FieldSet,
    /// Values of the same image that must be equal, or unknown.
    pub tests: Vec<Test>,
    /// References and fields that must not be known to be absent (or, many-valued, to be empty), ascending: an absent
    /// reference derives nothing through `touches`, and an absent value is in no region of a required param.
    pub present: Vec<AttributeId>,
    /// The rules that led here, from the change to the cache; of more than [`Step::HOPS`] the middle is left out.
    pub because: Vec<Because>,
}

/// One dimension of a region gets its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Of the step's cache.
    pub dimension: DimensionId,
    /// Where the value comes from.
    pub from: Source,
    /// The value stands for "absent" as well: the region is united with the one where the dimension is absent.
    /// (An optional *param* needs no such flag: its regions always contain the entries where it is absent.)
    pub or_absent: bool,
}

/// Where a bound value comes from: always one image of the change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The identity, a component of it, or a reference or field of the changed entity. A derived change
    /// (`touches`) has the reference that led to it as its identity.
    Field(WhereField),
    /// A component of the identity that a *derived* change has: component `[1]` of what the reference holds. Longer
    /// where a component is itself a reference to an entity with a composite identity (`[0, 1]`); never empty.
    ComponentOf(AttributeId, Vec<u16>),
    /// A fixed value (`only: { sort: popular }`), in canonical text.
    Literal(String),
}

/// `where: { published: true }`: the value in the image must be this, or be unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Test {
    /// What is tested.
    pub from: Source,
    /// Canonical text.
    pub literal: String,
}

/// One hop from a change to a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// `entity.touches[index]` derived an update of the next entity.
    Touches(EntityId, u16),
    /// `cache.depends_on[index]`, a `when`.
    When(CacheId, u16),
    /// `cache.depends_on[index]`, a `cache:`; the cache is the dependent one.
    Cascade(CacheId, u16),
}

/// What the runtime must know of a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachePlan {
    /// The sets of dimensions that some step binds (`{}` is the whole cache and never listed), in the order a
    /// region prefers them: most dimensions first, ties by order of declaration of the step's dependency.
    pub facets: Vec<Facet>,
}

/// A set of dimensions some step of a cache binds; an entry has one validity check for each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facet {
    /// Ascending, never empty.
    pub dimensions: Vec<DimensionId>,
}

/// Works out what every change clears.
pub fn plan(schema: &Valid<Schema>) -> Plan {
    draft(schema)
}

/// The same of a schema that is not known to be valid: some rules look at what it would do. It ends on any schema, and
/// tells nothing of one with a cycle.
pub(crate) fn draft(schema: &Schema) -> Plan {
    let rules = rules::Rules::of(schema);
    let entities: Vec<_> = schema
        .entity_ids()
        .map(|(id, entity)| {
            let actions = closure::steps(&rules, id).map(|steps| {
                let needs = needs::needs(entity, &steps);
                ActionPlan { steps, needs }
            });
            EntityPlan { actions }
        })
        .collect();
    let caches = facets::facets(schema, &entities);
    Plan {
        entities,
        caches,
        order: rules.order,
    }
}

impl Plan {
    /// What one action of an entity clears.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are valid by construction and an action is one of three"
    )]
    pub fn action(&self, entity: EntityId, action: Action) -> &ActionPlan {
        &self.entities[entity.0 as usize].actions[action as usize]
    }

    /// What the runtime must know of a cache.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by resolve, which makes them valid"
    )]
    pub fn cache(&self, id: CacheId) -> &CachePlan {
        &self.caches[id.0 as usize]
    }
}
