//! Drafts → facts: ids in the order of the sources, spans with their lines, paths for people.

use std::collections::{BTreeMap, BTreeSet};

use super::functions::function_of;
use super::program::{DraftCall, DraftId, DraftSite, Program, Target};
use super::roots::{CallCopy, DraftRoot};
use super::world::{FileIx, FnId, World};
use crate::analyze::facts::{
    Argument, Call, Callee, Facts, FunctionId, Instance, InstanceId, Operation, Place, Root, Site,
    SiteId, Unknown, UnknownKind, Via,
};
use crate::analyze::rust::tree::Range;
use crate::source::{FileId, Span};

/// Numbers of drafts → ids of facts.
pub(super) struct Ids {
    pub(super) functions: BTreeMap<FnId, FunctionId>,
    pub(super) instances: BTreeMap<DraftId, InstanceId>,
    pub(super) sites: BTreeMap<u32, SiteId>,
}

pub(super) fn facts(mut program: Program<'_>, roots: Vec<DraftRoot>) -> Facts {
    let (ids, sites) = number(&program);
    let mut facts = Facts {
        files: program
            .world
            .files
            .iter()
            .map(|file| (file.id, file.path.to_owned()))
            .collect(),
        ..Facts::default()
    };
    facts.files.sort();
    let mut functions: Vec<(FunctionId, FnId)> = ids
        .functions
        .iter()
        .map(|(function, id)| (*id, *function))
        .collect();
    functions.sort();
    facts.functions = functions
        .into_iter()
        .filter_map(|(_, function)| function_of(&mut program, function))
        .collect();
    facts.sites = sites;
    facts.instances = instances(&program, &ids);
    facts.unknowns = unknowns(&program, &ids);
    facts.roots = roots_of(&program, &ids, roots);
    facts
}

/// Every function that has a body, in the order of the sources.
pub(super) fn functions(world: &World<'_>) -> Vec<FnId> {
    let mut functions: Vec<(FileIx, Range, FnId)> = (0..world.fns.len())
        .map(|index| FnId(super::world::u32_of(index)))
        .filter(|id| world.has_body(*id))
        .filter_map(|id| {
            let found = world.fns.get(id.index())?;
            Some((found.file, world.item(found.file, found.item)?.name_at, id))
        })
        .collect();
    functions.sort();
    functions.into_iter().map(|(.., id)| id).collect()
}

/// The ids of functions in facts.
pub(super) fn numbered(functions: &[FnId]) -> BTreeMap<FnId, FunctionId> {
    functions
        .iter()
        .copied()
        .zip((0..).map(FunctionId))
        .collect()
}

fn number(program: &Program<'_>) -> (Ids, Vec<Site>) {
    let functions = numbered(&functions(&program.world));
    let mut drafts: Vec<_> = program
        .drafts
        .iter()
        .enumerate()
        .filter_map(|(index, draft)| {
            let id = DraftId(super::world::u32_of(index));
            Some((
                *functions.get(&draft.function)?,
                draft.part,
                types(program, id),
                id,
            ))
        })
        .collect();
    drafts.sort();
    let instances = drafts
        .into_iter()
        .enumerate()
        .map(|(index, (.., id))| (id, InstanceId(super::world::u32_of(index))))
        .collect();
    let drafts = program.sites.iter().zip(0..);
    let mut sites: Vec<(Site, u32)> = drafts
        .filter_map(|(site, draft)| {
            let function = *functions.get(&site.function)?;
            Some((site_of(program, function, site), draft))
        })
        .collect();
    sort_sites(program, &mut sites);
    let numbers = sites.iter().zip((0..).map(SiteId));
    let ids = Ids {
        functions,
        instances,
        sites: numbers.map(|((_, draft), id)| (*draft, id)).collect(),
    };
    (ids, sites.into_iter().map(|(site, _)| site).collect())
}

