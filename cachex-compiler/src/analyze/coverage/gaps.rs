//! Writes that are reached without an invalidation.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::advice::{missing, uses_annotations};
use super::{Declaration, Entry, ExemptionId, Survey, Write, stale};
use crate::analyze::{Call, Callee, Hop, InstanceId, Reach, SiteId, Via};
use crate::diagnostics::Rule;
use crate::diagnostics::registry::{PARTIAL_DECLARATION, UNCOVERED_WRITE};
use crate::model::EntityId;
use crate::source::Span;

/// Writes of one entity that one entry reaches and that nothing on the path invalidates.
#[derive(Debug, Clone)]
pub(crate) struct Gap {
    /// Index into [`Survey::entries`].
    pub(crate) entry: usize,
    /// Whose writes.
    pub(crate) entity: EntityId,
    /// How much is missing.
    pub(crate) kind: GapKind,
    /// The statements, each with its path, in the order a reader of the paths meets them.
    pub(crate) writes: Vec<GapWrite>,
    /// What comes of it.
    pub(crate) loss: Loss,
    /// What the paths do declare about the entity.
    pub(crate) declared: Vec<Declaration>,
    /// The exemption that quiets it.
    pub(crate) exempt: Option<ExemptionId>,
}

/// How much is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GapKind {
    /// Nothing on the path invalidates the entity (CX1001).
    Nothing,
    /// Something does, but not for this action or these columns (CX1002).
    Part,
}

/// What comes of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Loss {
    /// Nothing: no cache depends on what is written, and there is nobody to tell.
    Nothing,
    /// Clients are not told; no cache depends on what is written.
    Event,
    /// Caches keep what was.
    Stale,
}

/// One statement of a gap.
#[derive(Debug, Clone)]
pub(crate) struct GapWrite {
    /// Which.
    pub(crate) site: SiteId,
    /// What of it is not invalidated.
    pub(crate) missing: Vec<Write>,
    /// From the entry to the node that holds it.
    pub(crate) path: Vec<Hop>,
}

/// All gaps, by entry, entity and kind.
pub(super) fn gaps(survey: &Survey) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (index, entry) in survey.entries.iter().enumerate() {
        gaps.extend(of_entry(survey, index, entry));
    }
    let tells_clients = LazyCell::new(|| tells_clients(survey));
    for gap in &mut gaps {
        let missing = missing(gap);
        let notify = survey.schema.entity(gap.entity).notify;
        gap.loss = if stale(survey, &missing).is_some() {
            Loss::Stale
        } else if missing.iter().any(|write| notify.has(write.action)) && *tells_clients {
            Loss::Event
        } else {
            Loss::Nothing
        };
    }
    gaps
}

/// Whether the application is built with cachex and not only checked by it: without its runtime there are no events.
fn tells_clients(survey: &Survey) -> bool {
    let built = |call: &Call| matches!(call.callee, Callee::Schema { .. });
    let mut calls = survey.facts.instances.iter().flat_map(|of| &of.calls);
    uses_annotations(survey) || calls.any(built)
}

fn of_entry(survey: &Survey, index: usize, entry: &Entry) -> Vec<Gap> {
    let ambient = ambient(survey, entry);
    let mut missing: BTreeMap<Write, BTreeSet<SiteId>> = BTreeMap::new();
    for (site, write) in &entry.writes {
        if !survey.covered(&ambient, *write) {
            missing.entry(*write).or_default().insert(*site);
        }
    }
    let mut found = Found::default();
    for (write, sites) in missing {
        look(survey, entry, (write, &sites), &ambient, &mut found);
    }
    found.into_gaps(survey, index, &ambient)
}

/// What covers everything an entry reaches: its route's layers, and the covering calls it reaches itself.
pub(super) fn ambient(survey: &Survey, entry: &Entry) -> Vec<Declaration> {
    let mut ambient = entry.layers.clone();
    for instance in entry.reach.instances() {
        let made = survey.made_in(instance).iter();
        ambient.extend(made.filter(|made| made.within.is_empty()).cloned());
    }
    let start = survey.facts.instance(entry.instance());
    if let Some(function) = start.and_then(|start| survey.facts.function(start.function)) {
        ambient.extend(super::effects::by_being(survey.schema, function));
    }
    ambient
}

/// The statements found open, each with what is missing and the way to it.
#[derive(Default)]
struct Found(BTreeMap<(EntityId, GapKind, Option<ExemptionId>), BTreeMap<SiteId, GapWrite>>);

/// Looks for a way to one of the statements that passes no function which declares the write.
fn look(
    survey: &Survey,
    entry: &Entry,
    (write, sites): (Write, &BTreeSet<SiteId>),
    ambient: &[Declaration],
    found: &mut Found,
) {
    let concerned = |declared: &Declaration| declared.covers.concerns(write.entity);
    let covering =
        |declared: &Declaration| declared.covers.covers(write, survey.options.hidden_columns);
    let mut open: BTreeSet<SiteId> = sites.clone();
    if !ambient.iter().any(concerned) {
        look_past(
            survey,
            entry,
            (write, &mut open),
            GapKind::Nothing,
            concerned,
            found,
        );
    }
    look_past(
        survey,
        entry,
        (write, &mut open),
        GapKind::Part,
        covering,
        found,
    );
}

