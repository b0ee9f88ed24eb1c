//! How the others do it: the entries that write the same entity and do declare it.

use super::{By, Declaration, Entry, GapKind, Survey};
use crate::analyze::Place;
use crate::model::EntityId;
use crate::source::Span;

/// The entries that write an entity, and one to copy from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Siblings {
    /// How many write it.
    pub(crate) writers: usize,
    /// How many of them invalidate it wherever they write it.
    pub(crate) covered: usize,
    /// Where one of those declares it.
    pub(crate) example: Place,
}

/// The siblings of a gap; `None` where no other writer invalidates the entity. An example in the same file comes
/// first: it is the one to be looked at.
pub(crate) fn siblings(survey: &Survey, entity: EntityId, beside: Span) -> Option<Siblings> {
    let (mut writers, mut examples) = (0, Vec::new());
    for (index, entry) in survey.entries.iter().enumerate() {
        if !entry.writes.iter().any(|(_, write)| write.entity == entity) {
            continue;
        }
        writers += 1;
        let open = |gap: &&super::Gap| gap.entry == index && gap.entity == entity;
        if !survey
            .gaps
            .iter()
            .any(|gap| open(&gap) && gap.kind <= GapKind::Part)
        {
            examples.extend(declaration(survey, entry, entity));
        }
    }
    let example = examples
        .iter()
        .copied()
        .min_by_key(|place| (place.span.file != beside.file, *place))?;
    Some(Siblings {
        writers,
        covered: examples.len(),
        example,
    })
}

/// Where an entry declares an entity: an attribute rather than a call.
fn declaration(survey: &Survey, entry: &Entry, entity: EntityId) -> Option<Place> {
    let on = |instance| {
        survey
            .declared_on(instance)
            .iter()
            .chain(survey.made_in(instance))
    };
    let all = entry.reach.instances().flat_map(on).chain(&entry.layers);
    let concerned = |declared: &&Declaration| declared.covers.concerns(entity);
    all.filter(concerned)
        .min_by_key(|declared| (declared.by != By::Attribute, declared.place))
        .map(|declared| declared.place)
}
