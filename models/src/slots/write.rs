//! One writer: it commits, then bumps what its change makes stale, then returns.

use super::{Authors, Change, Count, Region, Rules, State, Unknowns};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Writer {
    /// The next of its steps; none: it has nothing to do.
    at: Option<usize>,
    number: u8,
    /// Which write of the row, or of the author, is its own.
    wrote: u8,
}

impl Writer {
    pub(super) fn new(writes: bool) -> Self {
        Self {
            at: writes.then_some(0),
            number: 0,
            wrote: 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Commit,
    Draw,
    Bump(Region),
    Count,
    Return,
}

impl Change {
    /// The region it makes stale.
    fn region(self) -> Region {
        match self {
            Self::RenameA | Self::Create | Self::Delete => Region::AuthorA,
            Self::RenameB => Region::AuthorB,
            Self::Move => Region::Id,
        }
    }
}

impl Rules {
    /// What a writer does, in order: a number of its own, then the slots of its region, then the count.
    fn program(&self, change: Change) -> Vec<Step> {
        let region = change.region();
        let mut regions = vec![region];
        let bumps_unknown = matches!(self.unknowns, Unknowns::Bumped | Unknowns::Unchecked);
        if region != Region::Id && bumps_unknown {
            regions.push(Region::Unknown);
        }
        let mut steps = vec![Step::Commit];
        for (place, region) in regions.into_iter().enumerate() {
            if place == 1 && self.count == Count::BetweenSlots {
                steps.push(Step::Count);
            }
            if place == 0 {
                steps.push(Step::Draw);
            }
            if place == 0 && self.count == Count::BeforeSlot {
                steps.push(Step::Count);
            }
            steps.push(Step::Bump(region));
        }
        match self.count {
            Count::Last => steps.extend([Step::Count, Step::Return]),
            Count::AfterReturn => steps.extend([Step::Return, Step::Count]),
            Count::BeforeSlot | Count::BetweenSlots | Count::None => steps.push(Step::Return),
        }
        steps
    }

    pub(super) fn write(&self, who: usize, state: &State, out: &mut Vec<(&'static str, State)>) {
        let (Some(change), Some(mut writer)) =
            (self.changes.get(who), state.writers.get(who).copied())
        else {
            return;
        };
        let program = self.program(*change);
        let Some(at) = writer.at else { return };
        let Some(step) = program.get(at) else { return };
        let mut next = state.clone();
        let said = self.step(*step, *change, &mut writer, &mut next);
        writer.at = Some(at + 1);
        if at + 1 == program.len() {
            // Done: nothing of it is to tell states apart.
            writer = Writer::new(false);
        }
        if let Some(place) = next.writers.get_mut(who) {
            *place = writer;
        }
        out.push((said, next));
    }

    fn step(
        &self,
        step: Step,
        change: Change,
        writer: &mut Writer,
        next: &mut State,
    ) -> &'static str {
        match step {
            Step::Commit => {
                writer.wrote = commit(change, next);
                "a writer commits"
            }
            Step::Draw => {
                next.sequence += 1;
                writer.number = next.sequence;
                "a writer draws a number"
            }
            Step::Bump(region) => {
                let index = self.slots.get(region as usize).copied().unwrap_or_default();
                if let Some(slot) = next.slots.get_mut(index) {
                    let number = writer.number;
                    *slot = if self.plain_store {
                        number
                    } else {
                        number.max(*slot)
                    };
                }
                match region {
                    Region::Id => "a writer bumps the identity's slot",
                    Region::AuthorA | Region::AuthorB => "a writer bumps the author's slot",
                    Region::Unknown => "a writer bumps the slot of unknown tags",
                }
            }
            Step::Count => {
                next.count += 1;
                "a writer moves the count"
            }
            Step::Return => {
                acknowledge(change, writer.wrote, next);
                "`apply` returns"
            }
        }
    }
}

/// Writes the row or an author; which write of it that is.
fn commit(change: Change, next: &mut State) -> u8 {
    let [a, b] = &mut next.names;
    let written = match change {
        Change::RenameA => a,
        Change::RenameB => b,
        Change::Move | Change::Create | Change::Delete => {
            next.authors = match change {
                Change::Move => Authors::B,
                Change::Delete => Authors::Nobody,
                _ => Authors::A,
            };
            &mut next.row
        }
    };
    *written += 1;
    *written
}

fn acknowledge(change: Change, wrote: u8, next: &mut State) {
    let [a, b] = &mut next.acknowledged.names;
    let known = match change {
        Change::RenameA => a,
        Change::RenameB => b,
        Change::Move | Change::Create | Change::Delete => &mut next.acknowledged.row,
    };
    *known = wrote.max(*known);
}
