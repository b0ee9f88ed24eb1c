//! A change while it is being told: what generated constructors and setters fill.

use serde::Serialize;

use super::encode::{self, Encode};
use super::give::{Give, Many};
use super::identify::Identify;
use crate::codegen::{ChangeScope, EntityDef, ErasedAction, ErasedChange, Value};

/// The values of one attribute on one side; `None`: not known.
#[derive(Debug, Clone)]
pub struct Image(Option<Vec<Value>>);

impl Image {
    /// Of a value that is always there.
    pub fn one<S: Encode, T: Clone + Into<S>>(given: impl Give<T>) -> Self {
        Self(given.give().known().map(|it| vec![encode::value(&it)]))
    }

    /// Of a value that may be absent.
    pub fn optional<S: Encode, T: Clone + Into<S>>(given: impl Give<Option<T>>) -> Self {
        Self(
            given
                .give()
                .known()
                .map(|it| vec![encode::optional(it.as_ref())]),
        )
    }

    /// Of a set.
    pub fn many<S: Encode, T: Clone + Into<S>>(given: impl Give<Many<T>>) -> Self {
        Self(given.give().known().map(|Many(it)| encode::set(&it)))
    }
}

/// The identities of a change; `None`: not known.
pub fn ids<S: Encode, T: Clone + Into<S>>(ids: impl Identify<T>) -> Option<Vec<Value>> {
    ids.identify().map(|ids| encode::set(&ids))
}

/// One identity; `None`: not known.
pub fn id<S: Encode, T: Clone + Into<S>>(id: impl Give<T>) -> Option<Value> {
    id.give().known().map(|id| encode::value(&id))
}

/// The scope of a change; unknown: that of the unit of work.
pub fn scope<S: Encode>(scope: impl Give<S>) -> ChangeScope {
    let known = scope.give().known();
    known.map_or(ChangeScope::OfUnit, |scope| {
        ChangeScope::One(scope.encode())
    })
}

/// A change while it is being told.
#[derive(Debug, Clone)]
pub struct Draft(ErasedChange);

impl Draft {
    /// Of an entity with these identities; `set` are the fields it sets.
    pub fn new(
        entity: &'static EntityDef,
        action: ErasedAction,
        ids: Option<Vec<Value>>,
        set: u128,
    ) -> Self {
        Self(ErasedChange {
            entity,
            action,
            ids,
            before: Vec::new(),
            after: Vec::new(),
            set,
            scope: ChangeScope::OfUnit,
            data: None,
            same_event: None,
        })
    }

    /// Gives the identities, once they are known.
    #[must_use]
    pub fn identify(mut self, ids: Option<Vec<Value>>) -> Self {
        self.0.ids = ids;
        self
    }

    /// The value in the one image of a create or delete.
    #[must_use]
    pub fn image(mut self, attribute: u16, image: Image) -> Self {
        let side = if self.0.action == ErasedAction::Delete {
            &mut self.0.before
        } else {
            &mut self.0.after
        };
        put(side, attribute, image);
        self
    }

    /// It was changed from one value to another.
    #[must_use]
    pub fn moved(self, attribute: u16, before: Image, after: Image) -> Self {
        self.set(attribute).images(attribute, before, after)
    }

    fn images(mut self, attribute: u16, before: Image, after: Image) -> Self {
        put(&mut self.0.before, attribute, before);
        put(&mut self.0.after, attribute, after);
        self
    }

    /// The value before and after: it did not move.
    #[must_use]
    pub fn kept(self, attribute: u16, image: Image) -> Self {
        self.images(attribute, image.clone(), image)
    }

    /// A field was set.
    #[must_use]
    pub fn set(mut self, attribute: u16) -> Self {
        self.0.set |= 1_u128 << (attribute % 128);
        self
    }

    /// In which scope it happened.
    #[must_use]
    pub fn scope(mut self, scope: ChangeScope) -> Self {
        self.0.scope = scope;
        self
    }

    /// A hint for clients. One that JSON cannot hold is left out.
    #[must_use]
    pub fn data(mut self, data: &impl Serialize) -> Self {
        self.0.data = serde_json::to_value(data).ok();
        self
    }

    /// The `ev` of the event that already told clients.
    #[must_use]
    pub fn same_event(mut self, ev: String) -> Self {
        self.0.same_event = Some(ev);
        self
    }

    /// What has been told so far; the rest is unknown.
    pub fn so_far(&self) -> ErasedChange {
        self.0.clone()
    }

    /// The change.
    pub fn finish(self) -> ErasedChange {
        self.0
    }
}

fn put(side: &mut Vec<Option<Vec<Value>>>, attribute: u16, Image(values): Image) {
    let index = usize::from(attribute);
    if side.len() <= index {
        side.resize(index + 1, None);
    }
    if let Some(place) = side.get_mut(index) {
        *place = values;
    }
}
