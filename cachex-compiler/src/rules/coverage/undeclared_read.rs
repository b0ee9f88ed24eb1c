//! A loader reads a table, or a column, that its cache does not depend on.

use std::collections::BTreeSet;

use super::wording;
use crate::analyze::SiteId;
use crate::analyze::coverage::{Findings, Read, ReadGap, Survey, read_gaps};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::UNDECLARED_READ;
use crate::emit::words;
use crate::model::{Action, Dependencies, EntityId, FieldSet};

pub(super) fn check(survey: &Survey, out: &mut Findings) {
    for gap in read_gaps(survey) {
        if let Some(report) = report(survey, &gap) {
            out.push(survey, report, Some(gap.loader.function));
        }
    }
}

fn report(survey: &Survey, gap: &ReadGap) -> Option<Diagnostic> {
    let loader = survey.facts.function(gap.loader.function)?;
    let cache = survey.schema.cache(gap.loader.cache);
    let name = &cache.name.value;
    let (read, lacks, pattern) = facts(survey, &gap.read)?;
    let mut report = UNDECLARED_READ.at(
        loader.place.span,
        format!("`{name}` {read} and does not depend on {lacks}"),
    );
    report.label(loader.place.span, format!("loads `{name}`"));
    let mut seen = BTreeSet::from([loader.place.span]);
    wording::label_path(survey, &gap.path, &mut seen, &mut report);
    if let Some(site) = site(&gap.read).and_then(|site| survey.facts.site(site)) {
        report.label(site.place.span, format!("{read} here"));
    }
    if let Dependencies::Listed(listed) = &cache.depends_on {
        let spans = listed.iter().map(crate::model::Dependency::span);
        if let Some(span) = spans.reduce(crate::source::Span::to) {
            report.label(span, "depends on this alone");
        }
    }
    Some(report.help(format!(
        "add `{pattern}` to `depends_on` of `{name}`, or to its `allow_stale`"
    )))
}

fn site(read: &Read) -> Option<SiteId> {
    match read {
        Read::Entity(_, site)
        | Read::Rows(_, site, _)
        | Read::Fields(_, site, _)
        | Read::Table(_, site) => Some(*site),
        Read::Cache(_) => None,
    }
}

/// What is read, what the cache doesn't depend on, and what to depend on. A table of no entity is another rule's.
fn facts(survey: &Survey, read: &Read) -> Option<(String, String, String)> {
    let table = |site: SiteId| {
        survey
            .facts
            .site(site)
            .map(|site| format!("reads `{}`", site.table))
    };
    let name = |entity: EntityId| survey.schema.entity(entity).name.value.clone();
    Some(match read {
        Read::Entity(entity, site) => (
            table(*site)?,
            wording::entity(survey, *entity),
            format!("when: {}", name(*entity)),
        ),
        Read::Rows(entity, site, actions) => {
            let patterns: Vec<_> = actions
                .iter()
                .map(|action| format!("{}.{}", name(*entity), action.name()))
                .collect();
            let lacks = format!(
                "{}, though nothing restricts the read to known rows",
                quoted(&patterns)
            );
            (
                table(*site)?,
                lacks,
                format!("when: [{}]", patterns.join(", ")),
            )
        }
        Read::Fields(entity, site, fields) => {
            let pattern =
                words::change(survey.schema.entity(*entity), Action::Update, Some(*fields));
            let columns = columns(survey, *entity, *fields);
            (
                format!("{} of `{}`", columns, survey.facts.site(*site)?.table),
                format!("`{pattern}`"),
                format!("when: \"{pattern}\""),
            )
        }
        Read::Cache(cache) => {
            let cache = &survey.schema.cache(*cache).name.value;
            (
                format!("is built from `{cache}`"),
                "it".to_owned(),
                format!("cache: {cache}"),
            )
        }
        Read::Table(..) => return None,
    })
}

fn quoted(patterns: &[String]) -> String {
    let quoted: Vec<_> = patterns
        .iter()
        .map(|pattern| format!("`{pattern}`"))
        .collect();
    quoted.join(" and ")
}

fn columns(survey: &Survey, entity: EntityId, fields: FieldSet) -> String {
    let declared = survey.schema.entity(entity);
    let names: Vec<_> = fields
        .iter()
        .map(|id| format!("`{}`", declared.attribute(id).name.value))
        .collect();
    format!("reads {}", names.join(", "))
}
