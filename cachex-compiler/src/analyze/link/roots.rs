//! Where execution enters: routes, attributes, resolvers, services, jobs, tasks, `main`.

use std::collections::BTreeSet;

use super::attributed::{attributed, described};
use super::callbacks::callbacks;
use super::program::{DraftCall, DraftId, Program, Target};
use super::routed::{joined, whole};
use super::types::{TyId, Type};
use super::world::{Def, FileIx};
use crate::analyze::facts::{ArgumentKind, Part, Resolution, RootKind, Via};
use crate::analyze::rust::tree::Range;
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
    wrapped(program);
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
            _ if routed.path.is_empty() && routed.bare => None,
            _ => Some(format!("{} {}", routed.method, whole(&routed.path))),
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

/// What wraps a handler runs when the handler does, as if it called it: at its name, as what else a framework calls for
/// it.
fn wrapped(program: &mut Program<'_>) {
    for (handler, calls) in program.routes.take_wrappings() {
        let Some((file, range)) = named(program, handler) else {
            continue;
        };
        let Some(draft) = program.drafts.get_mut(handler.0 as usize) else {
            continue;
        };
        draft.calls.extend(calls.into_iter().map(|call| DraftCall {
            file,
            range,
            arguments: Vec::new(),
            ..call
        }));
    }
}

/// Where the name of a draft's function stands.
fn named(program: &Program<'_>, draft: DraftId) -> Option<(FileIx, Range)> {
    let function = program.drafts.get(draft.0 as usize)?.function;
    let found = program.world.fns.get(function.index())?;
    let item = program.world.item(found.file, found.item)?;
    Some((found.file, item.name_at))
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
        let Some((file, at)) = named(program, draft) else {
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
    for (draft, file, at) in program.routes.take_jobs() {
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
            let Some((file, at)) = named(program, draft) else {
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
