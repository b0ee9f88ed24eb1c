//! Puts what some functions say now in the place of what they said before, and numbers everything anew.

use std::collections::BTreeMap;

use super::finish::{
    Ids, instance_of, place, site_of, sort_sites, sort_unknowns, unknowns_in_functions,
};
use super::program::{DraftId, Program};
use super::world::FnId;
use crate::analyze::facts::{
    Call, Callee, Facts, FunctionId, Instance, InstanceId, Part, Site, SiteId,
};
use crate::analyze::shape::Moves;
use crate::source::FileId;

/// A second look at some functions.
pub(super) struct Again<'a> {
    pub program: Program<'a>,
    pub edited: BTreeMap<FunctionId, FnId>,
    /// Drafts of other functions, and the instances they stand for.
    pub outer: BTreeMap<DraftId, InstanceId>,
    pub functions: BTreeMap<FnId, FunctionId>,
}

/// The facts of before, with what the functions say now; `None` where a place is lost.
pub(super) fn spliced(
    again: Again<'_>,
    mut facts: Facts,
    moves: &BTreeMap<FileId, Moves>,
) -> Option<Facts> {
    let left = leave_out(&again, &mut facts);
    let mut facts = facts.moved_around_edits(moves, &|id| id)?;
    are_where_they_stand(&again, &facts)?;
    let mut numbers = Numbers::default();
    let fresh = numbers.instances(&again, &facts.instances, &left)?;
    let sites = number_sites(&again, &mut facts, &left)?;
    let ids = Ids {
        instances: numbers.of_drafts,
        sites: sites.of_drafts,
        functions: again.functions,
    };
    let renumber = Renumber {
        instances: &numbers.now,
        sites: &sites.now,
    };
    let program = &again.program;
    let mut instances = Vec::new();
    for mut instance in std::mem::take(&mut facts.instances) {
        renumber.instance(&mut instance)?;
        let Some(drafts) = fresh.get(&instance.function) else {
            instances.push(instance);
            continue;
        };
        for draft in drafts {
            let mut now = instance_of(program, &ids, *draft)?;
            if now.part == Part::Whole {
                now.calls.append(&mut instance.calls);
            }
            instances.push(now);
        }
    }
    facts.instances = instances;
    for root in &mut facts.roots {
        root.instance = renumber.id(root.instance)?;
        root.layers
            .iter_mut()
            .try_for_each(|call| renumber.call(call))?;
    }
    facts.unknowns.extend(unknowns_in_functions(program, &ids));
    sort_unknowns(program, &mut facts.unknowns);
    Some(facts)
}

/// The numbers that what is left had.
struct Left {
    instances: Vec<InstanceId>,
    sites: Vec<SiteId>,
}

/// Leaves out what the functions said before. Of each one instance is left, with the calls that aren't in its body:
/// those that frameworks make for it.
fn leave_out(again: &Again<'_>, facts: &mut Facts) -> Left {
    let is_edited = |id: &FunctionId| again.edited.contains_key(id);
    let mut left = Left {
        instances: Vec::new(),
        sites: Vec::new(),
    };
    let instances = (0..)
        .map(InstanceId)
        .zip(std::mem::take(&mut facts.instances));
    for (id, mut instance) in instances {
        if is_edited(&instance.function) {
            if instance.part != Part::Whole {
                continue;
            }
            let name = facts
                .function(instance.function)
                .map(|function| function.place);
            instance.calls.retain(|call| Some(call.place) == name);
            instance.sites.clear();
        }
        left.instances.push(id);
        facts.instances.push(instance);
    }
    let sites = (0..).map(SiteId).zip(std::mem::take(&mut facts.sites));
    for (id, site) in sites.filter(|(_, site)| !is_edited(&site.function)) {
        left.sites.push(id);
        facts.sites.push(site);
    }
    facts
        .unknowns
        .retain(|unknown| !unknown.function.as_ref().is_some_and(is_edited));
    left
}

/// Whether functions have the numbers they had.
fn are_where_they_stand(again: &Again<'_>, facts: &Facts) -> Option<()> {
    if again.functions.len() != facts.functions.len() {
        return None;
    }
    let world = &again.program.world;
    for (id, number) in &again.functions {
        let found = world.fns.get(id.index())?;
        let at = world.item(found.file, found.item)?.name_at;
        let now = place(&again.program, found.file, at);
        if facts.function(*number)?.place != now {
            return None;
        }
    }
    Some(())
}

