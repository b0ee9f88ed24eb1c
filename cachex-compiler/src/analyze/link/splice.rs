//! Puts what some functions say now where facts have nothing of them, and numbers everything anew.

use std::collections::BTreeMap;

use super::finish::{Ids, instance_of, site_of, sort_sites, sort_unknowns, unknowns_in_functions};
use super::program::{DraftId, Program};
use super::renumber::{Numbers, at, set};
use super::world::FnId;
use crate::analyze::facts::{Facts, FunctionId, Instance, InstanceId, Part, Site, SiteId};

/// A second look at some functions.
pub(super) struct Again<'a> {
    pub(super) program: Program<'a>,
    /// Those that were looked at.
    pub(super) looked_at: BTreeMap<FunctionId, FnId>,
    /// Drafts of other functions, and the instances they stand for.
    pub(super) outer: BTreeMap<DraftId, InstanceId>,
    pub(super) functions: BTreeMap<FnId, FunctionId>,
}

/// The facts with what the functions say. They have one instance of each, which holds none of it.
pub(super) fn spliced(again: Again<'_>, mut facts: Facts) -> Option<Facts> {
    let mut numbers = Numbers {
        functions: (0..)
            .map(FunctionId)
            .map(Some)
            .take(facts.functions.len())
            .collect(),
        ..Numbers::default()
    };
    let drafts = drafts(&again)?;
    let instances = number_instances(&again, &facts.instances, &drafts, &mut numbers)?;
    let sites = number_sites(&again, &mut facts, &mut numbers)?;
    let ids = Ids {
        instances,
        sites,
        functions: again.functions,
    };
    numbers.give(&mut facts)?;
    let program = &again.program;
    let mut instances = Vec::new();
    for mut instance in std::mem::take(&mut facts.instances) {
        let Some(drafts) = drafts.get(&instance.function) else {
            instances.push(instance);
            continue;
        };
        for (_, draft) in drafts {
            let mut now = instance_of(program, &ids, *draft)?;
            if now.part == Part::Whole {
                now.calls.append(&mut instance.calls);
            }
            instances.push(now);
        }
    }
    facts.instances = instances;
    facts.unknowns.extend(unknowns_in_functions(program, &ids));
    sort_unknowns(program, &mut facts.unknowns);
    Some(facts)
}

/// The drafts of each function that was looked at, in their order.
type Drafts = BTreeMap<FunctionId, Vec<(Part, DraftId)>>;

fn drafts(again: &Again<'_>) -> Option<Drafts> {
    let mut found = Drafts::new();
    for (draft, id) in again.program.drafts.iter().zip((0..).map(DraftId)) {
        let number = *again.functions.get(&draft.function)?;
        if again.looked_at.contains_key(&number) {
            found.entry(number).or_default().push((draft.part, id));
        }
    }
    for drafts in found.values_mut() {
        drafts.sort();
    }
    Some(found)
}

/// The numbers of drafts; those of the instances there are go to `numbers`.
fn number_instances(
    again: &Again<'_>,
    instances: &[Instance],
    drafts: &Drafts,
    numbers: &mut Numbers,
) -> Option<BTreeMap<DraftId, InstanceId>> {
    let mut of_drafts = BTreeMap::new();
    let mut next = (0..).map(InstanceId);
    for (old, instance) in (0..).zip(instances) {
        let Some(drafts) = drafts.get(&instance.function) else {
            set(&mut numbers.instances, old, next.next()?);
            continue;
        };
        for (part, draft) in drafts {
            let number = next.next()?;
            of_drafts.insert(*draft, number);
            if *part == Part::Whole {
                set(&mut numbers.instances, old, number);
            }
        }
    }
    for (draft, old) in &again.outer {
        of_drafts.insert(*draft, at(&numbers.instances, old.0)?);
    }
    Some(of_drafts)
}

/// What a statement's number was.
enum Was {
    Known(u32),
    Draft(u32),
}

/// Puts the statements that were found beside those there are, in their order.
fn number_sites(
    again: &Again<'_>,
    facts: &mut Facts,
    numbers: &mut Numbers,
) -> Option<BTreeMap<u32, SiteId>> {
    let program = &again.program;
    let known = std::mem::take(&mut facts.sites).into_iter();
    let known = known.zip((0..).map(Was::Known));
    let mut all: Vec<(Site, Was)> = known.collect();
    for (site, draft) in program.sites.iter().zip(0..) {
        let function = *again.functions.get(&site.function)?;
        all.push((site_of(program, function, site), Was::Draft(draft)));
    }
    sort_sites(program, &mut all);
    let mut of_drafts = BTreeMap::new();
    for ((site, was), number) in all.into_iter().zip((0..).map(SiteId)) {
        match was {
            Was::Known(old) => set(&mut numbers.sites, old, number),
            Was::Draft(draft) => drop(of_drafts.insert(draft, number)),
        }
        facts.sites.push(site);
    }
    Some(of_drafts)
}
