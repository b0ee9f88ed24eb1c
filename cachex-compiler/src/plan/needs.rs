//! What a change must be given: every value some step reads, but the identity, which is always asked for.

use std::collections::BTreeMap;

use super::origin::component_of;
use super::{Need, Source, Step};
use crate::model::{AttributeId, Entity, FieldSet};

/// The needs of one action, ascending by attribute.
pub(super) fn needs(entity: &Entity, steps: &[Step]) -> Vec<Need> {
    let mut needs: BTreeMap<AttributeId, FieldSet> = BTreeMap::new();
    for step in steps {
        let read = step.sources().filter_map(Source::attribute);
        for attribute in read.chain(step.present.iter().copied()) {
            if component_of(entity, attribute).is_none() {
                let when_set = needs.entry(attribute).or_default();
                *when_set = when_set.union(step.mask);
            }
        }
    }
    needs
        .into_iter()
        .map(|(attribute, when_set)| Need {
            attribute,
            when_set,
        })
        .collect()
}
