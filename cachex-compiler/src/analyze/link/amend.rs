//! An edit that stayed within functions' bodies → the facts as they were, with those functions looked at again.
//!
//! Linking looks at every body; here it is those that were edited, in a world of definitions made as ever. What a body
//! says takes the place of what it said before ([`splice`](super::splice)). Owns the question whether that is all.
//! Keeps true: amended facts equal those of linking anew; where that isn't sure, there are none.

use std::collections::{BTreeMap, BTreeSet};

use super::body::look_at;
use super::callbacks::is_annotated;
use super::finish::{functions, types};
use super::frameworks::Framework;
use super::program::{DraftId, MOST_INSTANCES, Program, Spawns, Target};
use super::splice::{Again, spliced};
use super::types::Subst;
use super::world::{FnId, World, u32_of};
use crate::analyze::FileFacts;
use crate::analyze::facts::{Call, Callee, Facts, FunctionId, Instance, InstanceId, Part, Via};
use crate::analyze::rust::tree::{Item, ItemId, ItemKind, Range};
use crate::analyze::shape::Moves;
use crate::analyze::workspace::{Options, Texts, Workspace};
use crate::source::FileId;

/// What became of the sources since facts were made.
#[derive(Debug, Clone, Copy)]
pub struct Edits<'a> {
    /// Of each file that isn't as it was.
    pub moves: &'a BTreeMap<FileId, Moves>,
    /// What was known of each of them.
    pub before: &'a BTreeMap<FileId, FileFacts>,
}

/// The facts of a workspace, from those of before some edits; `None` where only [`link`](super::link) can tell. Those of
/// before are asked for late: they may be on their way while definitions are gathered.
pub fn amended(
    facts: impl FnOnce() -> Option<Facts>,
    edits: Edits<'_>,
    workspace: &Workspace<'_>,
    options: &Options,
    texts: Texts<'_>,
) -> Option<Facts> {
    let mut world = World::of(workspace, options, texts);
    world.read_heads();
    let mut program = Program::new(world, options);
    let functions = functions(&program.world);
    let facts = facts()?;
    let edited = edited(&program, &functions, edits)?;
    said_of_itself(&facts, &edited)?;
    look_again(&mut program, &facts, &functions, &edited)?;
    let outer = outer(&program, &facts, &functions, &edited)?;
    let again = Again {
        program,
        edited,
        outer,
        functions,
    };
    let again = nobody_else_changed(again, &facts)?;
    let facts = spliced(again, facts, edits.moves)?;
    let is_lost = workspace.files.iter().any(|file| file.facts.is_lost());
    (!is_lost).then_some(facts)
}

/// The functions whose bodies were edited.
fn edited(
    program: &Program<'_>,
    functions: &BTreeMap<FnId, FunctionId>,
    edits: Edits<'_>,
) -> Option<BTreeMap<FunctionId, FnId>> {
    let mut places = BTreeSet::new();
    for (file, moves) in edits.moves {
        let (before, now) = (edits.before.get(file)?, program.world.facts(*file)?);
        // It would have to be read with the definitions of others; or its words say something of everybody's, or of
        // its own other functions.
        let speaks = !Framework::same_named(before, now) || [before, now].into_iter().any(pastes);
        if before.shares || speaks {
            return None;
        }
        for edit in &moves.edits {
            plain_function(before, edit.old)?;
            places.insert((*file, plain_function(now, edit.new)?));
        }
    }
    let is_edited = |function: &FnId| {
        let found = program.world.fns.get(function.index())?;
        let file = program.world.files.get(found.file.index())?;
        places.contains(&(file.id, found.item)).then_some(())
    };
    // A file may belong to several crates, or to none that counts.
    let found = functions.iter().filter(|(id, _)| is_edited(id).is_some());
    Some(found.map(|(id, number)| (*number, *id)).collect())
}

/// Whether names may be put together from pieces: that depends on which the file says in full.
fn pastes(file: &FileFacts) -> bool {
    file.tree.names.iter().any(|name| name == "paste")
}

/// The function with this body, if it defines nothing that others could see.
fn plain_function(file: &FileFacts, body: Range) -> Option<ItemId> {
    if file.error.is_some() {
        return None;
    }
    let items = (0..).map(ItemId).zip(&file.tree.items);
    let mut found = items.filter_map(|(id, item)| match &item.kind {
        ItemKind::Fn(function)
            if item.range.end == body.end
                && item.range.start < body.start
                && function.body.is_some() =>
        {
            Some((id, function))
        }
        _ => None,
    });
    let (Some((id, function)), None) = (found.next(), found.next()) else {
        return None;
    };
    let mut inner = function
        .inner
        .iter()
        .map(|id| file.tree.items.get(id.0 as usize));
    let brings_names =
        |item: Option<&Item>| item.is_some_and(|item| matches!(item.kind, ItemKind::Use(_)));
    inner.all(brings_names).then_some(id)
}

/// Whether what the functions said before made no facts of others.
fn said_of_itself(facts: &Facts, edited: &BTreeMap<FunctionId, FnId>) -> Option<()> {
    for id in edited.keys() {
        let function = facts.function(*id)?;
        // SeaORM's name of a table is read off the body.
        if function.tells || function.name == "table_name" {
            return None;
        }
        let (_, instances) = instances_of(facts, *id);
        let calls = instances.iter().flat_map(|instance| &instance.calls);
        let told_apart = instances.iter().any(|instance| !instance.types.is_empty());
        if told_apart || !calls.into_iter().all(|call| call.via == Via::Call) {
            return None;
        }
    }
    Some(())
}

