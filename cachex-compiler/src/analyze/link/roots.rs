//! Where execution enters: routes, attributes, resolvers, services, jobs, tasks, `main`.

use std::collections::{BTreeMap, BTreeSet};

use super::orm::derives;
use super::program::{DraftCall, DraftId, Program, Target};
use super::routes::joined;
use super::types::{TyId, Type};
use super::world::{Def, FileIx, FnId, ImplId, Owner, value_of};
use crate::analyze::facts::{ArgumentKind, Part, Resolution, RootKind, Via};
use crate::analyze::rust::tree::{Attr, ItemKind, Range};
use crate::analyze::workspace::TargetKind;

/// A root in the making.
pub(super) struct DraftRoot {
    pub kind: RootKind,
    pub route: Option<String>,
    pub draft: DraftId,
    pub file: FileIx,
    pub at: Range,
    pub layers: Vec<CallCopy>,
}

/// A layer's call: path, arguments and place.
pub(super) struct CallCopy {
    pub file: FileIx,
    pub range: Range,
    pub target: Target,
    pub arguments: Vec<(String, Range, ArgumentKind)>,
    pub how: Resolution,
}

/// Finds every root. Adds the calls that frameworks make of extractors.
pub(super) fn find(program: &mut Program<'_>) -> Vec<DraftRoot> {
    let mut roots = routed(program);
    attributed(program, &mut roots);
    extractors(program, &roots);
    jobs(program, &mut roots);
    mains(program, &mut roots);
    tasks(program, &mut roots);
    callbacks(program, &mut roots);
    roots
}

fn routed(program: &mut Program<'_>) -> Vec<DraftRoot> {
    let mut found = Vec::new();
    for routed in program.routes.all() {
        let answer = routed.answer;
        let function = program
            .drafts
            .get(answer.handler.0 as usize)
            .map(|draft| draft.function);
        let declared = function.and_then(|function| described(program, function));
        let route = match declared {
            Some((method, path)) if routed.bare || routed.method == "ANY" => {
                Some(format!("{method} {}", joined(&routed.path, &path)))
            }
            _ if routed.path.is_empty() => None,
            _ => Some(format!("{} {}", routed.method, routed.path)),
        };
        let layers = routed.layers.iter().map(|call| copy(call)).collect();
        found.push(DraftRoot {
            kind: routed.kind,
            route,
            draft: answer.handler,
            file: answer.file,
            at: answer.range,
            layers,
        });
    }
    found
}

fn copy(call: &DraftCall) -> CallCopy {
    CallCopy {
        file: call.file,
        range: call.range,
        target: call.target.clone(),
        arguments: call.arguments.clone(),
        how: call.how,
    }
}

/// `#[utoipa::path(post, path = "/posts")]` and poem-openapi's `#[oai(path = "/posts", method = "post")]`.
fn described(program: &Program<'_>, function: FnId) -> Option<(String, String)> {
    let found = program.world.fns.get(function.index())?;
    let item = program.world.item(found.file, found.item)?;
    item.attributes.iter().find_map(|attribute| {
        let path = value_of(&attribute.tokens, "path")?;
        let method = match attribute.path.as_str() {
            "utoipa::path" => {
                let words = attribute.tokens.split(',').map(str::trim);
                words
                    .clone()
                    .find(|word| HTTP.contains(&word.to_lowercase().as_str()))
                    .map(str::to_uppercase)?
            }
            "oai" => value_of(&attribute.tokens, "method")?.to_uppercase(),
            _ => return None,
        };
        Some((method, path))
    })
}

const HTTP: [&str; 8] = [
    "get", "post", "put", "delete", "patch", "head", "options", "trace",
];

