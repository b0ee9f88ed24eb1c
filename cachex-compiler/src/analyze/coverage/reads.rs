//! What the loaders of caches read, against what the caches depend on.

use std::collections::{BTreeMap, BTreeSet};

use super::Survey;
use super::declared::is_cachex;
use super::tables::Column;
use crate::analyze::{Callee, FunctionId, Hop, InstanceId, Part, Reach, SiteId, Via};
use crate::model::{
    Action, AttributeId, CacheId, Dependencies, Dependency, EntityId, FieldSet, TableKind,
};

/// A function that loads a cache's value.
#[derive(Debug, Clone)]
pub(crate) struct Loader {
    /// Of which cache.
    pub(crate) cache: CacheId,
    /// The function.
    pub(crate) function: FunctionId,
    /// Where its reads begin.
    pub(crate) instance: InstanceId,
}

/// A read that a cache's dependencies don't account for.
#[derive(Debug, Clone)]
pub(crate) struct ReadGap {
    /// Whose.
    pub(crate) loader: Loader,
    /// What is read.
    pub(crate) read: Read,
    /// From the loader to the statement or to the other loader's call, that one included.
    pub(crate) path: Vec<Hop>,
}

/// What a loader reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Read {
    /// Rows of an entity that no change of it clears.
    Entity(EntityId, SiteId),
    /// Rows of an entity that come and go, while the cache only depends on their updates: the actions it lacks.
    Rows(EntityId, SiteId, Vec<Action>),
    /// References and fields of an entity that no mask names.
    Fields(EntityId, SiteId, FieldSet),
    /// A cache that this one isn't built from.
    Cache(CacheId),
    /// A table of no entity.
    Table(String, SiteId),
}

/// The loaders of the sources, by cache and function.
pub(crate) fn loaders(survey: &Survey) -> Vec<Loader> {
    let mut loaders = Vec::new();
    for (id, instance) in (0..).map(InstanceId).zip(&survey.facts.instances) {
        let function = survey
            .facts
            .function(instance.function)
            .filter(|_| instance.part == Part::Whole);
        let Some(function) = function else {
            continue;
        };
        let attributes = function
            .attributes
            .iter()
            .filter(|attribute| is_cachex(&attribute.path, "cached"));
        let annotated = attributes.filter_map(|attribute| attribute.tokens.split(',').next());
        let by_rules = survey
            .schema
            .check
            .loaders
            .iter()
            .filter(|(path, _)| ends_with(&function.path, &path.value));
        let names = annotated
            .map(str::trim)
            .chain(by_rules.map(|(_, loads)| loads.value.as_str()));
        let caches = names.filter_map(|name| cache_named(survey, name));
        loaders.extend(caches.map(|cache| Loader {
            cache,
            function: instance.function,
            instance: id,
        }));
    }
    loaders.sort_by_key(|loader| (loader.cache, loader.instance));
    loaders
}

/// Whether a path ends with another, at a `::`.
pub(crate) fn ends_with(path: &str, tail: &str) -> bool {
    path.strip_suffix(tail)
        .is_some_and(|head| head.is_empty() || head.ends_with("::"))
}

fn cache_named(survey: &Survey, name: &str) -> Option<CacheId> {
    let mut caches = survey.schema.cache_ids();
    caches
        .find(|(_, cache)| cache.name.value == name)
        .map(|(id, _)| id)
}

/// All reads that are not accounted for, each once for a cache.
pub(crate) fn read_gaps(survey: &Survey) -> Vec<ReadGap> {
    let loaders = loaders(survey);
    let by_instance: BTreeMap<_, _> = loaders
        .iter()
        .map(|loader| (loader.instance, loader.cache))
        .collect();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for loader in &loaders {
        if matches!(
            survey.schema.cache(loader.cache).depends_on,
            Dependencies::None { .. }
        ) {
            continue;
        }
        let foreign = |callee: InstanceId| {
            by_instance
                .get(&callee)
                .filter(|cache| **cache != loader.cache)
                .copied()
        };
        let reach = survey.facts.reach(loader.instance, |_, call| {
            call.via == Via::Call
                && matches!(call.callee, Callee::Instance(callee) if foreign(callee).is_none())
        });
        for (read, path) in reads(survey, loader, &reach, foreign) {
            if seen.insert((loader.cache, read.clone())) {
                found.push(ReadGap {
                    loader: loader.clone(),
                    read,
                    path,
                });
            }
        }
    }
    found
}

fn reads(
    survey: &Survey,
    loader: &Loader,
    reach: &Reach,
    foreign: impl Fn(InstanceId) -> Option<CacheId>,
) -> Vec<(Read, Vec<Hop>)> {
    let mut found = Vec::new();
    for site in reach.sites(survey.facts).into_keys() {
        let path = survey.shortest(reach, site).unwrap_or_default();
        found.extend(
            unmet(survey, loader.cache, site)
                .into_iter()
                .map(|read| (read, path.clone())),
        );
    }
    for caller in reach.instances() {
        let calls = survey
            .facts
            .instance(caller)
            .map_or(&[][..], |instance| &instance.calls);
        for call in calls.iter().filter(|call| call.via == Via::Call) {
            let Callee::Instance(callee) = call.callee else {
                continue;
            };
            if let Some(cache) =
                foreign(callee).filter(|cache| !builds_on(survey, loader.cache, *cache))
            {
                let mut path = reach.path(caller);
                path.push(Hop {
                    caller,
                    callee,
                    place: call.place,
                    via: call.via,
                });
                found.push((Read::Cache(cache), path));
            }
        }
    }
    found
}

