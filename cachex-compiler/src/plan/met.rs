//! Which changes of an entity take a step: so that the closure is walked once for the three actions.

use crate::model::{Action, FieldSet, When};

use super::origin::Origin;
use super::step::attribute;

/// The actions, and for an update the fields of which one must be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    create: bool,
    update: Option<FieldSet>,
    delete: bool,
}

impl Met {
    /// Every change, whatever was set.
    const ALWAYS: Self = Self {
        create: true,
        update: Some(FieldSet::ALL),
        delete: true,
    };

    /// The changes of the written entity that meet a `when` by way of an origin; `None` where none does.
    pub(super) fn by(when: &When, origin: &Origin) -> Option<Self> {
        if !origin.is_written() {
            // Whatever was done to the written entity: here it is an update of these fields.
            let mask = mask(when, origin, Action::Update)?;
            return (mask == FieldSet::ALL || mask.meets(origin.fields)).then_some(Self::ALWAYS);
        }
        let met = Self {
            create: mask(when, origin, Action::Create).is_some(),
            // `update()` names no field, and nothing is set that it could meet.
            update: mask(when, origin, Action::Update).filter(|mask| *mask != FieldSet::NONE),
            delete: mask(when, origin, Action::Delete).is_some(),
        };
        (met.create || met.update.is_some() || met.delete).then_some(met)
    }

    /// The mask of a step for an action; `None` where the action doesn't take it.
    pub(super) fn mask(self, action: Action) -> Option<FieldSet> {
        match action {
            Action::Create => self.create.then_some(FieldSet::ALL),
            Action::Update => self.update,
            Action::Delete => self.delete.then_some(FieldSet::ALL),
        }
    }

    pub(super) fn contains(self, other: Self) -> bool {
        Action::ALL.iter().all(|action| {
            other
                .mask(*action)
                .is_none_or(|other| self.mask(*action).is_some_and(|mask| mask.contains(other)))
        })
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self {
            create: self.create || other.create,
            update: match (self.update, other.update) {
                (Some(one), Some(two)) => Some(one.union(two)),
                (one, two) => one.or(two),
            },
            delete: self.delete || other.delete,
        }
    }
}

/// The fields whose setting meets a `when`, those its `where` names among them; `None` where the action doesn't.
fn mask(when: &When, origin: &Origin, action: Action) -> Option<FieldSet> {
    let named: FieldSet = when.wheres.iter().filter_map(attribute).collect();
    when.patterns
        .iter()
        .filter(|pattern| {
            pattern.entity == origin.entity && pattern.action.is_none_or(|only| only == action)
        })
        .map(|pattern| {
            pattern
                .fields
                .map_or(FieldSet::ALL, |fields| fields.union(named))
        })
        .reduce(FieldSet::union)
}
