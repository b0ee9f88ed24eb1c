//! The rules of a schema, indexed by what a walk asks for: who listens to an entity, who is built from a cache.

use crate::graph::cache_graph;
use crate::model::{CacheId, Dependency, Entity, EntityId, Schema, Upstream, When};

/// A `when` that names an entity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listener<'s> {
    pub cache: CacheId,
    /// Index in `depends_on`.
    pub index: u16,
    pub when: &'s When,
}

/// A cache that is built from another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dependent<'s> {
    pub cache: CacheId,
    /// Index in `depends_on`.
    pub index: u16,
    pub upstream: &'s Upstream,
}

/// One pass over the schema, so that no walk has to look for its neighbours.
#[derive(Debug)]
pub(super) struct Rules<'s> {
    pub schema: &'s Schema,
    /// Upstream first.
    pub order: Vec<CacheId>,
    positions: Vec<usize>,
    listeners: Vec<Vec<Listener<'s>>>,
    dependents: Vec<Vec<Dependent<'s>>>,
}

impl<'s> Rules<'s> {
    pub(super) fn of(schema: &'s Schema) -> Self {
        let order = cache_graph(schema).order();
        let mut positions = vec![0; order.len()];
        for (position, cache) in order.iter().enumerate() {
            if let Some(slot) = positions.get_mut(cache.0 as usize) {
                *slot = position;
            }
        }
        let mut rules = Self {
            schema,
            order,
            positions,
            listeners: vec![Vec::new(); schema.entities.len()],
            dependents: vec![Vec::new(); schema.caches.len()],
        };
        rules.index();
        rules
    }

    fn index(&mut self) {
        for (cache, declared) in self.schema.cache_ids() {
            for (index, dependency) in (0..).zip(declared.dependencies()) {
                match dependency {
                    Dependency::When(when) => self.listen(Listener { cache, index, when }),
                    Dependency::Cache(upstream) => {
                        let of = upstream.cache.value.0 as usize;
                        if let Some(dependents) = self.dependents.get_mut(of) {
                            dependents.push(Dependent {
                                cache,
                                index,
                                upstream,
                            });
                        }
                    }
                }
            }
        }
    }

    fn listen(&mut self, listener: Listener<'s>) {
        for pattern in &listener.when.patterns {
            if let Some(listeners) = self.listeners.get_mut(pattern.entity.0 as usize) {
                let known = listeners
                    .last()
                    .is_some_and(|last| std::ptr::eq(last.when, listener.when));
                if !known {
                    listeners.push(listener);
                }
            }
        }
    }

    /// The dependencies with a pattern of an entity, in order of declaration, each once.
    pub(super) fn listeners(&self, entity: EntityId) -> &[Listener<'s>] {
        self.listeners
            .get(entity.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The caches built from a cache, in order of declaration.
    pub(super) fn dependents(&self, cache: CacheId) -> &[Dependent<'s>] {
        self.dependents
            .get(cache.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// Where a cache stands in [`Rules::order`].
    pub(super) fn position(&self, cache: CacheId) -> usize {
        self.positions.get(cache.0 as usize).copied().unwrap_or(0)
    }

    pub(super) fn entity(&self, id: EntityId) -> &'s Entity {
        self.schema.entity(id)
    }
}
