//! An edit of some functions → the facts as they were, with those functions looked at again.
//!
//! Linking looks at every body; here it is those that were edited, in the world of definitions that was kept
//! ([`kept`](super::kept)), brought to what the files say now ([`patch`](super::patch)). What they said is left out
//! ([`emptied`](super::emptied)), what they say is put in ([`splice`](super::splice)). Owns the question whether that is
//! all.
//! Keeps true: amended facts equal those of linking anew; where that isn't sure, there are none.

use std::collections::{BTreeMap, BTreeSet};

use super::body::look_at;
use super::callbacks::is_annotated;
use super::emptied::{Emptied, Fate, Touched, callees, emptied};
use super::finish::{numbered, types};
use super::frameworks::Framework;
use super::kept::{Definitions, Restored, restored};
use super::outside::handed_over;
use super::patch::Changed;
use super::program::{DraftId, MOST_INSTANCES, Program, Spawns, Target};
use super::splice::{Again, spliced};
use super::symbols::plain;
use super::types::Subst;
use super::world::{FileIx, FnId, Owner, World, u32_of};
use crate::analyze::FileFacts;
use crate::analyze::facts::{Facts, FunctionId, Instance, InstanceId, Part, Via};
use crate::analyze::later::KeptFile;
use crate::analyze::moves::Moves;
use crate::analyze::rust::tree::{Item, ItemId, ItemKind, Range};
use crate::analyze::workspace::{Options, Texts};
use crate::source::FileId;

/// What became of the sources since facts were made.
#[derive(Debug, Clone, Copy)]
pub struct Edits<'a> {
    /// Of each file that isn't as it was.
    pub moves: &'a BTreeMap<FileId, Moves>,
    /// What was known of each of them.
    pub before: &'a BTreeMap<FileId, FileFacts>,
}

/// The facts of files, from the definitions and facts of before some edits; `None` where only [`link`](super::link) can
/// tell.
pub fn amended<'a>(
    definitions: Definitions<'a>,
    before: Facts,
    edits: Edits<'_>,
    files: &'a [KeptFile<'a>],
    options: &Options,
    texts: Texts<'a>,
) -> Option<Facts> {
    let mut restored = restored(definitions, files, options, texts)?;
    let (touched, functions) = touched(&mut restored, edits)?;
    let mut program = Program::new(restored.world, options);
    said_of_itself(&before, &touched)?;
    let Emptied { facts, called } =
        emptied(&mut program, &functions, before, &touched, edits.moves)?;
    let now = touched.now.into_iter();
    let looked_at = now.map(|(number, (id, _))| (number, id)).collect();
    look_again(&mut program, &facts, &functions, &looked_at)?;
    let outer = outer(&program, &facts, &functions, &looked_at)?;
    let again = Again {
        program,
        looked_at,
        outer,
        functions,
    };
    let again = nobody_else_changed(again, &facts, &called)?;
    let facts = spliced(again, facts)?;
    let is_lost = files.iter().any(|file| file.facts.is_lost());
    (!is_lost).then_some(facts)
}

/// The functions whose bodies were edited, those that are gone, and those that came; and the ids of all there are now.
/// The world is brought to what the files say.
fn touched(
    restored: &mut Restored<'_>,
    edits: Edits<'_>,
) -> Option<(Touched, BTreeMap<FnId, FunctionId>)> {
    let mut changes = Vec::new();
    for (id, moves) in edits.moves {
        let before = edits.before.get(id)?;
        let file = restored.world.file_of(*id)?;
        changes.push((
            file,
            before,
            changed(before, restored.world.facts(file)?, moves)?,
        ));
    }
    are_nobody_elses(restored, &changes)?;
    let mut touched = Touched::default();
    let numbers = numbered(&restored.functions);
    for (file, _, changed) in &changes {
        let edited = changed.edited.iter().map(|(old, _)| (*old, Fate::Edited));
        let gone = changed.gone.iter().map(|old| (*old, Fate::Replaced));
        let fates: BTreeMap<ItemId, Fate> = edited.chain(gone).collect();
        let known = restored.world.touched_functions(*file, &fates);
        let known = known.filter_map(|(id, fate)| Some((*numbers.get(&id)?, fate)));
        touched.before.extend(known);
    }
    for (file, before, changed) in &changes {
        let functions = &mut restored.functions;
        restored.world.patch(*file, before, changed, functions)?;
    }
    let numbers = numbered(&restored.functions);
    for (file, _, changed) in &changes {
        let edited = changed.edited.iter().map(|(_, new)| (*new, Fate::Edited));
        let come = changed.come.iter().map(|new| (*new, Fate::Replaced));
        let fates: BTreeMap<ItemId, Fate> = edited.chain(come).collect();
        for (id, fate) in restored.world.touched_functions(*file, &fates) {
            let owner = restored.world.fns.get(id.index())?.owner;
            if fate == Fate::Replaced && !is_its_own(&restored.world, owner) {
                return None;
            }
            touched.now.insert(*numbers.get(&id)?, (id, fate));
        }
    }
    Some((touched, numbers))
}

