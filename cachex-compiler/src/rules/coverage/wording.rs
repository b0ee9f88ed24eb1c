//! How the rules of the group speak of statements, entries and paths.

use std::collections::BTreeSet;

use crate::analyze::coverage::{Column, Entry, Gap, GapKind, Loss, Survey, Write};
use crate::analyze::{
    Callee, Function, FunctionId, Hop, InstanceId, Operation, Part, Place, Resolution, RootKind,
    SiteId, Via,
};
use crate::diagnostics::{Diagnostic, Kin};
use crate::model::{Action, EntityId};
use crate::source::Span;

/// `` `store::set_title` ``: a function's path without the crate's name.
pub(super) fn path(function: &Function) -> String {
    let path = function
        .path
        .split_once("::")
        .map_or(function.path.as_str(), |(_, path)| path);
    format!("`{path}`")
}

/// The function of a node of the call graph.
pub(super) fn function<'a>(survey: &Survey<'a>, instance: InstanceId) -> Option<&'a Function> {
    let instance = survey.facts.instance(instance)?;
    survey.facts.function(instance.function)
}

/// What does it: `` `rename_post` ``, `` a closure in `routes` ``, `` a task that `notify_all` spawns ``.
pub(super) fn subject(survey: &Survey, entry: &Entry) -> String {
    let name = |instance| function(survey, instance).map_or("", |function| survey.name(function));
    if let Some(spawn) = entry.spawned.last() {
        return format!("a task that `{}` spawns", name(spawn.caller));
    }
    match survey
        .facts
        .instance(entry.instance())
        .map(|instance| instance.part)
    {
        Some(Part::Closure(_)) => format!("a closure in `{}`", name(entry.instance())),
        _ => format!("`{}`", name(entry.instance())),
    }
}

/// Where an entry stands, and what it is.
pub(super) fn place(survey: &Survey, entry: &Entry) -> (Span, String) {
    let (Some(instance), Some(function)) = (
        survey.facts.instance(entry.instance()),
        function(survey, entry.instance()),
    ) else {
        return (Span::default(), String::new());
    };
    let span = match instance.part {
        Part::Whole => function.place.span,
        Part::Closure(span) => span.begin(),
    };
    if entry.spawned.is_empty() {
        (span, role(survey, entry))
    } else {
        (span, "this task is a unit of work of its own".to_owned())
    }
}

/// `this handler of PATCH /posts/{id} (routed at src/main.rs:20)`.
fn role(survey: &Survey, entry: &Entry) -> String {
    let roots = entry
        .roots
        .iter()
        .filter_map(|root| survey.facts.roots.get(root.0 as usize));
    let roots: Vec<_> = roots.collect();
    let Some(root) = roots.first() else {
        return String::new();
    };
    let noun = match root.kind {
        RootKind::Main => return "execution enters here".to_owned(),
        RootKind::Job => "this job".to_owned(),
        RootKind::Task => "this task".to_owned(),
        RootKind::Annotated => return "nothing known calls this function".to_owned(),
        RootKind::Callback if root.route.is_none() => "this callback".to_owned(),
        _ => "this handler".to_owned(),
    };
    let routes: BTreeSet<&str> = roots
        .iter()
        .filter_map(|root| root.route.as_deref())
        .collect();
    let routes: Vec<&str> = routes.into_iter().collect();
    let of = if routes.is_empty() {
        String::new()
    } else {
        format!(" of {}", routes.join(" and "))
    };
    let at = at(survey, root.place);
    let verb = if root.kind.is_handler() {
        "routed"
    } else {
        "started"
    };
    format!("{noun}{of}, {verb} at {at}")
}

/// Labels each hop of a path, each place once.
pub(super) fn label_path(
    survey: &Survey,
    hops: &[Hop],
    seen: &mut BTreeSet<Span>,
    report: &mut Diagnostic,
) {
    for hop in hops {
        if !seen.insert(hop.place.span) {
            continue;
        }
        let callee = function(survey, hop.callee).map_or_else(String::new, path);
        let text = match hop.via {
            Via::Spawn => format!("spawns {}", spawned(survey, hop, &callee)),
            _ if may(survey, hop) => format!("may call {callee} here, one of the implementations"),
            _ => format!("calls {callee} here"),
        };
        report.label(hop.place.span, text);
    }
}

