//! Changes told in the words of a test, and what they clear as text.

use std::collections::BTreeMap;

use crate::model::{Action, Attribute, AttributeId, CacheId, Cardinality, Entity, FieldSet};
use crate::plan::{Change, Entry, Given, Image, Plan, Region, Value, evaluate};
use crate::{Compilation, Options, Sources, compile};

pub(super) const LANGUAGE: &str = include_str!("../../../tests/plan/language.yaml");

/// A compiled schema.
pub(super) struct World(Compilation);

/// A change of it.
pub(super) struct Told<'w> {
    world: &'w World,
    change: Change,
}

impl World {
    pub(super) fn of(yaml: &str) -> Self {
        let compilation = compile(&Sources::new("cachex.yaml", yaml), &Options::default());
        let fine = compilation.schema.is_some();
        assert!(fine, "{:#?}", compilation.diagnostics);
        Self(compilation)
    }

    pub(super) fn schema(&self) -> &crate::model::Schema {
        self.0.schema.as_ref().unwrap()
    }

    pub(super) fn plan(&self) -> &Plan {
        self.0.plan.as_ref().unwrap()
    }

    pub(super) fn cache(&self, name: &str) -> CacheId {
        let mut caches = self.schema().cache_ids();
        caches.find(|(_, one)| one.name.value == name).unwrap().0
    }

    /// `post.update`, of one identity; both images, with nothing known yet.
    pub(super) fn change(&self, what: &str, identity: &str) -> Told<'_> {
        let (name, action) = what.split_once('.').unwrap();
        let mut entities = self.schema().entity_ids();
        let (entity, _) = entities.find(|(_, one)| one.name.value == name).unwrap();
        let mut actions = Action::ALL.into_iter();
        let action = actions.find(|one| one.name() == action).unwrap();
        let image = Image {
            identity: identity_of(identity),
            attributes: BTreeMap::new(),
        };
        let sides = if action == Action::Update { 2 } else { 1 };
        let change = Change {
            entity,
            action,
            set: FieldSet::ALL,
            images: vec![image; sides],
        };
        Told {
            world: self,
            change,
        }
    }

    /// An entry: `item=1,2` is two values of a tag, `?` instead of all tags: not known.
    pub(super) fn entry(&self, cache: &str, values: &str) -> Entry {
        let cache = self.cache(cache);
        let unknown = values.ends_with('?');
        let pairs: BTreeMap<_, _> = values
            .split(' ')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let mut entry = Entry {
            cache,
            params: BTreeMap::new(),
            tags: (!unknown).then(BTreeMap::new),
        };
        for (id, dimension) in self.schema().cache(cache).dimension_ids() {
            let text = pairs.get(dimension.name.value.as_str()).copied();
            let value = |text: &str| (text != "-").then(|| text.into());
            match (dimension.kind, &mut entry.tags) {
                (crate::model::DimensionKind::Param, _) => {
                    entry.params.insert(id, value(text.unwrap_or("-")));
                }
                (_, Some(tags)) => {
                    let many = dimension.cardinality == Cardinality::Many;
                    let text = text.or((!many).then_some("-"));
                    let values = text.into_iter().flat_map(|text| text.split(','));
                    tags.insert(id, values.map(value).collect());
                }
                (_, None) => {}
            }
        }
        entry
    }
}

fn identity_of(text: &str) -> Given {
    match text.split_once('/') {
        _ if text == "_" => Given::Unknown,
        Some((one, two)) => Given::One(Value::Components(vec![one.into(), two.into()])),
        None => Given::One(text.into()),
    }
}

impl Told<'_> {
    /// The fields that were set.
    pub(super) fn set(mut self, names: &[&str]) -> Self {
        let ids = names.iter().map(|name| self.attribute(name).0);
        self.change.set = ids.collect();
        self
    }

    /// A value that did not move: `-` absent, `a,b` a set.
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        let (id, attribute) = self.attribute(name);
        let given = given(attribute, text);
        for image in &mut self.change.images {
            image.attributes.insert(id, given.clone());
        }
        self
    }

    /// A value that moved; `_` on a side that isn't known.
    pub(super) fn moved(mut self, name: &str, old: &str, new: &str) -> Self {
        let (id, attribute) = self.attribute(name);
        let sides = [given(attribute, old), given(attribute, new)];
        for (image, given) in self.change.images.iter_mut().zip(sides) {
            image.attributes.insert(id, given);
        }
        self
    }

    /// As many identities at once.
    pub(super) fn each(mut self, identities: &[&str]) -> Self {
        let images = std::mem::take(&mut self.change.images);
        let each = identities.iter().flat_map(|identity| {
            images.iter().map(|image| Image {
                identity: identity_of(identity),
                ..image.clone()
            })
        });
        self.change.images = each.collect();
        self
    }

    pub(super) fn regions(&self) -> Vec<Region> {
        evaluate(self.world.schema(), self.world.plan(), &self.change)
    }

    /// `posts{category=a, item=1}`, in order of clearing.
    pub(super) fn clears(&self) -> Vec<String> {
        let regions = self.regions();
        regions
            .iter()
            .map(|region| self.world.text(region))
            .collect()
    }

    /// The regions of one cache.
    pub(super) fn clears_of(&self, cache: &str) -> Vec<String> {
        let mut regions = self.clears();
        regions.retain(|region| {
            region
                .split_once('{')
                .is_some_and(|(name, _)| name == cache)
        });
        regions
    }

    /// Whether an entry goes, by the plan; the rules must say the same.
    pub(super) fn clears_entry(&self, cache: &str, values: &str) -> bool {
        let entry = self.world.entry(cache, values);
        let declared = self.world.schema().cache(entry.cache);
        let cleared = self
            .regions()
            .iter()
            .any(|region| region.cache == entry.cache && region.holds(declared, &entry));
        let stale = crate::plan::naive::is_stale(self.world.schema(), &self.change, &entry);
        assert_eq!(cleared, stale, "plan and rules disagree");
        cleared
    }

    fn attribute(&self, name: &str) -> (AttributeId, &Attribute) {
        let entity: &Entity = self.world.schema().entity(self.change.entity);
        let mut attributes = entity.attribute_ids();
        attributes.find(|(_, one)| one.name.value == name).unwrap()
    }
}

impl World {
    fn text(&self, region: &Region) -> String {
        let cache = self.schema().cache(region.cache);
        let bound = region.bound.iter().map(|(id, value)| {
            let value = match value {
                None => "-".to_owned(),
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Components(components)) => format!("{components:?}"),
            };
            format!("{}={value}", cache.dimension(*id).name.value)
        });
        let bound: Vec<_> = bound.collect();
        format!("{}{{{}}}", cache.name.value, bound.join(", "))
    }
}

fn given(attribute: &Attribute, text: &str) -> Given {
    match text {
        "_" => Given::Unknown,
        "-" => Given::Absent,
        _ if attribute.cardinality == Cardinality::Many => {
            let values = text.split(',').filter(|value| !value.is_empty());
            Given::Many(values.map(Value::from).collect())
        }
        _ => Given::One(text.into()),
    }
}