/// Functions, and methods of impls, that an attribute makes handlers.
fn attributed(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    let prefixes = program.routes.prefixes();
    for index in 0..program.world.fns.len() {
        let function = FnId(super::world::u32_of(index));
        if !program.world.has_body(function) {
            continue;
        }
        let Some((file, item, owner)) = program
            .world
            .fns
            .get(index)
            .map(|found| (found.file, found.item, found.owner))
        else {
            continue;
        };
        let Some(item) = program.world.item(file, item) else {
            continue;
        };
        for attribute in &item.attributes {
            let Some((kind, routes)) = of_attribute(program, function, attribute, &prefixes) else {
                continue;
            };
            let draft = program.instance(function, &Vec::new(), None);
            for route in routes {
                roots.push(DraftRoot {
                    kind,
                    route,
                    draft,
                    file,
                    at: attribute.range,
                    layers: Vec::new(),
                });
            }
        }
        if let Owner::Impl(id) = owner
            && let Some(kind) = of_impl(program, id, &item.attributes)
        {
            let draft = program.instance(function, &Vec::new(), None);
            let route =
                described(program, function).map(|(method, path)| format!("{method} {path}"));
            roots.push(DraftRoot {
                kind,
                route,
                draft,
                file,
                at: item.name_at,
                layers: Vec::new(),
            });
        }
    }
}

/// What a route attribute makes of a function, under each path it is mounted.
fn of_attribute(
    program: &mut Program<'_>,
    function: FnId,
    attribute: &Attr,
    prefixes: &BTreeMap<FnId, BTreeSet<String>>,
) -> Option<(RootKind, Vec<Option<String>>)> {
    let full = resolved_attribute(program, function, &attribute.path);
    let last = full.rsplit("::").next().unwrap_or(&full).to_owned();
    if program
        .options
        .attributes
        .iter()
        .any(|own| *own == last || *own == full)
    {
        return Some((RootKind::Attribute, vec![None]));
    }
    let method = match last.as_str() {
        "get" | "post" | "put" | "delete" | "patch" | "head" | "options" | "connect" | "trace" => {
            last.to_uppercase()
        }
        "route" => value_of(&attribute.tokens, "method")?.to_uppercase(),
        _ => return None,
    };
    let path = attribute
        .tokens
        .trim()
        .strip_prefix('"')
        .and_then(|rest| rest.split('"').next());
    // `#[get(...)]` of other macros (builders, clap) has no path.
    let path = path?.split('?').next().unwrap_or_default();
    let kind = if full.starts_with("rocket") {
        RootKind::Rocket
    } else if full.starts_with("poem") {
        RootKind::Poem
    } else {
        RootKind::Actix
    };
    let below = prefixes.get(&function).cloned().unwrap_or_default();
    let routes = if below.is_empty() {
        vec![Some(format!("{method} {path}"))]
    } else {
        below
            .iter()
            .map(|prefix| Some(format!("{method} {}", joined(prefix, path))))
            .collect()
    };
    Some((kind, routes))
}

/// An attribute's path with imports resolved.
pub(super) fn resolved_attribute(program: &mut Program<'_>, function: FnId, path: &str) -> String {
    let Some(scope) = program
        .world
        .fns
        .get(function.index())
        .map(|found| found.scope)
    else {
        return path.to_owned();
    };
    resolved_path(program, scope, path)
}

pub(super) fn resolved_path(
    program: &mut Program<'_>,
    scope: super::world::ModId,
    path: &str,
) -> String {
    let segments: Vec<_> = path
        .split("::")
        .filter(|part| !part.is_empty())
        .map(|part| program.world.symbols.intern(part))
        .collect();
    let resolved = program.world.segments(scope, &segments, false);
    match resolved
        .defs
        .iter()
        .find(|def| matches!(def, Def::External(_)))
    {
        Some(Def::External(full)) if resolved.taken == segments.len() => {
            program.world.text(*full).to_owned()
        }
        _ => path.to_owned(),
    }
}

/// Methods of an impl that a framework's attribute makes resolvers or services.
fn of_impl(program: &Program<'_>, id: ImplId, own: &[Attr]) -> Option<RootKind> {
    let found = program.world.impls.get(id.index())?;
    let item = program.world.item(found.file, found.item)?;
    let skipped = own
        .iter()
        .any(|attribute| attribute.path == "graphql" && attribute.tokens.trim() == "skip");
    item.attributes.iter().find_map(|attribute| {
        let last = attribute.path.rsplit("::").next().unwrap_or_default();
        match last {
            "Object"
            | "Subscription"
            | "ComplexObject"
            | "graphql_object"
            | "graphql_subscription"
                if !skipped =>
            {
                Some(RootKind::Graphql)
            }
            "OpenApi" if own.iter().any(|attribute| attribute.path == "oai") => {
                Some(RootKind::Poem)
            }
            "async_trait" if attribute.path.contains("tonic") => Some(RootKind::Tonic),
            _ => None,
        }
    })
}