/// The functions of a file that were edited, that are gone and that came.
fn changed(before: &FileFacts, now: &FileFacts, moves: &Moves) -> Option<Changed> {
    // It would have to be read with the definitions of others; or its words say something of everybody's, or of its own
    // other functions.
    let speaks = !Framework::same_named(before, now) || [before, now].into_iter().any(pastes);
    if before.shares || speaks {
        return None;
    }
    let edits = moves.edits.iter();
    let edited = edits.map(|edit| Some((with_body(before, edit.old)?, with_body(now, edit.new)?)));
    Some(Changed {
        edited: edited.collect::<Option<_>>()?,
        gone: whole_functions(before, &moves.replaced.old)?,
        come: whole_functions(now, &moves.replaced.new)?,
    })
}

/// Whether nobody but bodies that are looked at again can mean the functions that came or are gone. What came is in no
/// file as it was, what is gone in none as it is, and nothing is found by such a name as the language's or a framework's
/// own.
fn are_nobody_elses(
    restored: &Restored<'_>,
    changes: &[(FileIx, &FileFacts, Changed)],
) -> Option<()> {
    let symbols = &restored.world.symbols;
    for (file, before, changed) in changes {
        let now = restored.world.facts(*file)?;
        for item in &changed.gone {
            let name = name_of(before, *item)?;
            let files = restored.in_files.get(symbols.get(name)?.0 as usize)?;
            if *files != 1 || now.tree.names.iter().any(|other| plain(other) == name) {
                return None;
            }
        }
        for item in &changed.come {
            let name = name_of(now, *item)?;
            if symbols.get(name).is_some() || FOUND_BY_NAME.contains(&name) {
                return None;
            }
        }
    }
    Some(())
}

impl World<'_> {
    fn touched_functions(
        &self,
        file: FileIx,
        fates: &BTreeMap<ItemId, Fate>,
    ) -> impl Iterator<Item = (FnId, Fate)> {
        let all = (0..).map(FnId).zip(&self.fns);
        let own = all.filter(move |(_, found)| found.file == file);
        own.filter_map(|(id, found)| Some((id, *fates.get(&found.item)?)))
    }
}

/// Whether a function is what it looks like: a trait, or what is said of an `impl`, may make something else of it.
fn is_its_own(world: &World<'_>, owner: Owner) -> bool {
    match owner {
        Owner::Free => true,
        Owner::Trait(_) => false,
        Owner::Impl(id) => {
            let found = world.impls.get(id.index());
            let item = found.and_then(|found| world.item(found.file, found.item));
            world.impl_trait(id).is_none() && item.is_some_and(|item| item.attributes.is_empty())
        }
    }
}

/// Functions that nobody need name.
const FOUND_BY_NAME: [&str; 2] = ["main", "table_name"];

fn name_of(file: &FileFacts, item: ItemId) -> Option<&str> {
    let item = file.tree.items.get(item.0 as usize)?;
    file.tree.names.get(item.name?.0).map(plain)
}

/// Whether names may be put together from pieces: that depends on which the file says in full.
fn pastes(file: &FileFacts) -> bool {
    file.tree.names.iter().any(|name| name == "paste")
}

