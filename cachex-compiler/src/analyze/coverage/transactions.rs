//! Where transactions run in one body: from `begin` to `commit`, or in the closure that one is given.
//!
//! Knows no driver: the names are those that sqlx, Diesel, SeaORM and tokio-postgres share.

use super::Survey;
use crate::analyze::{ArgumentKind, Call, Callee, InstanceId, Place};
use crate::source::Span;

/// A transaction in one body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Transaction {
    /// What runs in it.
    pub(crate) span: Span,
    /// What commits it: the call of `commit`, or the call that was given the closure.
    pub(crate) commit: Place,
}

/// Methods that run a closure in a transaction.
const RUNS: [&str; 5] = [
    "transaction",
    "run_transaction",
    "immediate_transaction",
    "exclusive_transaction",
    "transaction_with_config",
];

/// Calls that begin one.
const BEGINS: [&str; 4] = ["begin", "begin_with", "begin_with_config", "transaction"];

/// The transactions of a body, by their commits in source order.
pub(crate) fn transactions(survey: &Survey, instance: InstanceId) -> Vec<Transaction> {
    let calls = calls(survey, instance);
    let mut found = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        let name = name_of(survey, &call.callee);
        let closures = call.arguments.iter();
        let mut closures = closures.filter(|argument| argument.kind == ArgumentKind::Closure);
        if RUNS.contains(&name) {
            found.extend(closures.next().map(|closure| Transaction {
                span: closure.span,
                commit: call.place,
            }));
        } else if name == "commit" && call.arguments.is_empty() {
            let before = calls.get(..index).unwrap_or_default();
            found.extend(since_begin(survey, instance, before, call.place));
        }
    }
    found
}

/// From the last `begin` before a commit, or, in another arm, from the commit before it. A transaction that the body
/// was given runs from its start.
fn since_begin(
    survey: &Survey,
    instance: InstanceId,
    before: &[Call],
    commit: Place,
) -> Option<Transaction> {
    let bounds = |call: &&Call| {
        let name = name_of(survey, &call.callee);
        (BEGINS.contains(&name) || name == "commit") && call.place.span.file == commit.span.file
    };
    let start = if let Some(begin) = before.iter().rev().find(bounds) {
        begin.place.span.end
    } else {
        let function = survey.facts.instance(instance)?.function;
        let body = survey.facts.function(function)?.body;
        (body.file == commit.span.file).then_some(body.start)?
    };
    Some(Transaction {
        span: Span {
            start,
            end: commit.span.start,
            ..commit.span
        },
        commit,
    })
}

/// Whether a body begins a transaction.
pub(crate) fn begins_transaction(survey: &Survey, instance: InstanceId) -> bool {
    let mut calls = calls(survey, instance).iter();
    calls.any(|call| {
        let name = name_of(survey, &call.callee);
        BEGINS.contains(&name) || RUNS.contains(&name)
    })
}

fn calls<'a>(survey: &'a Survey, instance: InstanceId) -> &'a [Call] {
    let instance = survey.facts.instance(instance);
    instance.map_or(&[], |instance| &instance.calls)
}

/// The bare name of what a call calls.
pub(crate) fn name_of<'a>(survey: &'a Survey, callee: &'a Callee) -> &'a str {
    match callee {
        Callee::Instance(instance) => {
            let instance = survey.facts.instance(*instance);
            let function = instance.and_then(|instance| survey.facts.function(instance.function));
            function.map_or("", |function| function.name.as_str())
        }
        Callee::Path(path) => path.rsplit("::").next().unwrap_or(path),
        Callee::Method { name, .. } | Callee::Unknown { name } => name,
        Callee::Schema { .. } => "",
    }
}