/// By path and place.
pub(super) fn sort_sites<T>(program: &Program<'_>, sites: &mut [(Site, T)]) {
    let ranks = ranks(program);
    sites.sort_by(|(one, _), (other, _)| {
        let place = |site: &Site| (ranks.get(&site.place.span.file).copied(), site.place);
        let rest = |site: &Site| (site.operation, site.function);
        let places = place(one).cmp(&place(other));
        let tables = places.then_with(|| one.table.cmp(&other.table));
        tables.then_with(|| rest(one).cmp(&rest(other)))
    });
}

/// The types that tell a draft apart, for people.
pub(super) fn types(program: &Program<'_>, id: DraftId) -> String {
    let Some(draft) = program.drafts.get(id.0 as usize) else {
        return String::new();
    };
    let mut parts: Vec<String> = draft
        .subst
        .iter()
        .map(|(name, ty)| {
            format!(
                "{} = {}",
                program.world.text(*name),
                program.world.show(*ty)
            )
        })
        .collect();
    parts.sort();
    parts.join(", ")
}

pub(super) fn place(program: &Program<'_>, file: FileIx, range: Range) -> Place {
    let Some(file) = program.world.files.get(file.index()) else {
        return Place {
            span: Span::default(),
            line: 0,
        };
    };
    let line = file
        .facts()
        .lines
        .partition_point(|start| *start <= range.start);
    Place {
        span: Span {
            file: file.id,
            start: range.start,
            end: range.end,
        },
        line: super::world::u32_of(line.max(1)),
    }
}

pub(super) fn site_of(program: &Program<'_>, function: FunctionId, site: &DraftSite) -> Site {
    Site {
        operation: site.statement.operation,
        table: site.statement.table.clone(),
        columns: site.statement.columns.clone(),
        updated_columns: site.statement.updated_columns.clone(),
        restricted_by: site.statement.restricted_by.clone(),
        function,
        place: place(program, site.file, site.range),
        form: site.form,
    }
}

fn instances(program: &Program<'_>, ids: &Ids) -> Vec<Instance> {
    let mut order: Vec<(InstanceId, DraftId)> =
        ids.instances.iter().map(|(old, id)| (*id, *old)).collect();
    order.sort();
    order
        .into_iter()
        .filter_map(|(_, old)| instance_of(program, ids, old))
        .collect()
}

pub(super) fn instance_of(program: &Program<'_>, ids: &Ids, id: DraftId) -> Option<Instance> {
    let draft = program.drafts.get(id.0 as usize)?;
    let mut sites: Vec<SiteId> = draft
        .sites
        .iter()
        .filter_map(|site| ids.sites.get(site).copied())
        .collect();
    sites.sort();
    Some(Instance {
        function: *ids.functions.get(&draft.function)?,
        part: draft.part,
        types: types(program, id),
        calls: draft
            .calls
            .iter()
            .filter_map(|call| call_of(program, ids, call))
            .collect(),
        sites,
    })
}

fn call_of(program: &Program<'_>, ids: &Ids, call: &DraftCall) -> Option<Call> {
    parts(
        program,
        ids,
        call.file,
        call.range,
        &call.target,
        &call.arguments,
        call.via,
        call.how,
    )
}

#[expect(clippy::too_many_arguments, reason = "the parts of one call")]
fn parts(
    program: &Program<'_>,
    ids: &Ids,
    file: FileIx,
    range: Range,
    target: &Target,
    arguments: &[(String, Range, crate::analyze::facts::ArgumentKind)],
    via: Via,
    resolution: crate::analyze::facts::Resolution,
) -> Option<Call> {
    let callee = match target {
        Target::Draft(draft) => Callee::Instance(*ids.instances.get(draft)?),
        Target::Path(path) => Callee::Path(path.clone()),
        Target::Method { receiver, name } => Callee::Method {
            receiver: receiver.clone(),
            name: name.clone(),
        },
        Target::Unknown(name) => Callee::Unknown { name: name.clone() },
        Target::Schema {
            module,
            path,
            chain,
        } => Callee::Schema {
            module: module.clone(),
            path: path.clone(),
            chain: chain.clone(),
        },
    };
    let arguments = arguments
        .iter()
        .map(|(text, range, kind)| Argument {
            text: text.clone(),
            span: place(program, file, *range).span,
            kind: *kind,
        })
        .collect();
    Some(Call {
        place: place(program, file, range),
        callee,
        arguments,
        via,
        resolution,
    })
}

