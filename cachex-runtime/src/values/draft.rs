//! A change while it is being told: what generated constructors and setters fill.

use serde::Serialize;

use super::encode::Encode;
use super::field::Field;
use super::give::Give;
use super::identify::Identify;
use super::written::{self, Begins, IdOf, Sets, Tells, Written, index};
use crate::codegen::{self, ChangeScope, ErasedAction, ErasedChange, SchemaDef, Value};

/// The values of one attribute on one side; `None`: not known.
type Image = Option<Vec<Value>>;

fn image<F: Field>(given: impl Give<F::Given>) -> Image {
    given.give().known().map(F::given)
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
    /// Of an entity of a schema with these identities.
    pub fn begin<E: Written, A: Begins>(
        schema: &'static SchemaDef,
        id: impl Identify<IdOf<E>>,
    ) -> Self {
        Self(ErasedChange {
            entity: codegen::entity(schema, E::INDEX),
            action: A::ACTION,
            ids: written::ids::<E>(id),
            before: Vec::new(),
            after: Vec::new(),
            set: A::SET,
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
    pub fn image_in<E: Tells<N, S>, N, S>(
        mut self,
        it: impl Give<<E as Tells<N, S>>::Given>,
    ) -> Self {
        let side = if self.0.action == ErasedAction::Delete {
            &mut self.0.before
        } else {
            &mut self.0.after
        };
        put(side, index::<E, N>(), image::<E::Field>(it));
        self
    }

    /// It was changed from one value to another.
    #[must_use]
    pub fn moved_in<E: Tells<N, S>, N, S>(
        self,
        before: impl Give<<E as Tells<N, S>>::Given>,
        after: impl Give<<E as Tells<N, S>>::Given>,
    ) -> Self {
        let (before, after) = (image::<E::Field>(before), image::<E::Field>(after));
        let place = index::<E, N>();
        self.set(place).images(place, before, after)
    }

    /// The value before and after: it did not move.
    #[must_use]
    pub fn kept_in<E: Tells<N, S>, N, S>(self, it: impl Give<<E as Tells<N, S>>::Given>) -> Self {
        let image = image::<E::Field>(it);
        self.images(index::<E, N>(), image.clone(), image)
    }

    /// An attribute was set.
    #[must_use]
    pub fn set_in<E: Sets<N, S>, N, S>(self) -> Self {
        self.set(index::<E, N>())
    }

    fn images(mut self, attribute: u16, before: Image, after: Image) -> Self {
        put(&mut self.0.before, attribute, before);
        put(&mut self.0.after, attribute, after);
        self
    }

    fn set(mut self, attribute: u16) -> Self {
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

fn put(side: &mut Vec<Option<Vec<Value>>>, attribute: u16, values: Image) {
    let index = usize::from(attribute);
    if side.len() <= index {
        side.resize(index + 1, None);
    }
    if let Some(place) = side.get_mut(index) {
        *place = values;
    }
}