/// Takes the statements out that are reached without passing a function which declares something, those that an
/// exemption stands before last.
fn look_past(
    survey: &Survey,
    entry: &Entry,
    (write, sites): (Write, &mut BTreeSet<SiteId>),
    kind: GapKind,
    declares: impl Fn(&Declaration) -> bool,
    found: &mut Found,
) {
    let undeclared = |instance| !survey.declared_on(instance).iter().any(&declares);
    let exempt = |instance| survey.exemption(kind.rule(), instance);
    let bare = |caller, span| !enclosed(survey, caller, span, &declares);
    let strict = avoiding(
        survey,
        entry,
        |instance| undeclared(instance) && exempt(instance).is_none(),
        bare,
    );
    let lenient = avoiding(survey, entry, undeclared, bare);
    sites.retain(|site| {
        let place = survey.facts.site(*site).map(|site| site.place.span);
        let open = |holder| place.is_some_and(|span| bare(holder, span));
        let way = |reach: &Option<Reach>| survey.shortest_to(reach.as_ref()?, *site, open);
        let (path, exempt) = match (way(&strict), way(&lenient)) {
            (Some(path), _) => (path, None),
            (None, Some(path)) => {
                let callees = path.iter().map(|hop| hop.callee);
                let exemption = std::iter::once(entry.instance())
                    .chain(callees)
                    .find_map(exempt);
                (path, exemption)
            }
            (None, None) => return true,
        };
        let writes = found.0.entry((write.entity, kind, exempt)).or_default();
        let gap = GapWrite {
            site: *site,
            missing: Vec::new(),
            path,
        };
        writes.entry(*site).or_insert(gap).missing.push(write);
        false
    });
}

/// Whether a place in a node's body lies in a closure that an effect was given, one that declares something.
fn enclosed(
    survey: &Survey,
    holder: InstanceId,
    span: Span,
    declares: impl Fn(&Declaration) -> bool,
) -> bool {
    let made = survey.made_in(holder).iter();
    let mut closures = made
        .filter(|made| declares(made))
        .flat_map(|made| &made.within);
    closures.any(|closure| closure.contains(span))
}

/// What an entry reaches without passing some nodes, and without the calls in some closures; `None` where it is one
/// of the nodes itself.
fn avoiding(
    survey: &Survey,
    entry: &Entry,
    passes: impl Fn(InstanceId) -> bool,
    bare: impl Fn(InstanceId, Span) -> bool,
) -> Option<Reach> {
    if !passes(entry.instance()) {
        return None;
    }
    let within = |instance| {
        let mut made = survey.made_in(instance).iter();
        made.any(|made| !made.within.is_empty())
    };
    let mut instances = entry.reach.instances();
    if instances.all(|instance| passes(instance) && !within(instance)) {
        return Some(entry.reach.clone());
    }
    Some(survey.facts.reach(entry.instance(), |caller, call| {
        call.via == Via::Call
            && matches!(call.callee, Callee::Instance(callee) if passes(callee))
            && bare(caller, call.place.span)
    }))
}

impl GapKind {
    /// The rule that reports it.
    pub(crate) fn rule(self) -> &'static Rule {
        match self {
            Self::Nothing => &UNCOVERED_WRITE,
            Self::Part => &PARTIAL_DECLARATION,
        }
    }
}

impl Found {
    fn into_gaps(self, survey: &Survey, index: usize, ambient: &[Declaration]) -> Vec<Gap> {
        let gaps = self.0.into_iter().map(|((entity, kind, exempt), writes)| {
            let writes: Vec<_> = writes.into_values().collect();
            Gap {
                entry: index,
                entity,
                kind,
                loss: Loss::Stale,
                declared: declared(survey, entity, &writes, index, ambient),
                writes,
                exempt,
            }
        });
        gaps.collect()
    }
}

/// What the entry and the functions on the paths declare about an entity, each once.
fn declared(
    survey: &Survey,
    entity: EntityId,
    writes: &[GapWrite],
    entry: usize,
    ambient: &[Declaration],
) -> Vec<Declaration> {
    let start = survey.entries.get(entry).map(Entry::instance);
    let enclosing = |instance| {
        let made = survey.made_in(instance).iter();
        made.filter(|made| !made.within.is_empty())
    };
    let hops = writes
        .iter()
        .flat_map(|write| &write.path)
        .map(|hop| hop.callee);
    let on_path: BTreeSet<InstanceId> = start.into_iter().chain(hops).collect();
    let attributes = on_path.into_iter().flat_map(|instance| {
        survey
            .declared_on(instance)
            .iter()
            .chain(enclosing(instance))
    });
    let all = attributes.chain(ambient);
    let mut declared: Vec<_> = all
        .filter(|declared| declared.covers.concerns(entity))
        .cloned()
        .collect();
    declared.sort_by_key(|declared| (declared.by, declared.place));
    declared.dedup();
    declared
}
