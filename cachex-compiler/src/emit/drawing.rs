//! What `cachex graph` draws, whatever the format: entities, caches, and what leads from one to the other.
//!
//! One edge for each pair; what its rules say is gathered in its labels, in order of declaration.

use std::collections::BTreeMap;

use super::words;
use crate::model::{Action, Dependency, Entity, FieldSet, Pattern, Schema};

/// Entities first, then caches, each in order of declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawing {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// Where the edge between two nodes is.
    joined: BTreeMap<(usize, usize), usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) description: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Entity,
    Cache,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    /// Indices into the nodes.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) meaning: Meaning,
    /// `create`, `update(title, slug)`; empty where there is nothing to add.
    pub(super) labels: Vec<String>,
    /// What the labels say, while they are gathered.
    met: [Option<FieldSet>; 3],
}

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Changes of the entity clear of the cache.
    Clears,
    /// A change of the entity counts as an update of the other.
    Touches,
    /// The cache is built from the other.
    Builds,
}

pub(super) fn draw(schema: &Schema) -> Drawing {
    let entities = schema.entities.iter().map(|entity| Node {
        name: entity.name.value.clone(),
        kind: Kind::Entity,
        description: entity.description.clone(),
    });
    let caches = schema.caches.iter().map(|cache| Node {
        name: cache.name.value.clone(),
        kind: Kind::Cache,
        description: cache.description.clone(),
    });
    let mut drawing = Drawing {
        nodes: entities.chain(caches).collect(),
        edges: Vec::new(),
        joined: BTreeMap::new(),
    };
    drawing.touches(schema);
    drawing.dependencies(schema);
    drawing.label(schema);
    drawing
}

impl Drawing {
    fn touches(&mut self, schema: &Schema) {
        for (id, entity) in schema.entity_ids() {
            for touch in &entity.touches {
                let mut references = entity.references();
                if let Some((_, _, target)) = references.find(|(one, _, _)| *one == touch.reference)
                {
                    let met = [None, Some(touch.fields), None];
                    self.add(id.0 as usize, target.0 as usize, Meaning::Touches, met);
                }
            }
        }
    }

    fn dependencies(&mut self, schema: &Schema) {
        let first = schema.entities.len();
        for (id, cache) in schema.cache_ids() {
            let to = first + id.0 as usize;
            for dependency in cache.dependencies() {
                match dependency {
                    Dependency::When(when) => {
                        for pattern in &when.patterns {
                            let from = pattern.entity.0 as usize;
                            self.add(from, to, Meaning::Clears, met(pattern));
                        }
                    }
                    Dependency::Cache(upstream) => {
                        let from = first + upstream.cache.value.0 as usize;
                        self.add(from, to, Meaning::Builds, [None; 3]);
                    }
                }
            }
        }
    }

    fn add(&mut self, from: usize, to: usize, meaning: Meaning, met: [Option<FieldSet>; 3]) {
        let next = self.edges.len();
        let place = *self.joined.entry((from, to)).or_insert(next);
        if let Some(edge) = self.edges.get_mut(place) {
            for (known, met) in edge.met.iter_mut().zip(met) {
                *known = match (*known, met) {
                    (Some(known), Some(met)) => Some(known.union(met)),
                    (known, met) => known.or(met),
                };
            }
        } else {
            self.edges.push(Edge {
                from,
                to,
                meaning,
                labels: Vec::new(),
                met,
            });
        }
    }

    fn label(&mut self, schema: &Schema) {
        for edge in &mut self.edges {
            // A cache is built from a cache, and that is all.
            let target = match edge.meaning {
                Meaning::Builds => continue,
                Meaning::Clears => edge.from,
                Meaning::Touches => edge.to,
            };
            let Some(entity) = schema.entities.get(target) else {
                continue;
            };
            edge.labels = labels(entity, edge.met);
        }
    }
}

/// None for any change, and for an update of no declared field.
fn labels(entity: &Entity, met: [Option<FieldSet>; 3]) -> Vec<String> {
    if met == [Some(FieldSet::ALL); 3] || met == [None, Some(FieldSet::NONE), None] {
        return Vec::new();
    }
    let named = Action::ALL
        .into_iter()
        .zip(met)
        .filter_map(|(action, met)| {
            let fields = met?;
            let text = words::change(entity, action, (fields != FieldSet::ALL).then_some(fields));
            text.get(entity.name.value.len() + 1..).map(str::to_owned)
        });
    named.collect()
}

fn met(pattern: &Pattern) -> [Option<FieldSet>; 3] {
    Action::ALL.map(|action| {
        let meets = pattern.action.is_none_or(|only| only == action);
        meets.then(|| pattern.fields.unwrap_or(FieldSet::ALL))
    })
}
