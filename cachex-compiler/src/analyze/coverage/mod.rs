//! Facts against the plan: which writes of entities are reached without an invalidation, and what else the rules of
//! group CX1 ask.
//!
//! Owns the answers, not the messages: each rule in `rules/coverage` asks a [`Survey`] and words what it hears. Keeps
//! true (5-check): a write is covered when some function on the path carries a covering annotation, or when the
//! path's entry has a covering layer or reaches a covering call; spawned tasks cut the path.

mod advice;
mod annotation;
mod declared;
mod effects;
mod entries;
mod exempt;
mod findings;
mod gaps;
mod names;
mod reads;
mod siblings;
mod stale;
mod suggestion;
mod summary;
mod tables;
mod transactions;

use crate::analyze::{Facts, Function, FunctionId, Hop, InstanceId, Part, Reach, SiteId};
use crate::diagnostics::Rule;
use crate::model::Schema;
use crate::plan::Plan;

pub(crate) use advice::{advice, missing, uses_annotations};
pub use declared::HiddenColumns;
pub(crate) use declared::{By, Covers, Declaration, by_call};
pub(crate) use effects::{matches_anything, may_be};
pub(crate) use entries::Entry;
pub(crate) use exempt::{ExemptionId, Exemptions, State};
pub use findings::Finding;
pub(crate) use findings::Findings;
pub(crate) use gaps::{Gap, GapKind, Loss};
use names::Names;
pub(crate) use reads::{Read, ReadGap, ends_with, read_gaps};
pub(crate) use siblings::siblings;
pub(crate) use stale::stale;
pub use summary::Summary;
pub(crate) use tables::{Column, Sets, Tables, Write};
pub(crate) use transactions::{Transaction, begins_transaction, name_of, transactions};

/// What a run of the check is told beside schema and sources.
#[derive(Debug, Clone, Default)]
pub struct CoverageOptions {
    /// Today, `2027-01-31`: exemptions past their date no longer hold. `None`: all of them hold.
    pub today: Option<String>,
    /// How statements that hide their columns are read.
    pub hidden_columns: HiddenColumns,
}

/// What a run found.
#[derive(Debug)]
pub struct Coverage {
    /// The findings, with the severities that `check.severity` asks for, sorted by place.
    pub findings: Vec<Finding>,
    /// How sure they are.
    pub summary: Summary,
}

/// Lays the facts against the plan and asks every rule of the group.
pub fn cover(facts: &Facts, schema: &Schema, plan: &Plan, options: &CoverageOptions) -> Coverage {
    let survey = Survey::new(facts, schema, plan, options);
    let mut findings = Findings::default();
    crate::rules::coverage::check(&survey, &mut findings);
    Coverage {
        findings: findings.into_sorted(&schema.check.severity),
        summary: summary::summary(&survey),
    }
}

/// The sources laid against the schema.
#[derive(Debug)]
pub(crate) struct Survey<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) schema: &'a Schema,
    pub(crate) plan: &'a Plan,
    pub(crate) options: &'a CoverageOptions,
    pub(crate) tables: Tables<'a>,
    /// What each statement does to entities, by site.
    writes: Vec<Vec<Write>>,
    /// What each function's attributes declare, by function.
    attributes: Vec<Vec<Declaration>>,
    /// What the calls in each node of the call graph invalidate, by instance.
    calls: Vec<Vec<Declaration>>,
    /// The nodes that hold a statement, by site.
    holders: Vec<Vec<InstanceId>>,
    /// Where execution enters, spawned tasks included.
    pub(crate) entries: Vec<Entry>,
    names: Names<'a>,
    /// The exemptions of the sources.
    pub(crate) exemptions: Exemptions,
    /// The writes that are reached without an invalidation, exempted ones included.
    pub(crate) gaps: Vec<Gap>,
}

