//! An edit that stayed within functions' bodies → the facts as they were, with those functions looked at again.
//!
//! Linking looks at every body; here it is those that were edited, in a world of definitions made as ever. What a body
//! says takes the place of what it said before ([`splice`](super::splice)). Owns the question whether that is all.
//! Keeps true: amended facts equal those of linking anew; where that isn't sure, there are none.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::body::look_at;
use super::finish::{functions, place, types};
use super::frameworks::Framework;
use super::program::{DraftId, MOST_INSTANCES, Program, Spawns, Target};
use super::splice::{Again, spliced};
use super::types::{Subst, Type};
use super::world::{FnId, World};
use crate::analyze::FileFacts;
use crate::analyze::facts::{Call, Callee, Facts, FunctionId, Instance, InstanceId, Part, Via};
use crate::analyze::rust::tree::{Item, ItemId, ItemKind, Range, Tree};
use crate::analyze::shape::Moves;
use crate::analyze::workspace::{Options, Texts, Workspace};
use crate::source::{FileId, Span};

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
    let numbers = functions(&program.world);
    let facts = facts()?;
    let same_functions = numbers.len() == facts.functions.len();
    let edited = edited(&program, &numbers, edits).filter(|_| same_functions)?;
    said_of_itself(&facts, &edited)?;
    look_again(&mut program, &facts, &numbers, &edited)?;
    let outer = outer(&mut program, &facts, &numbers, &edited)?;
    let again = Again {
        program: &program,
        edited: &edited,
        outer: &outer,
        functions: numbers,
    };
    nobody_else_changed(&again, &facts)?;
    let facts = spliced(again, facts, edits.moves)?;
    let is_lost = workspace.files.iter().any(|file| file.facts.is_lost());
    (!is_lost).then_some(facts)
}

