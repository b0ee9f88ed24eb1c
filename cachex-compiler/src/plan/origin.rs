//! Where the values of a step come from: the changed entity itself, or one that counts as updated with it.
//!
//! A derived change knows its identity only. Here that becomes a substitution: what a rule reads of the derived
//! entity is read from the reference that led to it, or is unknown.

use std::collections::BTreeMap;

use super::rules::Rules;
use super::step::followed_by;
use super::{Because, Source, Step};
use crate::model::{
    AttributeId, CacheId, Cardinality, Dependency, Entity, EntityId, FieldSet, Schema, Touch, When,
    WhereField,
};

/// Identities of one derived entity, found inside composite ones, that are kept apart. Composite identities nested in
/// composite ones can have a number of components exponential in their depth; beyond this many the identity counts as
/// unknown, which is wider and never stale.
const NESTED: usize = 16;

/// The entity whose rules are asked, and how its values are known.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub entity: EntityId,
    pub reads: Reads,
    /// An update of these; `None` for the written entity itself.
    pub fields: FieldSet,
    /// References that must not be known to be absent.
    pub present: Vec<AttributeId>,
    pub because: Vec<Because>,
}

impl Origin {
    /// The entity that was written.
    pub(super) fn written(entity: EntityId) -> Self {
        Self {
            entity,
            reads: Reads::Itself,
            fields: FieldSet::ALL,
            present: Vec::new(),
            because: Vec::new(),
        }
    }

    /// Whether it is the written entity itself.
    pub(super) fn is_written(&self) -> bool {
        self.reads == Reads::Itself
    }
}

/// What a source on an entity becomes on the change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reads {
    /// The written entity: everything as it stands.
    Itself,
    /// An entity whose identity is what this reference holds (or that component of it).
    Through(AttributeId, Vec<u16>),
    /// An entity of which nothing is known.
    Nothing,
}

impl Reads {
    /// Where a field of `entity` is found on the change; `None` if it isn't known.
    pub(super) fn source(&self, entity: &Entity, field: WhereField) -> Option<Source> {
        let component = match (self, field) {
            (Self::Itself, field) => return Some(Source::Field(field)),
            (Self::Nothing, _) => return None,
            (Self::Through(reference, path), WhereField::Identity) => {
                return Some(through(*reference, path.clone()));
            }
            (Self::Through(..), WhereField::Component(index)) => index,
            (Self::Through(..), WhereField::Attribute(attribute)) => {
                component_of(entity, attribute)?
            }
        };
        self.component(entity, component)
            .and_then(|reads| reads.source(entity, WhereField::Identity))
    }

    /// An identity of one component *is* that component, so its path grows by nothing.
    fn component(&self, entity: &Entity, index: u16) -> Option<Self> {
        match self {
            Self::Through(..) if !entity.identity.is_composite() => Some(self.clone()),
            Self::Through(reference, path) => {
                let mut path = path.clone();
                path.push(index);
                Some(Self::Through(*reference, path))
            }
            Self::Itself | Self::Nothing => None,
        }
    }

    /// How the entity behind a reference of `entity` is known.
    fn follow(&self, entity: &Entity, reference: AttributeId) -> Self {
        match self {
            Self::Itself => Self::Through(reference, Vec::new()),
            Self::Nothing => Self::Nothing,
            Self::Through(..) => component_of(entity, reference)
                .and_then(|index| self.component(entity, index))
                .unwrap_or(Self::Nothing),
        }
    }
}

fn through(reference: AttributeId, path: Vec<u16>) -> Source {
    if path.is_empty() {
        Source::Field(WhereField::Attribute(reference))
    } else {
        Source::ComponentOf(reference, path)
    }
}

/// The component of an identity that a reference is, if it is one.
pub(super) fn component_of(entity: &Entity, reference: AttributeId) -> Option<u16> {
    (0..)
        .zip(&entity.identity.components)
        .find(|(_, component)| component.reference == Some(reference))
        .map(|(index, _)| index)
}

