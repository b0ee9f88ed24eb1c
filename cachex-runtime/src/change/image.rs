//! The images of a change: its entity before and after, once for each identity.

use std::collections::BTreeMap;

use crate::codegen::{EntityDef, ErasedAction, ErasedChange, SourceDef, Value};
use crate::values;

/// One side of one identity of a change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Image<'a> {
    change: &'a ErasedChange,
    /// `None`: unknown.
    id: Option<&'a Value>,
    side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// All images of a change. One of no identities has none; one of an unknown identity has those of that one.
pub(super) fn images(change: &ErasedChange) -> Vec<Image<'_>> {
    let ids: Vec<Option<&Value>> = match &change.ids {
        None => vec![None],
        Some(ids) => ids.iter().map(Some).collect(),
    };
    ids.into_iter()
        .flat_map(|id| {
            sides(change.action)
                .iter()
                .map(move |&side| Image { change, id, side })
        })
        .collect()
}

fn sides(action: ErasedAction) -> &'static [Side] {
    match action {
        ErasedAction::Create => &[Side::After],
        ErasedAction::Delete => &[Side::Before],
        ErasedAction::Update | ErasedAction::Any => &[Side::Before, Side::After],
    }
}

impl Image<'_> {
    pub(super) fn entity(&self) -> &'static EntityDef {
        self.change.entity
    }

    /// The actions (by index) whose steps are evaluated on this image. `any` may have been each of the three: its
    /// image before is that of an update or a delete, its image after that of a create or an update.
    pub(super) fn actions(&self) -> &'static [usize] {
        match (self.change.action, self.side) {
            (ErasedAction::Create, _) => &[0],
            (ErasedAction::Update, _) => &[1],
            (ErasedAction::Delete, _) => &[2],
            (ErasedAction::Any, Side::Before) => &[1, 2],
            (ErasedAction::Any, Side::After) => &[0, 1],
        }
    }

    /// The value of a source in this image, where one value of each attribute was chosen; `None`: unknown.
    pub(super) fn value(&self, source: SourceDef, chosen: &BTreeMap<u16, Value>) -> Option<Value> {
        match source {
            SourceDef::Identity => self.id.cloned(),
            SourceDef::Component(index) => values::component(self.id?, index, 1),
            SourceDef::Attribute(index) => chosen.get(&index).cloned(),
            SourceDef::ComponentOf(index, first, count) => {
                values::component(chosen.get(&index)?, first, count)
            }
            SourceDef::Literal(text) => Some(Value(text.into())),
        }
    }

    /// The values of a reference or field; `None`: unknown. One that is a component of the identity is read off it, so that a change of many
    /// identities doesn't mix them.
    pub(super) fn attribute(&self, index: u16) -> Option<Vec<Value>> {
        let component = self
            .entity()
            .components
            .iter()
            .find(|(attribute, ..)| *attribute == index);
        if let (Some(&(_, first, count)), Some(id)) = (component, self.id) {
            return values::component(id, first, count).map(|value| vec![value]);
        }
        let side = match self.side {
            Side::Before => &self.change.before,
            Side::After => &self.change.after,
        };
        side.get(usize::from(index)).cloned().flatten()
    }
}
