//! What `cache::tests!()` generates plays here: prime, change, look at every entry, the event and the header.
//!
//! Owns no rule: what must be gone was worked out by the compiler's naive evaluation and comes as text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Primed, Runtime, runtime};
use crate::codegen::{
    CacheDef, ChangeScope, EntityDef, ErasedAction, ErasedChange, SchemaDef, Value,
};

/// The entries and changes of one entity and action.
#[derive(Deserialize)]
struct Proof {
    entries: Vec<Entry>,
    cases: Vec<Case>,
}

/// Cache, params, tags; an absent value is `null`, and so are tags that aren't known.
#[derive(Deserialize)]
struct Entry(u32, Vec<Option<String>>, Option<Vec<Vec<Option<String>>>>);

/// By attribute: `null` where it isn't known.
type Side = Vec<Option<Vec<Option<String>>>>;

#[derive(Deserialize)]
struct Case {
    what: String,
    action: String,
    event: Option<String>,
    ids: Option<Vec<String>>,
    before: Side,
    after: Side,
    set: String,
    gone: BTreeSet<usize>,
    open: BTreeSet<usize>,
}

/// The scope of the changes, and one that nothing happens in.
const HERE: &str = "here";
const ELSEWHERE: &str = "elsewhere";

/// Plays the changes of an entity: exactly the entries that the rules make stale are gone, and clients are told once.
///
/// # Panics
/// At the first case that is otherwise, with everything that differs; that is how a test fails.
#[expect(clippy::panic, reason = "a failed test panics")]
#[track_caller]
pub fn play(schema: &'static SchemaDef, entity: &str, proof: &str) {
    let proof: Proof = match serde_json::from_str(proof) {
        Ok(proof) => proof,
        Err(error) => panic!("the proof of `{entity}` can't be read: {error}"),
    };
    let Some(entity) = schema.entities.iter().find(|it| it.name == entity) else {
        panic!("there is no entity `{entity}`");
    };
    for case in &proof.cases {
        let differences = differences(schema, entity, &proof.entries, case);
        assert!(
            differences.is_empty(),
            "{} of `{}`:\n  {}",
            case.what,
            entity.name,
            differences.join("\n  ")
        );
    }
}

fn differences(
    schema: &'static SchemaDef,
    entity: &'static EntityDef,
    entries: &[Entry],
    case: &Case,
) -> Vec<String> {
    let test = runtime(schema);
    for entry in entries {
        prime(&test, schema, entry);
    }
    // Within `apply` the promise is kept, so there is nothing to wait for.
    let _ = test.apply(change(schema, entity, case));
    let kept: BTreeSet<Primed> = test.recorder().kept().into_iter().collect();
    let mut differences = Vec::new();
    for (nth, entry) in entries.iter().enumerate() {
        let Some(cache) = schema.caches.get(entry.0 as usize) else {
            differences.push(format!("there is no cache {}", entry.0));
            continue;
        };
        for primed in entry.primed(schema, cache) {
            let is_kept = kept.contains(&primed);
            let elsewhere = entity.scoped
                && primed
                    .scope
                    .as_ref()
                    .is_some_and(|scope| scope.0 == ELSEWHERE);
            let gone = case.gone.contains(&nth) && !elsewhere;
            let open = case.open.contains(&nth) && !elsewhere;
            if !open && is_kept == gone {
                let what = if gone {
                    "must be gone and is kept"
                } else {
                    "must be kept and is gone"
                };
                differences.push(format!("`{}` {what}: {}", cache.name, primed.described()));
            }
        }
    }
    differences.extend(told(&test, case));
    differences
}

impl Entry {
    /// The entry in each scope it has to be played in.
    fn primed(&self, schema: &SchemaDef, cache: &CacheDef) -> Vec<Primed> {
        let scopes = if schema.scope.is_some() && cache.scoped {
            vec![Some(HERE), Some(ELSEWHERE)]
        } else {
            vec![None]
        };
        let primed = |scope: Option<&'static str>| Primed {
            cache: self.0,
            scope: scope.map(|scope| Value(Cow::Borrowed(scope))),
            params: self.1.iter().map(|it| value(it.as_ref())).collect(),
            tags: self.2.as_ref().map(|tags| {
                tags.iter()
                    .map(|tag| tag.iter().map(|it| value(it.as_ref())).collect())
                    .collect()
            }),
        };
        scopes.into_iter().map(primed).collect()
    }
}

