//! Entries without a value, for tests: validity never looks at one, so a load can be played from a key and its tags.

use super::caches::Caches;
use super::core::Core;
use super::protocol::{Begun, Sound};
use super::slots::{Place, Walk};
use crate::codegen::Value;

/// What an entry has beside its value: when its load began, and its slots.
#[derive(Debug)]
pub(crate) struct Probe {
    cache: u32,
    begun: Begun,
    places: Vec<Place>,
}

impl Caches {
    /// An entry that is loaded now; `None`: there is no such cache.
    pub(crate) fn probe(
        &self,
        cache: u32,
        scope: Option<&Value>,
        params: &[Value],
        tags: Option<Vec<Vec<Value>>>,
    ) -> Option<Probe> {
        let core = self.core(cache)?;
        let begun = core.begin::<Sound>();
        let Core { placer, slots, .. } = core;
        let mut places = placer.known(slots, scope, params);
        places.extend(placer.tagged(slots, scope, params, tags));
        Some(Probe {
            cache,
            begun,
            places,
        })
    }

    /// Whether it would still be served.
    pub(crate) fn is_valid(&self, probe: &Probe) -> bool {
        self.core(probe.cache)
            .is_some_and(|core| core.slots.walk(&probe.places, probe.begun.stamp) == Walk::Valid)
    }
}
