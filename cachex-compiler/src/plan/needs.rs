//! What a change must be given: every value some step reads, but the identity, which is always asked for.

use super::origin::component_of;
use super::{Need, Source, Step};
use crate::model::Entity;

/// The needs of one action, ascending by attribute.
pub(super) fn needs(entity: &Entity, steps: &[Step]) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for step in steps {
        let read = step.sources().filter_map(Source::attribute);
        for attribute in read.chain(step.present.iter().copied()) {
            let place = needs.binary_search_by_key(&attribute, |need| need.attribute);
            match place.map(|known| needs.get_mut(known)) {
                Ok(Some(need)) => need.when_set = need.when_set.union(step.mask),
                Err(place) if component_of(entity, attribute).is_none() => {
                    let when_set = step.mask;
                    needs.insert(
                        place,
                        Need {
                            attribute,
                            when_set,
                        },
                    );
                }
                Ok(None) | Err(_) => {}
            }
        }
    }
    needs
}
