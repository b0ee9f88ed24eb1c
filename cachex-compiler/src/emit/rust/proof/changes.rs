//! The changes an entity is played with: every value known, each one moved, absent or several at a time, none known.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::values;
use crate::model::{Action, AttributeId, Cardinality, DimensionType, EntityId, FieldSet, Schema};
use crate::plan::naive::{Fate, fates};
use crate::plan::{Change, Entry, Given, Image, Plan};

/// One change in canonical text, and what becomes of the entries.
#[derive(Serialize)]
pub(super) struct Case {
    /// What it is, for the message of a failure.
    what: String,
    action: &'static str,
    /// The name clients are told; `null`: they aren't.
    event: Option<String>,
    /// `null`: not known.
    ids: Option<Vec<String>>,
    /// By attribute: `null` where it isn't known; a value that is absent is `null` in its list.
    before: Vec<Option<Vec<Option<String>>>>,
    after: Vec<Option<Vec<Option<String>>>>,
    /// The fields set, as a number.
    set: String,
    /// Entries that must be gone.
    gone: Vec<usize>,
    /// Entries that may be: what isn't known widens a region.
    open: Vec<usize>,
}

/// One side of a change.
type Side = BTreeMap<AttributeId, Given>;

/// A change as it is drawn up.
#[derive(Clone)]
struct Drawn {
    what: String,
    ids: Option<usize>,
    before: Side,
    after: Side,
    set: FieldSet,
}

/// An attribute, its name, and what else it may hold, each in words.
type Others = (AttributeId, String, Vec<(String, Given)>);

/// The cases of an action; of `any`, what the union of the three clears.
pub(super) fn cases(
    schema: &Schema,
    plan: &Plan,
    entity: EntityId,
    action: &str,
    entries: &[Entry],
) -> Vec<Case> {
    let playing = Playing {
        schema,
        plan,
        entity,
        entries,
    };
    match action {
        "create" => playing.one_sided(Action::Create),
        "delete" => playing.one_sided(Action::Delete),
        "update" => playing.two_sided(),
        _ => vec![playing.any()],
    }
}

struct Playing<'a> {
    schema: &'a Schema,
    plan: &'a Plan,
    entity: EntityId,
    entries: &'a [Entry],
}

