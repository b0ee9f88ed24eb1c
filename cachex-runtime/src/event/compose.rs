//! From the changes of a unit to what each scope is told.
//!
//! Owns folding, the head and what `notify` leaves out. Regions are none of its business: whatever is folded or left
//! out here was cleared all the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Event, Seq, Told};
use crate::change::{Reach, reach};
use crate::codegen::{EntityDef, ErasedAction, ErasedChange, SchemaDef, Value};
use crate::values;

/// Identities an event lists; with more, the list as a whole is told.
const MOST_IDS: usize = 32;

/// An event before it has its number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    head: Told,
    changes: Vec<Told>,
    data: Option<Json>,
    /// `None`: for all scopes.
    pub(super) scope: Option<Value>,
    /// The scopes that are told the same in an event of their own.
    pub(super) except: Vec<Value>,
}

impl Draft {
    pub(super) fn numbered(&self, seq: &Seq) -> Event {
        Event {
            kind: "cache",
            head: self.head.clone(),
            changes: self.changes.clone(),
            data: self.data.clone(),
            scope: self.scope.as_ref().map(values::text),
            ev: seq.to_string(),
            seq: seq.to_string(),
        }
    }
}

/// What is told of changes, in the order they were recorded: nothing, one event, or one for each scope they lie in.
/// A client gets one of them: what concerns all scopes also stands in the event of each scope.
pub(crate) fn compose(
    schema: &SchemaDef,
    changes: &[ErasedChange],
    unit: Option<&Value>,
) -> Vec<Draft> {
    let told: Vec<(Option<Value>, &ErasedChange)> = changes
        .iter()
        .filter(|change| is_told(change))
        .map(|change| (scope_of(schema, change, unit), change))
        .collect();
    let scopes: BTreeSet<&Value> = told
        .iter()
        .filter_map(|(scope, _)| scope.as_ref())
        .collect();
    let mut drafts: Vec<Draft> = scopes
        .iter()
        .filter_map(|scope| draft(&told, Some(scope), Vec::new()))
        .collect();
    drafts.extend(draft(&told, None, scopes.into_iter().cloned().collect()));
    drafts
}

/// `notify` leaves it out, it concerns nothing, or another event told it already.
fn is_told(change: &ErasedChange) -> bool {
    let notify = change.entity.notify;
    let notified = match change.action {
        ErasedAction::Create => notify[0],
        ErasedAction::Update => notify[1],
        ErasedAction::Delete => notify[2],
        ErasedAction::Any => notify.contains(&true),
    };
    let nothing = change.ids.as_ref().is_some_and(Vec::is_empty);
    notified && !nothing && change.same_event.is_none()
}

fn scope_of(schema: &SchemaDef, change: &ErasedChange, unit: Option<&Value>) -> Option<Value> {
    match reach(schema, change, unit) {
        Reach::Scope(scope) => Some(scope),
        Reach::Everywhere | Reach::Missing => None,
    }
}

/// The event of one scope: its own changes and those of all scopes; with none, those of all scopes alone.
fn draft(
    told: &[(Option<Value>, &ErasedChange)],
    scope: Option<&Value>,
    except: Vec<Value>,
) -> Option<Draft> {
    let here: Vec<&ErasedChange> = told
        .iter()
        .filter(|(lies, _)| lies.is_none() || lies.as_ref() == scope)
        .map(|(_, change)| *change)
        .collect();
    let changes = folded(&here);
    let head = changes.first()?.clone();
    Some(Draft {
        head,
        changes: if changes.len() > 1 {
            changes
        } else {
            Vec::new()
        },
        data: here.first().and_then(|change| change.data.clone()),
        scope: scope.cloned(),
        except,
    })
}

/// Changes by (entity, action), in the order each was first recorded.
fn folded(changes: &[&ErasedChange]) -> Vec<Told> {
    let mut groups: Vec<(&'static EntityDef, ErasedAction, Vec<&ErasedChange>)> = Vec::new();
    let mut known: BTreeMap<(u32, ErasedAction), usize> = BTreeMap::new();
    for &change in changes {
        let place = *known
            .entry((change.entity.index, change.action))
            .or_insert(groups.len());
        match groups.get_mut(place) {
            Some((.., group)) => group.push(change),
            None => groups.push((change.entity, change.action, vec![change])),
        }
    }
    groups
        .into_iter()
        .map(|(entity, action, group)| one(entity, action, &group))
        .collect()
}

fn one(entity: &'static EntityDef, action: ErasedAction, group: &[&ErasedChange]) -> Told {
    let keys = keys(group);
    let mut ids = keys.iter().map(|key| values::identity_json(entity, key));
    let (id, ids) = match keys.len() {
        0 => (None, None),
        1 => (ids.next(), None),
        _ => (None, Some(ids.collect())),
    };
    Told {
        entity: entity.event,
        action: action.name(),
        id,
        ids,
        keys,
    }
}

/// The identities, each once; none where one is unknown or there are too many to list.
fn keys(group: &[&ErasedChange]) -> Vec<Value> {
    if group.iter().any(|change| change.ids.is_none()) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let keys: Vec<Value> = group
        .iter()
        .filter_map(|change| change.ids.as_ref())
        .flatten()
        .filter(|id| seen.insert(*id))
        .cloned()
        .collect();
    if keys.len() > MOST_IDS {
        Vec::new()
    } else {
        keys
    }
}
