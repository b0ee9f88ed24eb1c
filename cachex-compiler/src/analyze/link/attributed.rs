//! Functions that an attribute makes handlers: routes, resolvers, services.

use super::symbols::last_of;
use std::collections::{BTreeMap, BTreeSet};

use super::frameworks::Framework;
use super::meta::value_of;
use super::program::{DraftId, Program};
use super::roots::DraftRoot;
use super::routed::{joined, whole};
use super::types::UNKNOWN;
use super::world::{Def, FnId, ImplId, Owner};
use crate::analyze::facts::RootKind;
use crate::analyze::rust::tree::Attr;

/// `#[utoipa::path(post, path = "/posts")]` and poem-openapi's `#[oai(path = "/posts", method = "post")]`.
pub(super) fn described(program: &Program<'_>, function: FnId) -> Option<(String, String)> {
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

pub(super) const HTTP: [&str; 8] = [
    "get", "post", "put", "delete", "patch", "head", "options", "trace",
];

/// Functions, and methods of impls, that an attribute makes handlers.
pub(super) fn attributed(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    let prefixes = program.routes.prefixes();
    for index in 0..program.world.fns.len() {
        let function = FnId(super::world::u32_of(index));
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
            for draft in answering(program, function, owner) {
                roots.extend(routes.iter().map(|route| DraftRoot {
                    kind,
                    route: route.clone(),
                    draft,
                    file,
                    at: attribute.range,
                    layers: Vec::new(),
                }));
            }
        }
        if !program.world.has_body(function) {
            continue;
        }
        if let Owner::Impl(id) = owner
            && let Some(kind) = of_impl(program, id, &item.attributes)
        {
            let draft = program.instance(function, &Vec::new(), None);
            let prefix = prefix_of(program, id);
            let route = described(program, function)
                .map(|(method, path)| format!("{method} {}", joined(&prefix, &path)));
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

/// What runs for a function that an attribute makes a handler: itself; for a method of a trait that describes an API,
/// what implements it.
fn answering(program: &mut Program<'_>, function: FnId, owner: Owner) -> Vec<DraftId> {
    let Owner::Trait(of) = owner else {
        let own = program.world.has_body(function);
        return own
            .then(|| program.instance(function, &Vec::new(), None))
            .into_iter()
            .collect();
    };
    let Some(name) = program
        .world
        .fns
        .get(function.index())
        .map(|found| found.name)
    else {
        return Vec::new();
    };
    let methods = program.world.methods_of_trait(of, name, &mut Vec::new());
    methods
        .into_iter()
        .map(|method| {
            let own = Some(method.self_ty).filter(|ty| *ty != UNKNOWN);
            program.instance(method.function, &method.subst, own)
        })
        .collect()
}

/// What a route attribute makes of a function, under each path it is mounted.
pub(super) fn of_attribute(
    program: &mut Program<'_>,
    function: FnId,
    attribute: &Attr,
    prefixes: &BTreeMap<FnId, BTreeSet<String>>,
) -> Option<(RootKind, Vec<Option<String>>)> {
    let full = resolved_attribute(program, function, &attribute.path);
    let last = last_of(&full).to_owned();
    if program
        .options
        .attributes
        .iter()
        .any(|own| *own == last || *own == full)
    {
        return Some((RootKind::Attribute, vec![None]));
    }
    if matches!(last.as_str(), "endpoint" | "channel") {
        let path = value_of(&attribute.tokens, "path")?;
        let method = match value_of(&attribute.tokens, "method") {
            Some(method) => method
                .rsplit("::")
                .next()
                .unwrap_or_default()
                .to_uppercase(),
            None => value_of(&attribute.tokens, "protocol").map(|_| "GET".to_owned())?,
        };
        return Some((RootKind::Dropshot, vec![Some(format!("{method} {path}"))]));
    }
    // sqlxmq's, whatever the registry is called that they are given to.
    if last == "job" {
        return Some((RootKind::Job, vec![None]));
    }
    if called_from_outside(program, &full) {
        return Some((RootKind::Attribute, vec![None]));
    }
    let method = match last.as_str() {
        "get" | "post" | "put" | "delete" | "patch" | "head" | "options" | "connect" | "trace" => {
            last.to_uppercase()
        }
        "route" => value_of(&attribute.tokens, "method")?.to_uppercase(),
        _ => return None,
    };
    let below = prefixes.get(&function).cloned().unwrap_or_default();
    let path = attribute
        .tokens
        .trim()
        .strip_prefix('"')
        .and_then(|rest| rest.split('"').next());
    // `#[get(...)]` of other macros (builders, clap) has no path. Where a constant holds it, the registration tells.
    let Some(path) = path else {
        return (!below.is_empty()).then(|| (RootKind::Attribute, vec![None]));
    };
    let path = path.split('?').next().unwrap_or_default();
    let kind = if full.starts_with("rocket") || (full == last && only_rocket(program)) {
        RootKind::Rocket
    } else if full.starts_with("poem") {
        RootKind::Poem
    } else {
        RootKind::Actix
    };
    let routes = if below.is_empty() {
        vec![Some(format!("{method} {path}"))]
    } else {
        below
            .iter()
            .map(|prefix| Some(format!("{method} {}", whole(&joined(prefix, path)))))
            .collect()
    };
    Some((kind, routes))
}

/// Whether an attribute makes a function one that a front end calls: server functions of leptos and dioxus, commands
/// of tauri.
fn called_from_outside(program: &Program<'_>, full: &str) -> bool {
    let of = match last_of(full) {
        "server" => &[Framework::Leptos, Framework::Dioxus, Framework::ServerFn][..],
        "command" => &[Framework::Tauri][..],
        _ => return false,
    };
    let bare = !full.contains("::");
    of.iter()
        .any(|of| full.starts_with(of.name()) || (bare && program.world.names(*of)))
}

/// Whether a bare `#[get("/")]` is Rocket's: `#[macro_use] extern crate rocket` brings it in without a path.
fn only_rocket(program: &Program<'_>) -> bool {
    let named = |framework| program.world.names(framework);
    let actix = named(Framework::ActixWeb) || named(Framework::ActixWebCodegen);
    named(Framework::Rocket) && !actix
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

/// `#[OpenApi(prefix_path = "/v1")]`: what stands before the paths of an impl's methods.
fn prefix_of(program: &Program<'_>, id: ImplId) -> String {
    let found = program.world.impls.get(id.index());
    let item = found.and_then(|found| program.world.item(found.file, found.item));
    let attributes = item.map_or(&[][..], |item| &item.attributes);
    let prefix = attributes
        .iter()
        .filter(|attribute| last_of(&attribute.path) == "OpenApi")
        .find_map(|attribute| value_of(&attribute.tokens, "prefix_path"));
    prefix.unwrap_or_default()
}

/// Methods of an impl that a framework's attribute makes resolvers or services.
pub(super) fn of_impl(program: &Program<'_>, id: ImplId, own: &[Attr]) -> Option<RootKind> {
    let found = program.world.impls.get(id.index())?;
    let item = program.world.item(found.file, found.item)?;
    let skipped = own
        .iter()
        .any(|attribute| attribute.path == "graphql" && attribute.tokens.trim() == "skip");
    item.attributes
        .iter()
        .find_map(|attribute| {
            let last = last_of(&attribute.path);
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
        .or_else(|| serves(program, id).then_some(RootKind::Callback))
}

/// Whether an impl is of a trait that an attribute makes a remote service: `#[tarpc::service] trait Posts`. What calls
/// it is generated.
fn serves(program: &Program<'_>, id: ImplId) -> bool {
    let Some(Def::Trait(of)) = program.world.impl_trait(id).map(|of| of.def) else {
        return false;
    };
    let found = program.world.traits.get(of.index());
    let item = found.and_then(|found| program.world.item(found.file, found.item));
    let mut attributes = item.into_iter().flat_map(|item| &item.attributes);
    attributes.any(|attribute| last_of(&attribute.path) == "service")
}