impl Playing<'_> {
    fn one_sided(&self, action: Action) -> Vec<Case> {
        let base = self.base();
        let mut drawn = vec![
            base.clone(),
            base.clone().unknown(),
            base.clone().unidentified(),
        ];
        for (attribute, name, others) in self.others() {
            for (what, given) in others {
                let mut other = base.clone();
                other.what = format!("`{name}` is {what}");
                other.before.insert(attribute, given.clone());
                other.after.insert(attribute, given);
                drawn.push(other);
            }
        }
        drawn.iter().map(|it| self.case(action, it)).collect()
    }

    fn two_sided(&self) -> Vec<Case> {
        let base = self.base();
        let nothing = base.clone().set("of no declared field", FieldSet::NONE);
        let several = Drawn {
            ids: Some(2),
            what: "of two at once".to_owned(),
            ..base.clone()
        };
        let mut drawn = vec![
            base.clone(),
            nothing,
            several,
            base.clone().unknown(),
            base.clone().unidentified(),
        ];
        for (attribute, it) in self.schema.entity(self.entity).attribute_ids() {
            let name = &it.name.value;
            let set = FieldSet::one(attribute);
            drawn.push(
                base.clone()
                    .set(&format!("of `{name}`, which did not move"), set),
            );
        }
        let mut all = Drawn {
            what: "everything moved at once".to_owned(),
            ..base.clone()
        };
        for (attribute, name, others) in self.others() {
            for (what, given) in others {
                let to = format!("`{name}` moved to {what}");
                drawn.push(base.clone().moved(to, attribute, None, Some(given.clone())));
                let from = format!("`{name}` moved from {what}");
                drawn.push(
                    base.clone()
                        .moved(from, attribute, Some(given.clone()), None),
                );
                all.after.insert(attribute, given);
            }
        }
        drawn.push(all);
        drawn
            .iter()
            .map(|it| self.case(Action::Update, it))
            .collect()
    }

    /// Nothing but the identity is known, not even what was done.
    fn any(&self) -> Case {
        let unknown = self.base().unknown();
        let cases = Action::ALL.map(|action| self.fates(action, &unknown));
        let all = |nth: usize| {
            cases
                .iter()
                .filter_map(move |fates| fates.get(nth).copied())
        };
        let union: Vec<Fate> = (0..self.entries.len())
            .map(|nth| match () {
                () if all(nth).any(|fate| fate == Fate::Stale) => Fate::Stale,
                () if all(nth).all(|fate| fate == Fate::Kept) => Fate::Kept,
                () => Fate::Open,
            })
            .collect();
        self.written("any", &unknown, &union)
    }

    /// The first of the entity, everything known of it and unmoved.
    fn base(&self) -> Drawn {
        let side: Side = self
            .attributes()
            .map(|(attribute, _, cardinality, values)| {
                let first = values.into_iter().next();
                (
                    attribute,
                    first.map_or(Given::Unknown, |first| one(cardinality, first)),
                )
            })
            .collect();
        Drawn {
            what: "everything known".to_owned(),
            ids: Some(1),
            before: side.clone(),
            after: side,
            set: FieldSet::ALL,
        }
    }

    /// What else each attribute may hold.
    fn others(&self) -> Vec<Others> {
        self.attributes()
            .map(|(attribute, name, cardinality, values)| {
                let mut others: Vec<(String, Given)> = values
                    .iter()
                    .skip(1)
                    .map(|value| {
                        (
                            format!("`{}`", values::text(value)),
                            one(cardinality, value.clone()),
                        )
                    })
                    .collect();
                match cardinality {
                    Cardinality::One => {}
                    Cardinality::Optional => others.push(("absent".to_owned(), Given::Absent)),
                    Cardinality::Many => {
                        let both = values.into_iter().collect();
                        others.insert(0, ("several".to_owned(), Given::Many(both)));
                        others.push(("empty".to_owned(), Given::Many(BTreeSet::new())));
                    }
                }
                (attribute, name, others)
            })
            .collect()
    }

    /// The references and typed fields that aren't told by the identity.
    fn attributes(
        &self,
    ) -> impl Iterator<Item = (AttributeId, String, Cardinality, Vec<crate::plan::Value>)> {
        let entity = self.schema.entity(self.entity);
        let told = entity.identity.components.iter();
        let told: BTreeSet<AttributeId> = told.filter_map(|it| it.reference).collect();
        entity
            .attribute_ids()
            .filter(move |(id, it)| it.ty().is_some() && !told.contains(id))
            .map(|(id, it)| {
                let values = values::of_attribute(self.schema, self.entity, id);
                (id, it.name.value.clone(), it.cardinality, values)
            })
    }

    fn case(&self, action: Action, drawn: &Drawn) -> Case {
        self.written(action.name(), drawn, &self.fates(action, drawn))
    }

    fn fates(&self, action: Action, drawn: &Drawn) -> Vec<Fate> {
        let sides: &[&Side] = match action {
            Action::Create => &[&drawn.after],
            Action::Delete => &[&drawn.before],
            Action::Update => &[&drawn.before, &drawn.after],
        };
        let identities = match drawn.ids {
            None => vec![Given::Unknown],
            Some(count) => (0..count)
                .map(|nth| Given::One(self.identity(nth)))
                .collect(),
        };
        let images = identities.iter().flat_map(|identity| {
            sides.iter().map(|&side| Image {
                identity: identity.clone(),
                attributes: side.clone(),
            })
        });
        let change = Change {
            entity: self.entity,
            action,
            set: drawn.set,
            images: images.collect(),
        };
        fates(self.schema, &self.plan.caches, &change, self.entries)
    }

    fn identity(&self, nth: usize) -> crate::plan::Value {
        values::value(self.schema, &DimensionType::Identity(self.entity), nth)
    }

    fn written(&self, action: &'static str, drawn: &Drawn, fates: &[Fate]) -> Case {
        let with = |fate: Fate| {
            let all = fates.iter().enumerate();
            all.filter(|(_, it)| **it == fate)
                .map(|(nth, _)| nth)
                .collect()
        };
        let ids = drawn.ids.map(|count| {
            (0..count)
                .map(|nth| values::text(&self.identity(nth)))
                .collect()
        });
        let entity = self.schema.entity(self.entity);
        let mut told = Action::ALL.into_iter().filter(|it| entity.notify.has(*it));
        let is_told = told.any(|it| action == "any" || action == it.name());
        Case {
            what: format!("{action}: {}", drawn.what),
            action,
            event: is_told.then(|| entity.event.value.clone()),
            ids,
            before: self.texts(&drawn.before),
            after: self.texts(&drawn.after),
            set: drawn.set.0.to_string(),
            gone: with(Fate::Stale),
            open: with(Fate::Open),
        }
    }

    fn texts(&self, side: &Side) -> Vec<Option<Vec<Option<String>>>> {
        let attributes = self.schema.entity(self.entity).attribute_ids();
        let text = |given: &Given| match given {
            Given::Unknown => None,
            Given::Absent => Some(vec![None]),
            Given::One(value) => Some(vec![Some(values::text(value))]),
            Given::Many(all) => Some(all.iter().map(|it| Some(values::text(it))).collect()),
        };
        attributes
            .map(|(id, _)| side.get(&id).and_then(text))
            .collect()
    }
}

fn one(cardinality: Cardinality, value: crate::plan::Value) -> Given {
    match cardinality {
        Cardinality::One | Cardinality::Optional => Given::One(value),
        Cardinality::Many => Given::Many(BTreeSet::from([value])),
    }
}

impl Drawn {
    fn set(mut self, what: &str, set: FieldSet) -> Self {
        what.clone_into(&mut self.what);
        self.set = set;
        self
    }

    fn moved(
        mut self,
        what: String,
        attribute: AttributeId,
        before: Option<Given>,
        after: Option<Given>,
    ) -> Self {
        self.what = what;
        self.set = FieldSet::one(attribute);
        self.before.extend(before.map(|given| (attribute, given)));
        self.after.extend(after.map(|given| (attribute, given)));
        self
    }

    fn unknown(mut self) -> Self {
        "nothing but the identity known".clone_into(&mut self.what);
        self.before.clear();
        self.after.clear();
        self
    }

    fn unidentified(mut self) -> Self {
        "everything but the identity known".clone_into(&mut self.what);
        self.ids = None;
        self
    }
}