fn spawned(survey: &Survey, hop: &Hop, callee: &str) -> String {
    match survey
        .facts
        .instance(hop.callee)
        .map(|instance| instance.part)
    {
        Some(Part::Whole) => format!("{callee} as a task of its own here"),
        _ => "a task of its own here".to_owned(),
    }
}

/// Whether a call goes through a trait that several types implement.
fn may(survey: &Survey, hop: &Hop) -> bool {
    let calls = survey
        .facts
        .instance(hop.caller)
        .map_or(&[][..], |instance| &instance.calls);
    let here = calls
        .iter()
        .filter(|call| call.place == hop.place && call.resolution == Resolution::Trait);
    here.filter(|call| matches!(call.callee, Callee::Instance(_)))
        .count()
        > 1
}

/// Labels the entry, the paths and the statements of a gap, in this order.
pub(super) fn label_gap(survey: &Survey, entry: &Entry, gap: &Gap, report: &mut Diagnostic) {
    let (place, role) = place(survey, entry);
    report.label(place, role);
    let mut seen = BTreeSet::from([place]);
    if let Some(root) = entry
        .spawned
        .first()
        .and_then(|hop| function(survey, hop.caller))
    {
        report.label(root.place.span, self::role(survey, entry));
        // The last hop is the spawn: a closure that is spawned stands in it, and is labelled already.
        let hops = match survey.facts.instance(entry.instance()).map(|it| it.part) {
            Some(Part::Closure(_)) => entry.spawned.split_last().map_or(&[][..], |(_, rest)| rest),
            _ => &entry.spawned,
        };
        label_path(survey, hops, &mut seen, report);
    }
    for write in &gap.writes {
        label_path(survey, &write.path, &mut seen, report);
        let Some(site) = survey.facts.site(write.site) else {
            continue;
        };
        if seen.insert(site.place.span) {
            report.label(
                site.place.span,
                format!("{} here", statement(survey, write.site, &write.missing)),
            );
        }
    }
}

/// Everything a gap's statements do: `` writes `posts.title` and deletes from `pictures` ``.
pub(super) fn statements(survey: &Survey, gap: &Gap) -> String {
    let statements = gap.writes.iter();
    listed(statements.map(|write| statement(survey, write.site, &write.missing)))
}

/// Everything that some statements do to entities.
pub(super) fn all(survey: &Survey, sites: &[SiteId]) -> String {
    let statements = sites.iter();
    listed(statements.map(|site| statement(survey, *site, survey.writes(*site))))
}

/// Each once, in the order they come.
fn listed(statements: impl Iterator<Item = String>) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in statements {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    match said.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, more @ ..] => format!("{one}, {two} and {} more", more.len()),
    }
}

/// What is said of all functions that write an entity which no cache depends on.
pub(super) fn kin(survey: &Survey, gap: &Gap) -> Option<Kin> {
    let entry = survey.entries.get(gap.entry)?;
    let instance = survey.facts.instance(entry.instance())?;
    let function = survey.facts.function(instance.function)?;
    let name = entity(survey, gap.entity);
    let said = match gap.kind {
        GapKind::Nothing => format!("functions write {name} and nothing invalidates it"),
        GapKind::Part => format!("functions write more of {name} than they invalidate"),
    };
    Some(Kin {
        said,
        place: (
            survey.schema.entity(gap.entity).name.span,
            "no cache depends on what they write: nothing goes stale".to_owned(),
        ),
        own: format!(
            "{} {}, see {}",
            subject(survey, entry),
            statements(survey, gap),
            at(survey, function.place)
        ),
        help: match gap.loss {
            Loss::Event => format!(
                "declare each, so that clients are told; where they need not be, leave the action out of {name}'s `notify`"
            ),
            _ => DEPENDENCY.to_owned(),
        },
    })
}