/// What one statement reads that a cache doesn't depend on.
fn unmet(survey: &Survey, cache: CacheId, id: SiteId) -> Vec<Read> {
    let Some(site) = survey.facts.site(id).filter(|site| !site.is_write()) else {
        return Vec::new();
    };
    let views = &survey.schema.check.views;
    if let Some(tables) = views.get(&site.table) {
        // A view hides which columns and rows it reads.
        let entities = tables
            .iter()
            .flat_map(|table| survey.tables.named(&table.value));
        let unmet = entities.filter(|(entity, _)| !depends_on_any(survey, cache, *entity));
        return unmet.map(|(entity, _)| Read::Entity(entity, id)).collect();
    }
    let mut named = survey.tables.named(&site.table).peekable();
    let ignored = || {
        survey
            .schema
            .check
            .ignore_tables
            .iter()
            .any(|(table, _)| table.value.eq_ignore_ascii_case(&site.table))
    };
    if named.peek().is_none() && !ignored() {
        return vec![Read::Table(site.table.clone(), id)];
    }
    named
        .filter_map(|(entity, table)| unmet_of(survey, cache, (entity, table), id))
        .collect()
}

fn unmet_of(
    survey: &Survey,
    cache: CacheId,
    (entity, table): (EntityId, &crate::model::Table),
    id: SiteId,
) -> Option<Read> {
    if !depends_on_any(survey, cache, entity) {
        return Some(Read::Entity(entity, id));
    }
    let site = survey.facts.site(id)?;
    if let TableKind::Part(part) = &table.kind {
        let field = FieldSet::one(part.attribute.value);
        return (!masked(survey, cache, entity).meets(field))
            .then_some(Read::Fields(entity, id, field));
    }
    let restricted = site
        .restricted_by
        .as_ref()
        .is_none_or(|columns| by_identity(survey, (entity, table), columns));
    let lacks = |action: &Action| !depends_on(survey, cache, entity, *action);
    let lacking: Vec<_> = [Action::Create, Action::Delete]
        .into_iter()
        .filter(lacks)
        .collect();
    if !restricted && !lacking.is_empty() {
        return Some(Read::Rows(entity, id, lacking));
    }
    let columns = site.columns.as_ref()?;
    let held =
        columns.iter().filter_map(
            |column| match survey.tables.attribute(entity, table, column) {
                Column::Attribute(attribute) => Some(attribute),
                _ => None,
            },
        );
    let mask = masked(survey, cache, entity);
    let unmasked: FieldSet = held
        .filter(|attribute: &AttributeId| !mask.meets(FieldSet::one(*attribute)))
        .collect();
    (unmasked != FieldSet::NONE).then_some(Read::Fields(entity, id, unmasked))
}

/// Whether equality with the whole identity restricts a statement.
fn by_identity(
    survey: &Survey,
    (entity, table): (EntityId, &crate::model::Table),
    columns: &[String],
) -> bool {
    let components = &survey.schema.entity(entity).identity.components;
    let held: Vec<_> = columns
        .iter()
        .map(|column| survey.tables.attribute(entity, table, column))
        .collect();
    components
        .iter()
        .all(|component| match component.reference {
            Some(reference) => held.contains(&Column::Attribute(reference)),
            None => held.contains(&Column::Identity),
        })
}

fn depends_on_any(survey: &Survey, cache: CacheId, entity: EntityId) -> bool {
    Action::ALL
        .into_iter()
        .any(|action| depends_on(survey, cache, entity, action))
}

/// Whether an action of an entity clears a cache, or is declared to leave it stale until its TTL.
fn depends_on(survey: &Survey, cache: CacheId, entity: EntityId, action: Action) -> bool {
    let accepted = survey.schema.cache(cache).allow_stale.iter();
    let mut accepted = accepted.filter(|pattern| pattern.entity == entity);
    let mut steps = survey.plan.action(entity, action).steps.iter();
    steps.any(|step| step.cache == cache)
        || accepted.any(|pattern| pattern.action.is_none_or(|accepted| accepted == action))
}

/// The fields whose update clears a cache, or is declared to leave it stale.
fn masked(survey: &Survey, cache: CacheId, entity: EntityId) -> FieldSet {
    let steps = survey
        .plan
        .action(entity, Action::Update)
        .steps
        .iter()
        .filter(|step| step.cache == cache);
    let mask = steps.fold(FieldSet::NONE, |mask, step| mask.union(step.mask));
    let accepted = survey
        .schema
        .cache(cache)
        .allow_stale
        .iter()
        .filter(|pattern| {
            pattern.entity == entity && pattern.action.is_none_or(|action| action == Action::Update)
        });
    accepted.fold(mask, |mask, pattern| {
        mask.union(pattern.fields.unwrap_or(FieldSet::ALL))
    })
}

/// Whether a cache is stale whenever another is: it says so, or depends on all that the other depends on.
fn builds_on(survey: &Survey, cache: CacheId, on: CacheId) -> bool {
    let mut open = vec![cache];
    let mut seen = BTreeSet::new();
    while let Some(cache) = open.pop() {
        if !seen.insert(cache) {
            continue;
        }
        for dependency in survey.schema.cache(cache).dependencies() {
            if let Dependency::Cache(upstream) = dependency {
                if upstream.cache.value == on {
                    return true;
                }
                open.push(upstream.cache.value);
            }
        }
    }
    survey.schema.entity_ids().all(|(entity, _)| {
        let actions = Action::ALL.into_iter();
        let met = actions
            .filter(|action| depends_on(survey, on, entity, *action))
            .all(|action| depends_on(survey, cache, entity, action));
        met && masked(survey, cache, entity).contains(masked(survey, on, entity))
    })
}