/// Old numbers → new ones, and those of drafts.
#[derive(Default)]
struct Numbers {
    /// By the old ones.
    now: Vec<Option<InstanceId>>,
    of_drafts: BTreeMap<DraftId, InstanceId>,
}

impl Numbers {
    /// Numbers instances; the drafts of each function that was looked at, in their order.
    fn instances(
        &mut self,
        again: &Again<'_>,
        instances: &[Instance],
        left: &Left,
    ) -> Option<BTreeMap<FunctionId, Vec<DraftId>>> {
        let mut fresh: BTreeMap<FunctionId, Vec<(Part, DraftId)>> = BTreeMap::new();
        for (draft, id) in again.program.drafts.iter().zip((0..).map(DraftId)) {
            let number = *again.functions.get(&draft.function)?;
            if again.edited.contains_key(&number) {
                fresh.entry(number).or_default().push((draft.part, id));
            }
        }
        let mut next = (0..).map(InstanceId);
        for (instance, old) in instances.iter().zip(&left.instances) {
            let Some(drafts) = fresh.get_mut(&instance.function) else {
                set(&mut self.now, old.0, next.next()?);
                continue;
            };
            drafts.sort();
            for (part, draft) in drafts {
                let number = next.next()?;
                self.of_drafts.insert(*draft, number);
                if *part == Part::Whole {
                    set(&mut self.now, old.0, number);
                }
            }
        }
        for (draft, old) in &again.outer {
            let now = (*self.now.get(old.0 as usize)?)?;
            self.of_drafts.insert(*draft, now);
        }
        let drafts = |drafts: Vec<(Part, DraftId)>| drafts.into_iter().map(|(_, id)| id).collect();
        let fresh = fresh.into_iter();
        Some(fresh.map(|(number, all)| (number, drafts(all))).collect())
    }
}

/// The same of statements.
struct SiteNumbers {
    /// By the old ones.
    now: Vec<Option<SiteId>>,
    of_drafts: BTreeMap<u32, SiteId>,
}

fn set<T: Copy>(numbers: &mut Vec<Option<T>>, at: u32, number: T) {
    let at = at as usize;
    if numbers.len() <= at {
        numbers.resize(at + 1, None);
    }
    if let Some(slot) = numbers.get_mut(at) {
        *slot = Some(number);
    }
}

/// What a statement's number was.
enum Was {
    Known(SiteId),
    Draft(u32),
}

/// Puts the statements that were found beside those that are left, in their order.
fn number_sites(again: &Again<'_>, facts: &mut Facts, left: &Left) -> Option<SiteNumbers> {
    let program = &again.program;
    let known = std::mem::take(&mut facts.sites).into_iter();
    let known = known.zip(left.sites.iter().map(|id| Was::Known(*id)));
    let mut all: Vec<(Site, Was)> = known.collect();
    for (site, id) in program.sites.iter().zip(0u32..) {
        let function = *again.functions.get(&site.function)?;
        all.push((site_of(program, function, site), Was::Draft(id)));
    }
    sort_sites(program, &mut all);
    let mut numbers = SiteNumbers {
        now: Vec::new(),
        of_drafts: BTreeMap::new(),
    };
    for ((site, was), number) in all.into_iter().zip((0..).map(SiteId)) {
        match was {
            Was::Known(id) => set(&mut numbers.now, id.0, number),
            Was::Draft(id) => drop(numbers.of_drafts.insert(id, number)),
        }
        facts.sites.push(site);
    }
    Some(numbers)
}

/// Gives facts that are left their new numbers.
struct Renumber<'n> {
    instances: &'n [Option<InstanceId>],
    sites: &'n [Option<SiteId>],
}

impl Renumber<'_> {
    fn id(&self, id: InstanceId) -> Option<InstanceId> {
        *self.instances.get(id.0 as usize)?
    }

    fn instance(&self, instance: &mut Instance) -> Option<()> {
        for call in &mut instance.calls {
            self.call(call)?;
        }
        for site in &mut instance.sites {
            *site = (*self.sites.get(site.0 as usize)?)?;
        }
        Some(())
    }

    fn call(&self, call: &mut Call) -> Option<()> {
        if let Callee::Instance(id) = &mut call.callee {
            *id = self.id(*id)?;
        }
        Some(())
    }
}