impl<'a> Survey<'a> {
    /// Works out what every rule of the group asks.
    pub(crate) fn new(
        facts: &'a Facts,
        schema: &'a Schema,
        plan: &'a Plan,
        options: &'a CoverageOptions,
    ) -> Self {
        let tables = Tables::new(schema);
        let instances = || (0..).map(InstanceId).take(facts.instances.len());
        let entries = entries::entries(facts, schema);
        let mut survey = Self {
            names: Names::of(facts, &entries),
            writes: facts.sites.iter().map(|site| tables.writes(site)).collect(),
            attributes: facts
                .functions
                .iter()
                .map(|function| declared::by_attributes(schema, function))
                .collect(),
            calls: instances()
                .map(|instance| declared::by_calls(schema, facts, instance))
                .collect(),
            holders: holders(facts),
            entries,
            exemptions: Exemptions::read(facts, options.today.as_deref()),
            gaps: Vec::new(),
            tables,
            facts,
            schema,
            plan,
            options,
        };
        let writes = |entry: &Entry| {
            let sites = entry.reach.sites(facts).into_keys();
            let writes = |site| survey.writes(site).iter().map(move |write| (site, *write));
            sites.flat_map(writes).collect()
        };
        let writes: Vec<Vec<_>> = survey.entries.iter().map(writes).collect();
        for (entry, writes) in survey.entries.iter_mut().zip(writes) {
            entry.writes = writes;
        }
        survey.gaps = gaps::gaps(&survey);
        survey
    }

    /// What to call a function in a message.
    pub(crate) fn name<'f>(&self, function: &'f Function) -> &'f str {
        self.names.shortest(function)
    }

    /// What a statement does to entities.
    pub(crate) fn writes(&self, site: SiteId) -> &[Write] {
        self.writes.get(site.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// What a function's attributes declare.
    pub(crate) fn attributes(&self, function: FunctionId) -> &[Declaration] {
        self.attributes
            .get(function.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// What the attributes around a node of the call graph declare: a closure that runs on its own has none.
    pub(crate) fn declared_on(&self, instance: InstanceId) -> &[Declaration] {
        let whole = self
            .facts
            .instance(instance)
            .filter(|instance| instance.part == Part::Whole);
        whole.map_or(&[], |instance| self.attributes(instance.function))
    }

    /// What the calls in a node of the call graph invalidate.
    pub(crate) fn made_in(&self, instance: InstanceId) -> &[Declaration] {
        self.calls
            .get(instance.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The nodes of the call graph that hold a statement.
    pub(crate) fn holders(&self, site: SiteId) -> &[InstanceId] {
        self.holders.get(site.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// What a node reaches without leaving its unit of work.
    pub(crate) fn within_unit(&self, from: InstanceId) -> Reach {
        entries::within_unit(self.facts, from)
    }

    /// The exemption that quiets a rule in a node of the call graph.
    pub(crate) fn exemption(&self, rule: &Rule, instance: InstanceId) -> Option<ExemptionId> {
        let instance = self.facts.instance(instance)?;
        self.exemptions.quieting(rule, instance.function)
    }

    /// The shortest way to a node that holds a statement.
    pub(crate) fn shortest(&self, reach: &Reach, site: SiteId) -> Option<Vec<Hop>> {
        self.shortest_to(reach, site, |_| true)
    }

    /// The shortest way to one of some nodes that hold a statement.
    pub(crate) fn shortest_to(
        &self,
        reach: &Reach,
        site: SiteId,
        counts: impl Fn(InstanceId) -> bool,
    ) -> Option<Vec<Hop>> {
        let holders = self.holders(site).iter();
        let reached = holders.filter(|holder| reach.contains(**holder) && counts(**holder));
        reached
            .map(|holder| reach.path(*holder))
            .min_by_key(Vec::len)
    }

    /// The function that a gap's entry is, or is a part of.
    pub(crate) fn function(&self, gap: &Gap) -> Option<FunctionId> {
        let entry = self.entries.get(gap.entry)?;
        Some(self.facts.instance(entry.instance())?.function)
    }

    /// Whether any declaration covers a write.
    pub(crate) fn covered(&self, by: &[Declaration], write: Write) -> bool {
        by.iter()
            .any(|declared| declared.covers.covers(write, self.options.hidden_columns))
    }
}

fn holders(facts: &Facts) -> Vec<Vec<InstanceId>> {
    let mut holders = vec![Vec::new(); facts.sites.len()];
    for (id, instance) in (0..).map(InstanceId).zip(&facts.instances) {
        for site in &instance.sites {
            if let Some(holders) = holders.get_mut(site.0 as usize) {
                holders.push(id);
            }
        }
    }
    holders
}
