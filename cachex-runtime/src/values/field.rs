//! What stands in a field of a key or a tag, or is told of a change, as types: the application's, and the scalar it
//! stands for.
//!
//! Generated code names one such description for each param, tag, reference and typed field, and nothing is generated
//! that works with the values: that is written here, once. Keeps true: two values are the same exactly when the scalars
//! they stand for are, normalisers included.

use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::Serialize;

use super::encode::{self, Encode};
use super::give::{Give, Many};
use super::hashed::Hashed;
use super::heard::FromTexts;
use crate::codegen::Value;

/// A type that is the scalar itself, or a composite identity.
#[derive(Debug)]
pub struct Plain<T>(PhantomData<T>);

/// A type of the application, or a text with a normaliser, that stands for the scalar `S`.
#[derive(Debug)]
pub struct By<S, T>(PhantomData<(S, T)>);

/// Perhaps none.
#[derive(Debug)]
pub struct Maybe<F>(PhantomData<F>);

/// A set.
#[derive(Debug)]
pub struct Several<F>(PhantomData<F>);

/// The scope, which isn't a param.
#[derive(Debug)]
pub struct InScope<F>(PhantomData<F>);

/// Anything that can be serialised, as its hash.
#[derive(Debug)]
pub struct Digest;

/// What a field holds.
#[diagnostic::on_unimplemented(
    message = "this field has no type in the schema, so its value can't be told",
    label = "it can be said to have been set, and nothing more",
    note = "declare a type, `fields: {{ title: string }}`, or leave the value out: `post.update(title)` says that it was set"
)]
pub trait Field: 'static {
    /// As it stands in a struct.
    type Type: Clone + Send + Sync + 'static;
    /// As it is given to a change.
    type Given;
    /// Whether it is the scope.
    const SCOPE: bool = false;
    /// Its canonical values: one, or those of a set.
    fn values(it: &Self::Type) -> Vec<Value>;
    /// The same of what was given.
    fn given(given: Self::Given) -> Vec<Value>;
    /// Whether two are the same.
    fn same(one: &Self::Type, other: &Self::Type) -> bool;
    /// What they have in common when they are.
    fn hash<H: Hasher>(it: &Self::Type, state: &mut H);
}

impl<T: Encode + Clone + Eq + Hash + Send + Sync + 'static> Field for Plain<T> {
    type Type = T;
    type Given = T;

    fn values(it: &T) -> Vec<Value> {
        vec![it.encode()]
    }

    fn given(given: T) -> Vec<Value> {
        vec![given.encode()]
    }

    #[inline]
    fn same(one: &T, other: &T) -> bool {
        one == other
    }

    #[inline]
    fn hash<H: Hasher>(it: &T, state: &mut H) {
        it.hash(state);
    }
}

impl<S, T> Field for By<S, T>
where
    S: Encode + Eq + Hash + 'static,
    T: Clone + Into<S> + Send + Sync + 'static,
{
    type Type = T;
    type Given = T;

    fn values(it: &T) -> Vec<Value> {
        vec![encode::value::<S>(it)]
    }

    fn given(given: T) -> Vec<Value> {
        vec![given.into().encode()]
    }

    fn same(one: &T, other: &T) -> bool {
        encode::scalar::<S>(one) == encode::scalar::<S>(other)
    }

    fn hash<H: Hasher>(it: &T, state: &mut H) {
        encode::scalar::<S>(it).hash(state);
    }
}

impl<F: Field> Field for Maybe<F> {
    type Type = Option<F::Type>;
    type Given = Option<F::Given>;

    fn values(it: &Self::Type) -> Vec<Value> {
        it.as_ref().map_or_else(|| vec![Value::ABSENT], F::values)
    }

    fn given(given: Self::Given) -> Vec<Value> {
        given.map_or_else(|| vec![Value::ABSENT], F::given)
    }

    fn same(one: &Self::Type, other: &Self::Type) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => F::same(one, other),
            (None, None) => true,
            _ => false,
        }
    }

    fn hash<H: Hasher>(it: &Self::Type, state: &mut H) {
        it.is_some().hash(state);
        if let Some(it) = it {
            F::hash(it, state);
        }
    }
}