/// Everything that counts as updated when an entity changes, nearest first; not the entity itself.
///
/// Two ways to the same entity that know the same of it are one, with the fields of both: what is listed again is
/// listed for fields it did not have yet, so the list stays within 128 times what can be known of each entity.
pub(super) fn derived(rules: &Rules<'_>, entity: EntityId) -> Vec<Origin> {
    let mut seen = Seen::default();
    let mut found: Vec<Origin> = Vec::new();
    let mut next = 0;
    let mut current = Some(Origin::written(entity));
    while let Some(origin) = current {
        let declared = rules.entity(origin.entity);
        for (index, touch) in (0..).zip(&declared.touches) {
            let Some(touched) = touch_from(declared, &origin, index, touch) else {
                continue;
            };
            found.extend(seen.admit(touched));
        }
        current = found.get(next).cloned();
        next += 1;
    }
    found
}

fn touch_from(declared: &Entity, origin: &Origin, index: u16, touch: &Touch) -> Option<Origin> {
    let (reference, attribute, target) = declared
        .references()
        .find(|(reference, _, _)| *reference == touch.reference)?;
    let mut present = origin.present.clone();
    if matches!(origin.reads, Reads::Itself) && attribute.cardinality != Cardinality::One {
        present.push(reference);
    }
    let because = followed_by(&origin.because, Because::Touches(origin.entity, index));
    Some(Origin {
        entity: target,
        reads: origin.reads.follow(declared, reference),
        fields: touch.fields,
        present,
        because,
    })
}

/// What a rule behind `touches` compares and the change can't know.
#[derive(Debug, Clone)]
pub(crate) struct Uncompared<'s> {
    /// The entity that counts as updated.
    pub(crate) entity: EntityId,
    /// Whether at least its identity is known.
    pub(crate) knows_identity: bool,
    /// The rule, and its cache.
    pub(crate) cache: CacheId,
    pub(crate) when: &'s When,
    /// What stays free, in order of the rule; never empty.
    pub(crate) fields: Vec<WhereField>,
}

/// Goes a step's way again to see what was lost on it; `None` where nothing was.
pub(crate) fn uncompared<'s>(schema: &'s Schema, step: &Step) -> Option<Uncompared<'s>> {
    let mut origin: Option<Origin> = None;
    for because in &step.because {
        match because {
            Because::Touches(entity, index) => {
                let from = origin.take().unwrap_or_else(|| Origin::written(*entity));
                let declared = schema.entity(*entity);
                let touch = declared.touches.get(usize::from(*index))?;
                origin = touch_from(declared, &from, *index, touch);
            }
            Because::When(id, index) => {
                let origin = origin?;
                let entity = schema.entity(origin.entity);
                let dependency = schema.cache(*id).dependencies().get(usize::from(*index));
                let Some(Dependency::When(when)) = dependency else {
                    return None;
                };
                let knows = |field| origin.reads.source(entity, field).is_some();
                let compared = when.wheres.iter().map(|clause| clause.left.value);
                let fields: Vec<_> = compared.filter(|field| !knows(*field)).collect();
                return (!fields.is_empty()).then(|| Uncompared {
                    entity: origin.entity,
                    knows_identity: knows(WhereField::Identity),
                    cache: *id,
                    when,
                    fields,
                });
            }
            Because::Cascade(..) => return None,
        }
    }
    None
}

#[derive(Debug, Default)]
struct Seen {
    fields: BTreeMap<(EntityId, Reads, Vec<AttributeId>), FieldSet>,
    nested: BTreeMap<EntityId, usize>,
}

impl Seen {
    fn admit(&mut self, mut origin: Origin) -> Option<Origin> {
        let nothing = (origin.entity, Reads::Nothing, Vec::new());
        if self.covers(&nothing, origin.fields) {
            return None;
        }
        let nested = self.nested.entry(origin.entity).or_default();
        if matches!(&origin.reads, Reads::Through(_, path) if !path.is_empty()) {
            if *nested >= NESTED {
                origin.reads = Reads::Nothing;
                origin.present.clear();
            }
            *nested += 1;
        }
        let key = (origin.entity, origin.reads.clone(), origin.present.clone());
        if self.covers(&key, origin.fields) {
            return None;
        }
        let fields = self.fields.entry(key).or_default();
        *fields = fields.union(origin.fields);
        Some(origin)
    }

    fn covers(&self, key: &(EntityId, Reads, Vec<AttributeId>), fields: FieldSet) -> bool {
        self.fields
            .get(key)
            .is_some_and(|known| known.contains(fields))
    }
}
