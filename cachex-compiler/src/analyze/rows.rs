//! Facts as rows: what `cachex facts` lists, in the shape that its JSON promises.
//!
//! Decides nothing. Keeps true: every statement and everything that was not understood has a row, in the order of the
//! facts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Callee, Facts, Form, FunctionId, InstanceId, Operation, Part, Resolution, RootId, RootKind,
    SiteId, Via,
};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "site", rename_all = "lowercase")]
pub enum Row {
    /// A statement that writes a table.
    Write(StatementRow),
    /// A statement that reads one.
    Read(StatementRow),
    /// Something that was not understood.
    Unknown(UnknownRow),
    /// A call.
    Call(CallRow),
}

/// A statement on one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRow {
    /// As written, without quotes.
    pub table: String,
    /// What it does.
    pub operation: Operation,
    /// Columns set, or read; `None` where they are not known.
    pub columns: Option<Vec<String>>,
    /// The function it is in.
    pub function: String,
    /// The file.
    pub file: String,
    /// The line the statement begins on, from 1.
    pub line: u32,
    /// How it is written.
    pub form: Form,
    /// From where it is reached.
    pub roots: Vec<RootRow>,
}

/// Where execution enters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RootRow {
    /// What makes it a root.
    pub kind: RootKind,
    /// `PATCH /posts/{id}`, where there is one.
    pub route: Option<String>,
    /// The function.
    pub function: String,
    /// Its file.
    pub file: String,
    /// The line of its name.
    pub line: u32,
    /// `spawn` where the statement is reached through a spawned task only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<&'static str>,
}

/// What was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownRow {
    /// Why.
    pub reason: String,
    /// The function it is in; `None` for a whole file.
    pub function: Option<String>,
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
}

/// A call between functions of the sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallRow {
    /// Who calls.
    pub caller: String,
    /// Who is called.
    pub callee: String,
    /// How control passes.
    pub via: Via,
    /// How the callee was found.
    pub resolution: Resolution,
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
}

/// All statements, then all that was not understood.
pub fn rows(facts: &Facts) -> Vec<Row> {
    let roots = roots(facts);
    let statements = (0..).map(SiteId).zip(&facts.sites).map(|(id, site)| {
        let row = StatementRow {
            table: site.table.clone(),
            operation: site.operation,
            columns: site.columns.clone(),
            function: function(facts, site.function),
            file: facts.file(site.place.span.file).to_owned(),
            line: site.place.line,
            form: site.form,
            roots: roots.get(&id).cloned().unwrap_or_default(),
        };
        if site.is_write() {
            Row::Write(row)
        } else {
            Row::Read(row)
        }
    });
    let unknowns = facts.unknowns.iter().map(|unknown| {
        Row::Unknown(UnknownRow {
            reason: unknown.reason.clone(),
            function: unknown.function.map(|id| function(facts, id)),
            file: facts.file(unknown.place.span.file).to_owned(),
            line: unknown.place.line,
        })
    });
    statements.chain(unknowns).collect()
}

/// All calls between functions of the sources.
pub fn calls(facts: &Facts) -> Vec<Row> {
    let mut rows = Vec::new();
    for instance in &facts.instances {
        for call in &instance.calls {
            let Callee::Instance(callee) = call.callee else {
                continue;
            };
            rows.push(Row::Call(CallRow {
                caller: function(facts, instance.function),
                callee: of_instance(facts, callee),
                via: call.via,
                resolution: call.resolution,
                file: facts.file(call.place.span.file).to_owned(),
                line: call.place.line,
            }));
        }
    }
    rows
}

/// The roots of each statement. A task has the root that spawns it, but `main` only what it does itself.
fn roots(facts: &Facts) -> BTreeMap<SiteId, Vec<RootRow>> {
    let mut found: BTreeMap<SiteId, Vec<RootRow>> = BTreeMap::new();
    for (id, root) in (0..).map(RootId).zip(&facts.roots) {
        let within = facts
            .reach(root.instance, |_, call| call.via == Via::Call)
            .sites(facts);
        let spawning = root.kind != RootKind::Main;
        let all = facts.reach(root.instance, |_, call| {
            call.via == Via::Call || (spawning && call.via == Via::Spawn)
        });
        for site in all.sites(facts).into_keys() {
            let via = (!within.contains_key(&site)).then_some("spawn");
            let rows = found.entry(site).or_default();
            rows.extend(root_row(facts, id, via));
        }
    }
    for rows in found.values_mut() {
        rows.sort();
        rows.dedup();
    }
    found
}

fn root_row(facts: &Facts, id: RootId, via: Option<&'static str>) -> Option<RootRow> {
    let root = facts.roots.get(id.0 as usize)?;
    let place = match facts.instance(root.instance)?.part {
        Part::Whole => facts.function(root.function)?.place,
        // A closure stands where it is given away.
        Part::Closure(_) => root.place,
    };
    Some(RootRow {
        kind: root.kind,
        route: root.route.clone(),
        function: function(facts, root.function),
        file: facts.file(place.span.file).to_owned(),
        line: place.line,
        via,
    })
}

fn function(facts: &Facts, id: FunctionId) -> String {
    facts
        .function(id)
        .map(|function| function.path.clone())
        .unwrap_or_default()
}

fn of_instance(facts: &Facts, id: InstanceId) -> String {
    facts
        .instance(id)
        .map(|instance| function(facts, instance.function))
        .unwrap_or_default()
}