/// A handler's parameters are made by `from_request` of their types.
fn extractors(program: &mut Program<'_>, roots: &[DraftRoot]) {
    let handlers: BTreeSet<DraftId> = roots
        .iter()
        .filter(|root| root.kind.is_handler())
        .map(|root| root.draft)
        .collect();
    let names =
        ["from_request", "from_request_parts"].map(|name| program.world.symbols.intern(name));
    for draft in handlers {
        let Some((function, Part::Whole)) = program
            .drafts
            .get(draft.0 as usize)
            .map(|draft| (draft.function, draft.part))
        else {
            continue;
        };
        let signature = program.signature(function);
        let Some((file, at)) = program.world.fns.get(function.index()).and_then(|found| {
            Some((
                found.file,
                program.world.item(found.file, found.item)?.name_at,
            ))
        }) else {
            continue;
        };
        for ty in signature
            .params
            .iter()
            .flat_map(|ty| with_arguments(program, *ty))
            .collect::<BTreeSet<TyId>>()
        {
            for name in names {
                for method in program.world.methods(ty, name) {
                    if !program.world.has_body(method.function)
                        || !matches!(program.world.type_of(ty), Type::Adt(..))
                    {
                        continue;
                    }
                    let target = program.instance(method.function, &method.subst, None);
                    if let Some(draft) = program.drafts.get_mut(draft.0 as usize) {
                        draft.calls.push(DraftCall {
                            file,
                            range: at,
                            target: Target::Draft(target),
                            arguments: Vec::new(),
                            via: Via::Call,
                            how: Resolution::Type,
                        });
                    }
                }
            }
        }
    }
    program.drain();
}

fn with_arguments(program: &Program<'_>, ty: TyId) -> Vec<TyId> {
    let mut found = vec![ty];
    if let Type::External(_, args) | Type::Adt(_, args) = program.world.type_of(ty) {
        found.extend(args.iter().copied());
    }
    found
}

/// A job is the functions its closure calls; what it does itself, if it calls none.
fn jobs(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    for (draft, file, at) in std::mem::take(&mut program.routes.jobs) {
        let Some(found) = program.drafts.get(draft.0 as usize) else {
            continue;
        };
        let mut drafts: Vec<DraftId> = Vec::new();
        if matches!(found.part, Part::Closure(_)) {
            drafts.extend(found.calls.iter().filter_map(|call| {
                if let Target::Draft(draft) = call.target {
                    Some(draft)
                } else {
                    None
                }
            }));
        }
        if drafts.is_empty() || !found.sites.is_empty() {
            drafts.push(draft);
        }
        drafts.dedup();
        roots.extend(drafts.into_iter().map(|draft| DraftRoot {
            kind: RootKind::Job,
            route: None,
            draft,
            file,
            at,
            layers: Vec::new(),
        }));
    }
}

fn mains(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    let main = program.world.symbols.intern("main");
    for index in 0..program.world.crates.len() {
        let Some(root) = program
            .world
            .crates
            .get(index)
            .filter(|krate| krate.kind == TargetKind::Program)
            .map(|krate| krate.root)
        else {
            continue;
        };
        let defs = program.world.in_module(root, main);
        for def in defs {
            let Def::Fn(function) = def else { continue };
            let draft = program.instance(function, &Vec::new(), None);
            let Some((file, at)) = program.world.fns.get(function.index()).and_then(|found| {
                Some((
                    found.file,
                    program.world.item(found.file, found.item)?.name_at,
                ))
            }) else {
                continue;
            };
            roots.push(DraftRoot {
                kind: RootKind::Main,
                route: None,
                draft,
                file,
                at,
                layers: Vec::new(),
            });
        }
    }
    program.drain();
}

