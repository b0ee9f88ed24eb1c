//! Facts without what some bodies said: as if these were empty, functions that are gone had never been, and those that
//! came had no body yet. Places are those of the text as it is now.

use std::collections::{BTreeMap, BTreeSet};

use super::finish::place;
use super::functions::function_of;
use super::program::Program;
use super::renumber::{Numbers, at, set};
use super::world::FnId;
use crate::analyze::facts::{
    Call, Callee, Facts, Function, FunctionId, Instance, InstanceId, Part, SiteId,
};
use crate::analyze::moves::Moves;
use crate::source::FileId;

/// What an edit did to a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its body says something else.
    Edited,
    /// It is gone, or it came.
    Replaced,
}

/// The functions that were edited.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Of those there were.
    pub(super) before: BTreeMap<FunctionId, Fate>,
    /// Of those there are.
    pub(super) now: BTreeMap<FunctionId, (FnId, Fate)>,
}

impl Touched {
    /// Those that came.
    fn come(&self) -> impl Iterator<Item = (FunctionId, FnId)> + '_ {
        let all = self
            .now
            .iter()
            .map(|(number, (id, fate))| (*number, *id, *fate));
        all.filter(|(.., fate)| *fate == Fate::Replaced)
            .map(|(number, id, _)| (number, id))
    }
}

/// Facts to be completed.
pub(super) struct Emptied {
    pub(super) facts: Facts,
    /// What the bodies called, but for functions that are gone.
    pub(super) called: BTreeSet<InstanceId>,
}

/// `functions` are all there are now. `None` where a place is lost.
pub(super) fn emptied(
    program: &mut Program<'_>,
    functions: &BTreeMap<FnId, FunctionId>,
    mut facts: Facts,
    touched: &Touched,
    moves: &BTreeMap<FileId, Moves>,
) -> Option<Emptied> {
    let called = callees(&facts, |function| touched.before.contains_key(&function));
    let numbers = left_out(&mut facts, touched);
    numbers.give(&mut facts)?;
    let mut facts = facts.moved_around_edits(moves, &|id| id)?;
    for (number, id) in touched.come() {
        let function = function_of(program, id)?;
        let at = number.0 as usize;
        if at > facts.functions.len() {
            return None;
        }
        facts.functions.insert(at, function);
        facts.instances.push(Instance {
            function: number,
            part: Part::Whole,
            types: String::new(),
            calls: Vec::new(),
            sites: Vec::new(),
        });
    }
    facts.instances.sort_by_key(|instance| instance.function);
    are_where_they_stand(program, functions, &facts.functions, moves)?;
    let called = called.iter().filter_map(|id| at(&numbers.instances, id.0));
    Some(Emptied {
        called: called.collect(),
        facts,
    })
}

/// What some functions call, but for themselves.
pub(super) fn callees(facts: &Facts, of: impl Fn(FunctionId) -> bool) -> BTreeSet<InstanceId> {
    let mut found = BTreeSet::new();
    let callers = facts.instances.iter();
    for instance in callers.filter(|instance| of(instance.function)) {
        for call in &instance.calls {
            if let Callee::Instance(id) = call.callee
                && let Some(called) = facts.instance(id)
                && called.function != instance.function
            {
                found.insert(id);
            }
        }
    }
    found
}

/// What frameworks call for a function stands at its name, and stays when its body is edited.
fn at_name(facts: &Facts, instance: &Instance, call: &Call) -> bool {
    let function = facts.function(instance.function);
    function.is_some_and(|function| function.place == call.place)
}

/// Leaves out what the functions said. Of each that was edited one instance is left, with the calls that frameworks make
/// for it.
fn left_out(facts: &mut Facts, touched: &Touched) -> Numbers {
    let fate = |id: FunctionId| touched.before.get(&id).copied();
    let mut numbers = Numbers::default();
    let come: BTreeSet<FunctionId> = touched.come().map(|(number, _)| number).collect();
    let mut free = (0..)
        .map(FunctionId)
        .filter(|number| !come.contains(number));
    for old in (0..).map(FunctionId).take(facts.functions.len()) {
        let is_gone = fate(old) == Some(Fate::Replaced);
        let number = if is_gone { None } else { free.next() };
        numbers.functions.push(number);
    }
    let mut instances = Vec::new();
    let mut come = come.into_iter().peekable();
    let mut next = (0..).map(InstanceId);
    for (old, mut instance) in (0..).zip(std::mem::take(&mut facts.instances)) {
        let Some(function) = at(&numbers.functions, instance.function.0) else {
            continue;
        };
        if fate(instance.function).is_some() {
            if instance.part != Part::Whole {
                continue;
            }
            let mut calls = std::mem::take(&mut instance.calls);
            calls.retain(|call| at_name(facts, &instance, call));
            instance.calls = calls;
            instance.sites.clear();
        }
        while come.next_if(|came| *came < function).is_some() {
            next.next();
        }
        if let Some(number) = next.next() {
            set(&mut numbers.instances, old, number);
        }
        instances.push(instance);
    }
    facts.instances = instances;
    let mut next = (0..).map(SiteId);
    for site in &facts.sites {
        let is_left = fate(site.function).is_none();
        let number = if is_left { next.next() } else { None };
        numbers.sites.push(number);
    }
    facts.sites.retain(|site| fate(site.function).is_none());
    facts
        .unknowns
        .retain(|unknown| unknown.function.and_then(fate).is_none());
    let mut old = (0..).map(FunctionId);
    facts
        .functions
        .retain(|_| old.next().and_then(fate) != Some(Fate::Replaced));
    numbers
}

/// Whether the functions of files that were edited have the numbers they should have.
fn are_where_they_stand(
    program: &Program<'_>,
    functions: &BTreeMap<FnId, FunctionId>,
    found: &[Function],
    edited: &BTreeMap<FileId, Moves>,
) -> Option<()> {
    if functions.len() != found.len() {
        return None;
    }
    for (id, number) in functions {
        let at = found.get(number.0 as usize)?.place;
        let function = program.world.fns.get(id.index())?;
        let file = program.world.files.get(function.file.index())?;
        if file.id != at.span.file {
            return None;
        }
        // Elsewhere nothing moved.
        if edited.contains_key(&file.id) {
            let name = program.world.item(function.file, function.item)?.name_at;
            if at != place(program, function.file, name) {
                return None;
            }
        }
    }
    Some(())
}
