//! An invalidation made before the commit: a reader in between loads the old row, and keeps it.

use std::collections::{BTreeMap, BTreeSet};

use super::wording;
use crate::analyze::coverage::{
    By, Declaration, Entry, Findings, Survey, Transaction, begins_transaction, by_call, name_of,
    transactions,
};
use crate::analyze::{
    Call, Callee, Function, FunctionId, Hop, Instance, InstanceId, Parameter, Part, Place,
    RootKind, Via,
};
use crate::diagnostics::registry::PREMATURE_INVALIDATION;
use crate::model::EntityId;
use crate::source::Span;

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    let mut found: BTreeMap<(Place, EntityId), Vec<Premature>> = BTreeMap::new();
    for (id, instance) in (0..).map(InstanceId).zip(&survey.facts.instances) {
        for transaction in transactions(survey, id) {
            for (entity, premature) in in_body(survey, (id, instance), transaction) {
                let key = (premature.made, entity);
                found.entry(key).or_default().push(premature);
            }
        }
    }
    for ((made, entity), found) in found {
        of_transactions(survey, (made, entity), &found, out);
    }
    let mut seen = BTreeSet::new();
    for entry in &survey.entries {
        for id in entry.reach.instances() {
            if let Some(function) = joins_transaction(survey, entry, id)
                && seen.insert(function.place)
            {
                of_function(survey, entry, (id, function), out);
            }
        }
    }
}

/// An invalidation before a commit.
struct Premature {
    /// Where it is made.
    made: Place,
    /// The call in the transaction's body that makes it, or leads to it.
    call: Place,
    commit: Place,
    function: FunctionId,
}

/// Source order in one body: invalidations between `begin` and `commit`, and none behind.
fn in_body(
    survey: &Survey,
    (id, instance): (InstanceId, &Instance),
    transaction: Transaction,
) -> Vec<(EntityId, Premature)> {
    let inside = |span| transaction.span.contains(span);
    let made: Vec<(&Call, Vec<Declaration>)> = instance
        .calls
        .iter()
        .map(|call| (call, made_by(survey, call)))
        .collect();
    let mut found = Vec::new();
    for entity in written(survey, instance, inside) {
        let concerned = |declared: &&Declaration| declared.covers.concerns(entity);
        let later = made.iter().any(|(call, made)| {
            let behind = call.place.span.start >= transaction.commit.span.end;
            let mut made = made.iter().filter(concerned);
            made.any(|made| behind || !at_once(made))
        });
        let mut around = survey.declared_on(id).iter();
        if later || around.any(|on| on.covers.concerns(entity)) {
            continue;
        }
        let first = made.iter().find_map(|(call, made)| {
            let made = made.iter().find(concerned)?;
            inside(call.place.span).then_some((call.place, made.place))
        });
        found.extend(first.map(|(call, made)| {
            let premature = Premature {
                made,
                call,
                commit: transaction.commit,
                function: instance.function,
            };
            (entity, premature)
        }));
    }
    found
}

/// One invalidation, and the transactions it is made in.
fn of_transactions(
    survey: &Survey,
    (made, entity): (Place, EntityId),
    found: &[Premature],
    out: &mut Findings,
) {
    let Some(first) = found.first() else { return };
    let name = wording::entity(survey, entity);
    let mut report = PREMATURE_INVALIDATION.at(
        made.span,
        format!("{name} is invalidated before the commit"),
    );
    report.label(made.span, "invalidated here");
    if first.call != made {
        report.label(first.call.span, "called in the transaction here");
    }
    report.label(first.commit.span, "committed only here");
    let places: BTreeSet<Place> = found.iter().map(|one| one.call).collect();
    let mut report =
        report.note("a reader in between loads the old row, and keeps it until its TTL");
    if places.len() > 1 {
        let more = places.iter().filter(|place| **place != first.call);
        let more: Vec<String> = more.map(|place| wording::at(survey, *place)).collect();
        let (shown, rest) = more.split_at(more.len().min(3));
        let rest = match rest.len() {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        report = report.note(format!("likewise in {}{rest}", shown.join(", ")));
    }
    let help = if first.call == made {
        "invalidate behind the commit"
    } else {
        "let the function that commits invalidate, behind its commit"
    };
    let function = holder(survey, made).unwrap_or(first.function);
    out.push(survey, report.help(help), Some(function));
}

/// The function a place lies in.
fn holder(survey: &Survey, place: Place) -> Option<FunctionId> {
    let functions = (0..).map(FunctionId).zip(&survey.facts.functions);
    let around = functions.filter(|(_, function)| function.body.contains(place.span));
    around
        .max_by_key(|(_, function)| function.body.start)
        .map(|(id, _)| id)
}

/// What a call invalidates, directly or through functions.
fn made_by(survey: &Survey, call: &Call) -> Vec<Declaration> {
    let mut made = by_call(survey.schema, survey.facts, call);
    if let (Callee::Instance(callee), Via::Call) = (&call.callee, call.via) {
        for below in survey.within_unit(*callee).instances() {
            made.extend_from_slice(survey.made_in(below));
            made.extend_from_slice(survey.declared_on(below));
        }
    }
    made
}

/// A change that is recorded, and an annotation, wait for the end of the unit of work.
fn at_once(declared: &Declaration) -> bool {
    declared.by == By::Call && !declared.text.ends_with(".record()")
}

/// The entities that a part of a body writes.
fn written(
    survey: &Survey,
    instance: &Instance,
    inside: impl Fn(Span) -> bool,
) -> BTreeSet<EntityId> {
    let own = instance.sites.iter().copied();
    let mut sites: Vec<_> = own
        .filter(|site| {
            let site = survey.facts.site(*site);
            site.is_some_and(|site| inside(site.place.span))
        })
        .collect();
    for call in instance.calls.iter().filter(|call| call.via == Via::Call) {
        if let Callee::Instance(callee) = call.callee
            && inside(call.place.span)
        {
            let reach = survey.within_unit(callee);
            let held = reach.sites(survey.facts).into_iter();
            let in_it = held.filter(|(_, holder)| works_in_one(survey, *holder));
            sites.extend(in_it.map(|(site, _)| site));
        }
    }
    let writes = sites.into_iter().flat_map(|site| survey.writes(site));
    writes.map(|write| write.entity).collect()
}

/// Whether a function is given what it works in: one that isn't writes outside of its caller's transaction.
fn works_in_one(survey: &Survey, id: InstanceId) -> bool {
    let function = wording::function(survey, id);
    let mut parameters = function.into_iter().flat_map(|of| &of.parameters);
    parameters.any(|parameter| taken(parameter).is_some())
}

/// An annotated function that works in its caller's transaction, reached without a unit of work around it.
fn joins_transaction<'a>(
    survey: &'a Survey,
    entry: &Entry,
    id: InstanceId,
) -> Option<&'a Function> {
    let instance = survey.facts.instance(id)?;
    if instance.part != Part::Whole || survey.declared_on(id).is_empty() {
        return None;
    }
    let function = survey.facts.function(instance.function)?;
    let path = entry.reach.path(id);
    let callers = || path.iter().map(|hop| hop.caller);
    let begun = callers().any(|caller| begins_transaction(survey, caller));
    let mut parameters = function.parameters.iter();
    let works_in_it = parameters.any(|parameter| match taken(parameter) {
        Some(Taken::Transaction) => true,
        Some(Taken::Connection) => begun,
        None => false,
    });
    let nobody_enters = entry.roots.iter().all(|root| {
        let root = survey.facts.roots.get(root.0 as usize);
        root.is_some_and(|root| root.kind == RootKind::Annotated)
    });
    let alone = !nobody_enters && !has_unit(survey, entry, &path);
    (works_in_it && alone).then_some(function)
}