/// Every task is a root of its own.
fn tasks(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    let mut found = Vec::new();
    for draft in &program.drafts {
        for call in &draft.calls {
            if let (Target::Draft(task), Via::Spawn) = (&call.target, call.via) {
                found.push((*task, call.file, call.range));
            }
        }
    }
    let mut known: BTreeSet<DraftId> = BTreeSet::new();
    for (draft, file, at) in found {
        if known.insert(draft) {
            roots.push(DraftRoot {
                kind: RootKind::Task,
                route: None,
                draft,
                file,
                at,
                layers: Vec::new(),
            });
        }
    }
}

/// Traits whose methods run as a part of whoever uses the value.
const PASSIVE: &[&str] = &[
    "Display",
    "Debug",
    "From",
    "TryFrom",
    "Into",
    "TryInto",
    "FromStr",
    "Default",
    "Clone",
    "Drop",
    "Deref",
    "DerefMut",
    "AsRef",
    "AsMut",
    "Borrow",
    "Hash",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Not",
    "Neg",
    "Index",
    "IndexMut",
    "Iterator",
    "IntoIterator",
    "FromIterator",
    "Extend",
    "Error",
    "Serialize",
    "Deserialize",
    "Visitor",
    "FromRow",
    "Type",
    "Encode",
    "Decode",
    "ToSql",
    "FromSql",
    "Queryable",
    "IntoResponse",
    "Responder",
    "ResponseError",
    "FromRequest",
    "FromRequestParts",
    "OptionalFromRequestParts",
    "FromRef",
    "Future",
    "Stream",
    "ActiveModelBehavior",
    "RelationTrait",
    "Related",
    "EntityName",
    "Iden",
    "Parser",
    "Args",
    "Read",
    "Write",
    "Fn",
    "FnMut",
    "FnOnce",
    "ToSchema",
    "IntoParams",
    "MigrationName",
    "MigratorTrait",
    "MigrationTrait",
    "Termination",
    "Validate",
];

/// Methods of foreign traits that nothing here calls: the framework does. And annotated functions nothing calls.
fn callbacks(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    let mut called: BTreeSet<FnId> = BTreeSet::new();
    for draft in &program.drafts {
        for call in &draft.calls {
            if let Target::Draft(target) = call.target
                && let Some(target) = program.drafts.get(target.0 as usize)
                && target.function != draft.function
            {
                called.insert(target.function);
            }
        }
    }
    let known: BTreeSet<FnId> = roots
        .iter()
        .filter_map(|root| program.drafts.get(root.draft.0 as usize))
        .map(|draft| draft.function)
        .collect();
    for index in 0..program.world.fns.len() {
        let function = FnId(super::world::u32_of(index));
        if called.contains(&function)
            || known.contains(&function)
            || !program.world.has_body(function)
        {
            continue;
        }
        let Some((file, item, owner)) = program
            .world
            .fns
            .get(index)
            .map(|found| (found.file, found.item, found.owner))
        else {
            continue;
        };
        let Some(item) = program.world.item(file, item) else {
            continue;
        };
        let annotated = item
            .attributes
            .iter()
            .any(|attribute| attribute.path.rsplit("::").next() == Some("invalidates"));
        let kind = match owner {
            _ if annotated => RootKind::Annotated,
            Owner::Impl(id) if calls_back(program, id) => RootKind::Callback,
            _ => continue,
        };
        let draft = program.instance(function, &Vec::new(), None);
        roots.push(DraftRoot {
            kind,
            route: None,
            draft,
            file,
            at: item.name_at,
            layers: Vec::new(),
        });
    }
    program.drain();
}

fn calls_back(program: &Program<'_>, id: ImplId) -> bool {
    let Some(Def::External(of)) = program.world.impl_trait(id).map(|of| of.def) else {
        return false;
    };
    let text = program.world.text(of);
    let last = text.rsplit("::").next().unwrap_or(text);
    let derived = program
        .world
        .impls
        .get(id.index())
        .and_then(|found| program.world.item(found.file, found.item))
        .is_some_and(|item| {
            matches!(item.kind, ItemKind::Impl { .. }) && derives(&item.attributes, &[])
        });
    !derived && !PASSIVE.contains(&last)
}