impl<F: Field> Field for Several<F> {
    type Type = Vec<F::Type>;
    type Given = Many<F::Given>;

    fn values(it: &Self::Type) -> Vec<Value> {
        it.iter().flat_map(F::values).collect()
    }

    fn given(Many(given): Self::Given) -> Vec<Value> {
        given.into_iter().flat_map(F::given).collect()
    }

    fn same(one: &Self::Type, other: &Self::Type) -> bool {
        Self::values(one) == Self::values(other)
    }

    fn hash<H: Hasher>(it: &Self::Type, state: &mut H) {
        Self::values(it).hash(state);
    }
}

impl<F: Field> Field for InScope<F> {
    type Type = F::Type;
    type Given = F::Given;
    const SCOPE: bool = true;

    fn values(it: &Self::Type) -> Vec<Value> {
        F::values(it)
    }

    fn given(given: Self::Given) -> Vec<Value> {
        F::given(given)
    }

    fn same(one: &Self::Type, other: &Self::Type) -> bool {
        F::same(one, other)
    }

    fn hash<H: Hasher>(it: &Self::Type, state: &mut H) {
        F::hash(it, state);
    }
}

impl Field for Digest {
    type Type = Hashed;
    type Given = Hashed;

    fn values(it: &Hashed) -> Vec<Value> {
        vec![it.encode()]
    }

    fn given(given: Hashed) -> Vec<Value> {
        vec![given.encode()]
    }

    fn same(one: &Hashed, other: &Hashed) -> bool {
        one == other
    }

    fn hash<H: Hasher>(it: &Hashed, state: &mut H) {
        it.hash(state);
    }
}

/// A field that can be taken from a parameter of a loader.
pub trait TakenFrom<V: ?Sized>: Field {
    /// Its value; `None` where it isn't known.
    fn taken(from: &V) -> Option<Self::Type>;
}

macro_rules! taken_as_given {
    ($([$($generic:ident)*] $field:ty => $ty:ty;)*) => {$(
        impl<V: ?Sized, $($generic),*> TakenFrom<V> for $field
        where
            $field: Field<Type = $ty>,
            for<'a> &'a V: Give<$ty>,
        {
            fn taken(from: &V) -> Option<$ty> {
                from.give().known()
            }
        }
    )*};
}

taken_as_given! {
    [T] Plain<T> => T;
    [S T] By<S, T> => T;
}

impl<F: Field, V: ?Sized> TakenFrom<V> for Maybe<F>
where
    for<'a> &'a V: Give<Option<F::Type>>,
{
    fn taken(from: &V) -> Option<Option<F::Type>> {
        from.give().known()
    }
}

impl<V: ?Sized, F: TakenFrom<V>> TakenFrom<V> for InScope<F> {
    fn taken(from: &V) -> Option<F::Type> {
        F::taken(from)
    }
}

impl<V: Serialize + ?Sized> TakenFrom<V> for Digest {
    fn taken(from: &V) -> Option<Hashed> {
        Some(Hashed::of(&from))
    }
}

/// A field whose value can be read from texts, one for each of its scalars.
pub trait Heard {
    /// `None`: they are no such value.
    fn heard(texts: &[Option<String>]) -> Option<Value>;
}

impl<T: FromTexts> Heard for Plain<T> {
    fn heard(texts: &[Option<String>]) -> Option<Value> {
        T::from_texts(texts)
    }
}

impl<S: FromTexts, T> Heard for By<S, T> {
    fn heard(texts: &[Option<String>]) -> Option<Value> {
        S::from_texts(texts)
    }
}

impl<F: Heard> Heard for Maybe<F> {
    fn heard(texts: &[Option<String>]) -> Option<Value> {
        F::heard(texts)
    }
}

impl<F: Heard> Heard for Several<F> {
    fn heard(texts: &[Option<String>]) -> Option<Value> {
        F::heard(texts)
    }
}

/// The fields of a key or of tags: `(First, (Second, ()))`.
pub trait Fields: 'static {
    /// The first one.
    type Head: Field;
    /// The others.
    type Tail: Fields;
}

impl<H: Field, T: Fields> Fields for (H, T) {
    type Head = H;
    type Tail = T;
}

impl Fields for () {
    type Head = Plain<bool>;
    type Tail = ();
}