/// The functions whose bodies were edited.
fn edited(
    program: &Program<'_>,
    numbers: &BTreeMap<FnId, FunctionId>,
    edits: Edits<'_>,
) -> Option<BTreeMap<FunctionId, FnId>> {
    let mut places = BTreeSet::new();
    for (file, moves) in edits.moves {
        let (before, now) = (edits.before.get(file)?, program.world.facts(*file)?);
        // It would have to be read with the definitions of others; or its words say something of everybody's, or of
        // its own other functions.
        let speaks = !Framework::same_named(before, now) || [before, now].into_iter().any(pastes);
        if before.shares || speaks || !same_items(before, now) {
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
    let found = numbers.iter().filter(|(id, _)| is_edited(id).is_some());
    Some(found.map(|(id, number)| (*number, *id)).collect())
}

/// Whether names may be put together from pieces: that depends on which the file says in full.
fn pastes(file: &FileFacts) -> bool {
    file.tree.names.iter().any(|name| name == "paste")
}

/// Whether two files define the same: a macro may make other items of its tokens.
fn same_items(one: &FileFacts, other: &FileFacts) -> bool {
    let (one, other) = (&one.tree, &other.tree);
    let named = |tree: &Tree, item: &Item| -> Option<String> {
        Some(tree.names.get(item.name?.0)?.to_owned())
    };
    let mut both = one.items.iter().zip(&other.items);
    one.items.len() == other.items.len()
        && both.all(|(before, now)| {
            discriminant(&before.kind) == discriminant(&now.kind)
                && named(one, before) == named(other, now)
        })
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

/// Whether all that the functions said before is known by their numbers, and nothing of it made facts of others.
fn said_of_itself(facts: &Facts, edited: &BTreeMap<FunctionId, FnId>) -> Option<()> {
    let is_edited = |id: &FunctionId| edited.contains_key(id);
    for id in edited.keys() {
        let function = facts.function(*id)?;
        // SeaORM's name of a table is read off the body.
        if function.tells || function.name == "table_name" {
            return None;
        }
    }
    let within = |function: FunctionId, span: Span| {
        let body = facts.function(function).map(|function| function.body);
        body.is_some_and(|body| lies_in(span, body))
    };
    let sites = facts.sites.iter().filter(|site| is_edited(&site.function));
    let mut sites = sites.map(|site| (site.function, site.place.span));
    let unknowns = facts.unknowns.iter().filter_map(|unknown| {
        let function = unknown.function.filter(is_edited)?;
        Some((function, unknown.place.span))
    });
    let mut unknowns = unknowns;
    let own = |(function, span): (FunctionId, Span)| within(function, span);
    let mut instances = facts.instances.iter();
    let mut roots = facts.roots.iter();
    let plain = |instance: &Instance| {
        instance.types.is_empty() && instance.calls.iter().all(|call| call.via == Via::Call)
    };
    let whole = |id: InstanceId| {
        let instance = facts.instance(id);
        instance.is_some_and(|instance| instance.part == Part::Whole)
    };
    let all = sites.all(own)
        && unknowns.all(own)
        && instances.all(|instance| !is_edited(&instance.function) || plain(instance))
        && roots.all(|root| !is_edited(&root.function) || whole(root.instance));
    all.then_some(())
}

fn lies_in(span: Span, body: Span) -> bool {
    span.file == body.file && body.start <= span.start && span.end <= body.end
}

/// Walks through the edited bodies.
fn look_again(
    program: &mut Program<'_>,
    facts: &Facts,
    numbers: &BTreeMap<FnId, FunctionId>,
    edited: &BTreeMap<FunctionId, FnId>,
) -> Option<()> {
    for function in edited.values() {
        let signature = program.signature(*function);
        let hides = matches!(program.world.type_of(signature.returns), Type::Opaque(_));
        let runs = program.runs_what_it_is_given(&signature) != Spawns::Nothing;
        if hides || runs || !signature.telling.is_empty() {
            return None;
        }
        let draft = program.instance(*function, &Subst::new(), None);
        look_at(program, draft);
        let asked = program.asked.iter().filter_map(|asked| numbers.get(asked));
        let mut asked = asked.filter_map(|asked| facts.function(*asked));
        if asked.any(|function| function.tells) {
            return None;
        }
    }
    let says_of_itself = |function: &FnId, span: Span| {
        let item = program.world.fns.get(function.index())?;
        let range = program.world.item(item.file, item.item)?.range;
        let body = place(program, item.file, range).span;
        lies_in(span, body).then_some(())
    };
    for site in &program.sites {
        says_of_itself(&site.function, place(program, site.file, site.range).span)?;
    }
    for unknown in &program.unknowns {
        let span = place(program, unknown.file, unknown.at).span;
        says_of_itself(&unknown.function?, span)?;
    }
    let mut calls = program.drafts.iter().flat_map(|draft| &draft.calls);
    let stays = calls.all(|call| call.via == Via::Call) && program.telling.is_empty();
    stays.then_some(())
}

/// The instances of functions that were not edited, by the drafts that stand for them here.
fn outer(
    program: &mut Program<'_>,
    facts: &Facts,
    numbers: &BTreeMap<FnId, FunctionId>,
    edited: &BTreeMap<FunctionId, FnId>,
) -> Option<BTreeMap<DraftId, InstanceId>> {
    let mut found = BTreeMap::new();
    for index in 0..program.drafts.len() {
        let draft = DraftId(super::world::u32_of(index));
        let function = program.drafts.get(index)?.function;
        let number = *numbers.get(&function)?;
        if edited.contains_key(&number) {
            continue;
        }
        let types = types(program, draft);
        let (first, all) = instances_of(facts, number);
        // Beyond, the order in which they were asked for counts.
        if all.len() >= MOST_INSTANCES as usize {
            return None;
        }
        let alike = |instance: &Instance| instance.part == Part::Whole && instance.types == types;
        let at = all.iter().position(alike)?;
        if all.iter().filter(|instance| alike(instance)).count() > 1 {
            return None;
        }
        found.insert(draft, InstanceId(super::world::u32_of(first + at)));
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
fn nobody_else_changed(again: &Again<'_, '_>, facts: &Facts) -> Option<()> {
    let before = calls_before(facts, again.edited);
    let now = calls_now(again, facts)?;
    if before == now {
        return Some(());
    }
    let others = calls_of(facts, |instance, call| {
        !says(facts, again.edited, instance, call)
    });
    let by_number: BTreeMap<FunctionId, FnId> = again
        .functions
        .iter()
        .map(|(id, number)| (*number, *id))
        .collect();
    for call in before.symmetric_difference(&now) {
        if others.contains(call) {
            continue;
        }
        let instance = facts.instance(*call)?;
        let function = facts.function(instance.function)?;
        let id = by_number.get(&instance.function)?;
        let signature = again.program.signatures.get(id);
        // An instance that nobody asks for isn't made; a method that nobody calls may be a framework's to call.
        let made_for_callers = signature.is_none_or(|signature| !signature.telling.is_empty());
        let annotated = is_annotated(again.program, *id);
        if made_for_callers || annotated || function.trait_path.is_some() {
            return None;
        }
    }
    Some(())
}

fn is_annotated(program: &Program<'_>, function: FnId) -> bool {
    let found = program.world.fns.get(function.index());
    let item = found.and_then(|found| program.world.item(found.file, found.item));
    let attributes = item.map_or(&[][..], |item| &item.attributes);
    attributes
        .iter()
        .any(|attribute| attribute.path.rsplit("::").next() == Some("invalidates"))
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

fn calls_before(facts: &Facts, edited: &BTreeMap<FunctionId, FnId>) -> BTreeSet<InstanceId> {
    calls_of(facts, |instance, call| says(facts, edited, instance, call))
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
fn calls_now(again: &Again<'_, '_>, facts: &Facts) -> Option<BTreeSet<InstanceId>> {
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
                Some(InstanceId(super::world::u32_of(first + at)))
            };
            found.insert(again.outer.get(&target).copied().or_else(whole)?);
        }
    }
    Some(found)
}