fn unknowns(program: &Program<'_>, ids: &Ids) -> Vec<Unknown> {
    let mut found = unknowns_in_functions(program, ids);
    for (index, file) in program.world.files.iter().enumerate() {
        if let Some(error) = &file.facts().error {
            let (at, reason) = (error.at, &error.reason);
            let range = Range { start: at, end: at };
            let file = FileIx(super::world::u32_of(index));
            found.push(Unknown {
                reason: reason.clone(),
                function: None,
                place: place(program, file, range),
                kind: UnknownKind::File,
            });
        }
    }
    sort_unknowns(program, &mut found);
    found
}

/// What was not understood of functions. What an instance with other types understood is understood; a sub-select of
/// a write is not the write.
pub(super) fn unknowns_in_functions(program: &Program<'_>, ids: &Ids) -> Vec<Unknown> {
    let writes = program
        .sites
        .iter()
        .filter(|site| site.statement.operation != Operation::Select);
    // A macro's text stands at one place for all who use it.
    let known: BTreeSet<(FnId, Place)> = writes
        .map(|site| (site.function, place(program, site.file, site.range)))
        .collect();
    let found = program.unknowns.iter().filter_map(|unknown| {
        let place = place(program, unknown.file, unknown.at);
        let is_known = |function| known.contains(&(function, place));
        let is_understood =
            unknown.kind != UnknownKind::File && unknown.function.is_some_and(is_known);
        let function = unknown
            .function
            .and_then(|function| ids.functions.get(&function).copied());
        (!is_understood).then(|| Unknown {
            reason: unknown.reason.clone(),
            function,
            place,
            kind: unknown.kind,
        })
    });
    found.collect()
}

/// By path and place, each once.
pub(super) fn sort_unknowns(program: &Program<'_>, found: &mut Vec<Unknown>) {
    let ranks = ranks(program);
    let rank = |unknown: &Unknown| ranks.get(&unknown.place.span.file);
    found.sort_by(|one, other| {
        (rank(one), one.place, &one.reason, one.function).cmp(&(
            rank(other),
            other.place,
            &other.reason,
            other.function,
        ))
    });
    found.dedup_by(|one, other| {
        one.place == other.place && one.reason == other.reason && one.function == other.function
    });
}

/// The order of the files' paths.
fn ranks(program: &Program<'_>) -> BTreeMap<FileId, FileIx> {
    let files = program.world.files.iter().enumerate();
    files
        .map(|(index, file)| (file.id, super::world::file_ix(index)))
        .collect()
}

fn roots_of(program: &Program<'_>, ids: &Ids, roots: Vec<DraftRoot>) -> Vec<Root> {
    let mut found: Vec<(FileIx, Range, Root)> = roots
        .into_iter()
        .filter_map(|root| {
            let draft = program.drafts.get(root.draft.0 as usize)?;
            let layers = root
                .layers
                .iter()
                .filter_map(|call| layer_of(program, ids, call))
                .collect();
            Some((
                root.file,
                root.at,
                Root {
                    kind: root.kind,
                    route: root.route,
                    function: *ids.functions.get(&draft.function)?,
                    instance: *ids.instances.get(&root.draft)?,
                    place: place(program, root.file, root.at),
                    layers,
                },
            ))
        })
        .collect();
    found.sort_by(|one, other| {
        (one.0, one.1, &one.2.route, one.2.instance, one.2.kind).cmp(&(
            other.0,
            other.1,
            &other.2.route,
            other.2.instance,
            other.2.kind,
        ))
    });
    found.dedup_by(|one, other| {
        one.2.kind == other.2.kind
            && one.2.route == other.2.route
            && one.2.instance == other.2.instance
    });
    found.into_iter().map(|(.., root)| root).collect()
}

fn layer_of(program: &Program<'_>, ids: &Ids, call: &CallCopy) -> Option<Call> {
    parts(
        program,
        ids,
        call.file,
        call.range,
        &call.target,
        &call.arguments,
        Via::Call,
        call.how,
    )
}