/// Walks through the edited bodies; `None` where what they say now makes facts of others, or is made of them.
fn look_again(
    program: &mut Program<'_>,
    facts: &Facts,
    functions: &BTreeMap<FnId, FunctionId>,
    edited: &BTreeMap<FunctionId, FnId>,
) -> Option<()> {
    for function in edited.values() {
        let signature = program.signature(*function);
        let runs = program.runs_what_it_is_given(&signature) != Spawns::Nothing;
        if runs || !signature.telling.is_empty() {
            return None;
        }
        let draft = program.instance(*function, &Subst::new(), None);
        look_at(program, draft);
        let asked = program
            .asked
            .iter()
            .filter_map(|asked| functions.get(asked));
        let mut asked = asked.filter_map(|asked| facts.function(*asked));
        if asked.any(|function| function.tells) {
            return None;
        }
    }
    let mut calls = program.drafts.iter().flat_map(|draft| &draft.calls);
    let stays = calls.all(|call| call.via == Via::Call) && program.telling.is_empty();
    stays.then_some(())
}

/// The instances of functions that were not edited, by the drafts that stand for them here.
fn outer(
    program: &Program<'_>,
    facts: &Facts,
    functions: &BTreeMap<FnId, FunctionId>,
    edited: &BTreeMap<FunctionId, FnId>,
) -> Option<BTreeMap<DraftId, InstanceId>> {
    let mut found = BTreeMap::new();
    for (draft, id) in program.drafts.iter().zip((0..).map(DraftId)) {
        let function = *functions.get(&draft.function)?;
        if edited.contains_key(&function) {
            continue;
        }
        let types = types(program, id);
        let (first, all) = instances_of(facts, function);
        let alike = |instance: &Instance| instance.part == Part::Whole && instance.types == types;
        let mut alike = (first..).zip(all).filter(|(_, instance)| alike(instance));
        let (Some((at, _)), None) = (alike.next(), alike.next()) else {
            return None;
        };
        found.insert(id, InstanceId(u32_of(at)));
    }
    Some(found)
}

/// The number of the first, and all.
fn instances_of(facts: &Facts, function: FunctionId) -> (usize, &[Instance]) {
    let all = &facts.instances;
    let first = all.partition_point(|instance| instance.function < function);
    let behind = all.partition_point(|instance| instance.function <= function);
    (first, all.get(first..behind).unwrap_or_default())
}

/// Whether the functions that are called no longer, or now, are called by others too, or it makes no difference.
fn nobody_else_changed<'a>(mut again: Again<'a>, facts: &Facts) -> Option<Again<'a>> {
    let is_said = |instance: &Instance, call: &Call| says(facts, &again.edited, instance, call);
    let (before, now) = (calls_of(facts, is_said), calls_now(&again, facts)?);
    if before == now {
        return Some(again);
    }
    let others = calls_of(facts, |instance, call| !is_said(instance, call));
    let ids: BTreeMap<FunctionId, FnId> = again
        .functions
        .iter()
        .map(|(id, number)| (*number, *id))
        .collect();
    for call in before.symmetric_difference(&now) {
        let function = facts.instance(*call)?.function;
        let id = *ids.get(&function)?;
        // Beyond, it counts who asks first.
        let is_crowded = instances_of(facts, function).1.len() >= MOST_INSTANCES as usize;
        // An instance that nobody asks for isn't made; a method that nobody calls may be a framework's to call.
        let is_made_for_callers = !again.program.signature(id).telling.is_empty();
        let is_of_trait = facts.function(function)?.trait_path.is_some();
        let needs_callers = is_made_for_callers || is_of_trait || is_annotated(&again.program, id);
        if is_crowded || needs_callers && !others.contains(call) {
            return None;
        }
    }
    Some(again)
}

/// What functions call, but for themselves.
fn calls_of(facts: &Facts, of: impl Fn(&Instance, &Call) -> bool) -> BTreeSet<InstanceId> {
    let of = &of;
    let calls = facts.instances.iter().flat_map(|instance| {
        let calls = instance.calls.iter();
        let calls = calls.filter(move |call| of(instance, call));
        calls.map(move |call| (instance.function, &call.callee))
    });
    let others = calls.filter_map(|(function, callee)| {
        let Callee::Instance(id) = callee else {
            return None;
        };
        let called = facts.instance(*id)?;
        (called.function != function).then_some(*id)
    });
    others.collect()
}

/// Whether a call is an edited body's. What frameworks call for a function stands at its name, and stays.
fn says(
    facts: &Facts,
    edited: &BTreeMap<FunctionId, FnId>,
    instance: &Instance,
    call: &Call,
) -> bool {
    let function = facts.function(instance.function);
    let at_name = function.is_some_and(|function| function.place == call.place);
    edited.contains_key(&instance.function) && !at_name
}

/// In numbers of before.
fn calls_now(again: &Again<'_>, facts: &Facts) -> Option<BTreeSet<InstanceId>> {
    let mut found = BTreeSet::new();
    for draft in &again.program.drafts {
        for call in &draft.calls {
            let Target::Draft(target) = call.target else {
                continue;
            };
            let function = again.program.drafts.get(target.0 as usize)?.function;
            if function == draft.function {
                continue;
            }
            let whole = || {
                let (first, all) = instances_of(facts, *again.functions.get(&function)?);
                let at = all
                    .iter()
                    .position(|instance| instance.part == Part::Whole)?;
                Some(InstanceId(u32_of(first + at)))
            };
            found.insert(again.outer.get(&target).copied().or_else(whole)?);
        }
    }
    Some(found)
}
