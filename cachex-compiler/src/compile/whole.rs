//! What the rules may say of a schema that is not whole.
//!
//! A declaration with a mistake lacks what could not be resolved. A rule that finds something missing would call that
//! missing too ("nothing can invalidate it"), which is not the user's mistake but the shadow of one that is reported
//! already. What a rule finds in what *is* there stays true, whatever else is wrong beside it.

use crate::diagnostics::registry::{
    CREATE_BEHIND_OWN_TAG, ENDLESS_ENTRY, MISSING_DEPENDENCIES, MISSING_REASON, UNSCOPED_CACHE,
};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Severity};
use crate::model::Schema;
use crate::source::Span;

/// Rules that say what no change reaches, through other caches too: one of them may be what is broken.
const OF_ABSENCE: [&Rule; 2] = [&ENDLESS_ENTRY, &CREATE_BEHIND_OWN_TAG];

/// Rules that miss a key of a declaration: it may be there, with a mistake in it.
const OF_ONE_DECLARATION: [&Rule; 3] = [&MISSING_DEPENDENCIES, &MISSING_REASON, &UNSCOPED_CACHE];

/// Keeps what is true whatever the mistakes so far hide. A warning says that something is not used, or could be
/// narrower: of a schema with holes nobody knows.
pub(super) fn keep(schema: &Schema, mistakes: &Diagnostics, found: &mut Diagnostics) {
    let declarations = declarations(schema);
    let mut broken = vec![false; declarations.len()];
    for report in mistakes
        .iter()
        .filter(|report| report.severity == Severity::Error)
    {
        if let Some(broken) =
            around(&declarations, report.span()).and_then(|index| broken.get_mut(index))
        {
            *broken = true;
        }
    }
    let touches_broken = |report: &Diagnostic| {
        let mut places = report
            .labels
            .iter()
            .filter_map(|label| around(&declarations, label.span));
        places.any(|index| broken.get(index).copied().unwrap_or_default())
    };
    found.retain(|report| {
        let error = report.severity == Severity::Error;
        let shadow = OF_ABSENCE.contains(&report.rule)
            || OF_ONE_DECLARATION.contains(&report.rule) && touches_broken(report);
        error && !shadow
    });
}

/// The places of all entities and caches, in order. They never overlap.
fn declarations(schema: &Schema) -> Vec<Span> {
    let entities = schema.entities.iter().map(|entity| entity.span);
    let mut all: Vec<Span> = entities
        .chain(schema.caches.iter().map(|cache| cache.span))
        .collect();
    all.sort_unstable();
    all
}

/// The declaration a place lies in.
fn around(declarations: &[Span], place: Span) -> Option<usize> {
    let behind =
        declarations.partition_point(|span| (span.file, span.start) <= (place.file, place.start));
    let index = behind.checked_sub(1)?;
    let span = declarations.get(index)?;
    (span.file == place.file && place.start < span.end.max(span.start + 1)).then_some(index)
}