/// What helps where it is the rules that say too little.
pub(super) const DEPENDENCY: &str = "nothing is to be done, unless a cache holds what is written \
    (a list, or that there is none): say so in that cache's `depends_on`";

/// What a statement does: `` writes `posts.title` ``, `` deletes from `posts` ``.
pub(super) fn statement(survey: &Survey, site: SiteId, missing: &[Write]) -> String {
    let Some(site) = survey.facts.site(site) else {
        return String::new();
    };
    let table = &site.table;
    let columns = |columns: &Option<Vec<String>>| {
        let counted = columns
            .iter()
            .flatten()
            .filter(|column| counts(survey, table, column, missing));
        let named: Vec<_> = counted
            .map(|column| format!("`{table}.{column}`"))
            .collect();
        match named.as_slice() {
            [] => format!("`{table}`"),
            [first, second, third, more @ ..] if more.len() > 1 => {
                let more = more.len();
                format!("{first}, {second}, {third} and {more} more columns of `{table}`")
            }
            few => few.join(", "),
        }
    };
    let deletes = missing.iter().any(|write| write.action == Action::Delete);
    match site.operation {
        Operation::Insert => format!("inserts into `{table}`"),
        Operation::Upsert => upserts(table, missing),
        Operation::Update if deletes => format!("marks rows of `{table}` as deleted"),
        Operation::Truncate => format!("empties `{table}`"),
        Operation::Delete => format!("deletes from `{table}`"),
        Operation::Update => format!("writes {}", columns(&site.columns)),
        Operation::Select => format!("reads {}", columns(&site.columns)),
    }
}

/// The half of an upsert that a finding is about.
fn upserts(table: &str, missing: &[Write]) -> String {
    let has = |action| missing.iter().any(|write| write.action == action);
    match (has(Action::Create), has(Action::Update)) {
        (true, false) => format!("inserts into `{table}`"),
        (false, true) => format!("updates rows of `{table}` that exist"),
        _ => format!("inserts into or updates `{table}`"),
    }
}

/// Whether a column is one of those that a finding is about.
fn counts(survey: &Survey, table: &str, column: &str, missing: &[Write]) -> bool {
    missing.iter().any(|write| {
        let mut tables = survey
            .tables
            .named(table)
            .filter(|(entity, _)| *entity == write.entity);
        tables.any(
            |(entity, table)| match survey.tables.attribute(entity, table, column) {
                Column::Attribute(attribute) => write
                    .fields()
                    .contains(crate::model::FieldSet::one(attribute)),
                Column::Deleted => write.action == Action::Delete,
                Column::Undeclared | Column::Identity => {
                    write.fields() == crate::model::FieldSet::NONE
                }
                Column::Ignored => false,
            },
        )
    })
}

/// The functions that migrations are, and those that only they reach or others do, too.
pub(super) fn migrated(survey: &Survey) -> BTreeSet<FunctionId> {
    let instances = (0..).map(InstanceId).take(survey.facts.instances.len());
    let migrations = instances.filter(|id| function(survey, *id).is_some_and(is_migration));
    let reached = migrations.flat_map(|id| survey.within_unit(id).instances().collect::<Vec<_>>());
    let functions = reached.filter_map(|id| Some(survey.facts.instance(id)?.function));
    functions.collect()
}

/// `up` and `down` of the traits that SeaORM and Diesel have for it, and the function whose text refinery runs.
fn is_migration(function: &Function) -> bool {
    let implements = function.trait_path.as_deref().unwrap_or_default();
    let implements = implements.rsplit("::").next().unwrap_or_default();
    let is_text = function.name == "migration" && function.returns == "String";
    implements == "MigrationTrait"
        || implements == "Migration"
        || (is_text && function.owner.is_none() && function.parameters.is_empty())
}

/// `` `post` ``
pub(super) fn entity(survey: &Survey, entity: EntityId) -> String {
    format!("`{}`", survey.schema.entity(entity).name.value)
}

/// `src/routes/posts.rs:63`
pub(super) fn at(survey: &Survey, place: Place) -> String {
    format!("{}:{}", survey.facts.file(place.span.file), place.line)
}
