//! What generated code says of an entity and its attributes, as types.
//!
//! A change has a list of states, one for each attribute that some rule needs (`(Missing, (Idle, ()))`); an attribute
//! says where its state stands in it, and which of them are asked for once it was set.

use std::marker::PhantomData;

use super::field::Field;
use super::give::Give;
use super::identify::Identify;
use super::state::{Any, Created, Deleted, Given, Need, Two, Update, UpdateOnly};
use crate::codegen::{ErasedAction, Value};

/// An entity.
pub trait Written: 'static {
    /// Its index in the schema.
    const INDEX: u32;
    /// What tells one from another.
    type Identity: Field;
}

/// An entity whose changes belong to a scope.
#[diagnostic::on_unimplemented(
    message = "changes of `{Self}` have no scope",
    label = "the schema declares no `scope`, or leaves the entity out of it by `scope: none`"
)]
pub trait Scoped: Written {}

/// An entity with a reference or field of a name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no reference or field `{Name}`",
    label = "another entity has it"
)]
pub trait Has<Name>: Written {
    /// What it is.
    type Is: Attribute;
}

/// The attribute of an index, what it holds ([`Untyped`]: it is only set), where its state stands, and which states
/// are asked for once it was set.
#[derive(Debug)]
pub struct At<const INDEX: u16, F = Untyped, Place = NoPlace, Asks = ()>(
    PhantomData<(F, Place, Asks)>,
);

/// A field without a type: its values are never told.
#[derive(Debug)]
pub enum Untyped {}

/// An attribute.
pub trait Attribute {
    /// Its index.
    const INDEX: u16;
    /// What it holds.
    type Field;
    /// Where its state stands.
    type Place;
    /// The places of the states that are asked for once it was set.
    type Asks;
}

impl<const INDEX: u16, F, Place, Asks> Attribute for At<INDEX, F, Place, Asks> {
    const INDEX: u16 = INDEX;
    type Field = F;
    type Place = Place;
    type Asks = Asks;
}

/// No rule needs its value.
#[derive(Debug)]
pub enum NoPlace {}

/// The first of the states.
#[derive(Debug)]
pub enum First {}

/// Behind another.
#[derive(Debug)]
pub struct Then<Place>(PhantomData<Place>);

/// A place among states.
pub trait PlaceIn<States> {
    /// The states once its value was given.
    type Given;
    /// The states once its value is asked for.
    type Asked;
}

impl<States> PlaceIn<States> for NoPlace {
    type Given = States;
    type Asked = States;
}

impl<H: Need, T> PlaceIn<(H, T)> for First {
    type Given = (Given, T);
    type Asked = (H::Asked, T);
}

impl<H, T, Place: PlaceIn<T>> PlaceIn<(H, T)> for Then<Place> {
    type Given = (H, Place::Given);
    type Asked = (H, Place::Asked);
}

/// Places whose states are asked for.
pub trait AskIn<States> {
    /// The states then.
    type Asked;
}

impl<States> AskIn<States> for () {
    type Asked = States;
}

impl<States, Place: PlaceIn<States>, Rest: AskIn<Place::Asked>> AskIn<States> for (Place, Rest) {
    type Asked = Rest::Asked;
}

/// An entity that can be told the value of an attribute, its change having these states.
pub trait Tells<Name, States>: Has<Name> {
    /// What it holds.
    type Field: Field<Given = Self::Given>;
    /// What is given for it.
    type Given;
    /// The states once it was told.
    type Once;
    /// The states once it was changed and told.
    type Moved;
}

type IsOf<E, Name> = <E as Has<Name>>::Is;

impl<E, Name, States> Tells<Name, States> for E
where
    E: Has<Name>,
    <IsOf<E, Name> as Attribute>::Field: Field,
    <IsOf<E, Name> as Attribute>::Asks: AskIn<States>,
    <IsOf<E, Name> as Attribute>::Place: PlaceIn<States>,
    <IsOf<E, Name> as Attribute>::Place:
        PlaceIn<<<IsOf<E, Name> as Attribute>::Asks as AskIn<States>>::Asked>,
{
    type Field = <IsOf<E, Name> as Attribute>::Field;
    type Given = <<IsOf<E, Name> as Attribute>::Field as Field>::Given;
    type Once = <<IsOf<E, Name> as Attribute>::Place as PlaceIn<States>>::Given;
    type Moved = <<IsOf<E, Name> as Attribute>::Place as PlaceIn<
        <<IsOf<E, Name> as Attribute>::Asks as AskIn<States>>::Asked,
    >>::Given;
}

/// An entity of which an attribute can be set, its change having these states.
pub trait Sets<Name, States>: Has<Name> {
    /// The states once it was set.
    type Set;
}

impl<E, Name, States> Sets<Name, States> for E
where
    E: Has<Name>,
    <IsOf<E, Name> as Attribute>::Asks: AskIn<States>,
{
    type Set = <<IsOf<E, Name> as Attribute>::Asks as AskIn<States>>::Asked;
}

/// The index of the attribute of a name.
pub(super) fn index<E: Has<Name>, Name>() -> u16 {
    <E::Is as Attribute>::INDEX
}

/// The type of an entity's identity.
pub type IdOf<E> = <<E as Written>::Identity as Field>::Type;

/// A change that was told whatever some rule needs. Of entities that need nothing for all; else generated, so that the
/// message can name what is missing.
pub trait Complete<E> {}

impl<E> Complete<E> for () {}

/// A way a change begins.
pub trait Begins {
    /// What happened.
    const ACTION: ErasedAction;
    /// The fields it sets by itself.
    const SET: u128;
}

macro_rules! begins {
    ($($action:ty => $erased:ident, $set:expr;)*) => {$(
        impl Begins for $action {
            const ACTION: ErasedAction = ErasedAction::$erased;
            const SET: u128 = $set;
        }
    )*};
}

begins! {
    Created => Create, 0;
    Two<Update> => Update, u128::MAX;
    Two<UpdateOnly> => Update, 0;
    Two<Any> => Any, u128::MAX;
    Deleted => Delete, 0;
}

/// The canonical identities of a change; `None`: not known.
pub fn ids<E: Written>(ids: impl Identify<IdOf<E>>) -> Option<Vec<Value>> {
    let ids = ids.identify()?;
    Some(ids.iter().flat_map(E::Identity::values).collect())
}

/// One canonical identity; `None`: not known.
pub fn id<E: Written>(id: impl Give<IdOf<E>>) -> Option<Value> {
    let id = id.give().known()?;
    E::Identity::values(&id).into_iter().next()
}