/// The function with this body, if it defines nothing that others could see.
fn with_body(file: &FileFacts, body: Range) -> Option<ItemId> {
    let items = (0..).map(ItemId).zip(&file.tree.items);
    let mut found = items.filter(|(_, item)| {
        let has_body = matches!(&item.kind, ItemKind::Fn(function) if function.body.is_some());
        has_body && item.range.end == body.end && item.range.start < body.start
    });
    let (Some((id, item)), None) = (found.next(), found.next()) else {
        return None;
    };
    (file.error.is_none() && defines_nothing(file, item)).then_some(id)
}

/// The functions that these tokens are, if they are nothing else and nothing is said about them.
fn whole_functions(file: &FileFacts, tokens: &[(u32, u32)]) -> Option<Vec<ItemId>> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Some(Vec::new());
    };
    let within = |item: &Item| first.0 <= item.range.start && item.range.end <= last.1;
    let items = (0..).map(ItemId).zip(&file.tree.items);
    let functions: Vec<(ItemId, &Item)> = items
        .filter(|(_, item)| within(item) && matches!(item.kind, ItemKind::Fn(_)))
        .collect();
    let are_plain = functions
        .iter()
        .all(|(_, item)| item.attributes.is_empty() && defines_nothing(file, item));
    let are_all = tokens.iter().all(|(start, end)| {
        let has = |item: &Item| item.range.start <= *start && *end <= item.range.end;
        functions.iter().any(|(_, item)| has(item))
    });
    let ids = functions.into_iter().map(|(id, _)| id);
    (file.error.is_none() && are_plain && are_all).then(|| ids.collect())
}

/// Whether others see nothing of what stands in a function's body.
fn defines_nothing(file: &FileFacts, item: &Item) -> bool {
    let ItemKind::Fn(function) = &item.kind else {
        return false;
    };
    function.inner.iter().all(|id| {
        let inner = file.tree.items.get(id.0 as usize);
        inner.is_some_and(|inner| matches!(inner.kind, ItemKind::Use(_)))
    })
}

/// Whether what the functions said made no facts of others.
fn said_of_itself(facts: &Facts, touched: &Touched) -> Option<()> {
    for id in touched.before.keys() {
        let function = facts.function(*id)?;
        // SeaORM's name of a table is read off the body.
        if function.tells || function.name == "table_name" {
            return None;
        }
        let (_, instances) = instances_of(facts, *id);
        let mut calls = instances.iter().flat_map(|instance| &instance.calls);
        let told_apart = instances.iter().any(|instance| !instance.types.is_empty());
        if told_apart || !calls.all(|call| call.via == Via::Call) {
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
    looked_at: &BTreeMap<FunctionId, FnId>,
) -> Option<()> {
    for function in looked_at.values() {
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

/// The instances of functions that were not looked at, by the drafts that stand for them here.
fn outer(
    program: &Program<'_>,
    facts: &Facts,
    functions: &BTreeMap<FnId, FunctionId>,
    looked_at: &BTreeMap<FunctionId, FnId>,
) -> Option<BTreeMap<DraftId, InstanceId>> {
    let mut found = BTreeMap::new();
    for (draft, id) in program.drafts.iter().zip((0..).map(DraftId)) {
        let function = *functions.get(&draft.function)?;
        if looked_at.contains_key(&function) {
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
fn nobody_else_changed<'a>(
    mut again: Again<'a>,
    facts: &Facts,
    before: &BTreeSet<InstanceId>,
) -> Option<Again<'a>> {
    // Some are only what they are to others because somebody asked.
    let function = |id: &InstanceId| facts.function(facts.instance(*id)?.function);
    if before
        .iter()
        .filter_map(function)
        .any(|function| function.tells)
    {
        return None;
    }
    let now = calls_now(&again, facts)?;
    if *before == now {
        return Some(again);
    }
    let others = callees(facts, |_| true);
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
        let is_called_outside = is_annotated(&again.program, id) || handed_over(&again.program, id);
        let needs_callers = is_made_for_callers || is_of_trait || is_called_outside;
        if is_crowded || needs_callers && !others.contains(call) {
            return None;
        }
    }
    Some(again)
}

/// The instances that are called now.
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