/// What a function works in.
enum Taken {
    Transaction,
    /// A connection, or whatever executes: in a transaction where the caller began one.
    Connection,
}

fn taken(parameter: &Parameter) -> Option<Taken> {
    let shown = if parameter.resolved.is_empty() {
        &parameter.ty
    } else {
        &parameter.resolved
    };
    let written = [shown.as_str(), parameter.ty.as_str()];
    let named = |tail: &str| {
        let mut words = written
            .iter()
            .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
        words.any(|word| word.ends_with(tail))
    };
    if named("Transaction") {
        Some(Taken::Transaction)
    } else if named("Connection") || named("Executor") {
        Some(Taken::Connection)
    } else {
        None
    }
}

/// Whether a unit of work is open where a path ends: a layer, `cachex::unit`, or an annotated function above.
fn has_unit(survey: &Survey, entry: &Entry, path: &[Hop]) -> bool {
    let above = |hop: &Hop| {
        let calls = survey.facts.instance(hop.caller);
        let mut calls = calls.into_iter().flat_map(|instance| &instance.calls);
        !survey.declared_on(hop.caller).is_empty()
            || calls
                .any(|call| matches!(&call.callee, Callee::Path(path) if path == "cachex::unit"))
    };
    !entry.layers.is_empty()
        || path.iter().any(above)
        || (entry.is_handler(survey.facts) && has_layer(survey))
}

/// Whether these sources make the layer that opens a unit for each request.
fn has_layer(survey: &Survey) -> bool {
    let calls = survey.facts.instances.iter();
    let calls = calls.flat_map(|instance| &instance.calls);
    let layers = survey.facts.roots.iter().flat_map(|root| &root.layers);
    let mut all = calls.chain(layers);
    all.any(|call| matches!(&call.callee, Callee::Path(path) if path.ends_with("UnitOfWork::new")))
}

fn of_function(
    survey: &Survey,
    entry: &Entry,
    (id, function): (InstanceId, &Function),
    out: &mut Findings,
) {
    let Some(declared) = survey.declared_on(id).first() else {
        return;
    };
    let mut report = PREMATURE_INVALIDATION.at(
        function.place.span,
        format!(
            "`{}` invalidates when it returns, before its caller commits",
            survey.name(function)
        ),
    );
    report.label(
        function.place.span,
        "works in its caller's transaction, and no unit of work is open",
    );
    report.label(
        declared.place.span,
        "outside a unit of work this is applied at the end of the function",
    );
    let (place, role) = wording::place(survey, entry);
    let path = entry.reach.path(id);
    if !path.is_empty() {
        report.label(place, role);
    }
    wording::label_path(survey, &path, &mut BTreeSet::from([place]), &mut report);
    for hop in &path {
        let calls = survey.facts.instance(hop.caller).into_iter();
        let mut calls = calls.flat_map(|instance| &instance.calls);
        let commit = calls.find(|call| name_of(survey, &call.callee) == "commit");
        if let Some(commit) = commit {
            report.label(commit.place.span, "commits here");
        }
    }
    let instance = survey.facts.instance(id).map(|instance| instance.function);
    let report = report.help(
        "annotate the function that commits, or open a unit of work around it: `cachex::unit(…)`",
    );
    out.push(survey, report, instance);
}