fn value(text: Option<&String>) -> Value {
    text.map_or(Value::ABSENT, |text| Value(Cow::Owned(text.clone())))
}

fn prime(test: &Runtime, schema: &SchemaDef, entry: &Entry) {
    if let Some(cache) = schema.caches.get(entry.0 as usize) {
        for primed in entry.primed(schema, cache) {
            test.prime_erased(primed);
        }
    }
}

fn change(schema: &SchemaDef, entity: &'static EntityDef, case: &Case) -> ErasedChange {
    let side = |side: &Side| {
        side.iter()
            .map(|it| {
                it.as_ref()
                    .map(|values| values.iter().map(|it| value(it.as_ref())).collect())
            })
            .collect()
    };
    let scoped = schema.scope.is_some() && entity.scoped;
    ErasedChange {
        entity,
        action: action(&case.action),
        ids: case
            .ids
            .as_ref()
            .map(|ids| ids.iter().map(|id| Value(Cow::Owned(id.clone()))).collect()),
        before: if case.action == "create" {
            Vec::new()
        } else {
            side(&case.before)
        },
        after: if case.action == "delete" {
            Vec::new()
        } else {
            side(&case.after)
        },
        set: case.set.parse().unwrap_or(u128::MAX),
        scope: if scoped {
            ChangeScope::One(Value(Cow::Borrowed(HERE)))
        } else {
            ChangeScope::OfUnit
        },
        data: None,
        same_event: None,
    }
}

fn action(name: &str) -> ErasedAction {
    match name {
        "create" => ErasedAction::Create,
        "update" => ErasedAction::Update,
        "delete" => ErasedAction::Delete,
        _ => ErasedAction::Any,
    }
}

/// One event, of this entity and action, and the header that says the same; none where clients aren't to be told.
fn told(test: &Runtime, case: &Case) -> Vec<String> {
    let events = test.recorder().events();
    let header = test.recorder().header();
    let Some(name) = &case.event else {
        let silent = events.is_empty() && header.is_none();
        let told = (!silent).then(|| "clients were told, and are not to be".to_owned());
        return told.into_iter().collect();
    };
    let [event] = events.as_slice() else {
        return vec![format!("{} events were sent, and one is due", events.len())];
    };
    let mut wrong = Vec::new();
    if event.head.entity != name || event.head.action != case.action {
        wrong.push(format!(
            "the event is {}.{}",
            event.head.entity, event.head.action
        ));
    }
    let expected: Vec<String> = match &case.ids {
        None => vec![item(name, case, "")],
        Some(ids) => ids
            .iter()
            .map(|id| item(name, case, &format!("; id=\"{id}\"")))
            .collect(),
    };
    let header = header.unwrap_or_default();
    let items: Vec<&str> = header.split(", ").collect();
    let right = items.len() == expected.len()
        && items
            .iter()
            .zip(&expected)
            .all(|(item, expected)| item.starts_with(expected));
    if !right {
        wrong.push(format!("the header is `{header}`"));
    }
    wrong
}

fn item(event: &str, case: &Case, id: &str) -> String {
    format!("\"{event}\"{id}; action={};", case.action)
}

impl Primed {
    /// Its key and tags, for a message.
    fn described(&self) -> String {
        let texts = |values: &[Value]| {
            values
                .iter()
                .map(|Value(text)| text.to_string())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let scope = self
            .scope
            .as_ref()
            .map_or(String::new(), |Value(scope)| format!("{scope}: "));
        let tags = self.tags.as_ref().map_or("not known".to_owned(), |tags| {
            tags.iter()
                .map(|tag| format!("[{}]", texts(tag)))
                .collect::<Vec<_>>()
                .join(" ")
        });
        format!("{scope}params {}; tags {tags}", texts(&self.params))
    }
}
